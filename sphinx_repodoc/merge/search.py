"""Joins the search indexes that Sphinx made of disjoint sets of documents.

An index numbers its documents and the types of its objects; everything else
refers to these numbers. The format is that of Sphinx 5.2 and later.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILENAME = "searchindex.js"
_PREFIX, _SUFFIX = "Search.setIndex(", ")"

Index = dict[str, Any]
_LISTS = ("docnames", "filenames", "titles")
_MAPPINGS = ("terms", "titleterms", "objects", "objtypes", "objnames", "alltitles", "indexentries")
_KEYS = frozenset({*_LISTS, *_MAPPINGS, "envversion"})


class IndexFormatError(Exception):
    """A file is not a search index as this module knows it."""


def loads(text: str) -> Index:
    """:raise IndexFormatError: when the text is no index."""
    text = text.strip()
    if not text.startswith(_PREFIX) or not text.endswith(_SUFFIX):
        message = "it does not call Search.setIndex"
        raise IndexFormatError(message)
    index = json.loads(text[len(_PREFIX) : -len(_SUFFIX)])
    missing = sorted(_KEYS - index.keys())
    if missing or index.keys() - _KEYS:
        message = f"its parts are {', '.join(sorted(index))}"
        raise IndexFormatError(message)
    return dict(index)


def dumps(index: Index) -> str:
    """The text as Sphinx writes it."""
    return f"{_PREFIX}{json.dumps(index, separators=(',', ':'), sort_keys=True)}{_SUFFIX}"


def empty_index(version: object) -> Index:
    """The index of no documents, of a version of Sphinx's environment."""
    return {**{key: [] for key in _LISTS}, **{key: {} for key in _MAPPINGS}, "envversion": version}


def merge_indexes(indexes: Sequence[Index]) -> Index:
    """The index of all documents."""
    documents = sorted(
        (docname, filename, title)
        for index in indexes
        for docname, filename, title in zip(
            index["docnames"], index["filenames"], index["titles"], strict=True
        )
    )
    numbers = {docname: number for number, (docname, _, _) in enumerate(documents)}
    maps = [[numbers[docname] for docname in index["docnames"]] for index in indexes]
    objects, types, names = _merge_objects(indexes, maps)
    return {
        "docnames": [docname for docname, _, _ in documents],
        "filenames": [filename for _, filename, _ in documents],
        "titles": [title for _, _, title in documents],
        "terms": _merge_terms(indexes, maps, "terms"),
        "titleterms": _merge_terms(indexes, maps, "titleterms"),
        "objects": objects,
        "objtypes": types,
        "objnames": names,
        "alltitles": _merge_places(indexes, maps, "alltitles"),
        "indexentries": _merge_places(indexes, maps, "indexentries"),
        "envversion": indexes[0]["envversion"],
    }


def _merge_terms(indexes: Sequence[Index], maps: Sequence[list[int]], key: str) -> dict[str, int | list[int]]:
    """Word to the number of its only document, or to those of all."""
    found: dict[str, list[int]] = {}
    for index, numbers in zip(indexes, maps, strict=True):
        for word, documents in index[key].items():
            each = [documents] if isinstance(documents, int) else documents
            found.setdefault(word, []).extend(numbers[document] for document in each)
    return {
        word: documents[0] if len(documents) == 1 else sorted(documents)
        for word, documents in found.items()
        if documents
    }


def _merge_places(
    indexes: Sequence[Index], maps: Sequence[list[int]], key: str
) -> dict[str, list[list[Any]]]:
    """Title or index entry to places that begin with the number of a document."""
    found: dict[str, list[list[Any]]] = {}
    for index, numbers in zip(indexes, maps, strict=True):
        for text, places in index[key].items():
            found.setdefault(text, []).extend([numbers[document], *rest] for document, *rest in places)
    return {text: sorted(places, key=lambda place: place[0]) for text, places in found.items()}


def _merge_objects(
    indexes: Sequence[Index], maps: Sequence[list[int]]
) -> tuple[dict[str, list[list[Any]]], dict[str, str], dict[str, Any]]:
    """Objects by what stands before the last dot of their name, and the types that they have."""
    types: dict[str, int] = {}
    names: dict[str, Any] = {}
    objects: dict[str, list[list[Any]]] = {}
    for prefix, number, kind, name, rest in _iter_objects(indexes, maps):
        where = types.setdefault(kind, len(types))
        names[str(where)] = name
        objects.setdefault(prefix, []).append([number, where, *rest])
    for each in objects.values():
        each.sort(key=lambda found: (found[1], found[-1], found[0], found[3]))
    return objects, {str(number): kind for kind, number in types.items()}, names


def _iter_objects(
    indexes: Sequence[Index], maps: Sequence[list[int]]
) -> Iterator[tuple[str, int, str, Any, list[Any]]]:
    """(prefix, number of the document, type, names of the type, the rest) of each object."""
    for index, numbers in zip(indexes, maps, strict=True):
        for prefix, found in index["objects"].items():
            for document, where, *rest in found:
                kind = str(where)
                yield prefix, numbers[document], index["objtypes"][kind], index["objnames"][kind], rest
