"""Ruby against Ripper, the parser of the interpreter itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub, Installed
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions
from benchmarks.accuracy.engine.tools import AUTHORITIES, output, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_COMMAND = ("ruby", str(AUTHORITIES / "ripper.rb"))
_INTERPOLATION = re.compile(r"#\{[^{}]*\}")


def _tool() -> str:
    return output([*_COMMAND, "--version"]).strip()


def _version() -> str:
    return f"standard library of Ruby {output(['ruby', '-e', 'print RUBY_VERSION'])}"


def _folder() -> Path:
    return Path(output(["ruby", "-rrbconfig", "-e", "print RbConfig::CONFIG['rubylibdir']"]))


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    return read_lines(_COMMAND, files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        names = "".join(f": {name.name}" for name in item.names)
        yield Fact("import", _INTERPOLATION.sub("#{}", item.module) + names, item.form, item.line)


ROWS = (
    Row(
        language="ruby",
        suffixes=(".rb",),
        tool=_tool,
        corpora=(
            GitHub(package="Homebrew/brew", version="aad366ffaf6a8c94c66d35e4b990d42ac4195305"),
            GitHub(package="jekyll/jekyll", version="202df571314ba1d18e9fccd81d12aaad4a703c38"),
            GitHub(package="sinatra/sinatra", version="cb22afd7902b566b6eaba6c4ea89739494a65d12"),
            Installed(title=_version, folder=_folder),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
