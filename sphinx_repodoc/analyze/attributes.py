"""Roles that ``.gitattributes`` gives files, or takes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import Evidence, Role
from sphinx_repodoc.analyze.paths import name_of
from sphinx_repodoc.analyze.roles import ALL_ROLES, DATA_ROLE
from sphinx_repodoc.core.attributes import NAME, GitAttributes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.attributes import Attribute

_ROLES = {
    "linguist-generated": "generated",
    "linguist-vendored": "vendored",
    "linguist-documentation": "documentation",
}
_ORDER = {rule.name: index for index, rule in enumerate(ALL_ROLES)}


def apply_attributes(
    context: Context, roles: Mapping[str, tuple[Role, ...]]
) -> Mapping[str, tuple[Role, ...]]:
    """Let the repository's own word stand above what names and folders tell."""
    texts = {path: context.read(path) or "" for path in context.files if name_of(path) == NAME}
    attributes = GitAttributes(texts)
    if not texts:
        return roles
    return {path: _apply(found, attributes.find(path)) for path, found in roles.items()}


def _apply(roles: tuple[Role, ...], attributes: Mapping[str, Attribute]) -> tuple[Role, ...]:
    said = {_ROLES[name]: attribute for name, attribute in attributes.items()}
    if not said:
        return roles
    kept = [role for role in roles if role.name not in said]
    kept += [Role(name=name, evidence=_evidence(name, each)) for name, each in said.items() if each.value]
    if len(kept) > 1:
        kept = [role for role in kept if role.name != DATA_ROLE.name]
    return tuple(sorted(kept, key=lambda role: _ORDER[role.name]))


def _evidence(role: str, attribute: Attribute) -> Evidence:
    text = f"{NAME} says linguist-{role} of {attribute.pattern}"
    return Evidence(text=text, path=attribute.path, line=attribute.line)
