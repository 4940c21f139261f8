"""Set up a fresh clone and run one job in it: build the documentation, or run the tests.

Called as ``python3 tools/dev.py docs`` and ``python3 tools/dev.py test``. It needs Python's standard library
only, installs into ``.venv`` beside this repository and nowhere else, and says what is missing on the machine.

The syntax is older than the project's own, because this file has to run on the interpreters it turns down.
"""

import argparse
import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NEWEST = (3, 14)
PROBE = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2], sys.executable)"
"""Says nothing on standard output when the interpreter cannot make a virtual environment with pip in it."""


class SetupError(Exception):
    """Something is missing that this script cannot install; the text is for the person at the terminal."""


def main(arguments: "list[str] | None" = None) -> int:
    """Do the job that the command line names and give the exit status."""
    parser = argparse.ArgumentParser(
        prog="tools/dev.py", description="Set up this clone and run one job in it."
    )
    parser.add_argument("job", choices=["docs", "test"], help="build the documentation, or run the tests")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to sphinx-build, or to tox")
    chosen = parser.parse_args(arguments)
    try:
        return {"docs": build_docs, "test": run_tests}[chosen.job](chosen.rest)
    except SetupError as error:
        print(f"tools/dev.py: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"tools/dev.py: this command failed: {' '.join(error.cmd)}", file=sys.stderr)
    return 1


def build_docs(rest: "list[str]") -> int:
    """Build this repository's documentation as HTML and print where it is."""
    python = make_environment(find_interpreters())
    run([python, "-m", "pip", "install", "--quiet", "--editable", f"{ROOT}[docs]"])
    output = ROOT / "docs" / "_build" / "html"
    run([python, "-m", "sphinx", "-b", "html", *rest, str(ROOT / "docs"), str(output)])
    print(f"\nThe documentation: {(output / 'index.html').as_uri()}")
    return 0


def run_tests(rest: "list[str]") -> int:
    """Run tox: what ``rest`` asks for, or every default environment whose interpreter is on this machine."""
    interpreters = find_interpreters()
    python = make_environment(interpreters)
    run([python, "-m", "pip", "install", "--quiet", "tox>=4.23,<5"])
    selection = rest or ["run", "-e", ",".join(choose_environments(interpreters, probe(python)[0]))]
    environment = dict(os.environ, TOX_DISCOVER=os.pathsep.join(interpreters.values()))
    return subprocess.call([python, "-m", "tox", *selection], cwd=str(ROOT), env=environment)


def choose_environments(interpreters: "dict[str, str]", own: str) -> "list[str]":
    """Give the default environments that can run here; never a list without a test environment."""
    config = configparser.ConfigParser(interpolation=None)
    config.read(str(ROOT / "tox.ini"), encoding="utf-8")
    names = re.split(r"[\s,]+", config["tox"]["env_list"].strip())
    versions = {name: re.sub(r"py(\d)(\d+)-.*", r"\1.\2", name) for name in names if name.startswith("py")}
    missing = [name for name in versions if versions[name] not in interpreters]
    for name in missing:
        print(f"tools/dev.py: not run: {name} (no Python {versions[name]} on this machine)", flush=True)
    if len(missing) == len(versions):
        names.append(f"py{own.replace('.', '')}-sphinxlatest")
    return [name for name in names if name not in missing]


def find_interpreters() -> "dict[str, str]":
    """Version -> path of the interpreters that can make virtual environments, the running one first."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv"))
    candidates = [sys.executable]
    candidates += [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    candidates += sorted(str(path) for path in pyenv.glob("versions/*/bin/python"))
    found: "dict[str, str]" = {}
    for candidate in candidates:
        version, path = probe(candidate)
        if version and as_numbers(version) >= OLDEST:
            found.setdefault(version, path)
    if not found:
        raise SetupError(explain_missing())
    return found


def probe(python: str) -> "tuple[str, str]":
    """Give the version (``3.12``) and path of an interpreter; both empty when it cannot make environments."""
    try:
        answer = subprocess.run(
            [python, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return "", ""
    version, _, path = answer.stdout.decode().strip().partition(" ")
    return version, path


def as_numbers(version: str) -> "tuple[int, ...]":
    """Give ``(3, 12)`` for ``3.12``."""
    return tuple(int(part) for part in version.split("."))


def explain_missing() -> str:
    """Say which of the two is missing: a new enough Python, or its venv and ensurepip modules."""
    running = "{}.{}".format(*sys.version_info)
    if sys.version_info[:2] < OLDEST:
        return (
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed. This is Python {running} ({sys.executable}), and "
            "neither the PATH nor pyenv has a newer one that can make virtual environments."
        )
    return (
        f"this Python {running} ({sys.executable}) cannot make virtual environments: its venv or ensurepip module "
        f"is missing. On Debian and Ubuntu they come with: sudo apt install python{running}-venv"
    )


def make_environment(interpreters: "dict[str, str]") -> str:
    """Make ``.venv`` unless a usable one is there, and give the path of its interpreter."""
    python = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    version = probe(python)[0]
    if version and as_numbers(version) < OLDEST:
        message = f"{VENV} holds Python {version}, which is too old: remove it and run this again."
        raise SetupError(message)
    if not version:
        version, base = next(iter(interpreters.items()))
        print(f"tools/dev.py: making {VENV} with Python {version} ({base})", flush=True)
        run([base, "-m", "venv", "--clear", str(VENV)])
    return python


def run(command: "list[str]") -> None:
    """Show a command and run it in the root of the repository."""
    print(f"+ {' '.join(command)}", flush=True)
    subprocess.run(command, cwd=str(ROOT), check=True)


if __name__ == "__main__":
    sys.exit(main())
