"""Whether the condition of an ``#if`` holds where most readers are: Unix, a compiler like GCC or Clang.

Asked only where one of several branches has to be chosen, because the text with all of them has no meaning.
"""

from __future__ import annotations

import re

_NEVER = frozenset(
    b"_WIN32 WIN32 _WIN64 WIN64 __WIN32__ _WINDOWS _WIN32_WCE WINCE __MINGW32__ __MINGW64__ __CYGWIN__ _MSC_VER"
    b" __BORLANDC__ __WATCOMC__ __DMC__ __OS2__ __EMX__ __MSDOS__ MSDOS __DJGPP__ __VMS VMS __vms _AIX __sun __hpux"
    b" __sgi __APPLE__ __MACH__ __BEOS__ __HAIKU__ __QNX__ __ANDROID__ __EMSCRIPTEN__ __wasi__ __CUDACC_RTC__"
    b" __NVCC__ __HIPCC__ __INTEL_COMPILER __PGI __SUNPRO_C __SUNPRO_CC __IBMC__ __IBMCPP__ __xlC__ UNICODE _UNICODE"
    b" NDEBUG NATIVE_CRLF SWIG __RESHARPER__ __INTELLISENSE__ DOXYGEN Q_MOC_RUN Q_QDOC __GCCXML__".split()
)
_ALWAYS = frozenset(b"__GNUC__ __linux__ __linux __unix__ __unix __STDC__".split())
_TOKEN = re.compile(rb"\|\||&&|[()]|!(?!=)|defined\b|[A-Za-z_]\w*+|\d\w*+|[<>=!]=|[<>]")
_KNOWN = re.compile(rb"(?:[\s\\()!<>=]|\|\||&&|\w)*+\Z")
_MOST_TOKENS = 60
_ABOVE = frozenset({b">", b">=", b"=="})

Truth = bool | None
"""None when nobody knows."""


def is_likely(name: bytes, condition: bytes) -> Truth:
    """Whether a branch is read.

    :param name: the directive that opens it: ``if``, ``ifdef``, ``elif`` and so on; of ``else`` nothing is known.
    :param condition: what stands behind it.
    """
    if name.endswith(b"def"):
        word = condition.split(None, 1)[0] if condition.strip() else b""
        truth = _defined(word)
        return None if truth is None else truth is not name.endswith(b"ndef")
    tokens = _TOKEN.findall(condition)
    if name == b"else" or not tokens or len(tokens) > _MOST_TOKENS or not _KNOWN.match(condition):
        return None
    truth, end = _any(tokens, 0)
    return truth if end == len(tokens) else None


def _defined(word: bytes) -> Truth:
    return False if word in _NEVER else True if word in _ALWAYS else None


def _any(tokens: list[bytes], at: int) -> tuple[Truth, int]:
    """``a || b``: the truth of it, and the index behind it."""
    truth, at = _all(tokens, at)
    while tokens[at : at + 1] == [b"||"]:
        other, at = _all(tokens, at + 1)
        truth = True if truth or other else None if truth is None or other is None else False
    return truth, at


def _all(tokens: list[bytes], at: int) -> tuple[Truth, int]:
    truth, at = _one(tokens, at)
    while tokens[at : at + 1] == [b"&&"]:
        other, at = _one(tokens, at + 1)
        truth = (
            False if truth is False or other is False else None if truth is None or other is None else True
        )
    return truth, at


def _one(tokens: list[bytes], at: int) -> tuple[Truth, int]:
    token = tokens[at] if at < len(tokens) else b""
    if token == b"!":
        truth, at = _one(tokens, at + 1)
        return (None if truth is None else not truth), at
    if token == b"(":
        truth, at = _any(tokens, at + 1)
        return truth, at + 1
    if token == b"defined":
        bracket = tokens[at + 1 : at + 2] == [b"("]
        word = tokens[at + 1 + bracket : at + 2 + bracket]
        return _defined(word[0] if word else b""), at + 2 + 2 * bracket
    at += 1
    truth = _defined(token)
    if at < len(tokens) and tokens[at][0] in b"<>=!" and tokens[at] != b"!":
        is_known = truth is False and tokens[at] in _ABOVE
        return (False if is_known else None), at + 2
    return truth, at
