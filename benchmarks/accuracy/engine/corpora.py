"""Where the compared code comes from: package registries, GitHub, or what is installed. Nothing of it is run."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
import urllib.request
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.protocol import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CACHE_VARIABLE = "REPODOC_ACCURACY_CACHE"


def cache_folder() -> Path:
    """Where corpora are kept; the command line may say another place."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get(CACHE_VARIABLE) or Path(base, "sphinx-repodoc", "accuracy")).resolve()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which files of a folder count. Patterns are of :mod:`fnmatch` (``*`` crosses folders), paths from the folder."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    is_local: bool = False

    def wants(self, path: str) -> bool:
        return any(fnmatch(path, pattern) for pattern in self.include) and not any(
            fnmatch(path, pattern) for pattern in self.exclude
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed(Selection):
    """A folder that is on the machine with its tool: a standard library, for instance."""

    title: Callable[[], str]
    folder: Callable[[], Path]
    is_local: bool = True

    @property
    def name(self) -> str:
        return self.title()

    def fetch(self, _cache: Path) -> Path:
        return self.folder()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package(Selection):
    """A package of a registry in one version."""

    package: str
    version: str

    @property
    def name(self) -> str:
        return f"{self.package} {self.version}"

    def fetch(self, cache: Path) -> Path:
        folder = cache / type(self).__name__.lower() / f"{self.package}-{self.version}".replace("/", "+")
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
                content = Path(temporary, "content")
                content.mkdir()
                self.download(Path(temporary), content)
                content.rename(folder)
        return folder

    def download(self, scratch: Path, content: Path) -> None:
        """Fetch the package into ``scratch`` and unpack it into ``content``."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class PyPI(_Package):
    """A distribution from the index that pip is configured for."""

    tag: str = ""
    """That of a wheel; without it, the source distribution is fetched."""
    unpacked: str = "*"
    """Pattern of the files of a wheel that are unpacked."""

    def download(self, scratch: Path, content: Path) -> None:
        page = f"{_pip_index()}/{re.sub(r'[-_.]+', '-', self.package).lower()}/"
        links = _Links()
        # An index in folders has a file for each page.
        links.feed(_open(f"{page}index.html" if page.startswith("file:") else page).decode())
        stem = f"{self.package}-{self.version}"
        sources = (f"{stem}.{suffix}" for suffix in ("tar.gz", "tgz", "tar.bz2", "zip"))
        wanted = {_plain(name) for name in ([f"{stem}-{self.tag}.whl"] if self.tag else sources)}
        for link in links.found:
            url, _, digest = urllib.parse.urljoin(page, link).partition("#")
            name = urllib.parse.unquote(url.rpartition("/")[2])
            if _plain(name) in wanted:
                data = _open(url)
                if digest.startswith("sha256=") and hashlib.sha256(data).hexdigest() != digest[7:]:
                    raise Unavailable(f"{name} has not the digest that the index gives.")
                archive = scratch / name
                archive.write_bytes(data)
                _unpack(archive, content, self.unpacked)
                return
        raise Unavailable(f"The index of pip has no such distribution of {self.name}.")


class Npm(_Package):
    """A package as ``npm pack`` gives it."""

    def download(self, scratch: Path, content: Path) -> None:
        _run(
            ["npm", "pack", "--silent", "--ignore-scripts", f"{self.package}@{self.version}"],
            cwd=scratch,
        )
        _unpack(next(scratch.glob("*.tgz")), content)


class GoModule(_Package):
    """A module of Go; the version has its ``v``."""

    def download(self, scratch: Path, content: Path) -> None:
        done = _run(["go", "mod", "download", "-json", f"{self.package}@{self.version}"], cwd=scratch)
        _unpack(Path(json.loads(done)["Zip"]), content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debian(_Package):
    """The files of a binary package. Mirrors drop old versions: the corpus is skipped there."""

    inner: str = ""
    """Path of an archive in the package, which is unpacked instead of it."""

    def download(self, scratch: Path, content: Path) -> None:
        _run(["apt-get", "download", f"{self.package}={self.version}"], cwd=scratch)
        files = scratch / "files" if self.inner else content
        _run(["dpkg-deb", "-x", str(next(scratch.glob("*.deb"))), str(files)], cwd=scratch)
        if self.inner:
            _unpack(files / self.inner, content)


class DebianSource(_Package):
    """What Debian builds a package from, as its authors published it, whose version it is."""

    def download(self, scratch: Path, content: Path) -> None:
        template = "deb-src $(SITE) $(RELEASE) $(COMPONENT)"
        targets = _run(["apt-get", "indextargets", "--format", template, "Created-By: Packages"], cwd=scratch)
        sources = scratch / "sources.list"
        sources.write_text("".join(f"{line}\n" for line in sorted(set(targets.splitlines()))), "utf-8")
        lists = scratch / "lists"
        lists.mkdir()
        options = ["--option", f"Dir::Etc::SourceList={sources}", "--option", "Dir::Etc::SourceParts=-"]
        options += ["--option", f"Dir::State::Lists={lists}"]
        _run(["apt-get", *options, "update"], cwd=scratch)
        known = _run(["apt-cache", *options, "showsrc", "--only-source", self.package], cwd=scratch)
        versions = re.findall(rf"^Version: ((?:\d+:)?{re.escape(self.version)}-.*)$", known, re.MULTILINE)
        if not versions:
            raise Unavailable(f"Debian has no sources of {self.name}.")
        # The one that a release began with is kept; later ones make way for each other.
        oldest = min(versions, key=lambda version: [int(part) for part in re.findall(r"\d+", version)])
        command = ["source", "--download-only", "--only-source", f"{self.package}={oldest}"]
        _run(["apt-get", *options, *command], cwd=scratch)
        for archive in scratch.glob("*.orig.tar.*[!c]"):
            _unpack(archive, content)


class GitHub(_Package):
    """A repository in one commit, which is its version."""

    @property
    def name(self) -> str:
        return f"{self.package} {self.version[:10]}"

    def download(self, scratch: Path, content: Path) -> None:
        _run(["git", "init", "--quiet"], cwd=scratch)
        address = f"https://github.com/{self.package}"
        _run(["git", "fetch", "--quiet", "--depth", "1", address, self.version], cwd=scratch)
        _run(["git", f"--work-tree={content}", "checkout", "--quiet", "FETCH_HEAD", "--", "."], cwd=scratch)


def _run(command: Sequence[str], *, cwd: Path) -> str:
    program = shutil.which(command[0])
    if program is None:
        raise Unavailable(f"{command[0]} is not installed.")
    done = subprocess.run([program, *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _pip_index() -> str:
    """Address of the index that pip is configured for."""
    pip = [sys.executable, "-m", "pip"]
    listed = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False)
    for line in listed.stdout.splitlines():
        key, _, value = line.partition("=")
        if key in {"global.index-url", ":env:.index-url", "download.index-url"}:
            return value.strip("'\"").rstrip("/")
    default = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
    found = subprocess.run([sys.executable, "-c", default], capture_output=True, text=True, check=False)
    if found.returncode:
        raise Unavailable("pip is not installed.")
    return found.stdout.strip().rstrip("/")


def _open(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "text/html"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=180) as answer:  # noqa: S310 -- what pip is configured for
            return bytes(answer.read())
    except OSError as error:
        raise Unavailable(f"{url}: {error}") from error


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


class _Links(HTMLParser):
    """Collects the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _unpack(archive: Path, folder: Path, wanted: str = "*") -> None:
    """Unpack an archive; links and what would leave the folder stay out."""
    if archive.suffix in {".zip", ".whl"}:
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder, [name for name in zipped.namelist() if fnmatch(name, wanted)])
        return
    with tarfile.open(archive) as tarred:
        members = [member for member in tarred if member.isfile() or member.isdir()]
        tarred.extractall(folder, members=members, filter="data")
