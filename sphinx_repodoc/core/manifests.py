"""Manifests of a repository: what it depends on, what it offers, how its tests are run.

:func:`read_manifests` takes the paths of a repository and a reader of text and
gives one :class:`Manifests`. The linkers ask it which requirement explains an
import; the analyses read its entry points and test evidence. A manifest that is
malformed or cannot be read gives nothing, and an import is then unknown.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from sphinx_repodoc.core import manifest_others as others
from sphinx_repodoc.core import manifest_python as python
from sphinx_repodoc.core.manifest_records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    TestEvidence,
    Tool,
)

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T", Requirement, Package, EntryPoint, TestEvidence)

__all__ = [
    "Ecosystem",
    "EntryPoint",
    "Manifests",
    "Package",
    "Requirement",
    "TestEvidence",
    "Tool",
    "import_names",
    "is_manifest",
    "normalize",
    "read_manifests",
]

Reader = Callable[[str, str], Iterator[Fact]]

_READERS: tuple[tuple[str, Reader], ...] = (
    ("pyproject.toml", python.read_pyproject),
    ("setup.cfg", python.read_setup_cfg),
    ("setup.py", python.read_setup_py),
    ("Pipfile", python.read_pipfile),
    ("tox.ini", python.read_tox),
    ("tox.toml", python.read_tox_toml),
    ("pytest.ini", python.read_pytest_ini),
    (".pytest.ini", python.read_pytest_ini),
    ("noxfile.py", python.read_noxfile),
    ("*requirements*.txt", python.read_requirements),
    ("*requirements*.in", python.read_requirements),
    ("package.json", others.read_package_json),
    ("Cargo.toml", others.read_cargo),
    ("go.mod", others.read_go_mod),
    ("pom.xml", others.read_pom),
    ("build.gradle", others.read_gradle),
    ("build.gradle.kts", others.read_gradle),
    ("CMakeLists.txt", others.read_cmake),
    ("vcpkg.json", others.read_vcpkg),
    ("Makefile", others.read_makefile),
    ("makefile", others.read_makefile),
    ("GNUmakefile", others.read_makefile),
)
"""Pattern of a file name to its reader; the first that matches is taken."""

_LARGEST = 1 << 19
"""Characters of the longest manifest that is read: one written by hand is far shorter."""

_IMPORT_NAMES: Mapping[str, tuple[str, ...]] = {
    "attrs": ("attr", "attrs"),
    "absl-py": ("absl",),
    "argon2-cffi": ("argon2",),
    "antlr4-python3-runtime": ("antlr4",),
    "beautifulsoup4": ("bs4",),
    "biopython": ("Bio",),
    "discord-py": ("discord",),
    "django-environ": ("environ",),
    "django-filter": ("django_filters",),
    "djangorestframework": ("rest_framework",),
    "docker-py": ("docker",),
    "faiss-cpu": ("faiss",),
    "fonttools": ("fontTools",),
    "gitpython": ("git",),
    "google-api-python-client": ("googleapiclient",),
    "grpcio": ("grpc",),
    "grpcio-tools": ("grpc_tools",),
    "kafka-python": ("kafka",),
    "markdown-it-py": ("markdown_it",),
    "mysqlclient": ("MySQLdb",),
    "msgpack-python": ("msgpack",),
    "opencv-contrib-python": ("cv2",),
    "opencv-python": ("cv2",),
    "opencv-python-headless": ("cv2",),
    "paho-mqtt": ("paho",),
    "pillow": ("PIL",),
    "progressbar2": ("progressbar",),
    "protobuf": ("google.protobuf",),
    "psycopg2-binary": ("psycopg2",),
    "psycopg-binary": ("psycopg",),
    "pycrypto": ("Crypto",),
    "pycryptodome": ("Crypto",),
    "pycryptodomex": ("Cryptodome",),
    "pygithub": ("github",),
    "pygobject": ("gi",),
    "pyhamcrest": ("hamcrest",),
    "pyjwt": ("jwt",),
    "pymupdf": ("fitz", "pymupdf"),
    "pynacl": ("nacl",),
    "pyopenssl": ("OpenSSL",),
    "pyserial": ("serial",),
    "pysocks": ("socks",),
    "pytest": ("pytest", "_pytest"),
    "python-dateutil": ("dateutil",),
    "python-docx": ("docx",),
    "python-dotenv": ("dotenv",),
    "python-gitlab": ("gitlab",),
    "python-jose": ("jose",),
    "python-ldap": ("ldap",),
    "python-levenshtein": ("Levenshtein",),
    "python-magic": ("magic",),
    "python-memcached": ("memcache",),
    "python-multipart": ("multipart", "python_multipart"),
    "python-slugify": ("slugify",),
    "pywin32": ("win32api", "win32con", "win32file", "win32gui", "pythoncom", "pywintypes", "win32com"),
    "pyxdg": ("xdg",),
    "pyyaml": ("yaml",),
    "pyzmq": ("zmq",),
    "ruamel-yaml": ("ruamel.yaml",),
    "scikit-image": ("skimage",),
    "scikit-learn": ("sklearn",),
    "setuptools": ("setuptools", "pkg_resources", "_distutils_hack"),
    "speechrecognition": ("speech_recognition",),
    "tensorflow-cpu": ("tensorflow",),
    "tensorflow-gpu": ("tensorflow",),
    "umap-learn": ("umap",),
    "websocket-client": ("websocket",),
}
"""Normalised distribution to the modules it installs, where its name does not say so."""


def normalize(name: str) -> str:
    """Normalise the name of a distribution (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def import_names(distribution: str) -> tuple[str, ...]:
    """Name the modules that a distribution installs: its own name, unless it is known to differ.

    Names are as they are imported, in lower case where only the name of the
    distribution speaks for them.
    """
    normal = normalize(distribution)
    return _IMPORT_NAMES.get(normal, (normal.replace("-", "_"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifests:
    """What all manifests of a repository say, each sorted by path and line."""

    paths: tuple[str, ...] = ()
    """The manifests that said something, sorted."""
    requirements: tuple[Requirement, ...] = ()
    packages: tuple[Package, ...] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    tests: tuple[TestEvidence, ...] = ()


def is_manifest(path: str) -> bool:
    """Say whether :func:`read_manifests` would read the file at this path."""
    return _reader(path) is not None


def read_manifests(paths: Iterable[str], read: Callable[[str], str | None]) -> Manifests:
    """Read every manifest among the paths.

    :param paths: all files of the repository, relative to its root.
    :param read: gives the text of a file, or ``None`` when it has none.
    """
    facts: list[Fact] = []
    for path in sorted(set(paths)):
        reader = _reader(path)
        text = read(path) if reader is not None else None
        if reader is not None and text is not None and len(text) <= _LARGEST:
            facts.extend(reader(path, text))
    return Manifests(
        paths=tuple(sorted({fact.path for fact in facts})),
        requirements=_of_kind(facts, Requirement),
        packages=_of_kind(facts, Package),
        entry_points=_of_kind(facts, EntryPoint),
        tests=_of_kind(facts, TestEvidence),
    )


def _of_kind(facts: list[Fact], kind: type[T]) -> tuple[T, ...]:
    found = (fact for fact in facts if isinstance(fact, kind))
    return tuple(sorted(dict.fromkeys(found), key=lambda fact: (fact.path, fact.line, fact.name)))


def _reader(path: str) -> Reader | None:
    name = posixpath.basename(path)
    in_folder = posixpath.basename(posixpath.dirname(path)) == "requirements"
    if in_folder and name.endswith((".txt", ".in")):
        return python.read_requirements
    return next((reader for pattern, reader in _READERS if fnmatchcase(name, pattern)), None)
