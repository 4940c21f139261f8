r"""Prose of the repository as inlines: docstrings and comments without their markup.

Authors write in reStructuredText, Markdown, Javadoc or Doxygen, and often in a
mixture, so all of it is read in every language. What marks code becomes code,
what marks a word becomes the word, and everything else stays as it was written:
``*args``, ``a[i]`` and ``**/*.py`` are no markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.pages.blocks import Code, Strong, Url
from sphinx_repodoc.pages.words import first_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_repodoc.pages.blocks import Inline, Inlines

LONGEST = 160
"""Characters of a sentence that a list or a table has room for."""

_MARKUP = re.compile(
    r"""
    \\(?P<escaped>[*`_|])
  | ``(?P<literal>[^`]+(?:`[^`]+)*)``
  | (?<![\w:]):(?P<role>[A-Za-z][\w.+-]*(?::[A-Za-z][\w.+-]*)*):`(?P<interpreted>[^`]+)`
  | `(?P<title>[^`<>]+?)\s*<(?P<target>[^`<>]+)>`__?(?!\w)
  | \[?`(?P<code>[^`\s](?:[^`]*[^`\s])?)`(?:__?(?!\w)|\](?:\[[^\[\]]*\]|\([^()\s]*\))?)?
  | !\[(?P<image>[^\[\]]*)\]\([^()\s]*\)
  | \[!\[(?P<badge>[^\[\]]*)\]\([^()\s]*\)\]\([^()\s]*\)
  | (?<![\w\])!])\[(?P<label>[^\[\]`]+)\]\((?P<address>[^()\s]+(?:\([^()]*\))?)(?:\s+"[^"]*")?\)
  | (?<![\w\])])\[(?P<reference>[^\[\]`]+)\]\[[^\[\]]*\]
  | \[(?P<footnote>\#?[\w.-]+)\]_(?!\w)
  | <(?P<tag>code|tt|kbd|samp|var)>(?P<element>[^<>]+)</(?P=tag)>
  | <(?P<style>b|i|em|strong|u)>(?P<styled>[^<>]+)</(?P=style)>
  | <a\s[^<>]*>(?P<link>[^<>]*)</a>
  | (?<!\S)[\\@](?:[cpa]|ref)\s+(?P<word>[\w:.~]*\w(?:\(\))?)
  | (?<![\w*])\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*(?![\w*])
  | (?<![\w*])\*(?P<emphasis>[^\W_](?:[^*]{0,80}[^\W_][.!?]?)?)\*(?![\w*]|\.\w)
    """,
    re.VERBOSE,
)
_MARKS = re.compile(r"[`*<\[\\@]")
"""Without one of these there is no markup: true of most texts."""
_LONGEST_READ = 5_000
"""A longer paragraph is no prose: reading it could take long, for the expression is quadratic in places."""
_SHORTCUT = re.compile(r"(?<![\w\])])\[([^\[\]]+)\](?![\[(:])")
_TITLED = re.compile(r"(?P<title>.+?)\s*<[^<>]+>\Z", re.DOTALL)
_HTML_GROUPS = frozenset({"element", "styled", "link"})
_WITH_HTML = frozenset(
    {"java", "kotlin", "scala", "groovy", "c", "cpp", "cuda", "objc", "objcpp", "csharp", "javascript", "typescript",
     "tsx", "php", "rust", "swift", "markdown"}
)  # fmt: skip
"""Languages whose documentation comments hold HTML."""
_PROSE_ROLES = frozenset(
    {"abbr", "dfn", "doc", "emphasis", "guilabel", "menuselection", "numref", "ref", "strong", "sub", "sup", "term"}
)  # fmt: skip
_NUMBERED_ROLES = {"pep": "PEP ", "rfc": "RFC ", "issue": "#", "pr": "#", "pull": "#", "ticket": "#"}
_CALLABLE_ROLES = frozenset({"func", "meth"})


def prose(text: str, language: str = "") -> Inlines:
    """Text of a docstring, a comment or a document.

    :param language: of the file it stands in: in Markdown a mere word in brackets is a link, and in the
        languages of :data:`_WITH_HTML` tags are markup; in others they are what the text is about.
    """
    text = text.removesuffix("::") + ":" * text.endswith("::")
    if language == "markdown":
        text = _SHORTCUT.sub(r"\1", text)
    has_markup = len(text) <= _LONGEST_READ and _MARKS.search(text)
    return (
        tuple(_joined(_iter_inlines(text, html=language in _WITH_HTML)))
        if has_markup
        else tuple(filter(None, (text,)))
    )


def sentence(text: str, language: str = "", longest: int = LONGEST) -> Inlines:
    """First sentence of it, cut between words when it is long."""
    return clipped(prose(first_sentence(text), language), longest)


def clipped(inlines: Inlines, longest: int) -> Inlines:
    """As many of them as are not longer than so many characters."""
    out: list[Inline] = []
    room = longest
    for inline in inlines:
        text = inline if isinstance(inline, str) else inline.text
        if len(text) > room:
            start = text[: room + 1].rpartition(" ")[0] if isinstance(inline, str) else ""
            return tuple(_joined([*out, f"{start.rstrip()} …"]))
        out.append(inline)
        room -= len(text)
    return tuple(out)


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbouring texts as one."""
    run = ""
    for inline in inlines:
        if isinstance(inline, str):
            run += inline
            continue
        if run:
            yield run
        yield inline
        run = ""
    if run:
        yield run


def _iter_inlines(text: str, *, html: bool) -> Iterator[Inline]:
    end = 0
    for match in _MARKUP.finditer(text):
        yield text[end : match.start()]
        yield _inline(match) if html or match.lastgroup not in _HTML_GROUPS else match[0]
        end = match.end()
    yield text[end:]


def _inline(match: re.Match[str]) -> Inline:
    name = match.lastgroup or ""
    make = _MAKERS.get(name)
    return make(match) if make else match[name]


def _interpreted(role: str, text: str) -> Inline:
    """What Sphinx shows for a role: the title, or the last name of a dotted target."""
    titled = _TITLED.match(text)
    if titled:
        return titled["title"] if role in _PROSE_ROLES | _NUMBERED_ROLES.keys() else Code(titled["title"])
    if role in _PROSE_ROLES:
        return text
    if role in _NUMBERED_ROLES:
        return f"{_NUMBERED_ROLES[role]}{text}"
    name = text.removeprefix("!")
    name = name.rpartition(".")[2] if name.startswith("~") else name.removeprefix(".")
    return Code(f"{name}()" if role in _CALLABLE_ROLES and not name.endswith(")") else name)


def _code(match: re.Match[str]) -> Inline:
    return Code(match[match.lastgroup or 0].strip())


_MAKERS: Mapping[str, Callable[[re.Match[str]], Inline]] = {
    **dict.fromkeys(("literal", "code", "element", "word"), _code),
    "interpreted": lambda match: _interpreted(match["role"].rpartition(":")[2].lower(), match["interpreted"]),
    "target": lambda match: Url(match["target"], match["title"]),
    "address": lambda match: Url(match["address"], match["label"]),
    "strong": lambda match: Strong(match["strong"]),
    "footnote": lambda match: f"[{match['footnote']}]",
}
"""By the last group that matched; the text of any other group is shown as it is."""
