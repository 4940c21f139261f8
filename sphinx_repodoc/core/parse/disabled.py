"""Code that was made a comment: it says nothing about what stands below.

Told line by line and with care, for a description that is taken for code is
lost. It is that of languages with the braces and semicolons of C.
"""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST = 300
"""Characters of a line that may be code: what is longer is prose or data."""
_DIRECTIVE = re.compile(
    r"#\s*(?:include|define|undef|ifn?def|if|elif|else|endif|pragma)\b|template\s*<|}[\s;,]*$"
)
_STATEMENT = re.compile(
    r"[\w)\]]\(|[\w\])] ?[-+*/|&]?= ?[^=\s]|->|::|\+\+|--|\w\[|^(?:return|break|continue|goto)\b"
)
"""What a line has that ends with a semicolon and is a statement."""
_HEAD = re.compile(
    r"(?:(?:static|inline|const|constexpr|extern|virtual|unsigned|signed|long|struct|enum|friend) +){0,4}"
    r"\w[\w:]*+(?:<[^<>]*+>)?(?: ?[*&]+ ?| +)[\w:~]++ ?\(([^()]*+)\)(?: const| noexcept| override){0,3}"
)
_PARAMETER = re.compile(r"\bconst \w|[\w>] ?[*&]+\w|[\w>][*&]+ \w|^void$")
_CALL = re.compile(r"[A-Za-z_][\w.]*+\(")
_BRACKETS = re.compile(r"[()]")
_SENTENCES = re.compile(r"[a-z)][.:] +[A-Z]")
_GOES_ON = (",", "(", "<", ">", "=", "&", "|", ")", "*")
"""How lines of code end that go on in the next one."""
_SEVERAL = re.compile(r"\b(?:these|those|following)\b", re.IGNORECASE)
DESCRIBES = (b"/**", b"/*!", b"///", b"//!")
"""Signs of a description, in the languages that have comments as C has them: it is no disabled code, whatever it holds."""


def is_code(line: str) -> bool:
    """Whether a line of a comment is beyond doubt code in the style of C.

    :param line: without white space around it.
    """
    if not line or len(line) > _LONGEST or _SENTENCES.search(line):
        return False
    if line.endswith("{") or _DIRECTIVE.match(line):
        return True
    if line.endswith(";"):
        return _STATEMENT.search(line) is not None
    head = _HEAD.fullmatch(line)
    return head is not None and _PARAMETER.search(head[1]) is not None


def is_signature(text: str) -> bool:
    """Whether a paragraph is but a name with its parameters: ``f(x, *, y=(1, 2)) -> int``."""
    opening = _CALL.match(text)
    if opening is None:
        return False
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] == "(" else -1
        if not depth:
            rest = text[match.end() :].strip()
            return not rest or rest.startswith("->")
    return False


def without_code(lines: Sequence[str]) -> list[str]:
    """The lines of a comment that describe what follows it: those before any code.

    None do when they announce several things, which the code may be.
    """
    found = next((index for index, line in enumerate(lines) if is_code(line)), len(lines))
    kept = list(lines[:found])
    while kept and found < len(lines) and kept[-1].endswith(_GOES_ON):
        kept.pop()
    text = _first_paragraph(kept)
    is_announced = found < len(lines) and ". " not in text
    return [] if text.endswith(":") and (is_announced or _SEVERAL.search(text)) else kept


def _first_paragraph(lines: Iterable[str]) -> str:
    from_words = dropwhile(lambda line: not any(map(str.isalnum, line)), lines)
    return " ".join(takewhile(lambda line: any(map(str.isalnum, line)), from_words))
