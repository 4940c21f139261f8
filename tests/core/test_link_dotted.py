"""Lua, Perl and Haskell: dotted names are paths below known folders."""

from __future__ import annotations

import pytest
from link_repos import leads, link_files, link_texts, make_file, take, used

ROCKSPEC = """package = "kit"
dependencies = {
  "lua >= 5.1", -- the language
  "luasocket >= 3",
  'lua-cjson',
}
build = {
  modules = {
    kit = "code/kit.lua",
    ["kit.core"] = "code/core/main.lua",
    native = "src/native.c",
  },
}
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('require "kit"', "code/kit.lua"),
        ('require("kit.core")', "code/core/main.lua"),
        ('require "plain"', "lua/plain.lua"),
        ('require "pack"', "lua/pack/init.lua"),
        ('require "pack.part"', "lua/pack/part.lua"),
        ('require "native"', "unknown"),
        ('require "string"', "standard"),
        ('require "socket.http"', "third-party kit.rockspec:4"),
        ('require "cjson"', "third-party kit.rockspec:5"),
        ('require "lost"', "unknown"),
        ('dofile("lua/plain.lua")', "lua/plain.lua"),
    ],
)
def test_lua(statement: str, expected: str) -> None:
    """Rocks name the files of modules; folders stand for their ``init``."""
    files = "code/kit.lua code/core/main.lua lua/plain.lua lua/pack/init.lua lua/pack/part.lua odd/lost.lua"
    texts = {"kit.rockspec": ROCKSPEC, **dict.fromkeys(files.split(), ""), "main.lua": f"{statement}\n"}
    assert leads(link_texts(texts), "main.lua") == [expected]


def test_lua_takes_fields() -> None:
    """A field of what is required is a name of the module."""
    texts = {
        "a.lua": "local M = {}\nfunction half() end\nreturn M\n",
        "b.lua": 'local h = require("a").half\n',
    }
    assert used(link_texts(texts), "b.lua") == ["a.lua:half imported 1"]


CPAN = {
    "cpanfile": "requires 'Moo', '2';\non 'test' => sub {\n  requires 'Test::Deep';\n};\n",
    "dist.ini": "[Prereqs / RuntimeRequires]\nTry::Tiny = 0.3\n[Other]\nNo::Module = 1\n",
}


@pytest.mark.parametrize(
    ("module", "form", "expected"),
    [
        ("Demo::Tool", "use", "lib/Demo/Tool.pm"),
        ("Local", "use", "t/lib/Local.pm"),
        ("strict", "use", "standard"),
        ("File::Spec", "use", "standard"),
        ("5.010", "use", "standard"),
        ("Pod::Usage", "require", "standard"),
        ("Moo::Role", "use", "third-party cpanfile:1"),
        ("Test::Deep", "use", "third-party cpanfile:3"),
        ("Try::Tiny", "use", "third-party dist.ini:2"),
        ("No::Module", "use", "unknown"),
        ("Odd", "use", "unknown"),
        ("lib/Demo/Tool.pm", "do", "lib/Demo/Tool.pm"),
    ],
)
def test_perl(module: str, form: str, expected: str) -> None:
    """Modules lie below ``lib``, those of tests below ``t/lib``."""
    files = map(make_file, ["lib/Demo/Tool.pm", "t/lib/Local.pm", "elsewhere/Odd.pm"])
    links = link_files(make_file("t/a.pm", imports=[take(module, form=form)]), *files, manifests=CPAN)
    assert leads(links, "t/a.pm") == [expected]


CABAL = """name: demo
library
  hs-source-dirs: source, generated
  build-depends:
      base >=4
    , containers ^>=0.6 -- maps
    , text, odd-package
executable x
  main-is: Main.hs
"""


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("Demo.Types", "source/Demo/Types.hs"),
        ("Demo.Made", "generated/Demo/Made.hs"),
        ("Data.List", "standard"),
        ("GHC.Generics", "standard"),
        ("Data.Map.Strict", "third-party demo.cabal:6"),
        ("Data.Text.IO", "third-party demo.cabal:7"),
        ("Data.Aeson", "unknown"),
        ("Elsewhere", "unknown"),
    ],
)
def test_haskell(module: str, expected: str) -> None:
    """Packages name the folders of their modules, and seldom those by what they are required for."""
    files = map(make_file, ["source/Demo/Types.hs", "generated/Demo/Made.hs", "odd/Elsewhere.hs"])
    user = make_file("source/Demo.hs", imports=[take(module, form="import")])
    links = link_files(user, *files, manifests={"demo.cabal": CABAL})
    assert leads(links, "source/Demo.hs") == [expected]
