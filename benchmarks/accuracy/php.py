"""PHP against nikic/PHP-Parser, which static analysers of PHP are built upon.

It is a package of Composer, and of Debian as ``php-parser``; PHP has to find it in its include path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import Debian, GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions
from benchmarks.accuracy.engine.tools import AUTHORITIES, output, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_COMMAND = ("php", "-d", "memory_limit=-1", str(AUTHORITIES / "php_parser.php"))


def _tool() -> str:
    return output([*_COMMAND, "--version"]).strip()


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    return read_lines(_COMMAND, files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        alias = f" as {item.alias}" if item.alias else ""
        yield Fact("import", "".join((item.module + alias).split()), item.form, item.line)


ROWS = (
    Row(
        language="php",
        suffixes=(".php",),
        tool=_tool,
        corpora=(
            GitHub(package="composer/composer", version="eba7baa59eb1b59246cf9800b0120fe78915b6ac"),
            Debian(package="wordpress", version="6.1.9+dfsg1-0+deb12u1"),
            GitHub(package="laravel/framework", version="bd71b45fbb7e672957bf6ff61baddefe15fbca6a"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
