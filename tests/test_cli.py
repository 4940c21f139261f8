"""The command line: facts as JSON Lines, and documentation without a conf.py."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from builds.sample import FILES

from sphinx_repodoc import cli
from sphinx_repodoc.core import process
from sphinx_repodoc.core.process import ProcessError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "sample"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def facts_of(tree: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, object]]:
    assert cli.main(["facts", str(tree), *arguments]) == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [item["path"] for item in objects] == sorted(item["path"] for item in objects)
    return {item["path"]: item for item in objects}


def test_facts_have_the_documented_shape(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a file: symbols with qualified names and lines, imports with what they resolve to."""
    facts = facts_of(tree, capsys)
    assert facts.keys() == set(FILES)
    core = facts["pkg/core.py"]
    assert (core["language"], core["lines"], core["size"]) == ("python", 16, len(FILES["pkg/core.py"]))
    symbols = {(s["qualname"], s["kind"], s["line"]) for s in core["symbols"]}
    assert {("Engine", "class", 7), ("Engine.start", "method", 10), ("helper", "function", 15)} <= symbols
    assert [(i["module"], i["line"], i["origin"], i["resolved"]) for i in core["imports"]] == [
        ("os", 3, "standard", None),
        ("requests", 4, "third-party", None),
    ]
    assert core["notes"] == [{"kind": "TODO", "line": 11, "text": "oil it"}]
    (imported,) = facts["pkg/app.py"]["imports"]
    assert imported["resolved"] == "pkg/core.py"
    assert imported["names"] == [{"name": "Engine", "as": None, "resolved": "pkg/core.py"}]
    assert "test" in facts["tests/test_core.py"]["role"]


def test_files_are_chosen_by_pattern(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Patterns mean what they mean in .gitignore."""
    assert facts_of(tree, capsys, "--include", "*.py", "--exclude", "tests/").keys() == {
        "pkg/__init__.py",
        "pkg/app.py",
        "pkg/core.py",
    }


def test_a_path_that_is_no_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line and a status, no traceback."""
    assert cli.main(["facts", str(tmp_path / "nowhere")]) == 2
    assert "not a folder" in capsys.readouterr().err


def test_a_reader_that_stops_early_is_no_error(tree: Path) -> None:
    """``sphinx-repodoc facts . | head -1`` ends quietly."""
    script = f"{sys.executable} -m sphinx_repodoc facts {tree} | head -c 10"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr


def test_a_folder_builds_without_conf_py(tree: Path, tmp_path: Path) -> None:
    """The second build reads nothing; other options reach Sphinx; the tree stays as it is."""
    before = sorted(tree.rglob("*"))
    output = tmp_path / "out"
    command = [sys.executable, "-m", "sphinx_repodoc", "build", str(tree), "-o", str(output), "-W", "-n"]
    environ = {**os.environ, "NO_COLOR": "1"}
    first = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    assert f"The documentation is {output.resolve()}/index.html" in first.stdout
    assert 'href="core.py.html"' in (output / "repo/pkg/index.html").read_text("utf-8")
    assert 'href="repo/index.html"' in (output / "index.html").read_text("utf-8")
    second = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert not re.search(r"reading .*%\]", second.stdout)
    assert sorted(tree.rglob("*")) == before


def test_check_prints_findings_and_fails_when_there_are_any(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text by default, other formats and topics by options; the status is for CI."""
    assert cli.main(["check", str(tree)]) == 0
    assert capsys.readouterr().out == ""
    (tree / "pkg/bad.py").write_text("def run(text, found=[]):\n    return eval(text)\n")
    assert cli.main(["check", str(tree), "-j", "1"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["pkg/bad.py:1", "pkg/bad.py:2"]
    assert cli.main(["check", str(tree), "--topic", "mistake", "--format", "json"]) == 1
    assert [row["rule"] for row in json.loads(capsys.readouterr().out)] == ["B006"]
    assert cli.main(["check", str(tree), "--exclude", "bad.py"]) == 0


def test_check_says_when_an_analyzer_failed(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing found is no success then."""

    def fail(*_args: object, **_options: object) -> None:
        message = "there is no program 'ruff'"
        raise ProcessError(message)

    monkeypatch.setattr(process, "run", fail)
    assert cli.main(["check", str(tree)]) == 2
    assert "the analyzer 'ruff' found nothing: there is no program 'ruff'" in capsys.readouterr().err


def test_check_names_files_that_an_analyzer_failed_on(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is found elsewhere is printed; the status says that it is not everything."""
    (tree / "deep.py").write_text(f"x = {'-' * 200_000}1\n")
    (tree / "bad.py").write_text("x = eval(y)\n")
    assert cli.main(["check", str(tree)]) == 2
    said = capsys.readouterr()
    assert "bad.py:1" in said.out
    assert said.err.startswith("sphinx-repodoc: deep.py: The analyzer ruff failed on this file")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "{tree}"], "holds the repository; choose another one with -o"),
        (["-o", "{tree}/.."], "holds the repository; choose another one with -o"),
        (["-o", "{tree}/README.md"], "cannot be written (Not a directory)"),
        (["-o", "{tree}/README.md/out"], "cannot be written (Not a directory)"),
        (["-o", "/proc/nowhere/out"], "cannot be written"),
        (["-b", "nobody"], "the builder 'nobody' cannot be used"),
        (["--theme", "nobody"], "the theme 'nobody' cannot be used"),
    ],
)
def test_what_cannot_be_built_is_said_first(
    tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """In one line that says what to do, with the status 2, before anything is written for the pages."""
    before = sorted(tree.rglob("*"))
    given = ["-o", str(tmp_path / "out"), *(each.format(tree=tree) for each in arguments)]
    assert cli.main(["build", str(tree), *given]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sphinx-repodoc: ")
    assert said in line
    assert sorted(tree.rglob("*")) == before


def test_a_busy_port_is_said_before_anything_is_built(
    tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The full build would be in vain."""
    pytest.importorskip("sphinx_autobuild")
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        output = tmp_path / "out"
        assert cli.main(["serve", str(tree), "--port", port, "-o", str(output)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"cannot serve on 127.0.0.1:{port} (Address already in use)" in line
    assert not output.exists()


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [("facts", "-j", "abc"), ("check", "-j", "0"), ("build", "-j", "-1"), ("serve", "--port", "70000")],
)
def test_numbers_are_checked(
    tree: Path, capsys: pytest.CaptureFixture[str], command: str, option: str, value: str
) -> None:
    """By every command, with a line that says what is expected."""
    with pytest.raises(SystemExit) as ended:
        cli.main([command, str(tree), f"{option}={value}" if option.startswith("--") else f"{option}{value}"])
    assert ended.value.code == 2
    line = capsys.readouterr().err.splitlines()[-1]
    assert f"not {value!r}" in line


def test_pointers_of_git_lfs_say_what_they_stand_for(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Object and size; nothing of the text of the pointer, though README.md is one."""
    digest = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 90405214\n"
    for path in ("README.md", "setup.py"):
        (tree / path).write_text(text)
    facts = facts_of(tree, capsys)
    for path in ("README.md", "setup.py"):
        pointer = facts[path]
        assert (pointer["kind"], pointer["target"]) == ("pointer", f"sha256:{digest}")
        assert (pointer["target_size"], pointer["language"], pointer["doc"]) == (90_405_214, None, "")
        assert pointer["symbols"] == pointer["problems"] == []
    assert facts["pkg/core.py"]["target_size"] is None
