"""Terraform against python-hcl2."""

from __future__ import annotations

from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub, GoModule
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_PREFIXES = {"data": "data.", "module": "module.", "variable": "var."}


def _tool() -> str:
    try:
        return f"python-hcl2 {metadata.version('python-hcl2')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("python-hcl2 is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    hcl = import_module("hcl2")
    for path in files:
        try:
            text = path.read_bytes().replace(b"\r\n", b"\n").decode()
            yield Reading(path=path, facts=Counter(_read(hcl.parses_to_tree(text))))
        except Exception as error:  # noqa: BLE001 -- the library raises errors of several others
            yield Reading(path=path, error=f"{type(error).__name__}: {str(error)[:60]}".replace("\n", " "))


def _read(tree: Any) -> Iterator[Fact]:
    body = next(each for each in tree.children if getattr(each, "data", "") == "body")
    for block in body.children:
        if getattr(block, "data", "") != "block":
            continue
        words = [_word(each) for each in block.children]
        kind, *labels = [each for each in words[: _brace(block)] if each]
        line = block.children[0].meta.line
        if labels:
            yield Fact("definition", _PREFIXES.get(kind, "") + ".".join(labels), kind, line)


def _brace(block: Any) -> int:
    return next(place for place, each in enumerate(block.children) if str(each) == "{")


def _word(node: Any) -> str:
    if getattr(node, "data", "") in {"identifier", "string"}:
        return "".join(str(token) for token in node.scan_values(lambda _: True)).strip('"')
    return ""


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind not in {"local", "variable"} or symbol.qualname.startswith("var."):
            yield Fact("definition", symbol.qualname, symbol.kind, symbol.line)


ROWS = (
    Row(
        language="terraform",
        suffixes=(".tf",),
        tool=_tool,
        corpora=(
            GoModule(package="github.com/gruntwork-io/terratest", version="v0.48.0"),
            GoModule(package="github.com/hashicorp/terraform", version="v1.9.8"),
            GitHub(
                package="terraform-aws-modules/terraform-aws-eks",
                version="bef29c4d9523523e57fe898643fde2895106b339",
            ),
        ),
        authority=read_files,
        facts=facts_of,
        measures=("definition",),
    ),
)
