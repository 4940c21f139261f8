"""What the pages of a file show, brought together from the analyses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze import dependencies
from sphinx_repodoc.analyze.commands import commands_for_tests
from sphinx_repodoc.analyze.model import FileRelations, Tests
from sphinx_repodoc.analyze.roles import SUPPORT, TEST
from sphinx_repodoc.analyze.tests_of import BY_NAME, is_run_for
from sphinx_repodoc.core.linked import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.analyze.architecture import Architecture
    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.coverage import CoverageMap
    from sphinx_repodoc.analyze.findings import Findings
    from sphinx_repodoc.analyze.model import NamedIn, Related, Role
    from sphinx_repodoc.analyze.ownership import Ownership
    from sphinx_repodoc.analyze.runners import Runner
    from sphinx_repodoc.analyze.tests_of import TestMap
    from sphinx_repodoc.analyze.usage import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInputs:
    """What the analyses have found."""

    roles: Mapping[str, tuple[Role, ...]]
    architecture: Architecture
    tests: TestMap
    runnable: frozenset[str]
    """Files with tests in them."""
    runner: Callable[[str], Runner | None]
    ownership: Ownership
    related: Mapping[str, tuple[Related, ...]]
    findings: Findings
    coverage: CoverageMap
    usage: Usage
    named: Mapping[str, tuple[NamedIn, ...]]


def find_file_relations(context: Context, inputs: FileInputs) -> dict[str, FileRelations]:
    """Path of every file to its facts."""
    return {path: _relate(path, context, inputs) for path in context.files}


def _relate(path: str, context: Context, inputs: FileInputs) -> FileRelations:
    externals = dependencies.externals_of(path, context)
    owners, owners_at = inputs.ownership.of_file(path)
    license_, license_at = inputs.ownership.license_of(path)
    return FileRelations(
        path=path,
        roles=inputs.roles[path],
        imports=dependencies.imports_of(path, context),
        standard=externals.get(Origin.STANDARD, ()),
        third_party=externals.get(Origin.THIRD_PARTY, ()),
        unknown=externals.get(Origin.UNKNOWN, ()),
        imported_by=dependencies.imported_by(path, context),
        named_in=inputs.named.get(path, ()),
        uses=dependencies.uses_of(path, context),
        layer=inputs.architecture.layers[path],
        cycle=inputs.architecture.cycle_of(path, context),
        cycle_total=inputs.architecture.cycle_total(path),
        dependants=inputs.architecture.dependants[path],
        dependants_in=inputs.architecture.dependants_in(path, context),
        tests=_tests(path, inputs),
        related=inputs.related.get(path, ()),
        history=context.history.get(path),
        owners=owners,
        owners_at=owners_at,
        license=license_,
        license_at=license_at,
        findings=inputs.findings.of_file(
            path, in_tests=any(role.name in {TEST, SUPPORT} for role in inputs.roles[path])
        ),
        checked_by=inputs.findings.checked_by.get(path, ()),
        unchecked=inputs.findings.unchecked.get(path, ()),
        call_sites=inputs.usage.sites_of(path),
        examples=inputs.usage.examples_of(path),
        coverage=inputs.coverage.files.get(path),
    )


def _tests(path: str, inputs: FileInputs) -> Tests:
    direct = inputs.tests.direct.get(path, ())
    links = [link for link in direct if is_run_for(path, link.path, inputs.roles)]
    run = [path] if path in inputs.runnable else [link.path for link in links]
    named = [link.path for link in links if link.reasons[0].startswith(BY_NAME)]
    return Tests(
        direct=direct,
        indirect=() if any(role.name == TEST for role in inputs.roles[path]) else inputs.tests.indirect(path),
        subjects=inputs.tests.subjects.get(path, ()),
        commands=commands_for_tests(path, run, inputs.runner, named),
    )
