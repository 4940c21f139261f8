"""Spares writing an inventory that would be the same again.

Sphinx writes ``objects.inv`` at the end of each build, from every object of every
domain: with the symbols of a large repository that is what a build with nothing
changed spends most on. Of ours it holds names and places, which most edits leave
as they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx
from sphinx.builders.html import INVENTORY_FILENAME

import sphinx_repodoc
from sphinx_repodoc.sphinx_ext.failures import told
from sphinx_repodoc.sphinx_ext.healing import read_note, write_note
from sphinx_repodoc.sphinx_ext.project import RepoProject
from sphinx_repodoc.sphinx_ext.written import record_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx


def keep_inventory(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Keep the inventory in place when the last build wrote it from the same objects."""
    project = app.project
    if isinstance(project, RepoProject) and hasattr(app.builder, "dump_inventory"):
        known = read_note(app, record_path(app, "inventory.repodoc-note"))
        if known and known == _state(app, project):
            app.builder.dump_inventory = lambda: None
    return ()


def note_inventory(app: Sphinx, exception: Exception | None) -> None:
    """Note from which objects the inventory in place was written."""
    project = app.project
    if exception is None and isinstance(project, RepoProject) and hasattr(app.builder, "dump_inventory"):
        path = record_path(app, "inventory.repodoc-note")
        with told(app, "the build cannot note what it wrote"):
            write_note(app, path, _state(app, project))


def _state(app: Sphinx, project: RepoProject) -> str:
    """The file in place, and a digest of everything that decides what is in it."""
    try:
        file = Path(app.outdir, INVENTORY_FILENAME).stat()
    except OSError:
        return ""
    inputs = hashlib.blake2b("\n".join(_iter_inputs(app, project)).encode(), digest_size=12)
    return f"{inputs.hexdigest()} {file.st_mtime_ns} {file.st_size}"


def _iter_inputs(app: Sphinx, project: RepoProject) -> Iterator[str]:
    config, repository = app.config, project.repository
    versions = sorted((name, str(extension.version)) for name, extension in app.extensions.items())
    yield f"{sphinx.__version__} {sphinx_repodoc.__version__} {versions}"
    yield f"{config.project}\0{config.version}\0{app.builder.name}\0{app.builder.get_target_uri('a/b')}"
    for docname, read in sorted(
        app.env.all_docs.items()
    ):  # the time of reading; a page of ours adds its name
        yield docname if project.is_page(docname) else f"{docname} {read}"
    yield repository.store.get_meta("keywords")
    for path, (facts, _) in repository.store.file_hashes().items():
        if path.rpartition("/")[2].lower().startswith("readme"):  # shown as prose, which may hold targets
            yield f"{path} {facts}"
