"""Lists of requirements for pip: what each line requires, and the other lists that it takes in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.key_rules import requirement_name
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_COMMENT = re.compile(rb"(?:^|[ \t])(#[^\n]*)", re.MULTILINE)
_TAKEN = re.compile(r"\s*(-r|-c|--requirement|--constraint)(?:\s*=\s*|\s*)(\S.*)")
_EGG = re.compile(r"#egg=([A-Za-z0-9][\w.-]*)")
_OPTIONS = re.compile(r"\s--?[a-z]")
_FORMS = {"--requirement": "-r", "--constraint": "-c"}
_LONGEST = 1_000


def scan_requirements(text: bytes) -> Facts:
    """A requirement has its whole line for signature, without options and hashes."""
    comments: list[Span] = [match.span(1) for match in _COMMENT.finditer(text)]
    remarks = Remarks(text, comments)
    listing = Listing()
    imports: list[Import] = []
    parts: list[str] = []
    lines = remarks.source.code.decode("utf-8", "replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        parts.append(line.rstrip().removesuffix("\\"))
        if line.rstrip().endswith("\\") and number < len(lines):
            continue
        first = number - len(parts) + 1
        whole = " ".join("".join(parts)[:_LONGEST].split())
        parts = []
        if taken := _TAKEN.match(whole):
            form = _FORMS.get(taken[1], taken[1])
            imports.append(Import(module=taken[2].strip("\"'"), line=first, form=form))
        elif not whole.startswith("-e ") and (name := requirement_name(whole)):
            signature = _OPTIONS.split(whole, maxsplit=1)[0]
            listing.add(
                name,
                "requirement",
                first,
                end_line=number,
                signature=signature,
                doc=remarks.doc_above(first),
            )
        elif egg := _EGG.search(remarks.source.line_text(first)[:_LONGEST]):
            listing.add(egg[1], "requirement", first, end_line=number, signature=whole)
    return remarks.facts(listing.symbols, imports=imports, omitted=listing.omitted)
