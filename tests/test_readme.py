"""What the README tells people to type works, and says what the configuration files say."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEV = ROOT / "tools" / "dev.py"


def blocks_of(language: str) -> list[str]:
    """Give the fenced blocks of the README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", DEV)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_readme_has_one_command_for_the_documentation_and_one_for_the_tests() -> None:
    """Each is one line that can be copied as it stands."""
    assert blocks_of("bash") == ["python3 tools/dev.py docs\n", "python3 tools/dev.py test\n"]


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    """No second way to run the tests: the script types what the README says."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\n{blocks_of('bash')[1].strip()} " in script


def test_set_up_script_can_be_read_by_the_interpreters_it_turns_down() -> None:
    """Its syntax and its annotations are those of Python 3.6."""
    source = DEV.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "__future__" not in source


def test_set_up_script_asks_for_the_python_of_the_project(dev: ModuleType) -> None:
    """The README, the script and the package metadata name one oldest Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = "{}.{}".format(*dev.OLDEST)
    assert project["requires-python"] == f">={oldest}"
    assert f"Python {oldest} or newer" in README


def test_readme_names_the_oldest_sphinx() -> None:
    """It is the lower bound of the dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (bound,) = [text.partition(">=")[2] for text in project["dependencies"] if text.startswith("sphinx>=")]
    assert f"Sphinx {bound} or newer" in README


def test_set_up_script_names_the_debian_package_when_environments_cannot_be_made(tmp_path: Path) -> None:
    """A Python without ensurepip gives one sentence with the package to install, and no traceback."""
    (tmp_path / "ensurepip.py").write_text("raise ImportError\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, str(DEV), "docs"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "HOME": str(tmp_path)},
    )
    assert result.returncode == 1
    assert "apt install python3" in result.stderr
    assert "Traceback" not in result.stderr


def test_set_up_script_passes_over_what_is_no_interpreter(dev: ModuleType, tmp_path: Path) -> None:
    """A command that is missing or fails is no candidate."""
    assert dev.probe(str(tmp_path / "missing")) == ("", "")
    assert dev.probe("false") == ("", "")


def test_test_command_leaves_out_what_has_no_interpreter_and_says_so(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """With Python 3.12 alone, its pair runs beside the checks, and the others are named as not run."""
    chosen = dev.choose_environments({"3.12": "python"}, "3.12")
    assert chosen == ["lint", "mypy", "docs", "py312-sphinx82"]
    output = capsys.readouterr().out
    assert "not run: py311-sphinx74" in output
    assert "not run: py313-sphinxlatest" in output


def test_test_command_always_runs_tests(dev: ModuleType) -> None:
    """Where none of the default pairs has its interpreter, the one that is there runs the tests."""
    assert "py314-sphinxlatest" in dev.choose_environments({"3.14": "python"}, "3.14")


def test_pre_commit_and_tox_use_the_same_linter() -> None:
    """What passes on commit passes in tox."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    revisions = {repo["repo"].rpartition("/")[2]: repo.get("rev", "") for repo in hooks}
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    assert tox["testenv:lint"]["deps"] == "ruff==" + revisions["ruff-pre-commit"].removeprefix("v")
