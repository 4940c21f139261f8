"""Text of a repository made safe for a page: escaped, and with nothing hidden in it.

Names and sources may hold characters that reorder what stands around them, that
no reader can see, or that HTML and XML do not allow. They are shown instead of
passed on, so that what a page says is what the file says.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_INVISIBLE: Final = (
    "\xad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e00ff"
)
_NO_CHARACTERS: Final = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
HIDDEN: Final = re.compile(f"[{_BIDI}{_CONTROLS}{_INVISIBLE}{_NO_CHARACTERS}]")
"""Characters that are invisible, reorder the text around them, or are not allowed in HTML."""

_BIDI_ONLY: Final = re.compile(f"[{_BIDI}]")
_LINKABLE: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_ADDRESS_SAFE: Final = "%/:?#[]@!$&'()*+,;=~-._"
_FRAGMENT_SAFE: Final = "/:?@!$&'()*+,;=~-._"


def escape_text(text: str) -> str:
    """Text content of an element; hidden characters become elements that show them."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped if text.isprintable() else HIDDEN.sub(_shown, escaped)


def escape_value(text: str) -> str:
    """Value of an attribute in double quotes; hidden characters are named."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return escaped if text.isprintable() else HIDDEN.sub(_named, escaped)


def plain_text(text: str) -> str:
    """Text for output formats without markup for it: hidden characters become ``<U+202E>``."""
    return text if text.isprintable() else HIDDEN.sub(lambda match: f"<{_named(match)}>", text)


def is_linkable(address: str) -> bool:
    """Whether an address out of the documentation may become a link: never ``javascript:``."""
    return _LINKABLE.match(address) is not None


def quote_address(address: str) -> str:
    """Percent-encode what a URL may not hold; what is encoded already stays."""
    return quote(address, safe=_ADDRESS_SAFE, errors="replace")


def plain_anchor(anchor: str) -> str:
    """Give the id that an anchor has in the output: hidden characters are named."""
    return anchor if anchor.isprintable() else HIDDEN.sub(_named, anchor)


def quote_anchor(anchor: str) -> str:
    """Give an anchor as the fragment of an address, without ``#``."""
    return quote(plain_anchor(anchor), safe=_FRAGMENT_SAFE)


def _named(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"


def _shown(match: re.Match[str]) -> str:
    char, name = match[0], _named(match)
    if _BIDI_ONLY.match(char):
        return f'<span class="repodoc-bidi" title="{name}">{name}</span>'
    shown = f"^{chr(ord(char) ^ 0x40)}" if char < " " or char == "\x7f" else name
    return f'<span class="repodoc-hidden" title="{name}">{shown}</span>'
