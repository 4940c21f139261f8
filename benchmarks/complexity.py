"""Compare the complexity of functions with what other tools say of the same code.

Run as ``python benchmarks/complexity.py TOOL FOLDER [-- FLAGS]``. Tools, and what they count:

``cognitive_complexity``
    Cognitive complexity of Python (``pip install cognitive_complexity``).
``clang-tidy``
    Cognitive complexity of C, C++ and Objective-C that compile, after the preprocessor: what macros stand
    for is not to be seen before. Loops and jumps directly after ``if (…)`` and ``else`` are put in
    braces for it, for it overlooks those without. Functions are told by their names, those of the
    headers left out. The flags are those of the compiler: ``-- -Iinclude -std=c++17``.
``clang-tidy-nesting``
    Their nesting, likewise.
``lizard``
    Cyclomatic complexity of every language that both read (``pip install lizard``).
``rubocop``
    Cyclomatic complexity of Ruby, without the blocks of ``each`` and its like.

Prints the functions that differ, by how much, and how many both measure and how many of them alike.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.languages import C_FAMILY, identify_language
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx_repodoc.core.model import Symbol

    Place = tuple[int, str]
    """Line and name of a function."""
    Numbers = Mapping[Place, int]
    Read = Callable[[Path, Sequence[str]], Numbers]
    """A file and flags -> what the tool counts in it."""

_TIDY = """\
Checks: '-*,readability-function-cognitive-complexity,readability-function-size'
HeaderFilterRegex: '^$'
CheckOptions:
  - {key: readability-function-cognitive-complexity.Threshold, value: '0'}
  - {key: readability-function-cognitive-complexity.DescribeBasicIncrements, value: 'true'}
  - {key: readability-function-cognitive-complexity.IgnoreMacros, value: 'false'}
  - {key: readability-function-size.LineThreshold, value: '0'}
  - {key: readability-function-size.StatementThreshold, value: '0'}
"""
"""The second check names the functions that the first does not, for it counts nothing in them."""
_TIDY_LINE = re.compile(
    r"(?P<path>.+?):(?P<line>\d+):\d+: (?:warning: function '(?P<name>.+?)' (?:exceeds|has cognitive complexity of"
    r" (?P<number>\d+))|(?P<error>error):)"
)
_TIDY_LEVEL = re.compile(r": note: \+\d.* nesting level increased to (?P<level>\d+)")
_STATEMENT = re.compile(r"(?:if|else|for|while|do|switch|catch)\b")
_COP_CONFIG = """\
AllCops: {NewCops: disable, SuggestExtensions: false}
Metrics/CyclomaticComplexity: {Max: 0}
"""
_COP_PATCH = """\
module RuboCop::Cop::Metrics::Utils::IteratingBlock
  def iterating_method?(_name) = false
end
"""
_COP = re.compile(r"Cyclomatic complexity for (?P<name>\S+) is too high\. \[(?P<number>\d+)/")


def by_package(path: Path, _flags: Sequence[str]) -> Numbers:
    """None of a file that this Python does not read."""
    from cognitive_complexity.api import get_cognitive_complexity  # noqa: PLC0415

    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError:
        return {}
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {(node.lineno, node.name): get_cognitive_complexity(node) for node in functions}


def by_lizard(path: Path, _flags: Sequence[str]) -> Numbers:
    import lizard  # noqa: PLC0415

    found = lizard.analyze_file.analyze_source_code(str(path), path.read_text("utf-8", "replace"))
    return {
        (each.start_line, re.split(r"::|\.", each.name)[-1]): each.cyclomatic_complexity
        for each in found.function_list
    }


def by_rubocop(path: Path, _flags: Sequence[str]) -> Numbers:
    """Every method with a way more than one: the others are not reported."""
    return _cop(path.parent).get(path.name, {})


@cache
def _cop(folder: Path) -> Mapping[str, Numbers]:
    """What it counts in the files of a folder, without the blocks of methods that it knows to iterate."""
    with tempfile.TemporaryDirectory() as made:
        config, patch = Path(made) / "rubocop.yml", Path(made) / "patch.rb"
        config.write_text(_COP_CONFIG)
        patch.write_text(_COP_PATCH)
        options = ["--only", "Metrics/CyclomaticComplexity", "--format", "json", "--cache", "false"]
        command = ["rubocop", *options, "--require", str(patch), "--config", str(config)]
        command += sorted(map(str, folder.glob("*.rb")))
        found = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    numbers: dict[str, dict[Place, int]] = {}
    for file in found["files"]:
        for offence in file["offenses"]:
            if match := _COP.match(offence["message"]):
                place = (offence["location"]["line"], match["name"])
                numbers.setdefault(Path(file["path"]).name, {})[place] = int(match["number"])
    return numbers


def by_clang_tidy(path: Path, flags: Sequence[str]) -> Numbers:
    """Cognitive complexity of what :func:`preprocess` made."""
    return _read_tidy(_tidy_braced(path, flags))


def nesting_by_clang_tidy(path: Path, flags: Sequence[str]) -> Numbers:
    """The deepest level that a statement of each function is said to begin."""
    deepest: dict[Place, int] = {}
    output = _tidy_braced(path, flags)
    counted = _read_tidy(output)
    place = (0, "")
    lines = iter(output.splitlines())
    for line in lines:
        if (match := _TIDY_LINE.match(line)) and match["name"]:
            place = (0, match["name"])
            deepest.setdefault(place, 0)
        elif level_of := _TIDY_LEVEL.search(line):
            code, caret = next(lines, ""), next(lines, "")
            if _STATEMENT.match(code, len(caret) - 1):
                deepest[place] = max(deepest[place], int(level_of["level"]))
    return {place: number for place, number in deepest.items() if place in counted}


def _tidy_braced(path: Path, flags: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        braced = Path(folder) / path.name
        braced.write_bytes(path.read_bytes())
        config = Path(folder) / "config.yaml"
        config.write_text(_TIDY)
        _tidy(braced, ["--checks=-*,readability-braces-around-statements", "--fix"], flags)
        return _tidy(braced, [f"--config-file={config}"], flags)


def preprocess(path: Path, flags: Sequence[str], folder: Path) -> Path:
    """The text that a compiler reads, its headers included."""
    made = folder / path.name
    command = ["clang", "-E", *flags, "-o", str(made), str(path)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        made.write_bytes(b"")
    return made


def _tidy(path: Path, options: Sequence[str], flags: Sequence[str]) -> str:
    command = ["clang-tidy", "--quiet", *options, str(path), "--", *flags]
    return subprocess.run(command, capture_output=True, check=False, text=True).stdout


def _read_tidy(output: str) -> Numbers:
    """What it counted in a text without errors; functions that share a name are left out."""
    numbers: dict[str, dict[int, int]] = {}
    for match in map(_TIDY_LINE.match, output.splitlines()):
        if match is None:
            continue
        if match["error"]:
            return {}
        places = numbers.setdefault(match["name"], {})
        line = int(match["line"])
        places[line] = max(places.get(line, 0), int(match["number"] or 0))
    return {(0, name): max(places.values()) for name, places in numbers.items() if len(places) == 1}


class Tool(NamedTuple):
    """Something to compare with."""

    read: Read
    languages: frozenset[str]
    of: Callable[[Symbol], int]
    preprocessed: bool = False


def _cognitive(symbol: Symbol) -> int:
    return symbol.cognitive


def _nesting(symbol: Symbol) -> int:
    return symbol.nesting


def _cyclomatic(symbol: Symbol) -> int:
    return symbol.complexity


_LIZARD = C_FAMILY | {
    *("csharp", "go", "java", "javascript", "kotlin", "php", "python", "ruby", "rust"),
    *("scala", "swift", "typescript"),
}
TOOLS: Mapping[str, Tool] = {
    "cognitive_complexity": Tool(by_package, frozenset({"python"}), _cognitive),
    "clang-tidy": Tool(by_clang_tidy, C_FAMILY - {"cuda"}, _cognitive, preprocessed=True),
    "clang-tidy-nesting": Tool(nesting_by_clang_tidy, C_FAMILY - {"cuda"}, _nesting, preprocessed=True),
    "lizard": Tool(by_lizard, _LIZARD, _cyclomatic),
    "rubocop": Tool(by_rubocop, frozenset({"ruby"}), _cyclomatic),
}


def functions_of(path: Path, language: str) -> Sequence[Symbol]:
    found = parse_text(decode(path.read_bytes(), language).text, language, time_limit=60).symbols
    return [each for each in found if each.complexity]


def by_ours(path: Path, read: Path, language: str, tool: Tool) -> Numbers:
    """What we count in a file, or in what the preprocessor made of it."""
    functions = functions_of(read, language)
    if not tool.preprocessed:
        return {(each.line, each.name): tool.of(each) for each in functions}
    own = {each.name for each in functions_of(path, language)}
    times = Counter(each.name for each in functions)
    return {(0, each.name): tool.of(each) for each in functions if each.name in own and times[each.name] == 1}


def compare(tool: Tool, paths: Iterable[Path], flags: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
    """Language and place of each function, and both numbers."""
    for path in paths:
        language = identify_language(path.name, path.read_bytes())
        if language not in tool.languages:
            continue
        with tempfile.TemporaryDirectory() as folder:
            read = preprocess(path, flags, Path(folder)) if tool.preprocessed else path
            ours, theirs = by_ours(path, read, language, tool), tool.read(read, flags)
        for line, name in sorted(ours.keys() & theirs.keys()):
            yield language, f"{path}:{line} {name}", ours[line, name], theirs[line, name]


def main() -> None:
    """Print the comparison."""
    own, flags = sys.argv[1:], []
    if "--" in own:
        own, flags = own[: own.index("--")], own[own.index("--") + 1 :]
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("paths", type=Path, nargs="+")
    options = parser.parse_args(own)
    files = (
        file
        for path in options.paths
        for file in (sorted(path.resolve().rglob("*")) if path.is_dir() else [path.resolve()])
        if file.is_file()
    )
    functions, alike = Counter[str](), Counter[str]()
    for language, place, ours, theirs in compare(TOOLS[options.tool], files, flags):
        functions[language] += 1
        alike[language] += ours == theirs
        if ours != theirs:
            print(f"{place}: {ours}, {options.tool} has {theirs}")
    for language, number in sorted(functions.items()):
        print(f"{language}: {number:,} functions, {alike[language]:,} alike")


if __name__ == "__main__":
    main()
