"""What rendering costs: links as HTML, sources with colours.

Run as ``python benchmarks/render.py [FOLDER]``; sources are the ``.py`` files below the folder, by default ours.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import Item, Items, Ref, Strong
from sphinx_repodoc.pages.html import render_html
from sphinx_repodoc.pages.source import highlight_source

if TYPE_CHECKING:
    from collections.abc import Callable

LINKS = 300
REPEATS = 100


def best(call: Callable[[], object], repeats: int) -> float:
    """Seconds of CPU of the fastest call."""
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        seconds.append(time.process_time() - start)
    return min(seconds)


def resolve(ref: Ref) -> str | None:
    return f"../{ref.path}.html#{ref.anchor}"


def measure_links() -> None:
    bare = [(Ref(PageKind.FILE, "a/b.py", f"Name{n}", f"L{n}"),) for n in range(LINKS)]
    outline = [(Strong("method"), " ", link, " (self) -> None") for (link,) in bare]
    for name, rows in (("links", bare), ("outline entries", outline)):
        blocks = (Items(tuple([Item(row) for row in rows])),)
        seconds = best(lambda blocks=blocks: render_html(blocks, resolve, source=lambda _: ""), REPEATS)
        print(f"{LINKS} {name}: {seconds * 1e3:.2f} ms")


def measure_sources(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.py"))]
    size = sum(map(len, texts))
    lexer = get_lexer_by_name("python")
    lexing = best(lambda: [list(lexer.get_tokens_unprocessed(text)) for text in texts], 1)
    written = 0
    start = time.process_time()
    for text in texts:
        written += len(highlight_source(text, "python"))
    whole = time.process_time() - start
    print(f"{len(texts)} sources, {size / 1e6:.2f} MB: {whole / size * 1e6:.2f} s a MB, ", end="")
    print(f"{lexing / size * 1e6:.2f} of it lexing; output {written / size:.2f} times the source")


if __name__ == "__main__":
    measure_links()
    measure_sources(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "sphinx_repodoc"
    )
