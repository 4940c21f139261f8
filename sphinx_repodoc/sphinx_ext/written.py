"""Which document was written with which content, for each builder and output folder.

Sphinx decides by time stamps of source files, which pages of ours do not have,
and never deletes an output. Our own record makes good a build that was killed,
and one whose documents another builder has read already. A document is taken out
of it before it is written, and comes back after the last one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.builders.html import INVENTORY_FILENAME

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.names import Suffixes
from sphinx_repodoc.sphinx_ext.failures import told
from sphinx_repodoc.sphinx_ext.healing import drop_if_damaged, is_intact, is_lost, seal, write_note
from sphinx_repodoc.sphinx_ext.seal import OWN_FOLDER, read_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.project import RepoProject


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPages:
    """What one builder wrote into one folder."""

    look: str = ""
    """Sphinx's digest of the options that show on every page."""
    navigation: str = ""
    """Digest of what the sidebar of every page of ours shows of the user's documents."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Docname to the digest of a page of ours; empty for one that may hold anything."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Likewise, docname to the time at which a document of the user's was read."""

    @classmethod
    def load(cls, app: Sphinx) -> WrittenPages:
        """What the folder holds of that which a build of now would write."""
        look, navigation = _look(app.builder), navigation_digest(app.env)
        try:
            path = record_path(app, "written.repodoc-note")
            record = json.loads(read_whole(path))  # a damaged one still says what there may be to delete
            pages, documents = dict(record["pages"]), dict(record["documents"])
            known = is_intact(app, path) and record["look"] == look and _has_index(app.builder)
            same = known and record["navigation"] == navigation
        except (OSError, ValueError, LookupError, TypeError):
            return cls(look=look, navigation=navigation)  # none yet, or garbage: everything is written again
        return cls(
            look=look,
            navigation=navigation,
            pages=pages if same else dict.fromkeys(pages, ""),
            documents=documents if known else dict.fromkeys(documents, ""),
        )

    def save(self, app: Sphinx) -> None:
        write_note(app, record_path(app, "written.repodoc-note"), json.dumps(asdict(self)))

    def without(self, docnames: Iterable[str], project: RepoProject) -> WrittenPages:
        """The record while these documents are written: any of them may be cut off."""
        ours, others = dict(self.pages), dict(self.documents)
        for docname in docnames:
            (ours if project.is_page(docname) else others)[docname] = ""
        return replace(self, pages=ours, documents=others)

    def renewed(self, app: Sphinx, project: RepoProject) -> WrittenPages:
        """The record after a build; a document that it was not asked to write keeps its old note."""

        def note(known: Mapping[str, str], docname: str, shown: str) -> str:
            if known.get(docname) == shown or docname in project.resolved:
                return shown
            return "" if output_path(app.builder, docname) else shown

        return replace(
            self,
            pages={name: note(self.pages, name, shown) for name, shown in _pages(project)},
            documents={
                name: note(self.documents, name, shown) for name, shown in _documents(app.env, project)
            },
        )

    def outdated(self, env: BuildEnvironment, project: RepoProject) -> Iterator[str]:
        """Documents whose output shows something else than it should."""
        for name, shown in _pages(project):
            if self.pages.get(name) != shown:
                yield name
        for name, shown in _documents(env, project):
            if self.documents.get(name) != shown:
                yield name


def _pages(project: RepoProject) -> Iterator[tuple[str, str]]:
    for name in project.repository.pages:
        if project.is_page(name) and project.is_written(name):
            yield name, project.shown_digest(name)


def _documents(env: BuildEnvironment, project: RepoProject) -> Iterator[tuple[str, str]]:
    for name, read in env.all_docs.items():
        if not project.is_page(name) and project.is_written(name):
            yield name, str(read)


def _look(builder: Builder) -> str:
    info = getattr(builder, "build_info", None)  # of the builders of HTML
    return f"{info.config_hash} {info.tags_hash}" if info else ""


def navigation_digest(env: BuildEnvironment) -> str:
    """Digest of the titles and order of the documents right below the root document."""
    return codec.digest(repr(root_entries(env)))


@dataclass(frozen=True, slots=True)
class RootEntry:
    """A line of a toctree of the root document."""

    target: str
    """A docname, or an address elsewhere."""
    title: str
    caption: str = ""
    """Heading of the toctree that begins with it."""
    is_external: bool = False


def root_entries(env: BuildEnvironment) -> list[RootEntry]:
    """What the toctrees of the root document list, in order."""
    root = env.config.root_doc
    found: list[RootEntry] = []
    for toctree in env.tocs[root].findall(addnodes.toctree) if root in env.tocs else ():
        caption = toctree.get("caption") or ""
        for title, target in toctree["entries"]:
            entry = _root_entry(env, title or "", root if target == "self" else target, caption)
            if entry is not None:
                found.append(entry)
                caption = ""
    return found


def _root_entry(env: BuildEnvironment, title: str, target: str, caption: str) -> RootEntry | None:
    if "://" in target or target.startswith("mailto:"):
        return RootEntry(target, title or target, caption, is_external=True)
    if target not in env.titles:
        return None
    return RootEntry(target, title or str(env.titles[target].astext()), caption)


def drop_damaged_outputs(app: Sphinx) -> bool:
    """Delete what Sphinx would read back of its outputs, and is damaged; whether any is missing now.

    It never comes past a note of its options that was cut off, and keeps what a search index says of pages that
    are not written again. Pages that somebody has edited are not looked at: nothing is made from them.
    """
    for path in _read_back(app.builder):
        drop_if_damaged(app, path)
    return any(is_lost(app, path) for path in _read_back(app.builder))


def seal_outputs(app: Sphinx, exception: Exception | None) -> None:
    """Note how the outputs look that the next build reads back; and the environment, which others may have stored."""
    if exception is None:
        with told(app, "the build cannot note what it wrote"):
            seal(app, *_read_back(app.builder), Path(app.doctreedir, ENV_PICKLE_FILENAME))


def _read_back(builder: Builder) -> tuple[Path, ...]:
    """Outputs of the builders of HTML that are more than outputs."""
    if not hasattr(builder, "dump_inventory"):
        return ()
    return tuple(
        Path(builder.outdir, name) for name in (".buildinfo", INVENTORY_FILENAME, *_index_name(builder))
    )


def _index_name(builder: Builder) -> tuple[str, ...]:
    """The search index, of builders that make one."""
    name = getattr(builder, "searchindex_filename", "")
    return (name,) if name and getattr(builder, "search", False) else ()


def _has_index(builder: Builder) -> bool:
    """Whether the search index can be kept; else it is made from all documents, which have to be written for that."""
    return all(Path(builder.outdir, name).is_file() for name in _index_name(builder))


def delete_document(builder: Builder, docname: str) -> None:
    """Delete what this builder wrote for a document of the user's that is no more, and its copy of the source."""
    delete_output(builder, docname)
    config = builder.config
    for suffix in config.source_suffix:
        for ending in (suffix, suffix + config.html_sourcelink_suffix):
            _delete_within(Path(builder.outdir), Path(builder.outdir, "_sources", docname + ending))


def delete_output(builder: Builder, docname: str) -> bool:
    """Delete what this builder wrote for a document that is no more; whether there was something."""
    path = output_path(builder, docname)
    return path is not None and _delete_within(Path(builder.outdir), path)


def _delete_within(folder: Path, path: Path) -> bool:
    """Delete a file unless it lies outside the folder; whether there was something."""
    if not path.exists() or not path.resolve().is_relative_to(folder.resolve()):
        return False
    path.unlink(missing_ok=True)
    return True


def output_path(builder: Builder, docname: str) -> Path | None:
    """The file that a builder writes for a document; none for builders that write no page for each."""
    for method in ("get_output_path", "get_outfilename"):  # named so since Sphinx 8.2, and before
        if hasattr(builder, method):
            return Path(getattr(builder, method)(docname))
    suffix = getattr(builder, "out_suffix", "")
    return Path(builder.outdir, f"{docname}{suffix}") if suffix else None


def find_suffixes(app: Sphinx) -> Suffixes:
    """What is appended to docnames to make names of files."""
    html = app.config.html_file_suffix
    return Suffixes(
        html=Suffixes().html if html is None else html, builder=getattr(app.builder, "out_suffix", None) or ""
    )


def record_path(app: Sphinx, name: str) -> Path:
    """Where a build notes something for the next one of the same builder into the same folder."""
    where = hashlib.blake2b(str(Path(app.outdir).resolve()).encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir, OWN_FOLDER, f"{app.builder.name}-{where}-{name}")
