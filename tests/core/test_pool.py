"""Files that take down the process which reads them."""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.core import codec, pool
from sphinx_repodoc.core.model import Entry, EntryKind, Facts
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.problems import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="small files are read in this process"
)


def _end(signal_or_status: str) -> None:
    if signal_or_status == "abort":
        os.abort()
    os._exit(1)


def _take_memory(_: str) -> None:
    bytearray(3 * pool.MEMORY)


@pytest.mark.parametrize(
    ("fate", "word"),
    [
        (_end, "abort"),
        (_end, "exit"),
        pytest.param(
            _take_memory,
            "much",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="memory is not limited elsewhere"),
        ),
    ],
)
def test_a_file_that_ends_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: Callable[[str], None], word: str
) -> None:
    """It has a problem and no facts; those that were read with it have theirs."""

    def read(text: bytes, language: str, **options: object) -> Facts:
        if text.startswith(b"# bad"):
            fate(word)
        return parse_text(text, language, path=str(options["path"]))

    monkeypatch.setattr(pool, "parse_text", read)
    entries = []
    for name in ("good", "bad", "better"):
        text = f"# {name}\ndef {name}(): pass\n".encode()
        (tmp_path / f"{name}.py").write_bytes(text)
        entries.append(Entry(path=f"{name}.py", kind=EntryKind.TEXT, size=len(text), language="python"))
    # nobody reads it, and it gives the others no memory
    entries.append(Entry(path="dump.sql", kind=EntryKind.LARGE, size=10**12, language="sql"))
    done: list[int] = []
    files = pool.parse_entries(pool.ParseJob(tmp_path, 10.0), entries, 1, done.append)
    facts = {file.entry.path: codec.loads(Facts, file.facts) for file in files}
    assert sum(done) == len(entries)
    assert [problem.kind for problem in facts["bad.py"].problems] == [ProblemKind.PARSER_CRASH]
    assert [symbol.name for symbol in facts["good.py"].symbols] == ["good"]
    assert [symbol.name for symbol in facts["better.py"].symbols] == ["better"]
