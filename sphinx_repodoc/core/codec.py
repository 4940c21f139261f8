"""Records to compact JSON and back.

A record becomes the array of its fields in declaration order, which is several
times smaller and faster than objects with keys. The shape is private to the
store, whose schema version changes with it; the public shape is
:mod:`~sphinx_repodoc.core.export`.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
_Convert = Callable[[Any], Any] | None
"""``None`` for values that JSON holds as they are: nothing is called for them."""


def dumps(record: Any) -> str:
    """JSON text of a record; equal records give equal text."""
    encode = _encoder(cast("Any", type(record)))
    value = encode(record) if encode else record
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """Build a record of this type from :func:`dumps` text.

    :raises ValueError: when the text is of another shape.
    """
    decode = _decoder(cast("Any", kind))
    try:
        value = json.loads(text)
        return cast("T", decode(value) if decode else value)
    except (TypeError, LookupError) as error:
        message = f"not a {kind.__name__}: {error}"
        raise ValueError(message) from error


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
        hints = typing.get_type_hints(kind)
        columns = [(f.name, _encoder(hints[f.name])) for f in fields(kind)]
        return lambda record: [
            encode(getattr(record, name)) if encode else getattr(record, name) for name, encode in columns
        ]
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


def _encode_tuple(args: tuple[Any, ...]) -> _Convert:
    if args[-1] is Ellipsis:
        encode = _encoder(args[0])
        return encode and (lambda value: [encode(item) for item in value])
    return None  # short tuples of plain values are arrays already


@cache
def _decoder(kind: Any) -> _Convert:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        columns = [(f.name, _decoder(hints[f.name])) for f in fields(kind)]
        make = cast("Callable[..., Any]", kind)
        return lambda row: make(
            **{
                name: decode(value) if decode else value
                for (name, decode), value in zip(columns, row, strict=True)
            }
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
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
