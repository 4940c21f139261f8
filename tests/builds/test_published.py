"""Extensions that others publish work beside ours; ``tests/beside`` tries many more, at greater length."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from beside.catalogue import Published, load_catalogue
from beside.running import other_pages
from beside.sample import SHORT
from beside.trial import Outcome, try_beside

if TYPE_CHECKING:
    from pathlib import Path

ROWS = {row.name: row for row in load_catalogue().rows}
TOGETHER = ("sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.intersphinx", "sphinx_design")
"""None of them is known to look at all documents: they share their builds."""
ALONE = ("sphinx.ext.autosummary", "autoapi.extension", "numpydoc", "sphinx_codeautolink", "myst_nb")


def together() -> Published:
    """One row of several, that use what each of them adds."""
    rows = [ROWS[name] for name in TOGETHER]
    return Published(
        name=rows[-1].name,
        package=rows[-1].package,
        also=tuple(row.name for row in rows[:-1]),
        conf="\n".join(row.conf for row in rows),
        page="\n".join(row.page for row in rows if row.name != "sphinx.ext.napoleon"),
    )


@pytest.mark.parametrize("published", [*(ROWS[name] for name in ALONE), together()], ids=lambda row: row.name)
def test_an_extension_works_beside_ours(published: Published, tmp_path: Path) -> None:
    """The first build, one after a change and one of another format are as without ours; and our pages are there."""
    if find_spec(published.name.partition(".")[0]) is None:
        assert "REPODOC_BESIDE" not in os.environ, "this environment is to have it"
        pytest.skip(f"{published.package} is not installed")
    trial = try_beside(sys.executable, published, tmp_path, {}, steps=SHORT, jobs=1)
    assert trial.faults == ()
    assert trial.outcome == Outcome.WORKS.value


def test_a_page_that_another_extension_changed_is_found(tmp_path: Path) -> None:
    """Pages of the user count as other when a word differs or they are missing, and as the same beside our style sheet."""
    texts = {
        "with": {
            "same.html": '<link href="_static/repodoc.css?v=12345678">\n<p>a</p>',
            "other.html": "<p>b</p>",
        },
        "without": {
            "same.html": "<p>a</p>",
            "other.html": "<p>a</p>",
            "lost.html": "",
            "repo/index.html": "",
        },
    }
    for side, pages in texts.items():
        for name, text in pages.items():
            (tmp_path / side / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / side / name).write_text(text, "utf-8")
    found = [*other_pages(tmp_path / "with", tmp_path / "without", "repo", {})]
    assert found == ["lost.html is missing", "other.html has '<p>b</p>' instead of '<p>a</p>'"]
