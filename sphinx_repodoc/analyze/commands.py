"""The commands that run the tests of a file or folder."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.context import group
from sphinx_repodoc.analyze.model import Command
from sphinx_repodoc.analyze.paths import ancestors, folder_of, is_below, stem_of, suffix_of
from sphinx_repodoc.analyze.runners import Runner, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_TARGETS = 8
"""Test files named in one command; more of them are run by their folder."""
LONGEST = 160
"""Characters of a command that still names files one by one."""
_MOST_HOMES = 5
"""Projects below a folder whose commands it shows."""


def commands_for_tests(
    place: str, tests: Sequence[str], find: Callable[[str], Runner | None], named: Sequence[str] = ()
) -> tuple[Command, ...]:
    """Commands that run these test files: one for each runner, that of the nearest and of most tests first.

    :param place: file or folder that they are the tests of.
    :param named: those of them that bear the name of what they test. Where the others
        are too many to be named, a command for these alone comes first.
    """
    groups = [named, tests] if len(tests) > MOST_TARGETS else [tests]
    commands = (
        _run_files(runners[0], paths)
        for group_ in groups
        for runners, paths in sorted(_by_runner(group_, find), key=lambda pair: -_nearness(place, pair[1]))
    )
    return tuple(dict.fromkeys(commands))


def _nearness(place: str, tests: Sequence[str]) -> int:
    """How many of the folders above a place lie above one of the tests too."""
    above = ancestors(folder_of(place))
    return max(sum(is_below(test, folder) for folder in above) for test in tests)


def commands_for_folder(
    folder: str, tests: Sequence[str], find: Callable[[str], Runner | None]
) -> tuple[Command, ...]:
    """Commands that run all tests below a folder, that of most tests first.

    :param tests: the test files below it.
    """
    own: Counter[Command] = Counter()
    inner: Counter[Command] = Counter()
    for runners, paths in _by_runner(tests, find):
        runner = runners[0]
        is_above = is_below(f"{folder}/", runner.home)
        found = own if is_above else inner
        found[_run_folder(runner, folder if is_above else runner.home)] += len(paths)
    shown = [*own.items(), *_biggest_first(inner)[:_MOST_HOMES]]
    return tuple(command for command, _ in _biggest_first(dict(shown)))


def _biggest_first(found: Mapping[Command, int]) -> list[tuple[Command, int]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0].text))


def _by_runner(
    tests: Sequence[str], find: Callable[[str], Runner | None]
) -> list[tuple[list[Runner], list[str]]]:
    found = [(runner, test) for test in tests if (runner := find(test))]
    groups = sorted(group(found, lambda pair: pair[0].key).values(), key=len, reverse=True)
    return [
        # what some of the tests need has to be there for the command
        (
            sorted((runner for runner, _ in pairs), key=lambda runner: runner.compiled is None),
            [test for _, test in pairs],
        )
        for pairs in groups
    ]


def _run_files(runner: Runner, tests: Sequence[str]) -> Command:
    """Run test files by their names; where those are too many by their folders, then by the folder above."""
    targets = list(dict.fromkeys(_file_target(runner, test) for test in tests))
    if runner.target is Target.NOTHING or "" in targets:
        return _command(runner, "")
    text = _join_targets(runner.target, targets)
    if len(targets) == 1 or (len(targets) <= MOST_TARGETS and len(text) <= LONGEST):
        return _command(runner, text)
    folders = sorted({folder_of(test) for test in tests})
    names = [_folder_target(runner, folder) for folder in folders]
    text = " ".join(names)
    if "" not in names and len(names) <= MOST_TARGETS and len(text) <= LONGEST and _takes_folders(runner):
        return _command(runner, text)
    return _run_folder(runner, _common_folder(tests))


def _takes_folders(runner: Runner) -> bool:
    """Whether several folders may stand in one command: unittest discovers one only."""
    return runner.target is not Target.MODULE


def _run_folder(runner: Runner, folder: str) -> Command:
    return _command(runner, _folder_target(runner, folder))


def _folder_target(runner: Runner, folder: str) -> str:
    name = _FOLDER_TARGETS.get(runner.target)
    return name(_relative(folder, runner.home)) if name else ""


def _command(runner: Runner, targets: str) -> Command:
    program = runner.program if targets else runner.program.removesuffix(" --")
    text = f"{program} {targets}".strip()
    if runner.home:
        text = f"cd {shlex.quote(runner.home)} && {text}"
    return Command(text=text, evidence=runner.evidence, compiled=runner.compiled)


def _file_target(runner: Runner, test: str) -> str:
    """What names a test file to its runner, quoted; empty when it cannot be named alone."""
    path = _relative(test, runner.home)
    if runner.target is Target.CARGO_TEST:
        return f"--test {shlex.quote(runner.names[path])}" if path in runner.names else ""
    return _FILE_TARGETS[runner.target](path)


def _dotted(path: str) -> str:
    """``a.b.test_c`` for ``a/b/test_c.py``, ``a.b`` for ``a/b/``; empty where that is no dotted name."""
    plain = path.removesuffix(suffix_of(path)).strip("/")
    return plain.replace("/", ".") if re.fullmatch(r"\w+(?:/\w+)*", plain) else ""


def _quote_path(path: str) -> str:
    """A path as one word of the shell that no program takes for an option."""
    return shlex.quote(f"./{path}" if path.startswith("-") else path) if path else ""


_FILE_TARGETS: Mapping[Target, Callable[[str], str]] = {
    Target.NOTHING: lambda _path: "",
    Target.PATH: _quote_path,
    Target.LABEL: _dotted,
    Target.MODULE: lambda path: _dotted(path) or _quote_path(path),
    Target.GO_PACKAGE: lambda path: shlex.quote(f"./{folder_of(path)}" if folder_of(path) else "."),
    Target.MAVEN_CLASS: lambda path: shlex.quote(stem_of(path)),
    Target.GRADLE_CLASS: lambda path: f"--tests {shlex.quote(stem_of(path))}",
}
"""Path of a test file relative to the home of the runner -> its name there."""

_FOLDER_TARGETS: Mapping[Target, Callable[[str], str]] = {
    Target.PATH: _quote_path,
    Target.LABEL: lambda folder: _dotted(f"{folder}/"),
    Target.MODULE: lambda folder: f"discover -s {_quote_path(folder)} -t ." if folder else "discover",
    Target.GO_PACKAGE: lambda folder: shlex.quote(f"./{folder}/..." if folder else "./..."),
}
"""Folder relative to the home of the runner -> what names all tests below it; others run everything."""


def _join_targets(target: Target, targets: Sequence[str]) -> str:
    if target is Target.MAVEN_CLASS:
        return f"-Dtest={','.join(targets)}"
    return " ".join(targets)


def _relative(path: str, home: str) -> str:
    return path.removeprefix(home).removeprefix("/") if home else path


def _common_folder(paths: Sequence[str]) -> str:
    first, last = (folder_of(path).split("/") for path in (min(paths), max(paths)))
    common = []
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        common.append(one)
    return "/".join(common)
