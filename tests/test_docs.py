"""What the documentation tells people to type does what it says."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from sphinx_repodoc.analyze.export import facts_object
from sphinx_repodoc.analyze.model import FileRelations
from sphinx_repodoc.core.model import Entry, EntryKind, Facts, File, Import, ImportedName, Symbol
from sphinx_repodoc.core.problems import Problem, ProblemKind
from sphinx_repodoc.sphinx_ext.config import OPTIONS
from sphinx_repodoc.sphinx_ext.targets import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parent.parent / "docs"
TUTORIAL = DOCS / "tutorials" / "first-build.md"


def shell_blocks(page: Path) -> list[str]:
    """Give the shell commands of a page, block by block."""
    return re.findall(r"^```bash\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def run_block(block: str, folder: Path) -> str:
    """Run one block with the Sphinx of this environment, and give what it prints."""
    lines = [line for line in block.splitlines() if not re.match(r"python3 -m venv|\.venv/bin/pip", line)]
    script = "\n".join(lines).replace(".venv/bin/sphinx-build", f"'{sys.executable}' -m sphinx")
    environment = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
    result = subprocess.run(
        ["bash", "-e"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment | {"NO_COLOR": "1"},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Type the blocks one after the other: gives their folder, and what each printed and the page it left."""
    folder = tmp_path_factory.mktemp("tutorial")
    outputs = []
    pages = []
    for block in shell_blocks(TUTORIAL):
        outputs.append(run_block(block, folder if not outputs else folder / "shop"))
        page = folder / "shop/docs/_build/html/repo/shop/price.py.html"
        pages.append(page.read_text(encoding="utf-8") if page.exists() else "")
    return folder / "shop", [f"{output}\0{page}" for output, page in zip(outputs, pages, strict=True)]


def test_tutorial_gives_a_page_for_each_file(tutorial: tuple[Path, list[str]]) -> None:
    """The first build makes the page of a file, which names the file that imports it."""
    output, _, page = tutorial[1][3].partition("\0")
    assert "WARNING" not in output
    assert "shop/cart.py" in page
    assert 'id="L4"' in page


def test_tutorial_parses_one_file_again_after_a_change(tutorial: tuple[Path, list[str]]) -> None:
    """The function that was added is on the page, and nothing but its file was parsed."""
    output, _, page = tutorial[1][4].partition("\0")
    assert "1 parsed" in output
    assert "discount" in page


def test_tutorial_warns_of_a_reference_that_is_gone(tutorial: tuple[Path, list[str]]) -> None:
    """Renaming the file gives a warning in the prose that names it, and takes its page away."""
    output, _, page = tutorial[1][5].partition("\0")
    assert re.search(r"index\.rst:4: WARNING: .*shop/price\.py", output)
    assert page == ""


def test_tutorial_writes_nothing_into_the_source_tree(tutorial: tuple[Path, list[str]]) -> None:
    """Only what the reader typed is there, and the output."""
    folder = tutorial[0]
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    ours = {path for path in found if not path.startswith((".git/", "docs/_build/"))}
    assert ours == {
        ".gitignore",
        "docs/conf.py",
        "docs/index.rst",
        "shop/__init__.py",
        "shop/cart.py",
        "shop/prices.py",
    }


def ci_scripts(caption: str) -> dict[str, str]:
    """Give the commands of each job of a configuration for CI in the page on several machines."""
    text = (DOCS / "howto" / "several-machines.md").read_text(encoding="utf-8")
    block = re.search(rf":caption: {re.escape(caption)}\n\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    settings = yaml.safe_load(block[1])
    jobs = settings.get("jobs") or {name: job for name, job in settings.items() if "script" in job}
    steps = {
        name: job.get("script") or [step.get("run", "") for step in job["steps"]]
        for name, job in jobs.items()
    }
    return {name: "\n".join(line for line in lines if line[:4] != "pip ") for name, lines in steps.items()}


@pytest.mark.parametrize(
    ("caption", "join", "site", "output"),
    [
        (".gitlab-ci.yml", "pages", "public", "shards/{0}"),
        (".github/workflows/documentation.yml", "merge", "site", "site"),
    ],
)
def test_jobs_of_ci_build_a_site_on_several_machines(
    caption: str, join: str, site: str, output: str, tmp_path: Path
) -> None:
    """What the jobs run builds two parts, each in a clone of its own, and the site of both."""
    scripts = ci_scripts(caption)
    source, last = tmp_path / "source", tmp_path / "last"
    (source / "docs").mkdir(parents=True)
    (source / "docs" / "conf.py").write_text('extensions = ["sphinx_repodoc"]\n', encoding="utf-8")
    (source / "docs" / "index.rst").write_text("Start\n=====\n", encoding="utf-8")
    run_block("git init --quiet", source)
    for number in (1, 2):
        folder = shutil.copytree(source, tmp_path / str(number))
        script = scripts["shard"]
        for name in ("$CI_NODE_INDEX", "${{ matrix.number }}"):
            script = script.replace(name, str(number))
        for name in ("$CI_NODE_TOTAL", "${{ strategy.job-total }}"):
            script = script.replace(name, "2")
        run_block(script.replace("sphinx-build", f"'{sys.executable}' -m sphinx"), folder)
        shutil.copytree(folder / output.format(number), last / "shards" / str(number))
    run_block(scripts[join].replace("sphinx-repodoc", f"'{sys.executable}' -m sphinx_repodoc"), last)
    pages = {path.relative_to(last / site).as_posix() for path in (last / site).rglob("*.html")}
    assert {"index.html", "repo/index.html", "repo/docs/conf.py.html", "repo/docs/index.rst.html"} <= pages


def python_blocks() -> Iterator[pytest.param]:
    """Each Python snippet of the documentation."""
    for page in sorted(DOCS.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)):
            yield pytest.param(block, id=f"{page.relative_to(DOCS).as_posix()}-{number}")


@pytest.mark.parametrize("block", list(python_blocks()))
def test_options_in_snippets_exist(block: str) -> None:
    """A snippet of conf.py sets only options that there are, to values that they can have."""
    known = {option.name: option for option in OPTIONS}
    values = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(block).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for name, value in values.items():
        if name.startswith("repodoc_"):
            assert name in known
            assert isinstance(value, known[name].types)
            assert known[name].is_valid(value)


def documented_keys(section: str) -> set[str]:
    """Keys in the table below a heading of the page on the schema."""
    text = (DOCS / "reference" / "facts-schema.md").read_text(encoding="utf-8")
    body = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in body.splitlines() if line.startswith("| `")]
    return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


def test_schema_documents_every_key() -> None:
    """The page names the keys that the facts of a file have, and no other."""
    problem = Problem(kind=ProblemKind.SYNTAX, message="It is not closed.", line=1)
    facts = Facts(
        symbols=(Symbol(name="f", qualname="f", kind="function", line=1, end_line=2),),
        imports=(Import(module="os", line=1, names=(ImportedName(name="path"),)),),
        problems=(problem,),
    )
    file = File(entry=Entry(path="a.py", kind=EntryKind.TEXT), facts=facts)
    shown = facts_object(file, FileRelations(path="a.py"), ())
    assert documented_keys("A file") == set(shown)
    assert documented_keys("A symbol") == set(shown["symbols"][0])
    assert documented_keys("An import") == set(shown["imports"][0])
    assert documented_keys("A problem") == set(shown["problems"][0])


def test_the_kinds_that_roles_find_are_those_that_the_reference_lists() -> None:
    """The table of kinds has a row for each role, with its words in the order of the alphabet."""
    text = (DOCS / "reference/roles.md").read_text("utf-8")
    rows = {
        role: re.findall(r"`(\w+)`", words)
        for role, words in re.findall(r"^\| `repo:(\w+)` \| (`.*) \|$", text, re.MULTILINE)
    }
    assert rows == {role: sorted(words) for role, words in KINDS.items()}
