"""Every language on texts that it does not expect; ``tox run -e fuzz`` reads many more."""

from __future__ import annotations

import random
import sys
from encodings.aliases import aliases
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hostile import LANGUAGES, Input, Reader, broken, check, mislabelled, mixed, noise, openings, samples

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the reader waits as POSIX does")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def _some(language: str) -> Iterator[Input]:
    """A few texts of each kind, the same each time."""
    chance = random.Random(language)  # noqa: S311
    yield from chance.sample(list(mislabelled(language)), 5)
    yield from islice(broken(language, chance, 1), 30)
    yield from islice(mixed(language, chance, 1), 2)
    yield from noise(language, chance, 5_000)
    for opening in chance.sample(openings(), 5):
        yield Input(language=language, name=f"{opening!r}", text=opening * 10_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts(language: str, reader: Reader) -> None:
    """Each has facts that hold together, or a problem; none ends the process or keeps it for long."""
    results = {one.name: reader.read(one) for one in _some(language)}
    assert {name: result.failure for name, result in results.items() if result.failure} == {}


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_garbage_behind(language: str) -> None:
    """A line that no language has costs next to nothing of what stands before it."""
    for text in samples(language):
        alone = parse_text(text, language)
        if alone.problems:
            continue
        lines = alone.lines.total
        both = parse_text(text.rstrip(b"\n") + b"\n)]}\n" + text, language)
        kept = {(symbol.name, symbol.kind) for symbol in both.symbols if symbol.line <= lines}
        lost = [symbol.name for symbol in alone.symbols if (symbol.name, symbol.kind) not in kept]
        assert len(lost) * 8 <= len(alone.symbols), lost
        assert all(problem.line > 0 for problem in both.problems)


@pytest.mark.parametrize("encoding", sorted(set(aliases.values())))
def test_every_encoding(encoding: str) -> None:
    """Text in any encoding of Python, declared or not, is read or has a problem that says why not."""
    text = "def größe(): pass  # Über ☃\nclass Ж: pass\n"
    for declared in (f"# -*- coding: {encoding} -*-\n{text}", text):
        try:
            data = declared.encode(encoding, "replace")
        except (LookupError, UnicodeError):  # a codec from bytes to bytes, or one that replaces nothing
            continue
        decoded = decode(data, "python")
        check(parse_text(decoded.text, "python"), decoded.text)
        assert decoded.text.isascii() or decoded.problems or decoded.encoding
