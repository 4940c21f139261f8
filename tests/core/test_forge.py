from __future__ import annotations

import pytest

from sphinx_repodoc.core.forge import Forge, detect_forge, file_url, read_the_docs_environment, template_url

GITHUB = Forge(kind="github", base="https://github.com/o/r")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/o/r",
        "https://github.com/o/r/",
        "https://github.com/o/r.git",
        "https://github.com:443/o/r.git",
        "https://user:secret@github.com/o/r.git",
        "https://token@github.com/o/r?token=secret#secret",
        "HTTPS://GitHub.com/o/r.git",
        "git@github.com:o/r.git",
        "github.com:o/r",
        "ssh://git@github.com/o/r.git",
        "ssh://git@github.com:22/o/r.git",
        "ssh://git@ssh.github.com:443/o/r.git",
        "git+ssh://git@github.com/o/r.git",
        "git://github.com/o/r.git",
        "  https://github.com/o/r.git\n",
    ],
)
def test_every_way_to_clone_leads_to_the_same_forge(url: str) -> None:
    """Protocols, credentials, ports and suffixes do not matter and do not survive."""
    assert detect_forge(url) == GITHUB


@pytest.mark.parametrize(
    ("url", "kind", "base"),
    [
        ("git@gitlab.com:group/sub/deep/r.git", "gitlab", "https://gitlab.com/group/sub/deep/r"),
        ("https://gitlab.example.org:8443/g/r.git", "gitlab", "https://gitlab.example.org:8443/g/r"),
        ("ssh://git@gitlab.example.org:2222/g/r.git", "gitlab", "https://gitlab.example.org/g/r"),
        ("http://gitlab.local/g/r.git", "gitlab", "http://gitlab.local/g/r"),
        ("https://salsa.debian.org/team/r.git", "gitlab", "https://salsa.debian.org/team/r"),
        ("https://github.example.org/o/r.git", "github", "https://github.example.org/o/r"),
        ("git@bitbucket.org:o/r.git", "bitbucket", "https://bitbucket.org/o/r"),
        (
            "ssh://git@bitbucket.example.org:7999/PRJ/r.git",
            "bitbucket-server",
            "https://bitbucket.example.org/projects/PRJ/repos/r",
        ),
        (
            "https://bitbucket.example.org/scm/PRJ/r.git",
            "bitbucket-server",
            "https://bitbucket.example.org/projects/PRJ/repos/r",
        ),
        ("https://codeberg.org/o/r.git", "gitea", "https://codeberg.org/o/r"),
        ("https://gitea.example.org/o/r.git", "gitea", "https://gitea.example.org/o/r"),
        ("https://forgejo.example.org/o/r", "gitea", "https://forgejo.example.org/o/r"),
        ("git@git.sr.ht:~user/r", "sourcehut", "https://git.sr.ht/~user/r"),
        ("https://github.com/o/r%20x", "github", "https://github.com/o/r%20x"),
    ],
)
def test_forges(url: str, kind: str, base: str) -> None:
    """The host name tells the forge."""
    assert detect_forge(url) == Forge(kind=kind, base=base)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/git/r.git",
        "../r",
        "file:///srv/git/r.git",
        "C:\\repos\\r",
        "C:/repos/r",
        "https://example.org/o/r.git",
        "https://github.com",
        "https://github.com/o",
        "https://github.com/o/r/tree/main",
        "https://github.com/o/..",
        "https://github.com:port/o/r",
        "https://gith ub.com/o/r",
        'https://github.com"onclick=/o/r',
        "javascript://github.com/o/r",
        "ext::sh -c github.com:o/r",
        "https://[github.com/o/r",
    ],
)
def test_addresses_of_no_forge(url: str) -> None:
    """Local paths, unknown hosts and what is no repository give nothing."""
    assert detect_forge(url) is None


@pytest.mark.parametrize(
    ("kind", "whole", "line", "lines"),
    [
        ("github", "blob/c0/a.py", "blob/c0/a.py#L3", "blob/c0/a.py#L3-L5"),
        ("gitlab", "-/blob/c0/a.py", "-/blob/c0/a.py#L3", "-/blob/c0/a.py#L3-5"),
        ("bitbucket", "src/c0/a.py", "src/c0/a.py#lines-3", "src/c0/a.py#lines-3:5"),
        ("bitbucket-server", "browse/a.py?at=c0", "browse/a.py?at=c0#3", "browse/a.py?at=c0#3-5"),
        ("gitea", "src/commit/c0/a.py", "src/commit/c0/a.py#L3", "src/commit/c0/a.py#L3-L5"),
        ("sourcehut", "tree/c0/item/a.py", "tree/c0/item/a.py#L3", "tree/c0/item/a.py#L3-5"),
    ],
)
def test_file_urls(kind: str, whole: str, line: str, lines: str) -> None:
    """Each forge has its own way to name a file, a line and a range."""
    forge = Forge(kind=kind, base="https://x.org/o/r")
    assert file_url(forge, "c0", "a.py") == f"https://x.org/o/r/{whole}"
    assert file_url(forge, "c0", "a.py", 3) == f"https://x.org/o/r/{line}"
    assert file_url(forge, "c0", "a.py", 3, 3) == f"https://x.org/o/r/{line}"
    assert file_url(forge, "c0", "a.py", 3, 5) == f"https://x.org/o/r/{lines}"


def test_paths_are_encoded() -> None:
    """Nothing in a name can end the path, and escaped bytes are the bytes themselves."""
    url = file_url(GITHUB, "c0", 'a b/ü#?%"<.py')
    assert url == "https://github.com/o/r/blob/c0/a%20b/%C3%BC%23%3F%25%22%3C.py"
    assert file_url(GITHUB, "c0", "caf\\xe9").endswith("/caf%E9")


def test_lines_of_rendered_documents_need_their_source() -> None:
    """GitHub shows no line numbers in a rendered document."""
    assert file_url(GITHUB, "c0", "README.md", 3) == "https://github.com/o/r/blob/c0/README.md?plain=1#L3"
    assert file_url(GITHUB, "c0", "README.md") == "https://github.com/o/r/blob/c0/README.md"


def test_templates() -> None:
    """A user's template is filled in, and nothing else in it is touched."""
    template = "https://x.org/{commit}/{path}#L{line}"
    assert template_url(template, "c0", "a b.py", 3) == "https://x.org/c0/a%20b.py#L3"
    assert template_url(template, "c0", "a b.py") == "https://x.org/c0/a%20b.py"
    assert template_url("https://x.org/{path}?l={line}", "c0", "a") == "https://x.org/a?l=1"
    assert (
        template_url("{x}/{path.__class__}/{path}", "c0", "{commit}") == "{x}/{path.__class__}/%7Bcommit%7D"
    )


def test_read_the_docs_environment() -> None:
    """Its variables are used when they are there and make sense."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    variables = {
        "READTHEDOCS_GIT_CLONE_URL": "https://github.com/o/r.git",
        "READTHEDOCS_GIT_COMMIT_HASH": commit,
    }
    assert read_the_docs_environment(variables) == ("https://github.com/o/r.git", commit)
    assert read_the_docs_environment({}) == ("", "")
    assert read_the_docs_environment({"READTHEDOCS_GIT_COMMIT_HASH": "../x"}) == ("", "")
