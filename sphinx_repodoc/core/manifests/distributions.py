"""Names of Python distributions, and the modules that they install."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
