"""Addresses of files on the web: which forge hosts a clone, and how it names a file at a commit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from sphinx_repodoc.core.disk import path_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCP = re.compile(r"(?:[^@/:\s]+@)?(?P<host>[\w.-]{2,}):(?!//)(?P<path>[^\\]+)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_SCHEMES = frozenset({"https", "http", "ssh", "git", "git+ssh", "git+https", "git+http", "ssh+git"})
_COMMIT = re.compile(r"[0-9a-f]{7,64}", re.IGNORECASE)
_ALIASES = {
    "ssh.github.com": "github.com",
    "www.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
"""Hosts that serve SSH only, to those that serve pages."""
_KINDS = {
    "bitbucket.org": "bitbucket",
    "codeberg.org": "gitea",
    "git.sr.ht": "sourcehut",
    "salsa.debian.org": "gitlab",
    "invent.kde.org": "gitlab",
    "framagit.org": "gitlab",
    "code.videolan.org": "gitlab",
    "0xacab.org": "gitlab",
    "opendev.org": "gitea",
}
_LABELS = (
    ("github", "github"),
    ("gitlab", "gitlab"),
    ("bitbucket", "bitbucket-server"),
    ("gitea", "gitea"),
    ("forgejo", "gitea"),
    ("codeberg", "gitea"),
)
"""A word in the host name to the forge that runs there."""
_RENDERED = re.compile(
    r"\.(?:md|markdown|mdown|rst|rest|adoc|asciidoc|org|ipynb|svg|textile)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A repository on the web."""

    kind: str
    """``github``, ``gitlab``, ``bitbucket``, ``bitbucket-server``, ``gitea`` or ``sourcehut``."""
    base: str
    """Address of its start page, without a slash at the end."""


def detect_forge(clone_url: str) -> Forge | None:
    """Forge of the address a repository is cloned from; ``None`` for local paths and unknown hosts.

    User names, passwords, tokens, queries and the ports of other protocols than
    HTTP are left out: nothing secret gets into a page.
    """
    parts = _split(clone_url.strip())
    if parts is None:
        return None
    origin, host, segments = parts
    kind = _kind(host)
    names = [quote(unquote(segment), safe="~") for segment in segments]
    match kind, names:
        case ("bitbucket-server", ["scm", project, name] | [project, name]):
            return Forge(kind=kind, base=f"{origin}/projects/{project}/repos/{name}")
        case ("github" | "bitbucket" | "gitea" | "sourcehut", [_, _]) | (
            "gitlab",
            [_, _, *_],
        ):  # it has subgroups
            return Forge(kind=kind, base="/".join((origin, *names)))
    return None


def _split(url: str) -> tuple[str, str, list[str]] | None:
    """Take an address apart: origin of the pages, host, components of the path."""
    scheme, sep, _rest = url.partition("://")
    if not sep:
        match = _SCP.fullmatch(url)
        return None if match is None else _origin("ssh", match["host"], None, match["path"])
    if scheme.lower() not in _SCHEMES:
        return None
    try:
        parts = urlsplit(url)
        return _origin(scheme.lower(), parts.hostname or "", parts.port, parts.path)
    except ValueError:  # a port or a host that is none
        return None


def _origin(scheme: str, host: str, port: int | None, path: str) -> tuple[str, str, list[str]] | None:
    host = _ALIASES.get(host.lower(), host.lower())
    if _HOST.fullmatch(host) is None:
        return None
    segments = [segment for segment in path.split("/") if segment]
    if not segments or any(segment in {".", ".."} for segment in segments):
        return None
    segments[-1] = segments[-1].removesuffix(".git")
    web = "http" if scheme.endswith("http") else "https"
    is_web = scheme.endswith(("http", "https"))
    suffix = f":{port}" if is_web and port not in {None, 80, 443} else ""
    return f"{web}://{host}{suffix}", host, segments


def _kind(host: str) -> str:
    if host in _KINDS:
        return _KINDS[host]
    return next((kind for label, kind in _LABELS if label in host), "")


def file_url(forge: Forge, commit: str, path: str, line: int = 0, end_line: int = 0) -> str:
    """Address of a file at a commit.

    :param path: relative to the top of the work tree.
    :param line: counting from 1; 0 for the whole file.
    """
    name = quote(path_bytes(path), safe="/~")
    commit = quote(commit, safe="")
    last = end_line if end_line > line else 0
    build = _URLS[forge.kind]
    return f"{forge.base}/{build(commit, name, line, last)}"


def _github(commit: str, path: str, line: int, last: int) -> str:
    plain = "?plain=1" if line and _RENDERED.search(path) else ""  # a rendered document has no lines
    return f"blob/{commit}/{path}{plain}{_lines(line, last, '#L', '-L')}"


def _gitlab(commit: str, path: str, line: int, last: int) -> str:
    plain = "?plain=1" if line and _RENDERED.search(path) else ""
    return f"-/blob/{commit}/{path}{plain}{_lines(line, last, '#L', '-')}"


def _bitbucket(commit: str, path: str, line: int, last: int) -> str:
    return f"src/{commit}/{path}{_lines(line, last, '#lines-', ':')}"


def _bitbucket_server(commit: str, path: str, line: int, last: int) -> str:
    return f"browse/{path}?at={commit}{_lines(line, last, '#', '-')}"


def _gitea(commit: str, path: str, line: int, last: int) -> str:
    plain = "?display=source" if line and _RENDERED.search(path) else ""
    return f"src/commit/{commit}/{path}{plain}{_lines(line, last, '#L', '-L')}"


def _sourcehut(commit: str, path: str, line: int, last: int) -> str:
    return f"tree/{commit}/item/{path}{_lines(line, last, '#L', '-')}"


_URLS = {
    "github": _github,
    "gitlab": _gitlab,
    "bitbucket": _bitbucket,
    "bitbucket-server": _bitbucket_server,
    "gitea": _gitea,
    "sourcehut": _sourcehut,
}


def _lines(line: int, last: int, start: str, between: str) -> str:
    if not line:
        return ""
    return f"{start}{line}{between}{last}" if last else f"{start}{line}"


def template_url(template: str, commit: str, path: str, line: int = 0) -> str:
    """Address that a user's template makes of ``{commit}``, ``{path}`` and ``{line}``.

    Without a line, a fragment (``#…``) that asks for it is left out; elsewhere
    it becomes 1. Other braces stay as they are.
    """
    address, mark, fragment = template.partition("#")
    if mark and not line and "{line}" in fragment:
        template = address
    values = {
        "commit": quote(commit, safe=""),
        "path": quote(path_bytes(path), safe="/~"),
        "line": str(line or 1),
    }
    return re.sub(r"\{(commit|path|line)\}", lambda match: values[match[1]], template)


def read_the_docs_environment(environ: Mapping[str, str]) -> tuple[str, str]:
    """Clone address and commit that Read the Docs names; empty where it does not."""
    commit = environ.get("READTHEDOCS_GIT_COMMIT_HASH", "")
    return (
        environ.get("READTHEDOCS_GIT_CLONE_URL", ""),
        commit if _COMMIT.fullmatch(commit) else "",
    )
