"""Directives that show facts of the repository in a document of the user's.

Each leaves the same thin nodes as our own pages do (:mod:`sphinx_repodoc.pages.nodes`)::

    container (repodoc-shown)
      paragraph
        pending_xref      (to the page of the file or folder)
      repo_part …         (one a section)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from sphinx_repodoc.core.names import PageKey, PageKind
from sphinx_repodoc.pages.doctree import part_node
from sphinx_repodoc.pages.table import PARTS
from sphinx_repodoc.sphinx_ext.config import FILE_SECTIONS
from sphinx_repodoc.sphinx_ext.project import repository_of
from sphinx_repodoc.sphinx_ext.report import WarningKind, warn
from sphinx_repodoc.sphinx_ext.targets import resolve_target
from sphinx_repodoc.sphinx_ext.uses import note_use

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sphinx_repodoc.sphinx_ext.repository import Repository

DEFAULT_SECTIONS = ("purpose", "overview", "structure", "dependencies", "testing")
"""Sections that ``repo:file`` shows unless it is told which."""


def _sections(argument: str | None) -> list[str]:
    chosen = [name.strip() for name in (argument or "").split(",") if name.strip()]
    return [directives.choice(name, FILE_SECTIONS) for name in chosen]


class _RepoDirective(SphinxDirective):
    """Finds its file or folder, notes that the document shows it, and gives the nodes."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        repository = repository_of(self.env)
        if repository is None:
            return []
        argument = self.arguments[0]
        path = argument.strip().strip("/").removeprefix("./")
        for kind in self.kinds:  # one that there is not may come
            note_use(self.env, repository, "page", kind.value, path)
        keys = (PageKey(kind, path) for kind in self.kinds)
        key = next((key for key in keys if repository.names.docname(key)), None)
        if key is None:
            problem = resolve_target(repository, self.role, argument).explain()
            warn(WarningKind.DIRECTIVE, f"{self.name}: {problem}", location=self.get_location())
            return []
        shown = nodes.container(classes=["repodoc-shown"])
        shown += self.show(repository, key)
        return [shown]

    role = "file"
    """Role that links to what the argument names."""
    kinds: ClassVar[tuple[PageKind, ...]] = (PageKind.FILE,)
    """Of the pages whose facts are shown; of several that a path has, the first."""

    def show(self, repository: Repository, key: PageKey) -> list[nodes.Node]:
        raise NotImplementedError

    def link(self, key: PageKey, role: str) -> nodes.paragraph:
        text = key.path or "/"
        name = nodes.literal(text, text)
        xref = addnodes.pending_xref(
            "", name, refdomain="repo", reftype=role, reftarget=text, refdoc=self.env.docname,
            refexplicit=True, refwarn=True,
        )  # fmt: skip
        return nodes.paragraph("", "", xref)

    def parts(
        self, repository: Repository, key: PageKey, names: Sequence[str], **attributes: Any
    ) -> list[nodes.Node]:
        def read_nothing(_path: str) -> str | None:
            return None

        found: list[nodes.Node] = []
        for name in names:
            node = part_node(repository, key, name, read_nothing)
            node["embedded"] = True
            node.update_all_atts(attributes)
            found.append(node)
        return found


class FileDirective(_RepoDirective):
    """``repo:file``: facts of a file."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"sections": _sections}

    def show(self, repository: Repository, key: PageKey) -> list[nodes.Node]:
        names = self.options.get("sections") or DEFAULT_SECTIONS
        return [self.link(key, "file"), *self.parts(repository, key, names)]


class KeywordsDirective(_RepoDirective):
    """``repo:keywords``: the keywords of a file, or of a folder and everything below it."""

    kinds = (PageKind.FOLDER_KEYWORDS, PageKind.FILE_KEYWORDS)

    def show(self, repository: Repository, key: PageKey) -> list[nodes.Node]:
        role = "folder" if key.kind is PageKind.FOLDER_KEYWORDS else "file"
        return [self.link(key, role), *self.parts(repository, key, [part.id for part in PARTS[key.kind]])]


class FolderDirective(_RepoDirective):
    """``repo:folder``: subfolders and files of a folder, with what each is for."""

    role = "folder"
    kinds = (PageKind.FOLDER,)

    def show(self, repository: Repository, key: PageKey) -> list[nodes.Node]:
        names = [part.id for part in PARTS[key.kind] if part.id not in {"readme", "header"}]
        return [self.link(key, "folder"), *self.parts(repository, key, names)]


class TreeDirective(FolderDirective):
    """``repo:tree``: the tree of folders and files below a folder."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"depth": directives.positive_int}

    def show(self, repository: Repository, key: PageKey) -> list[nodes.Node]:
        note_use(self.env, repository, "tree", "", f"{key.path}/" if key.path else "")
        return self.parts(repository, key, ["tree"], depth=self.options.get("depth", 0))


DIRECTIVES: dict[str, type[Directive]] = {
    "file": FileDirective,
    "keywords": KeywordsDirective,
    "folder": FolderDirective,
    "tree": TreeDirective,
}
