"""Records to compact JSON and back.

A record becomes the array of its fields in declaration order, which is several
times smaller and faster than objects with keys. The shape is private to the
store, whose schema version changes with it; the public shape is
:mod:`~sphinx_repodoc.analyze.export`.
"""

from __future__ import annotations

import hashlib
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar, cast

T = TypeVar("T")
_SURROGATE = re.compile("[\ud800-\udfff]")
_Convert = Callable[[Any], Any] | None
"""``None`` for values that JSON holds as they are: nothing is called for them."""


class DamagedError(ValueError):
    """A text is no record of the type that it should hold."""


def digest(text: str) -> str:
    """Short hexadecimal digest, for telling content apart."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def dumps(record: Any) -> str:
    """JSON text of a record; equal records give equal text, and every text can be stored and shown."""
    return valid(dumps_raw(record))


def dumps_raw(record: Any) -> str:
    """The same without a look at the characters: the text may hold surrogates, which no encoding has."""
    encode = _encoder(cast("Any", type(record)))
    value = encode(record) if encode else record
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def valid(text: str) -> str:
    """The very same text, or one with U+FFFD in place of each surrogate: an escape may name one alone."""
    try:
        text.encode()  # a tenth of the time of a search
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def loads(kind: type[T], text: str) -> T:
    """Build a record of this type from :func:`dumps` text.

    :raises DamagedError: when the text is of another shape.
    """
    decode = _decoder(cast("Any", kind))
    try:
        value = json.loads(text)
        return cast("T", decode(value) if decode else value)
    except (TypeError, ValueError, LookupError) as error:
        message = f"not a {kind.__name__}: {error}"
        raise DamagedError(message) from error


@cache
def shape(kind: Any) -> str:
    """Text that changes with the fields of a record or of any record inside it."""
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return f"{kind}({', '.join(f'{f.name}: {shape(hints[f.name])}' for f in fields(kind))})"
    args = typing.get_args(kind)
    return f"{kind}[{', '.join(shape(arg) for arg in args)}]" if args else str(kind)


@cache
def _encoder(kind: Any) -> _Convert:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        return _record_encoder(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda member: member.value
    if origin is frozenset:
        return sorted
    if origin is tuple:
        return _encode_tuple(args)
    if origin in {types.UnionType, typing.Union}:
        encode = _encoder(_optional(args))
        return encode and (lambda value: None if value is None else encode(value))
    return None


def _record_encoder(kind: Any) -> _Convert:
    hints = typing.get_type_hints(kind)
    names = [f.name for f in fields(kind)]
    converted = _converted(_encoder(hints[name]) for name in names)
    # given one name it would not make a tuple
    values = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)

    def encode(record: Any) -> list[Any]:
        row = list(values(record))
        for column, convert in converted:
            row[column] = convert(row[column])
        return row

    return encode


def _record_decoder(kind: Any) -> _Convert:
    """Fill the slots of a new record directly.

    Hundreds of thousands are read in one build, and the constructor of a frozen record
    takes three times as long.
    """
    hints = typing.get_type_hints(kind)
    names = [f.name for f in fields(kind)]
    converted = _converted(_decoder(hints[name]) for name in names)
    fill = [getattr(kind, name).__set__ for name in names]
    new = partial(object.__new__, kind)

    def decode(row: list[Any]) -> Any:
        if len(row) != len(fill):
            message = f"{len(row)} fields are not the {len(fill)} of {kind.__name__}"
            raise ValueError(message)
        for column, convert in converted:
            row[column] = convert(row[column])
        record = new()
        for write, value in zip(fill, row, strict=True):
            write(record, value)
        return record

    return decode


def _converted(converters: Iterable[_Convert]) -> list[tuple[int, Callable[[Any], Any]]]:
    """(column, converter) of the columns that need one."""
    return [(column, convert) for column, convert in enumerate(converters) if convert]


def _encode_tuple(args: tuple[Any, ...]) -> _Convert:
    if args[-1] is Ellipsis:
        encode = _encoder(args[0])
        return encode and (lambda value: [encode(item) for item in value])
    return None  # short tuples of plain values are arrays already


@cache
def _decoder(kind: Any) -> _Convert:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        return _record_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if origin is frozenset:
        return frozenset
    if origin is tuple:
        return _decode_tuple(args)
    if origin in {types.UnionType, typing.Union}:
        decode = _decoder(_optional(args))
        return decode and (lambda value: None if value is None else decode(value))
    if origin in {dict, Mapping}:
        message = f"records hold tuples, not {kind}"
        raise TypeError(message)
    return None


def _decode_tuple(args: tuple[Any, ...]) -> _Convert:
    decode = _decoder(args[0]) if args[-1] is Ellipsis else None
    return tuple if decode is None else lambda value: tuple([decode(item) for item in value])


def _optional(args: tuple[Any, ...]) -> Any:
    return next(arg for arg in args if arg is not type(None))
