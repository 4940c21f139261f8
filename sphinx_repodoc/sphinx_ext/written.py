"""Which page was written with which content, for each builder and output folder.

Sphinx decides by time stamps of source files, which pages of ours do not have,
and never deletes an output. Our own record makes good a build that was killed
between reading and writing, and one whose facts another builder has read already.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.project import RepoProject

_COARSE_NS = 2_000_000_000
"""Some file systems keep time stamps of two seconds."""


@dataclass(frozen=True, slots=True)
class WrittenPages:
    """What the last finished build of one builder wrote into one folder."""

    navigation: str
    """Digest of what the sidebar of every page shows of the user's documents."""
    digests: Mapping[str, str]
    """Docname to the digest of its page."""

    @classmethod
    def load(cls, app: Sphinx) -> WrittenPages:
        try:
            record = json.loads(record_path(app, "written.json").read_text("utf-8"))
            return cls(record["navigation"], record["digests"])
        except (OSError, ValueError, LookupError, TypeError):
            return cls("", {})  # none yet, or garbage: everything is written again

    def save(self, app: Sphinx, project: RepoProject) -> None:
        """Note what this build wrote; a page that it was not asked to write keeps its old note."""
        digests = {}
        for name in project.repository.pages.keys() - project.elsewhere:
            digest = project.shown_digest(name)
            if self.digests.get(name) == digest or _is_fresh(app.builder, name, project.started_ns):
                digests[name] = digest
        record = {"navigation": navigation_digest(app.env), "digests": digests}
        path = record_path(app, "written.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(record), "utf-8")
        temporary.replace(path)

    @property
    def docnames(self) -> frozenset[str]:
        return frozenset(self.digests)

    def outdated(self, env: BuildEnvironment, project: RepoProject) -> Iterable[str]:
        """Pages whose output shows something else than it should."""
        pages = project.repository.pages
        known = self.digests if self.navigation == navigation_digest(env) else {}
        return (
            name
            for name in pages
            if known.get(name) != project.shown_digest(name)
            and project.is_page(name)
            and name not in project.elsewhere
        )


def navigation_digest(env: BuildEnvironment) -> str:
    """Digest of the titles and order of the documents right below the root document."""
    return hashlib.blake2b(repr(root_entries(env)).encode(), digest_size=12).hexdigest()


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


def delete_output(builder: Builder, docname: str) -> bool:
    """Delete what this builder wrote for a document that is no more; whether there was something."""
    path = output_path(builder, docname)
    if path is None or not path.exists() or not path.resolve().is_relative_to(Path(builder.outdir).resolve()):
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


def _is_fresh(builder: Builder, docname: str, started_ns: int) -> bool:
    """Whether its output was written since then; true for builders that have no output a page."""
    path = output_path(builder, docname)
    if path is None:
        return True
    try:
        return path.stat().st_mtime_ns >= started_ns - _COARSE_NS
    except OSError:
        return False


def record_path(app: Sphinx, name: str) -> Path:
    """Where a build notes something for the next one of the same builder into the same folder."""
    where = hashlib.blake2b(str(Path(app.outdir).resolve()).encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir, "repodoc", f"{app.builder.name}-{where}-{name}")
