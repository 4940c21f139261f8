"""Bytes of a file to text, whatever their encoding, and whether they are text at all.

Enters what the scanner read; leaves UTF-8 with Unix line ends, which is what
every parser takes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from sphinx_repodoc.core.problems import Problem, ProblemKind

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE_LANGUAGES = frozenset({"python", "cython"})
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
_BLANK_OR_COMMENT = re.compile(rb"^[ \t\f]*(?:#.*)?\r?$")
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}\bencoding\s*=\s*["']([-\w.]+)    # XML
       | \bcharset\s*=\s*["']?([-\w.]+)                    # HTML, gettext
       | coding\s*[:=]\s*([-\w.]+)                       # Emacs, Ruby""",
    re.VERBOSE,
)
_DECLARED_WITHIN = 2048
_REFUSED = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
"""Codecs of Python that are no encodings of files, and quadratic or warning on strange input."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_C1 = re.compile(rb"[\x80-\x9f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HIGH_WORD = re.compile(rb"[\x21-\xff]{0,40}[\x80-\xff][\x21-\xff]{0,40}")
_SAMPLE = 16_384
_FEW = 12
_WESTERN = ["latin_1", "cp1252", "cp1250", "iso8859_2", "cp1254", "mac_roman"]
_OTHERS = (
    "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic cp1253 iso8859_7 cp1255 cp1256 cp1257 tis_620 "
    "euc_jp cp932 euc_kr cp949 gb18030 big5"
)
_LIKELY = [*_WESTERN, *_OTHERS.split()]
"""Encodings that source files are found in. With EBCDIC and the like among them, guesses are worse."""
_HEAD = 8192
_CONTROLS = bytes(set(range(32)) - set(b"\b\t\n\v\f\r\x1a\x1b"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text of a file."""

    text: bytes
    r"""UTF-8 with ``\n`` at the end of lines and without a byte order mark."""
    encoding: str
    """Of the file on disk, as Python names it."""
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, language: str = "") -> Decoded:
    """Text of the bytes of a file; never fails.

    In this order: byte order mark, coding cookie of Python, UTF-8, an encoding
    that the file declares, a guess, and last UTF-8 with U+FFFD.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            found = _decode_as(data[len(mark) :], encoding)
            if found is not None:
                return found
    cookie = _python_cookie(data) if language in _COOKIE_LANGUAGES else ""
    found = (
        (_decode_as(data, cookie) if _reads_ascii(cookie) else None)
        or _decode_as(data, "utf-8")
        or _decode_declared(data)
        or _decode_guessed(data)
    )
    return found or _decode_lossy(data)


def _decode_as(data: bytes, encoding: str, problems: tuple[Problem, ...] = ()) -> Decoded | None:
    try:
        name = codecs.lookup(encoding).name
        if name.replace("-", "_") in _REFUSED:
            return None
        text = data.decode(name)
    except (LookupError, UnicodeError):  # unknown or no text encoding; does not fit
        return None
    raw = data if name in {"utf-8", "ascii"} else _encode(text)
    return Decoded(text=_unix_lines(raw), encoding=name, problems=problems)


def _encode(text: str) -> bytes:
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def _unix_lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw


def _python_cookie(data: bytes) -> str:
    lines = re.split(rb"\r\n|\r|\n", data[:_DECLARED_WITHIN], maxsplit=2)[:2]
    for line in lines:
        match = _COOKIE.match(line)
        if match is not None:
            return match[1].decode("ascii", "replace")
        if _BLANK_OR_COMMENT.match(line) is None:
            break
    return ""


def _decode_declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if match is None:
        return None
    encoding = match[match.lastindex or 0].decode("ascii", "replace")
    return _decode_as(data, encoding) if _reads_ascii(encoding) else None


def _reads_ascii(encoding: str) -> bool:
    """Whether a declaration in ASCII can be true: UTF-16 and EBCDIC could not be read to find it."""
    try:
        return "coding".encode(encoding) == b"coding"
    except (LookupError, UnicodeError):
        return False


def _decode_guessed(data: bytes) -> Decoded | None:
    """Try what charset-normalizer makes of the words with bytes above 127.

    Only a sample of them: the library is slow on much text, and plain ASCII
    around them dilutes its statistics.
    """
    words: list[bytes] = []
    size = 0
    for match in _HIGH_WORD.finditer(data):
        words.append(match[0])
        size += len(match[0]) + 1
        if size >= _SAMPLE:
            break
    for encoding in _guesses(b" ".join(words)):
        found = _decode_as(data, encoding, (_not_utf8(encoding),))
        if found is not None:
            return found
    return None


def _guesses(sample: bytes) -> list[str]:
    """List encodings to try, the likeliest first.

    Single high bytes between ASCII letters are accents: neither multi-byte nor
    non-Latin text looks so, and a few of them are no statistics to guess from.
    """
    runs = _HIGH_RUN.findall(sample)
    accents = 2 * sum(len(run) == 1 for run in runs) > len(runs)
    if accents and len(runs) < _FEW and _C1.search(sample) is None:
        return ["latin_1"]
    best = from_bytes(sample, cp_isolation=_WESTERN if accents else _LIKELY).best()
    fallback = ["cp1252"] if accents else []
    if best is None:
        return fallback
    same = {best.encoding, *best.could_be_from_charset}
    return [*(name for name in _WESTERN[:2] if name in same), best.encoding, *fallback]


def _not_utf8(encoding: str) -> Problem:
    name = codecs.lookup(encoding).name
    return Problem(
        kind=ProblemKind.NOT_UTF8,
        message=f"The text is not UTF-8 and declares no encoding; it was read as {name}.",
    )


def _decode_lossy(data: bytes) -> Decoded:
    text = data.decode("utf-8", "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    problem = Problem(
        kind=ProblemKind.UNDECODABLE,
        message=f"No encoding fits the text; U+FFFD stands in {lost} places for bytes that are not UTF-8.",
    )
    return Decoded(text=_unix_lines(text.encode()), encoding="utf-8", problems=(problem,))


def is_utf8(data: bytes, *, complete: bool = True) -> bool:
    """Whether bytes are UTF-8.

    :param complete: ``False`` when they are the head of a file and may end inside a character.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, complete)
    except UnicodeDecodeError:
        return False
    return True


def is_binary(data: bytes) -> bool:
    """Whether bytes, a whole file or its head, are something other than text.

    NUL bytes say so, unless UTF-16 or UTF-32 explains them; so does a share of
    control characters that no encoding of text has.
    """
    for mark, encoding in _BOMS[1:]:
        if data.startswith(mark) and _fits(data[len(mark) : _HEAD], encoding):
            return False
    if b"\0" in data or data.startswith(b"%PDF-"):
        return True
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head) and not is_utf8(head, complete=False)


def _fits(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, False)
    except UnicodeDecodeError:
        return False
    return "\0" not in text
