"""Languages whose imports are paths and little else, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import STANDARD, folder_of, required_at, take_names
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.linked import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File, Import


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    """How the paths of a language are read."""

    rule: PathRule
    standard: tuple[str, ...] = ()
    """What paths begin with that come with the language."""
    included: frozenset[str] = frozenset()
    """Forms that take what comes with the language."""
    required: frozenset[str] = frozenset()
    """Forms that require something from elsewhere: the line itself is the evidence."""


_SIMPLE: Mapping[str, Simple] = {
    **dict.fromkeys(("", "text"), Simple(rule=PathRule())),
    "dockerfile": Simple(rule=PathRule(), required=frozenset({"FROM", "RUN", "COPY", "ADD"})),
    "graphql": Simple(rule=PathRule(suffixes=(".graphql", ".gql"), above=True, anywhere=True)),
    "just": Simple(rule=PathRule(suffixes=(".just", "/mod.just", "/justfile", "/.justfile"))),
    "meson": Simple(
        rule=PathRule(suffixes=(".wrap",), indexes=("meson.build",), roots=("subprojects",)),
        included=frozenset({"import"}),
        required=frozenset({"dependency", "find_library"}),
    ),
    "proto": Simple(
        rule=PathRule(above=True, roots=("proto", "protos", "protobuf", "api", "src"), anywhere=True),
        standard=("google/protobuf/",),
    ),
    "sql": Simple(rule=PathRule(suffixes=(".sql",), above=True)),
    "terraform": Simple(
        rule=PathRule(indexes=("main.tf", "versions.tf", "outputs.tf", "variables.tf")),
        required=frozenset({"provider"}),
    ),
    "thrift": Simple(rule=PathRule(above=True, anywhere=True), standard=("<",)),
    "zig": Simple(rule=PathRule(), standard=("std", "builtin", "root")),
}


def _maker(language: Simple) -> Callable[[Index], Linker]:
    """Make what makes the linker of a row."""

    def make(index: Index) -> Linker:
        finder = PathFinder(index, language.rule)

        def link(file: File) -> tuple[Found, ...]:
            return tuple([_link(language, finder, file.entry.path, each) for each in file.facts.imports])

        return link

    return make


def _link(language: Simple, finder: PathFinder, path: str, wanted: Import) -> Found:
    if wanted.form in language.included:
        return STANDARD
    if wanted.form in language.required:
        return required_at(path, wanted)
    found = finder.found(folder_of(path), wanted.module)
    if found.origin is Origin.UNKNOWN and wanted.module.startswith(language.standard or "\0"):
        return STANDARD
    return take_names(wanted, found.whole) if found.whole else found


MAKERS: Mapping[str, Callable[[Index], Linker]] = {language: _maker(row) for language, row in _SIMPLE.items()}
