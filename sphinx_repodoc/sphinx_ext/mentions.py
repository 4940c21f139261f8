"""Where the user's documents speak of a file: through our roles and directives, or as an API page.

Known only once those documents are read, so it is found then, and a page of
ours whose mentions changed is read again with the late ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_repodoc.sphinx_ext.uses import iter_uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.repository import Repository


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the documentation says of one file."""

    documents: tuple[str, ...] = ()
    """Docnames of the user's documents that name or show it, sorted."""
    objects: tuple[str, ...] = ()
    """Names of the Python domain's objects that it defines, sorted."""


def find_mentions(env: BuildEnvironment, repository: Repository) -> Mapping[str, Mentions]:
    """Path of each file that is mentioned to its mentions."""
    documents: dict[str, set[str]] = {}
    for docname, path in iter_uses(env, repository):
        documents.setdefault(path, set()).add(docname)
    objects: dict[str, set[str]] = {}
    for name, path in _iter_objects(env, repository):
        objects.setdefault(path, set()).add(name)
    return {
        path: Mentions(tuple(sorted(documents.get(path, ()))), tuple(sorted(objects.get(path, ()))))
        for path in sorted(documents.keys() | objects.keys())
    }


def _iter_objects(env: BuildEnvironment, repository: Repository) -> Iterator[tuple[str, str]]:
    """(name, path) of each documented Python object whose definition is in the repository.

    Exact: the module is the file of that dotted path, and defines that qualified name.
    """
    documented = env.domaindata.get("py", {}).get("objects", {})
    if not documented:
        return
    modules = _python_modules(repository)
    for name in documented:
        module, rest = name, ""
        while module not in modules and "." in module:
            module, _, last = module.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
        path = modules.get(module, "")
        if path and (not rest or repository.store.symbols_named(rest, path)):
            yield name, path


def _python_modules(repository: Repository) -> dict[str, str]:
    """Dotted name to path, from every folder that a module may be imported from; only names of one file."""
    found: dict[str, str] = {}
    for path in repository.names.files:
        if not path.endswith(".py"):
            continue
        parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
        for start in range(len(parts)):
            module = ".".join(parts[start:])
            found[module] = "" if module in found else path
    return found


def mention_nodes(mentions: Mentions) -> list[nodes.Node]:
    """A list of cross-references to where a file is mentioned."""
    items = [_item("std", "doc", f"/{docname}", docname, explicit=False) for docname in mentions.documents]
    items += [_item("py", "obj", name, name, explicit=True) for name in mentions.objects]
    return [nodes.bullet_list("", *items, classes=["no-search"])] if items else []


def _item(domain: str, role: str, target: str, text: str, *, explicit: bool) -> nodes.list_item:
    name = nodes.inline(text, text) if role == "doc" else nodes.literal(text, text)
    xref = addnodes.pending_xref(
        "",
        name,
        refdomain=domain,
        reftype=role,
        reftarget=target,
        refexplicit=explicit,
        refwarn=False,
        repodoc_optional=True,
    )
    return nodes.list_item("", nodes.paragraph("", "", xref, translatable=False))


def outdated_mentions(
    env: BuildEnvironment, repository: Repository, mentions: Mapping[str, Mentions]
) -> Iterator[str]:
    """Docnames of file pages that were read with other mentions than there are now."""
    for path, docname in repository.names.files.items():
        shown = env.metadata.get(docname, {}).get("repodoc_mentions", "")
        if shown != mention_token(mentions.get(path)):
            yield docname


def mention_token(mentions: Mentions | None) -> str:
    """What the metadata of a file's page keeps of its mentions."""
    return f"{mentions.documents} {mentions.objects}" if mentions else ""
