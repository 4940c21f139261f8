"""Which of the user's documents show or name something of the repository.

A directive shows facts, a role names a place. Both leave a token in the
metadata of their document; when the token would be another one now, the
document is out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.sphinx_ext.targets import resolve_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.repository import Repository

_KEY = "repodoc_uses"


def note_use(env: BuildEnvironment, repository: Repository, sort: str, role: str, text: str) -> None:
    """Remember that the current document shows (``page``) or names (``target``) this."""
    uses = env.metadata[env.docname].setdefault(_KEY, {})
    uses[f"{sort}\0{role}\0{text}"] = _token(repository, sort, role, text)


def outdated_users(env: BuildEnvironment, repository: Repository) -> set[str]:
    """Documents of the user's that would show or link something else now."""
    return {
        docname
        for docname, metadata in env.metadata.items()
        for use, token in metadata.get(_KEY, {}).items()
        if _token(repository, *use.split("\0", 2)) != token
    }


def iter_uses(env: BuildEnvironment, repository: Repository) -> Iterator[tuple[str, str]]:
    """(docname, path) for each file that a document of the user's shows or names."""
    file_pages = {docname: path for path, docname in repository.names.files.items()}
    for docname, metadata in env.metadata.items():
        for use in metadata.get(_KEY, {}):
            sort, role, text = use.split("\0", 2)
            if sort == "page" and role in {PageKind.FILE, PageKind.FILE_KEYWORDS}:
                yield docname, text
            elif sort == "target":
                page = resolve_target(repository, role, text).docname.removesuffix(".kw")
                if page in file_pages:
                    yield docname, file_pages[page]


def _token(repository: Repository, sort: str, role: str, text: str) -> str:
    if sort == "page":
        docname = repository.docname(PageKind(role), text)
        page = repository.pages.get(docname or "")
        return page.digest if page else ""
    if sort == "tree":
        below = "\n".join(path for path in repository.names.files if path.startswith(text))
        return codec.digest(below)
    return repr(resolve_target(repository, role, text))
