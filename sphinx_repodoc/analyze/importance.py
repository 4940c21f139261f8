"""Which files the others use most."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.analyze.architecture import Architecture
    from sphinx_repodoc.analyze.context import Context

Rank = tuple[int, ...]


def find_importance(context: Context, architecture: Architecture) -> Iterator[tuple[str, Rank]]:
    """Yield each file that others use with its rank: (users, names they use, files that depend on it).

    Users are the files that import it, and those that take one of its names from a
    module that passes it on.
    """
    for path in context.files:
        uses = context.uses.get(path, ())
        users = {edge.source for edge in context.incoming.get(path, ())} | {use.source for use in uses}
        users.discard(path)
        if users:
            names = len({use.name for use in uses})
            yield path, (len(users), names, architecture.dependants[path])
