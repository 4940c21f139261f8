"""Places in sources as libclang knows them, by functions that its bindings lack."""

from __future__ import annotations

from ctypes import POINTER, Structure, byref, c_uint, c_void_p
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clang import cindex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

lib = cindex.conf.lib


class RangeList(Structure):
    """``CXSourceRangeList``, which the bindings lack."""

    _fields_ = (("count", c_uint), ("ranges", POINTER(cindex.SourceRange)))


def _bind(name: str, arguments: Sequence[Any], result: Any = None) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(lib, name)
    function.argtypes = list(arguments)  # type: ignore[attr-defined]
    function.restype = result  # type: ignore[attr-defined]
    return function


_PLACE = [cindex.SourceLocation, POINTER(c_void_p), *[POINTER(c_uint)] * 3]
_expansion = _bind("clang_getExpansionLocation", _PLACE)
_spelling = _bind("clang_getSpellingLocation", _PLACE)
_skipped = _bind("clang_getSkippedRanges", [cindex.TranslationUnit, c_void_p], POINTER(RangeList))
template_kind = _bind("clang_getTemplateCursorKind", [cindex.Cursor], c_uint)
is_inline = _bind("clang_Cursor_isInlineNamespace", [cindex.Cursor], c_uint)
file_name = lib.clang_getFileName
file_name.argtypes = [c_void_p]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is after macros were expanded, and whether one wrote it."""

    file: int
    line: int
    offset: int
    is_made: bool


def place(location: Any) -> Place:
    found = []
    for ask in (_expansion, _spelling):
        handle, line, column, offset = c_void_p(), c_uint(), c_uint(), c_uint()
        ask(location, byref(handle), byref(line), byref(column), byref(offset))
        found.append((handle.value or 0, line.value, offset.value))
    return Place(*found[0], is_made=found[0] != found[1])


def left_out(unit: Any, handle: int) -> Iterator[tuple[int, int]]:
    """First and last lines of what the preprocessor leaves out of a file."""
    ranges = _skipped(unit, handle)
    for index in range(ranges.contents.count):
        each = ranges.contents.ranges[index]
        yield place(each.start).line, place(each.end).line
    lib.clang_disposeSourceRangeList(ranges)
