"""How a file is used: where others call its public names, and what its examples show."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.measures import CallSite, ExampleTest
from sphinx_repodoc.analyze.paths import folder_of
from sphinx_repodoc.analyze.roles import SUPPORT, TEST
from sphinx_repodoc.core.model import Visibility, bound_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import Role
    from sphinx_repodoc.core.linked import Use
    from sphinx_repodoc.core.model import Import, Symbol

MOST_SITES = 3
"""Call sites that a page shows: enough to see how it is done."""
_LONGEST_LINE = 200
"""Characters of a line that shows how something is done; a longer one shows nothing."""
_LATER = frozenset({"example", "benchmark", "documentation"})
_LAST = frozenset({TEST, SUPPORT})
_GO_EXAMPLE = re.compile(r"Example(?P<name>[A-Z]\w*?)?(?:_(?P<method>[A-Z]\w*?))?(?:_[a-z]\w*)?")


class _Imports:
    """The imports of one file."""

    def __init__(self, statements: Iterable[Import]) -> None:
        self.by_line: defaultdict[int, list[Import]] = defaultdict(list)
        self.binding: dict[str, int] = {}
        """Name that stands in an import to the line of the first that binds it."""
        for statement in statements:
            self.by_line[statement.line].append(statement)
            for each in statement.names:
                self.binding.setdefault(each.alias or each.name, statement.line)


@dataclass(slots=True)
class Usage:
    """Finds the call sites of one file after the other; what it has found in a user it keeps."""

    context: Context
    roles: Mapping[str, tuple[Role, ...]]
    _calls: dict[str, dict[str, int]] = field(default_factory=dict)
    _imports: dict[str, _Imports] = field(default_factory=dict)
    _lines: Callable[[str], Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = lru_cache(maxsize=64)(self._read_lines)

    def sites_of(self, path: str) -> tuple[CallSite, ...]:
        """Call sites in other modules before those in examples and in tests; many names before many sites of one."""
        public = self._public_names(path)
        uses = [use for use in self.context.uses.get(path, ()) if use.name in public]
        users: defaultdict[str, int] = defaultdict(int)
        found: list[tuple[int, Use, int]] = []
        for use in uses:
            users[use.name] += 1
            line = self._line_of(use)
            if line:
                found.append((self._rank(use.source), use, line))
        found.sort(key=lambda each: (each[0], each[1].source, each[2]))
        seen: defaultdict[str, int] = defaultdict(int)
        ranked = []
        for rank, use, line in found:
            ranked.append((rank, seen[use.name], -users[use.name], use.name, use.source, line))
            seen[use.name] += 1
        sites: dict[tuple[str, int], CallSite] = {}
        for *_, name, source, line in sorted(ranked):
            text = self._text(source, line)
            if text and (source, line) not in sites:
                sites[source, line] = CallSite(name=public[name], path=source, line=line, text=text)
            if len(sites) == MOST_SITES:
                break
        return tuple(sites.values())

    def _public_names(self, path: str) -> dict[str, str]:
        """Name to qualified name of the first public symbol that has it."""
        found: dict[str, str] = {}
        for symbol in self.context.files[path].facts.symbols:
            if not symbol.local and symbol.visibility is not Visibility.PRIVATE:
                found.setdefault(symbol.name, symbol.qualname)
        return found

    def _rank(self, path: str) -> int:
        names = {role.name for role in self.roles[path]}
        return 2 if names & _LAST else 1 if names & _LATER else 0

    def _line_of(self, use: Use) -> int:
        """First line of a user that calls the name; 0 when none does."""
        calls = self._calls_of(use.source)
        lines = (calls.get(name, 0) for name in self._names_of(use))
        return min(filter(None, lines), default=0)

    def _calls_of(self, path: str) -> dict[str, int]:
        """Each name that a file calls, or calls something of, to the first line of that."""
        found = self._calls.get(path)
        if found is None:
            found = self._calls[path] = {}
            for chain, line in self.context.files[path].facts.calls:
                end = len(chain)
                while end > 0:
                    found.setdefault(chain[:end], line)
                    end = chain.rfind(".", 0, end)
        return found

    def _names_of(self, use: Use) -> Iterator[str]:
        """What a user may call a name, by the statement that imports it."""
        imports = self._imports.get(use.source)
        if imports is None:
            imports = self._imports[use.source] = _Imports(self.context.files[use.source].facts.imports)
        is_renamed = False
        for statement in imports.by_line.get(use.line, ()):
            for each in statement.names:
                if each.name == use.name and each.alias:
                    is_renamed = True
                    yield each.alias
            for bound in (statement.alias or statement.module, *bound_names(statement)):
                yield f"{bound}.{use.name}"
        # ``date`` may be that of another import, and not that of a template
        if not is_renamed and imports.binding.get(use.name, use.line) == use.line:
            yield use.name

    def _text(self, path: str, line: int) -> str:
        lines = self._lines(path)
        text = lines[line - 1].strip() if line <= len(lines) else ""
        return text if len(text) <= _LONGEST_LINE else ""

    def _read_lines(self, path: str) -> Sequence[str]:
        return (self.context.read(path) or "").split("\n")

    def examples_of(self, path: str) -> tuple[ExampleTest, ...]:
        """Functions in test files of Go that show by their name what they are examples of."""
        if not path.endswith(".go") or path.endswith("_test.go"):
            return ()
        context = self.context
        symbols = {symbol.qualname: symbol for symbol in context.files[path].facts.symbols}
        return tuple(
            ExampleTest(
                name=name,
                path=other,
                line=symbol.line,
                end_line=symbol.end_line,
                sha256=context.files[other].entry.sha256,
            )
            for other in context.names.get(folder_of(path), ())
            if other.endswith("_test.go")
            for symbol in context.files[other].facts.symbols
            if (name := _shown_by(symbol)) in symbols
        )


def _shown_by(symbol: Symbol) -> str:
    """``T.M`` for ``ExampleT_M_second``; empty for what is no example of a name."""
    match = _GO_EXAMPLE.fullmatch(symbol.name) if symbol.kind == "function" else None
    return ".".join(filter(None, match.groups())) if match else ""
