"""Records survive the way into the store and back."""

from __future__ import annotations

import pytest

from sphinx_repodoc.analyze.model import Evidence, FileRelations, History, Role, Tests
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.keywords import IndexPart, IndexPlan
from sphinx_repodoc.core.model import (
    Entry,
    EntryKind,
    Facts,
    Import,
    ImportedName,
    Marker,
    MarkerKind,
    Symbol,
)
from sphinx_repodoc.core.problems import Problem, ProblemKind

FACTS = Facts(
    doc="Naïve 💡 text",
    symbols=(
        Symbol(name="A", qualname="A", kind="class", line=1, end_line=9, decorators=("x", "y(1)")),
        Symbol(name="f", qualname="A.f", kind="method", line=2, end_line=3, parent=0),
    ),
    imports=(Import(module="os", line=1, names=(ImportedName(name="path", alias="p"),), level=2),),
    markers=(Marker(kind=MarkerKind.MAIN, line=5, text="main"),),
    problems=(Problem(kind=ProblemKind.SYNTAX, message="x", line=4),),
    words=frozenset({"a", "b"}),
)


@pytest.mark.parametrize(
    "record",
    [
        FACTS,
        Facts(),
        Entry(path='a"\n', kind=EntryKind.SYMLINK, target="../x"),
        FileRelations(
            path="p",
            roles=(Role(name="test", evidence=Evidence(text="t", path="q", line=3)),),
            history=History(created="2023-12-31", last_changed="2024-01-01", commits=1, authors=1),
            tests=Tests(indirect=(("tests", 3), ("more", 1))),
        ),
        FileRelations(path="p"),
        IndexPlan((IndexPart("a", "a", "a\U0010ffff", 3),)),
    ],
)
def test_round_trip(record: object) -> None:
    """A record read back equals the one written, enums and nested records included."""
    assert codec.loads(type(record), codec.dumps(record)) == record


def test_equal_records_give_equal_text() -> None:
    """Sets are written sorted, so that digests of equal facts are equal."""
    words = [f"w{number}" for number in range(200)]
    one = codec.dumps(Facts(words=frozenset(words)))
    other = codec.dumps(Facts(words=frozenset(reversed(words))))
    assert one == other


@pytest.mark.parametrize("text", ["[]", "{}", "[1, 2, 3]", "not json", "null"])
def test_text_of_another_shape_is_refused(text: str) -> None:
    """A store of another version cannot be mistaken for facts."""
    with pytest.raises(ValueError, match=r".+"):
        codec.loads(Facts, text)


def test_the_shape_of_a_record_names_the_fields_of_the_records_inside() -> None:
    """A store whose records had other fields, at any depth, is told apart from one of this version."""
    assert codec.shape(Facts) != codec.shape(Entry)
    assert "visibility" in codec.shape(Facts)
    assert "Role" in codec.shape(FileRelations)
    assert "evidence" in codec.shape(FileRelations)
