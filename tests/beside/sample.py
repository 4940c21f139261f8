"""A small repository with its documentation, and what is done to it between builds."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from beside.catalogue import Published

PREFIX = "repo"
FRONT = f"docs/{PREFIX}/index.rst"
"""Where the front page of the repository lies for Sphinx; without our extension a page of this name stands for it."""

CONF = """\
import os, sys
sys.path.insert(0, os.path.abspath(".."))
project = "Shop"
author = "The shop"
copyright = "2024, The shop"
extensions = {extensions!r}
exclude_patterns = ["_build"]
linkcheck_ignore = ["https?://"]
epub_show_urls = "no"
suppress_warnings = ["epub.unknown_project_files"]
{conf}
"""
READ_AGAIN = '\nif os.environ.get("LISTED_LAST"):\n    today = "today"  # everything is read again\n'
INDEX = """\
Shop
====

A shop that sells things. It has :doc:`a guide <guide>`.

.. toctree::
   :maxdepth: 1

   guide
   use
   repo/index
"""
GUIDE = """\
Guide
=====

First steps
-----------

Put things into a *cart* and pay. See `the start <index.html>`__, :ref:`genindex` and :ref:`search`.

.. code-block:: python

   from shop.cart import Cart

   Cart().add("tea", 2)

Next steps
----------

There are none.
"""
CART = '''\
"""The cart of a customer."""

from shop.price import price_of


class Cart:
    """Things to be bought.

    Parameters
    ----------
    owner : str
        Who buys them.
    """

    def __init__(self, owner: str = "") -> None:
        self.owner = owner
        self.items: list[str] = []

    def add(self, thing: str, count: int = 1) -> int:
        """Add a thing.

        Parameters
        ----------
        thing : str
            What it is.
        count : int
            How many of it.

        Returns
        -------
        int
            What all of it costs.
        """
        self.items += [thing] * count
        return price_of(thing) * count
'''
FILES = {
    ".gitignore": "__pycache__/\n/docs/_build/\n/docs/generated/\n/docs/autoapi/\n/docs/apidocs/\n/docs/auto_examples/\n",
    "README.md": "# Shop\n\nA small repository. See [the cart](shop/cart.py).\n",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1.0"\n',
    "shop/__init__.py": '"""A shop."""\n',
    "shop/cart.py": CART,
    "shop/price.py": '"""What things cost."""\n\n\ndef price_of(thing: str) -> int:\n    """Give the price of a thing."""\n    return len(thing)\n',
    "tests/test_cart.py": "from shop.cart import Cart\n\n\ndef test_add():\n    assert Cart().add('tea') == 3\n",
    "tools/pack.sh": "#!/bin/sh\n# Packs the shop.\ntar cf shop.tar shop\n",
}
USE = "Use\n===\n\nWhat an extension adds.\n"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository that is built with our extension, or its twin that is built without."""

    root: Path
    ours: bool

    def write(self, path: str, text: str) -> None:
        """Write a file of it, and the folders above."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def commit(self) -> None:
        """Commit everything."""
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "Change the shop", "--date", "2024-05-01T12:00:00+00:00")

    def _git(self, *arguments: str) -> None:
        who = {
            f"GIT_{who}_{what}": "shop@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        environ = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
                   "GIT_COMMITTER_DATE": "2024-05-01T12:00:00+00:00"}  # fmt: skip
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        subprocess.run(command, cwd=self.root, env=environ, check=True, capture_output=True)


def make_repository(root: Path, published: Published, *, ours: bool) -> Repository:
    """Write the repository whose documentation uses a published extension."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    repository = Repository(root, ours)
    names = [*published.also, *([] if published.theme else [published.name])]
    conf = f"html_theme = {published.name!r}\n" * published.theme + published.conf
    repository.write("docs/conf.py", _conf(conf, names, published.setting, ours=ours))
    files = {"docs/index.rst": INDEX, "docs/guide.rst": GUIDE, "docs/use.rst": f"{USE}\n{published.page}"}
    for path, text in {**FILES, **files, **published.files}.items():
        repository.write(path, text)
    repository._git("init", "-q")
    repository.commit()
    if not ours:
        repository.write(FRONT, "Repository\n==========\n\nStands for the repository.\n")
    return repository


def _conf(conf: str, names: list[str], setting: str, *, ours: bool) -> str:
    """Ours comes first, so that it has its pages ready when handlers of the others run; or last, when it is asked for."""
    if not ours:
        return CONF.format(extensions=names, conf=conf + READ_AGAIN)
    last = f"{READ_AGAIN}    extensions.append(extensions.pop(0))\n{setting}\n"
    return CONF.format(extensions=["sphinx_repodoc", *names], conf=conf + last)


def leave(_repository: Repository) -> None:
    """Change nothing."""


def edit(repository: Repository) -> None:
    """Edit a file of the code and a page of the documentation."""
    repository.write("shop/cart.py", CART.replace("Add a thing.", "Add a thing to the cart."))
    repository.write("docs/guide.rst", GUIDE.replace("There are none.", "There are few."))


def add(repository: Repository) -> None:
    """Add a module."""
    repository.write(
        "shop/till.py",
        '"""The till."""\n\n\ndef pay(amount: int) -> bool:\n    """Pay."""\n    return amount > 0\n',
    )


def remove(repository: Repository) -> None:
    """Remove the module that was added, and a script."""
    (repository.root / "shop/till.py").unlink()
    (repository.root / "tools/pack.sh").unlink()


PAGES = frozenset({"index", "shop/cart.py", "shop/price.py", "tests/test_cart.py", "docs/conf.py"})
"""Pages of ours that there are after every step."""


@dataclass(frozen=True, slots=True)
class Step:
    """A build, and what is done before it."""

    name: str
    change: Callable[[Repository], None] = leave
    builder: str = "html"
    there: frozenset[str] = PAGES
    gone: frozenset[str] = frozenset()
    last: bool = False
    """Our extension is the last of the list."""


_NEW, _OLD = frozenset({"shop/till.py"}), frozenset({"tools/pack.sh"})
STEPS = (
    Step("clean", there=PAGES | _OLD),
    Step("unchanged", there=PAGES | _OLD),
    Step("edited", edit, there=PAGES | _OLD),
    Step("added", add, there=PAGES | _NEW | _OLD),
    Step("removed", remove, gone=_NEW | _OLD),
    Step("epub", builder="epub"),
    Step("latex", builder="latex"),
    Step("linkcheck", builder="linkcheck"),
    Step("listed last", add, there=PAGES | _NEW, last=True),
)
SHORT = tuple(step for step in STEPS if step.name in {"clean", "edited", "epub"})
"""Those that every run of the tests can wait for."""
