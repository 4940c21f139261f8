"""How a test file is run in this repository, with the line that says so.

Each language has a few ways, tried in order; the first whose proof is there is
taken. Without a proof there is no command.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.context import group
from sphinx_repodoc.analyze.model import Evidence
from sphinx_repodoc.analyze.paths import folder_of, is_below, iter_upward, join_path, name_of
from sphinx_repodoc.analyze.subjects import family_of
from sphinx_repodoc.analyze.tox import ToxCommand, find_tox_command
from sphinx_repodoc.core.manifests import TestEvidence, Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.analyze.cargo import CargoTest
    from sphinx_repodoc.analyze.context import Context


class Target(StrEnum):
    """What a runner takes to run less than everything."""

    NOTHING = "nothing"
    """It always runs all tests."""
    PATH = "path"
    """Paths of files and folders."""
    LABEL = "label"
    """Dotted names of modules and packages, as Django has it."""
    MODULE = "module"
    """Dotted names of modules; a folder is discovered."""
    GO_PACKAGE = "go package"
    """Folders; ``...`` for all below."""
    CARGO_TEST = "cargo test"
    """Names of the integration tests that Cargo builds."""
    MAVEN_CLASS = "maven class"
    GRADLE_CLASS = "gradle class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A program that runs tests, where it is started, and why we say so."""

    program: str
    """Words of the shell, quoted where they need it."""
    home: str
    """The folder it is started in."""
    target: Target
    evidence: Evidence
    compiled: Evidence | None = None
    """What says that the tests import modules that are compiled."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Test file, relative to the home, to the name its runner has for it."""

    @property
    def key(self) -> tuple[str, str, Target]:
        """Equal for runners whose tests one command can run."""
        return self.program, self.home, self.target


_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_FILE_RUNNERS = re.compile(r"\b(?:jest|vitest)\b")


def find_runners(context: Context, cargo_tests: Mapping[str, CargoTest]) -> Callable[[str], Runner | None]:
    """Make a function: path of a test file to how it is run; ``None`` without a proof."""
    finder = _Finder(context, cargo_tests)
    return cache(finder.find)


class _Finder:
    """Looks up the manifests around a test file."""

    def __init__(self, context: Context, cargo_tests: Mapping[str, CargoTest]) -> None:
        self._context = context
        self._cargo_tests = group(cargo_tests.values(), lambda test: test.manifest)
        found = group(context.manifests.tests, lambda test: (test.tool, folder_of(test.path)))
        self._manifests: Mapping[tuple[Tool, str], tuple[TestEvidence, ...]] = found
        self._tox_command = cache(self._find_tox)
        self._meson_compiles = cache(self._find_meson)
        self._ways: dict[str, tuple[Callable[[str], Runner | None], ...]] = {
            ".py": (
                self._pytest,
                self._conftest,
                self._pytest_import,
                self._tox,
                self._manage,
                self._unittest,
                self._nox,
            ),
            ".go": (self._go,),
            ".rs": (self._cargo,),
            family_of("a.js"): (self._npm,),
            family_of("a.c"): (self._ctest,),
            family_of("a.java"): (self._maven, self._gradle),
        }

    def find(self, path: str) -> Runner | None:
        family = family_of(path)
        ways = self._ways.get(".py" if family == family_of("a.py") else family, ())
        runner = next((runner for way in (*ways, self._make) if (runner := way(path))), None)
        if runner is None or not runner.program.startswith("python ") or not self._context.outgoing.get(path):
            return runner
        return replace(runner, compiled=self._compiled(path))

    def _nearest(self, tool: Tool, path: str) -> TestEvidence | None:
        """First proof of a tool in the nearest folder above a path that has any."""
        for folder in iter_upward(folder_of(path)):
            found = self._manifests.get((tool, folder))
            if found:
                return found[0]
        return None

    def _project(self, path: str) -> str:
        """Nearest folder above a path with the manifest of a Python project; else the root."""
        for folder in iter_upward(folder_of(path)):
            if any(join_path(folder, name) in self._context.files for name in _PROJECT_FILES):
                return folder
        return ""

    # -- Python ----------------------------------------------------------------

    def _pytest(self, path: str) -> Runner | None:
        fact = self._nearest(Tool.PYTEST, path)
        return (
            None if fact is None else _from_fact(fact, "python -m pytest", Target.PATH, "configures pytest")
        )

    def _conftest(self, path: str) -> Runner | None:
        for folder in iter_upward(folder_of(path)):
            conftest = join_path(folder, "conftest.py")
            if conftest in self._context.files:
                proof = Evidence(text="it has a conftest.py, which pytest loads", path=conftest)
                return self._run_pytest(path, proof)
        return None

    def _pytest_import(self, path: str) -> Runner | None:
        return self._run_pytest(path, self._import_proof(path, "pytest"))

    def _run_pytest(self, path: str, proof: Evidence | None) -> Runner | None:
        return (
            None
            if proof is None
            else Runner(
                program="python -m pytest", home=self._project(path), target=Target.PATH, evidence=proof
            )
        )

    def _tox(self, path: str) -> Runner | None:
        for folder in iter_upward(folder_of(path)):
            command = self._tox_command(folder)
            if command:
                if command.is_pytest:
                    return self._run_pytest(path, command.evidence)
                takes_labels = command.labels and path.startswith(f"{command.home}/")
                return Runner(
                    program=command.text,
                    home=command.home,
                    target=Target.LABEL if takes_labels else Target.NOTHING,
                    evidence=command.evidence,
                )
        return None

    def _find_tox(self, folder: str) -> ToxCommand | None:
        facts = self._manifests.get((Tool.TOX, folder))
        return find_tox_command(facts, self._context) if facts else None

    def _nox(self, path: str) -> Runner | None:
        for folder in iter_upward(folder_of(path)):
            for fact in self._manifests.get((Tool.NOX, folder), ()):
                if re.search(r"(?:^|_)tests?(?:_|$)", fact.name):
                    return _from_fact(fact, f"nox -s {fact.name}", Target.NOTHING, "defines this session")
        return None

    def _manage(self, path: str) -> Runner | None:
        """Django's own runner, where a project has its ``manage.py`` above the test."""
        for folder in iter_upward(folder_of(path)):
            script = self._context.files.get(join_path(folder, "manage.py"))
            if script is None:
                continue
            for statement in script.facts.imports:
                if statement.module.startswith("django.core.management"):
                    proof = Evidence(
                        text="it imports django.core.management", path=script.entry.path, line=statement.line
                    )
                    return Runner(
                        program="python manage.py test", home=folder, target=Target.LABEL, evidence=proof
                    )
        return None

    def _unittest(self, path: str) -> Runner | None:
        proof = self._import_proof(path, "unittest")
        return (
            None
            if proof is None
            else Runner(
                program="python -m unittest", home=self._project(path), target=Target.MODULE, evidence=proof
            )
        )

    def _compiled(self, path: str) -> Evidence | None:
        """What says that the project of a test has extension modules, which its runner does not build."""
        fact = self._nearest(Tool.COMPILER, path)
        if fact is None or (fact.command == "mesonpy" and not self._meson_compiles(folder_of(fact.path))):
            return None
        name = name_of(fact.path)
        says = "has" if name == "setup.py" else "builds with"
        return Evidence(text=f"{name} {says} {fact.command}", path=fact.path, line=fact.line)

    def _find_meson(self, folder: str) -> bool:
        """Whether a build file of Meson at or below a folder makes a Python module."""
        return any(
            symbol.kind == "module"
            for path in self._context.files
            if name_of(path) == "meson.build" and is_below(path, folder)
            for symbol in self._context.files[path].facts.symbols
        )

    def _import_proof(self, path: str, module: str) -> Evidence | None:
        for statement in self._context.files[path].facts.imports:
            if not statement.level and statement.module.partition(".")[0] == module:
                return Evidence(
                    text=f"{name_of(path)} imports {statement.module}", path=path, line=statement.line
                )
        return None

    # -- other languages -------------------------------------------------------

    def _go(self, path: str) -> Runner | None:
        fact = self._nearest(Tool.GO, path)
        return (
            None if fact is None else _from_fact(fact, "go test", Target.GO_PACKAGE, "declares the Go module")
        )

    def _cargo(self, path: str) -> Runner | None:
        fact = self._nearest(Tool.CARGO, path)
        if fact is None:
            return None
        runner = _from_fact(fact, "cargo test", Target.CARGO_TEST, "declares the crate")
        start = len(runner.home) + 1 if runner.home else 0
        tests = self._cargo_tests.get(fact.path, ())
        return replace(runner, names={test.path[start:]: test.name for test in tests})

    def _npm(self, path: str) -> Runner | None:
        fact = self._nearest(Tool.NPM, path)
        if fact is None:
            return None
        takes_paths = _FILE_RUNNERS.search(fact.command) is not None
        proof = f"defines the script test: {fact.command}"
        program, target = ("npm test --", Target.PATH) if takes_paths else ("npm test", Target.NOTHING)
        return _from_fact(fact, program, target, proof)

    def _ctest(self, path: str) -> Runner | None:
        """The outermost list that turns testing on: CTest runs from the top of a build."""
        facts = [
            found[0]
            for folder in iter_upward(folder_of(path))
            if (found := self._manifests.get((Tool.CTEST, folder)))
        ]
        if not facts:
            return None
        outermost = facts[-1]
        proof = f"calls {outermost.name}; the command is run in the build folder"
        return _from_fact(outermost, "ctest", Target.NOTHING, proof, home="")

    def _maven(self, path: str) -> Runner | None:
        fact = self._nearest(Tool.MAVEN, path)
        return (
            None
            if fact is None
            else _from_fact(fact, "mvn test", Target.MAVEN_CLASS, "makes its folder a Maven project")
        )

    def _gradle(self, path: str) -> Runner | None:
        for folder in iter_upward(folder_of(path)):
            wrapper = join_path(folder, "gradlew")
            if wrapper in self._context.files:
                proof = Evidence(text="it is the Gradle wrapper", path=wrapper)
                return Runner(
                    program="./gradlew test", home=folder, target=Target.GRADLE_CLASS, evidence=proof
                )
        return None

    def _make(self, path: str) -> Runner | None:
        fact = self._nearest(Tool.MAKE, path)
        return (
            None
            if fact is None
            else _from_fact(fact, f"make {fact.name}", Target.NOTHING, f"has the target {fact.name}")
        )


def _from_fact(
    fact: TestEvidence, program: str, target: Target, says: str, *, home: str | None = None
) -> Runner:
    """Make a runner that a manifest proves: it is started in the folder of the manifest."""
    return Runner(
        program=program,
        home=folder_of(fact.path) if home is None else home,
        target=target,
        evidence=Evidence(text=f"{name_of(fact.path)} {says}", path=fact.path, line=fact.line),
    )
