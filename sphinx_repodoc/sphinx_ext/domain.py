"""The domain ``repo``: files, folders and symbols, resolved by looking in the store.

Nothing is kept in the environment: Sphinx copies that for each chunk of a
parallel read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinx_repodoc.sphinx_ext.directives import DIRECTIVES
from sphinx_repodoc.sphinx_ext.project import repository_of
from sphinx_repodoc.sphinx_ext.report import WarningKind, warn
from sphinx_repodoc.sphinx_ext.targets import resolve_target
from sphinx_repodoc.sphinx_ext.uses import note_use

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from docutils.nodes import Element, Node, TextElement
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

SEARCHABLE_SYMBOLS = 20_000
"""Up to this many symbols Sphinx's own search finds each (0.08 KB of its index a symbol);
above, the keyword index does."""


class RepoRole(XRefRole):
    """A role whose target is remembered, so that its document is read again when that goes."""

    def process_link(
        self, env: BuildEnvironment, refnode: Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        if not has_explicit_title and title.startswith("~"):
            title = title.lstrip("~").rpartition("#")[2].rpartition("/")[2]
        target = target.lstrip("~")
        repository = repository_of(env)
        if repository is not None:
            note_use(env, repository, "target", refnode["reftype"], target)
        return title, target


class RepoDomain(Domain):
    """Files, folders and symbols of the repository."""

    name = "repo"
    label = "Repository"
    object_types = {  # noqa: RUF012 (so it is in Sphinx)
        "file": ObjType("file", "file"),
        "folder": ObjType("folder", "folder"),
        "keywords": ObjType("keywords", "keywords"),
        "symbol": ObjType("symbol", "sym", "class", "func"),
    }
    roles = {  # noqa: RUF012
        role: RepoRole(warn_dangling=True) for role in ("file", "folder", "keywords", "sym", "class", "func")
    }
    directives = DIRECTIVES
    searchable_only = False
    """Whether the objects that Sphinx's search never shows are left out, while its index is made."""

    def resolve_xref(  # noqa: PLR0917 (Sphinx's signature)
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        repository = repository_of(env)
        if repository is None:
            return None
        found = resolve_target(repository, typ, target)
        if not found.docname:
            return None
        if found.problem:
            warn(WarningKind.AMBIGUOUS, found.problem, location=node)
        return make_refnode(builder, fromdocname, found.docname, found.anchor, contnode, found.title)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        _node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        repository = repository_of(env)
        found = resolve_target(repository, "any", target) if repository else None
        if found is None or not found.docname:
            return []
        role = "repo:folder" if found.title.endswith("/") else "repo:file"
        return [
            (role, make_refnode(builder, fromdocname, found.docname, found.anchor, contnode, found.title))
        ]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        repository = repository_of(self.env)
        if repository is None:
            return
        names = repository.names
        for path, docname in names.files.items():
            yield path, path, "file", docname, "", 1
        for folder, docname in names.folders.items():
            yield f"{folder}/", f"{folder}/", "folder", f"{docname}/index", "", 1
        priority = 1 if repository.store.symbol_count() <= SEARCHABLE_SYMBOLS else -1
        if not self.searchable_only:
            for path, docname in names.files.items():
                yield path, path, "keywords", f"{docname}.kw", "", -1
        elif priority < 0:
            return
        for row in repository.store.iter_symbols():
            name = f"{row.path}#{row.qualname}"
            yield name, row.qualname, "symbol", names.files[row.path], row.anchor, priority

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Nothing is kept in the environment, so there is nothing to merge."""


def on_missing_reference(
    _app: Sphinx, _env: BuildEnvironment, node: pending_xref, contnode: TextElement
) -> Node | None:
    """Leave a module that no inventory knows as plain text, without a warning."""
    return contnode if node.get("repodoc_optional") else None


def on_warn_missing_reference(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say what is missing, and what may have been meant."""
    repository = repository_of(app.env)
    if not isinstance(domain, RepoDomain) or repository is None:
        return None
    found = resolve_target(repository, node["reftype"], node["reftarget"])
    warn(WarningKind.REFERENCE, f"repo:{node['reftype']}: {found.explain()}", location=node)
    return True
