"""Files drawn by a seed, with everything that their pages say, to be checked by hand.

Run as ``python benchmarks/sample.py PATH --files 25 --seed 1``: the same tree and the same seed
give the same files. What is left out is the source itself and where the page lies.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.analyzers import load_analyzers
from sphinx_repodoc.analyze.repository import RepositoryOptions, update_repository
from sphinx_repodoc.core.languages import language
from sphinx_repodoc.core.store import Store
from sphinx_repodoc.pages import blocks as b
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.dependencies import external_imports, names_of
from sphinx_repodoc.pages.file import FILE_PARTS
from sphinx_repodoc.sphinx_ext.repository import Address, Repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.analyze.model import External

LEFT_OUT = (b.Trail, b.Source, b.Graph)


def lines_of(blocks: b.Blocks, indent: str = "") -> Iterator[str]:
    """The text of blocks, an item or a sentence a line."""
    for block in blocks:
        match block:
            case b.Para(inlines) | b.Warn(inlines):
                yield indent + text_of(inlines)
            case b.Items(items):
                yield from items_of(items, indent)
            case b.Table(head, rows):
                yield indent + " | ".join(head)
                yield from (indent + " | ".join(map(text_of, row)) for row in rows)
            case b.Facts(rows):
                yield from (f"{indent}{term}: {text_of(value)}" for term, value in rows)
            case b.Fold(summary, inner):
                yield indent + text_of(summary)
                yield from lines_of(inner, f"{indent}  ")
            case b.Group(title, inner):
                yield f"{indent}{title}:"
                yield from lines_of(inner, f"{indent}  ")


def items_of(items: tuple[b.Item, ...], indent: str) -> Iterator[str]:
    for item in items:
        note = f"  // {text_of(item.note)}" if item.note else ""
        yield f"{indent}- {text_of(item.inlines)}{note}"
        yield from items_of(item.children, f"{indent}  ")


def text_of(inlines: b.Inlines) -> str:
    return "".join(inline if isinstance(inline, str) else inline.text for inline in inlines)


def page_of(repository: Repository, path: str) -> Iterator[str]:
    for part in FILE_PARTS:
        blocks = tuple(block for block in part.build(repository, path) if not isinstance(block, LEFT_OUT))
        if part.id == "dependencies":
            blocks += tuple(outside(repository, path))
        if blocks:
            yield f"[{part.title or part.id}]"
            yield from lines_of(blocks, "  ")


def outside(repository: Repository, path: str) -> Iterator[b.Group]:
    """Modules from outside the repository, which Sphinx resolves."""
    for title, externals in external_imports(repository.file_relations(path)):
        yield b.Group(title, (b.Items(tuple(external_item(each, path) for each in externals)),))


def external_item(external: External, path: str) -> b.Item:
    required = parts.at_ref(external.manifest)
    names = names_of(external.names, path, {})
    lines = parts.bracketed(parts.line_refs(path, external.lines))
    return b.Item(
        (b.Code(external.module), *names, *lines, *((", required in ", *required) if required else ()))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("root", type=Path, metavar="PATH", help="the repository")
    parser.add_argument("--files", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", action="store_true", help="draw from files of programming languages")
    options = parser.parse_args()
    root = options.root.resolve()
    analyzers, _ = load_analyzers()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.sqlite")
        with_analyzers = RepositoryOptions(root=root, workers=2, analyzers=tuple(analyzers))
        store = Store.open_to_write(path)
        update_repository(store, with_analyzers)
        store.close()
        repository = Repository(root, path, "repo", Address())
        files = [
            path
            for path in sorted(repository.all_files())
            if not options.programs or language(repository.store.entry(path).language).is_code
        ]
        for drawn in sorted(random.Random(options.seed).sample(files, options.files)):  # noqa: S311
            print(f"======== {drawn}")
            print("\n".join(page_of(repository, drawn)))


if __name__ == "__main__":
    main()
