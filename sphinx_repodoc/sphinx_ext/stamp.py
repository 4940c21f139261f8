"""Leaves in the output of a shard what it was built from, so that only what belongs together is joined."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import docutils
import pygments
import sphinx

from sphinx_repodoc.core import codec
from sphinx_repodoc.merge.manifest import FILENAME, Manifest
from sphinx_repodoc.sphinx_ext.config import OPTIONS
from sphinx_repodoc.sphinx_ext.project import RepoProject
from sphinx_repodoc.sphinx_ext.repository import PAGES
from sphinx_repodoc.sphinx_ext.written import navigation_digest, output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

_OWN = {"repodoc_shard", "repodoc_root"}
"""What may differ: the shard itself, and where the clone lies."""


def leave_stamp(app: Sphinx, exception: Exception | None) -> None:
    """Write the manifest of a shard; take away that of an earlier build when this one is of the whole."""
    project = app.project
    if exception is not None or not isinstance(project, RepoProject):
        return
    if project.shard is None:
        Path(app.outdir, FILENAME).unlink(missing_ok=True)
        return
    pages = {docname: _page(app, docname) for docname in app.env.all_docs if project.is_written(docname)}
    state = {
        "builder": app.builder.name,
        "set of versions": _digest(_iter_versions(app)),
        "configuration": _digest(_iter_settings(app, project)),
        "commit": project.repository.address.commit,
        "state of the repository": _digest(_iter_pages(app, project)),
        "state of the documents": _digest(_iter_documents(app, project)),
    }
    Manifest(
        shard=project.shard.name,
        shards=project.shard.names,
        state=state,
        pages=pages,
        total=len(app.env.all_docs),
    ).save(Path(app.outdir))


def _page(app: Sphinx, docname: str) -> str:
    path = output_path(app.builder, docname)
    return path.relative_to(app.outdir).as_posix() if path else ""


def _digest(lines: Iterable[str]) -> str:
    return codec.digest("\n".join(lines))


def _iter_versions(app: Sphinx) -> Iterator[str]:
    yield f"{PAGES} {sphinx.__version__} {docutils.__version__} {pygments.__version__}"
    for name, extension in sorted(app.extensions.items()):
        yield f"{name} {extension.version}"


def _iter_settings(app: Sphinx, project: RepoProject) -> Iterator[str]:
    """Options that show on pages, however the clone is called on this machine."""
    ours = {option.name for option in OPTIONS}
    places = sorted({str(project.repository.root), str(app.srcdir), str(app.confdir)}, key=len, reverse=True)
    for value in app.config:
        if (value.rebuild or value.name in ours) and value.name not in _OWN:
            text = f"{value.name} {_text(value.value)}"
            for place in places:
                text = text.replace(place, "")
            yield text
    yield f"{sorted(app.tags)}"


def _text(value: Any) -> str:
    """A text that is the same in every process for the same value; of what has no such text, its type."""
    if value is None or isinstance(value, (str, bytes, int, float, PurePath)):
        return f"{value!s}"
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{_text(key)}: {_text(each)}' for key, each in value.items()))}}}"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(_text, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_text, value))}]"
    return type(value).__qualname__


def _iter_pages(app: Sphinx, project: RepoProject) -> Iterator[str]:
    yield navigation_digest(app.env)
    for docname in sorted(project.repository.pages):
        yield f"{docname} {project.shown_digest(docname)}"


def _iter_documents(app: Sphinx, project: RepoProject) -> Iterator[str]:
    for docname in sorted(app.env.all_docs):
        if not project.is_page(docname):
            source = Path(app.env.doc2path(docname))
            content = source.read_bytes() if source.is_file() else b""
            yield f"{docname} {hashlib.blake2b(content, digest_size=12).hexdigest()}"
