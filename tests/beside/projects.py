"""Builds the documentation of well-known projects with ours added, as ``python -m beside.projects`` or by tox.

The projects' own ``conf.py`` and extensions run, as they do on Read the Docs, in virtual environments made for them. The
repositories come from a folder of git directories that holds ``OWNER+NAME``, ``OWNER+NAME/repo`` or ``NAME``, bare or not.
Inventories of other projects are not fetched, neither with our extension nor without.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections import Counter
from collections.abc import Iterator  # noqa: TC003 (with the others)
from dataclasses import asdict, dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from beside.environments import ROOT, versions_in
from beside.running import Build, build, new_warnings
from beside.sample import Repository
from beside.trial import cause

PROJECTS = Path(__file__).with_name("projects.toml")
FOLDER = "REPODOC_PROJECTS"
"""Names the folder of git directories."""
OFFLINE = "\n\nintersphinx_mapping = {}\n"
OURS = 'extensions = [*extensions, "sphinx_repodoc"]\n'
HEAD = """\
# Documentation of other projects

<!-- Written by: python tests/beside/projects.py --write docs/reference/projects.md -->

The documentation of each was built as Read the Docs does, with this extension added and without it, under `-n`: cold,
unchanged, with a page and a module edited, and then in another format from the same doctrees. *works* means that no build said anything
that it does not say without this extension, and that every page of the project's own is there. A build without it that ends in an error cannot
be compared. Inventories of other projects were not fetched. *pages* counts those of the repository, *seconds* is how long the cold
build took with this extension and without it, on a machine of two cores that did other work too. This page is written by

```bash
tox -e projects -- --repositories DIR --write docs/reference/projects.md
```

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """How Read the Docs builds a project."""

    name: str
    install: tuple[tuple[str, ...], ...]
    """Arguments of each ``pip install`` in the folder of the project."""
    docs: str = "docs"
    builder: str = "html"
    then: str
    """The builder that follows on the same doctrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found for a project."""

    name: str
    commit: str
    sphinx: str
    builders: str
    outcome: str
    pages: int = 0
    seconds: float = 0
    seconds_without: float = 0
    faults: tuple[str, ...] = ()


def main() -> int:
    """Build the projects; the status says whether all that can be built work."""
    options = _arguments()
    projects = [Project(**row) for row in tomllib.loads(PROJECTS.read_text("utf-8"))["project"]]
    known: dict[str, Result] = {}
    if options.json and options.json.exists():
        known = {row["name"]: Result(**row) for row in json.loads(options.json.read_text("utf-8"))}
    failed = False
    with tempfile.TemporaryDirectory(prefix="projects-") as scratch:
        for project in projects:
            if options.names and project.name not in options.names:
                continue
            result = _try(project, options.repositories, options.keep or Path(scratch))
            print(f"{result.outcome:17} {result.name}", *result.faults, sep="\n    ", flush=True)
            failed |= result.outcome == "fails"
            known[result.name] = result
            if options.json:
                options.json.write_text(
                    json.dumps([asdict(each) for each in known.values()], indent=1) + "\n"
                )
    if options.write:
        rows = [known[project.name] for project in projects if project.name in known]
        options.write.write_text(HEAD + "\n".join(_table(rows)) + "\n", "utf-8")
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="OWNER/NAME", help="only these projects")
    parser.add_argument("--repositories", type=Path, metavar="DIR", default=os.environ.get(FOLDER),
                        help=f"the folder of their git directories; {FOLDER} names it, too")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where environments and outputs are kept")
    parser.add_argument("--json", type=Path, metavar="FILE", help="add the result to this file")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page of the documentation")
    options = parser.parse_args()
    if options.repositories is None:
        parser.error(f"name the folder of git directories by --repositories or {FOLDER}")
    options.repositories = Path(options.repositories)
    return options


def _git_directory(project: Project, folder: Path) -> Path:
    owner, name = project.name.split("/")
    places = [folder / f"{owner}+{name}" / "repo", folder / f"{owner}+{name}", folder / name]
    found = next((place for place in places if (place / "HEAD").is_file() or (place / ".git").exists()), None)
    if found is None:
        message = f"{project.name}: none of {', '.join(map(str, places))} is a git directory"
        raise SystemExit(message)
    return found


def _try(project: Project, repositories: Path, folder: Path) -> Result:
    here = folder / project.name.replace("/", "+")
    twins = [
        _clone(project, repositories, here / side, ours=ours)
        for side, ours in (("without", False), ("with", True))
    ]
    commit = _git(twins[0].root, "log", "-1", "--format=%h %cs")
    row = {"name": project.name, "commit": commit, "builders": f"{project.builder}, {project.then}"}
    try:
        python = _environment(project, here)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        return Result(**row, sphinx="", outcome="cannot be tested", faults=tuple(said[-1:]))
    row["sphinx"] = versions_in(python)["sphinx"]
    faults: list[str] = []
    seconds: list[float] = []
    said: list[Build] = []
    for step, builder in (
        ("cold", project.builder),
        ("unchanged", project.builder),
        ("edited", project.builder),
        ("then", project.then),
    ):
        builds: list[Build] = []
        for twin in twins:
            if step == "edited":
                _edit(project, twin)
            start = time.monotonic()
            builds.append(build(python, twin, twin.root.parent / "out", builder, "-j2", docs=project.docs))
            seconds.append(time.monotonic() - start)
        theirs, ours = builds
        said.append(theirs)
        if theirs.crashed:
            return Result(**row, outcome="cannot be tested", faults=(f"{step}: {cause(theirs)}",))
        wrong = [cause(ours)] if ours.crashed else [*new_warnings(ours, said), *_lost(twins, builder)]
        faults += [f"{step}, {builder}: {fault}" for fault in wrong]
    pages = sum(1 for _ in (twins[1].root.parent / "out" / project.builder / "repo").rglob("*.html"))
    outcome = "fails" if faults or not pages else "works"
    return Result(
        **row,
        outcome=outcome,
        pages=pages,
        seconds=seconds[1],
        seconds_without=seconds[0],
        faults=tuple(faults),
    )


def _clone(project: Project, repositories: Path, folder: Path, *, ours: bool) -> Repository:
    subprocess.run(["rm", "-rf", str(folder)], check=True)
    root = folder / "repository"
    root.parent.mkdir(parents=True)
    _git(folder, "clone", "--quiet", str(_git_directory(project, repositories).resolve()), str(root))
    conf = root / project.docs / "conf.py"
    conf.write_text(conf.read_text("utf-8") + OFFLINE + OURS * ours, "utf-8")
    return Repository(root, ours)


def _git(folder: Path, *arguments: str) -> str:
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environ, check=False, capture_output=True, text=True
    )
    return done.stdout.strip()


def _environment(project: Project, here: Path) -> str:
    folder = here / "environment"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if (folder / "complete").exists():
        return str(python)
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    root = here / "without" / "repository"
    for arguments in (["--upgrade", "pip"], *project.install, ["--editable", str(ROOT)]):
        subprocess.run([*pip, *arguments], cwd=root, check=True, capture_output=True)
    (folder / "complete").touch()
    return str(python)


def _edit(project: Project, twin: Repository) -> None:
    """Add a sentence to a page of the documentation, and a comment to the first module of the repository."""
    docs = twin.root / project.docs
    page = next(
        docs / f"index.{suffix}" for suffix in ("rst", "md", "txt") if (docs / f"index.{suffix}").exists()
    )
    module = min(twin.root.glob("**/__init__.py"))
    for path, text in ((page, "\nOne sentence more.\n"), (module, "\n# One comment more.\n")):
        path.write_text(path.read_text("utf-8") + text, "utf-8")


def _lost(twins: list[Repository], builder: str) -> Iterator[str]:
    """Pages and lines of the project's own that are not there any more."""
    theirs, ours = (twin.root.parent / "out" / builder for twin in twins)
    for path in sorted(theirs.rglob("*.*html")):
        name = path.relative_to(theirs)
        if path.is_file() and not (ours / name).is_file():
            yield f"{name} is missing"


def _table(results: list[Result]) -> Iterator[str]:
    counts = Counter(result.outcome for result in results)
    yield (
        ", ".join(f"{count} of {len(results)}: {outcome}" for outcome, count in counts.most_common()) + ".\n"
    )
    yield "| project | commit | Sphinx | builders | result | pages | seconds | without |"
    yield "| --- | --- | --- | --- | --- | ---: | ---: | ---: |"
    for result in results:
        fault = (
            f": `{result.faults[0][:200].replace('`', chr(39)).replace('|', chr(92) + '|')}`"
            if result.faults
            else ""
        )
        cells = (result.name, result.commit, result.sphinx, result.builders, result.outcome + fault,
                 f"{result.pages:,}", f"{result.seconds:.0f}", f"{result.seconds_without:.0f}")  # fmt: skip
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
