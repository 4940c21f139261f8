"""The stages of an update as a whole: what they do to the process they run in."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.analyze import stages
from sphinx_repodoc.analyze.findings import Findings
from sphinx_repodoc.analyze.repository import RepositoryOptions
from sphinx_repodoc.core.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_repodoc.core.linked import Links


def test_garbage_collector_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is off meanwhile, runs again afterwards, also when a stage fails, and stays off where it was off."""
    store = Store.open_to_write(tmp_path / "facts.sqlite")
    options = RepositoryOptions(root=tmp_path, history=False)
    link = stages.link
    running = []

    def watched(*arguments: object) -> Links:
        running.append(gc.isenabled())
        return link(*arguments)  # type: ignore[arg-type]

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(stages, "link", watched)
    stages.relate(store, options, Findings(), {})
    assert gc.isenabled()
    gc.disable()
    try:
        stages.relate(store, options, Findings(), {})
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert running == [False, False]
    monkeypatch.setattr(stages, "link", fail)
    with pytest.raises(RuntimeError):
        stages.relate(store, options, Findings(), {})
    assert gc.isenabled()
    store.close()
