"""Which file each entry point of a manifest leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.context import group
from sphinx_repodoc.analyze.model import Evidence
from sphinx_repodoc.analyze.paths import folder_of, join_path, name_of
from sphinx_repodoc.analyze.words import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.manifests import EntryPoint

_SOURCE_FOLDERS = ("", "src", "lib", "python")
_KINDS = {
    "console_scripts": "the command {}",
    "gui_scripts": "the graphical command {}",
    "bin": "the command {}",
    "main": "the main file of {}",
}


def find_entry_points(context: Context) -> dict[str, Evidence]:
    """Path of a file to the line of the manifest that makes it an entry point."""
    targets = (
        (target, point) for point in context.manifests.entry_points if (target := target_of(point, context))
    )
    grouped = group(targets, lambda pair: pair[0])
    return {path: _prove([point for _, point in pairs]) for path, pairs in grouped.items()}


def target_of(point: EntryPoint, context: Context) -> str:
    """The file of this repository that an entry point names; empty when there is none."""
    if point.file:
        return point.file if point.file in context.files else ""
    if not point.module:
        return ""
    home = folder_of(point.path)
    inner = point.module.replace(".", "/")
    for source in _SOURCE_FOLDERS:
        base = join_path(join_path(home, source) if source else home, inner)
        for path in (f"{base}.py", f"{base}/__init__.py", f"{base}.pyx"):
            if path in context.files:
                return path
    return ""


def _prove(points: Sequence[EntryPoint]) -> Evidence:
    """One clause for all entry points that one manifest has for a file; the first manifest speaks."""
    first = points[0]
    same = [point for point in points if (point.path, point.group) == (first.path, first.group)]
    kind = _KINDS.get(first.group, f"the {first.group} entry point {{}}")
    names = join(sorted({point.name for point in same}))
    called = sorted({point.attribute for point in same if point.attribute})
    verb = f", which calls {called[0]} in it" if len(called) == 1 and len(same) == 1 else ""
    if len(same) > 1:
        kind = kind.replace("command {}", "commands {}").replace("entry point {}", "entry points {}")
    if not names:
        kind = "the main file of its package"
    text = f"{name_of(first.path)} declares it as {kind.format(names)}{verb}"
    return Evidence(text=text, path=first.path, line=first.line)
