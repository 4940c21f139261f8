"""Makes pages without files known to Sphinx.

Sphinx finds its documents through ``Project``. No event fires between finding
files and computing what is out of date, so a subclass of ``Project`` adds our
docnames, and gives for all of them one real, empty file whose suffix only our
parser claims. Everything else is done by documented events (:mod:`.build`).
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.project import Project

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.sphinx_ext.failures import WriteFailures
from sphinx_repodoc.sphinx_ext.mentions import mention_token
from sphinx_repodoc.sphinx_ext.report import WarningKind, warn
from sphinx_repodoc.sphinx_ext.seal import OWN_FOLDER, clear_place
from sphinx_repodoc.sphinx_ext.written import WrittenPages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.mentions import Mentions
    from sphinx_repodoc.sphinx_ext.repository import Repository
    from sphinx_repodoc.sphinx_ext.shards import Shard

SUFFIX = ".repodoc-page"


class RepoProject(Project):
    """The user's documents, and a page for every file and folder of a repository."""

    def __init__(
        self, project: Project, repository: Repository, stub: Path, shard: Shard | None, *, read_all: bool
    ) -> None:
        super().__init__(project.srcdir, project.source_suffix)
        self.restore(project)
        self.repository = repository
        self.shard = shard
        self.elsewhere: frozenset[str] = _elsewhere(repository, shard)
        """Pages that another shard writes."""
        self.by_name = frozenset[str]() if read_all else self.elsewhere
        """Those of them that are not read either."""
        self.known_by_name: frozenset[str] = frozenset()
        """Those that the last build knew in that way."""
        self._stubs = _stub_paths(project, stub)
        self.mentions: Mapping[str, Mentions] = {}
        """Path of a file to where the user's documents speak of it; known when those are read."""
        self.written = WrittenPages()
        """What lies in the output folder."""
        self.resolved: set[str] = set()
        """Documents that this build writes."""
        self.write_failures = WriteFailures()
        self.has_lost_outputs = False
        """Whether outputs are missing that are made of all documents."""
        self.late: list[str] = []
        """Pages held back from the parallel reader."""
        self.clashes: frozenset[str] = frozenset()
        self.former: frozenset[str] = frozenset()
        """Pages of the last build, some of which may be no more; the environment names them until it is updated."""
        self._naming = False
        self._discovering = False  # only then a file of the repository is not its page

    def is_page(self, docname: str) -> bool:
        """Whether this document is a page of ours, and not a document of the user's at its place."""
        return docname in self.repository.pages and docname not in self.clashes

    def is_read(self, docname: str) -> bool:
        """Whether this is a page of ours that this build reads."""
        return self.is_page(docname) and docname not in self.by_name

    def is_written(self, docname: str) -> bool:
        """Whether this build writes a document, and no other shard."""
        if self.shard is None or not self.is_page(docname):
            return self.shard is None or self.shard.is_main
        return docname not in self.elsewhere

    def shown_digest(self, docname: str) -> str:
        """Digest of everything that the output of a page shows."""
        page = self.repository.pages[docname]
        if page.key.kind is not PageKind.FILE:
            return page.digest
        return page.digest + mention_token(self.mentions.get(page.key.path))

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        self._discovering = True
        super().discover(exclude_paths, include_paths)
        self._discovering = False
        pages = self.repository.pages
        self.clashes = frozenset(self.docnames & pages.keys())
        for docname in sorted(self.clashes):
            warn(
                WarningKind.CLASH,
                f"the document {docname!r} takes the place of the page of "
                f"{pages[docname].key.path or 'the repository'!r}; set repodoc_prefix to another name",
                location=docname,
            )
        self.docnames.update(pages.keys() - self.by_name)
        return self.docnames

    def doc2path(self, docname: str, absolute: bool) -> Any:
        if not self.is_page(docname) and (docname in self.docnames or docname not in self.former):
            return super().doc2path(docname, absolute)
        if self._naming and not absolute:
            return type(self._stubs[False])(docname + SUFFIX)
        return self._stubs[absolute]

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Give relative paths that name their document, as Sphinx prints them; no file lies there."""
        self._naming = True
        try:
            yield
        finally:
            self._naming = False

    def source_of(self, docname: str) -> str:
        """What the doctree of a page names as its source: a path below the sources, as of any document.

        No file lies there. Extensions take it relative to the sources and cut off its suffix.
        """
        return str(Path(self.srcdir, docname + SUFFIX))

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        if str(filename).endswith(
            SUFFIX
        ):  # see above, or the stub itself where the doctrees lie below the sources
            return self._page_of(str(filename).removesuffix(SUFFIX))
        docname = super().path2doc(filename)
        if self._discovering or docname in self.docnames:
            return docname
        path = Path(self.srcdir, filename)
        if path.is_relative_to(self.repository.root):
            relative = path.relative_to(self.repository.root).as_posix()
            return self.repository.docname(PageKind.FILE, relative) or docname
        return docname

    def _page_of(self, place: str) -> str | None:
        path = Path(self.srcdir, place)
        if self._discovering or not path.is_relative_to(self.srcdir):
            return None
        docname = path.relative_to(self.srcdir).as_posix()
        return docname if self.is_page(docname) else None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle a plain project: the environment loads without us, and stays small."""
        plain = Project(self.srcdir, self.source_suffix)
        plain.restore(self)
        plain.docnames = {docname for docname in self.docnames if not self.is_page(docname)}
        return Project, (self.srcdir, self.source_suffix), plain.__dict__


def _elsewhere(repository: Repository, shard: Shard | None) -> frozenset[str]:
    if shard is None:
        return frozenset()
    return frozenset(
        docname for docname, page in repository.pages.items() if not shard.owns(page.key, docname)
    )


def _stub_paths(project: Project, stub: Path) -> tuple[Any, Any]:
    """The path of the stub relative to the sources, and as it is, of the types that this version of Sphinx gives."""
    relative, absolute = (type(project.doc2path("", absolute=absolute)) for absolute in (False, True))
    try:
        beside = os.path.relpath(stub, project.srcdir)
    except ValueError:  # on another drive
        beside = str(stub)
    return relative(beside), absolute(stub)


def make_stub(doctreedir: Path) -> Path:
    """The empty file that stands for every page; so old that no output is older."""
    stub = doctreedir / OWN_FOLDER / f"stub{SUFFIX}"
    if not _is_stub(stub):
        stub.parent.mkdir(parents=True, exist_ok=True)
        clear_place(stub)
        stub.write_bytes(b"")
        os.utime(stub, (1, 1))
    return stub


def _is_stub(path: Path) -> bool:
    """Whether the file is as it was made: Sphinx reads it as the text of each page, and looks at its time."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and not status.st_size and status.st_mtime == 1


def repository_of(env: BuildEnvironment) -> Repository | None:
    """The repository of this build; none when there is nothing to document."""
    project = env.project
    return project.repository if isinstance(project, RepoProject) else None
