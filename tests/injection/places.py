"""The places of a repository whose text reaches a page, as files that hold payloads there."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from injection.payloads import Payload


def _line(text: str) -> str:
    """On one line, and nothing that ends a line for anybody."""
    return re.sub(r"[\r\n\x00]+", " ", text)


def _lines(text: str) -> str:
    return text.replace("\x00", "")


def _json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _toml(text: str) -> str:
    """As a basic string, which knows no pairs of surrogates, as JSON does."""
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda match: f"\\u{ord(match[0]):04x}", kept)


def _xml(text: str) -> str:
    allowed = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd]", "", text)
    return html.escape(allowed)


def _no(*signs: str) -> Callable[[str], str]:
    """On one line, without the signs that would end what it stands in."""

    def quote(text: str) -> str:
        for sign in signs:
            text = text.replace(sign, "")
        return _line(text)

    return quote


@dataclass(frozen=True, slots=True)
class Place:
    """One place: a file in which a row of texts stands there."""

    name: str
    path: str
    item: str
    """What holds one text: ``§`` stands for it, with its word before it, ``WORD`` for the word alone,
    and ``NUMBER`` for the number, where it belongs to a name."""
    head: str = ""
    tail: str = ""
    between: str = ""
    quote: Callable[[str], str] = _line
    only_listed: bool = False
    """The text is shown in the listing of the file and nowhere else."""

    def file(self, payloads: Sequence[Payload]) -> str:
        """Content of the file."""
        items = []
        for payload in payloads:
            word = self.word(payload)
            text = f"{word}{self.quote(payload.text)}"
            number = str(payload.number)
            items.append(self.item.replace("NUMBER", number).replace("WORD", word).replace("§", text))
        return self.head + self.between.join(items) + self.tail

    def word(self, payload: Payload) -> str:
        """A word that says where a text came from when it is seen on a page."""
        return word(self.name, payload)


def word(place: str, payload: Payload) -> str:
    return f"w{re.sub('[^a-z]', '', place)}q{payload.number}z"


_COMMENT = _no("*/", '"""', "'''")
_QUOTED = _no('"', "\\")
_TICKED = _no("`", "\\")

CODE: tuple[Place, ...] = (
    Place("python docstring", "code/docstring.py", 'def f_WORD():\n    """§"""\n\n\n', '"""Docs."""\n', quote=_COMMENT),
    Place("python class docstring", "code/classes.py", 'class C_WORD:\n    """§"""\n\n\n', quote=_lines),
    Place("python comment", "code/comment.py", "# §\ndef f_WORD(): ...\n\n\n"),
    Place("python note", "code/note.py", "# TODO: §\n\nx = 1\n"),
    Place("python name", "code/name.py", "import WORD.§\nfrom § import a\n"),
    Place("python default", "code/default.py", 'def f_WORD(a: "§" = "§") -> "§": ...\n\n\n', quote=_QUOTED),
    Place("python decorator", "code/decorator.py", '@route("§")\ndef f_WORD(): ...\n\n\n', quote=_QUOTED),
    Place("python variable", "code/variable.py", 'V_WORD = "§"\n"""§"""\n', quote=_QUOTED),
    Place("python entry", "code/entry.py", 'parser.add_argument("--§", help="§")\n', "import argparse\n", quote=_QUOTED, only_listed=True),
    Place("python environment", "code/environment.py", 'os.environ["§"]\n', "import os\n", quote=_QUOTED, only_listed=True),
    Place("python examples", "code/examples.py", 'def f_WORD():\n    """Docs.\n\n    >>> f_WORD("§")\n    §\n    """\n\n\n', quote=_COMMENT),
    Place("python danger", "code/danger.py", 'subprocess.call("§" + x, shell=True)\n', "import subprocess\n", quote=_QUOTED, only_listed=True),
    Place("javascript jsdoc", "code/doc.js", "/** §\n * @param {§} a §\n */\nexport function f_WORD(a) {}\n", quote=_COMMENT),
    Place("javascript member", "code/member.js", '  "§"() {}\n', "class A {\n", "}\n", quote=_QUOTED),
    Place("javascript import", "code/import.js", 'import a_WORD from "./§";\nimport "§";\n', quote=_QUOTED),
    Place("javascript test", "tests/names.test.js", 'describe("§", () => { it("§", () => {}); });\n', quote=_QUOTED, only_listed=True),
    Place("typescript type", "code/type.ts", 'export type T_WORD = "§" | { "§": 1 };\n', quote=_QUOTED),
    Place("c comment", "code/comment.c", "/** \\brief § */\nint f_WORD(int a); /**< § */\n", quote=_COMMENT),
    Place("c include", "code/include.h", '#include "§"\n#include <§>\n'),
    Place("c macro", "code/macro.h", "#define M_WORD(a) §\n"),
    Place("cpp operator", "code/operator.cpp", 'int operator""_WORD(char a); // §\n/// §\nnamespace n_WORD { template <class T = X<">§"> > class C; }\n'),
    Place("csharp doc", "code/Doc.cs", "/// <summary>§</summary>\npublic class C_WORD { }\n", quote=_xml),
    Place("csharp doc raw", "code/Raw.cs", "/// <summary>§</summary>\npublic class C_WORD { }\n"),
    Place("java doc", "code/Doc.java", "/** § {@link §} */\nclass C_WORD { }\n", quote=_COMMENT),
    Place("kotlin name", "code/Name.kt", "fun `§`() {}\n", quote=_TICKED),
    Place("scala name", "code/Name.scala", "def `§` = 1\n", "object A {\n", "}\n", quote=_TICKED),
    Place("swift name", "code/Name.swift", "/// §\nfunc `§`() {}\n", quote=_TICKED),
    Place("go doc", "code/doc.go", "// f_WORD §\nfunc f_WORD() {}\n", "// Package a does.\npackage a\n"),
    Place("go import", "code/import.go", 'import "§"\n', "package a\n", quote=_QUOTED),
    Place("rust doc", "code/doc.rs", "/// §\n///\n/// ```\n/// §\n/// ```\npub fn f_WORD() {}\n"),
    Place("ruby name", "code/name.rb", '# §\ndefine_method(:"§") { }\nrequire "§"\ndef WORD; end\n', quote=_QUOTED),
    Place("php doc", "code/doc.php", "/** § */\nfunction f_WORD() {}\n", "<?php\n", quote=_COMMENT),
    Place("perl pod", "code/doc.pl", "=head2 §\n\n§\n\n=cut\n\nsub f_WORD { }\n"),
    Place("lua doc", "code/doc.lua", '--- §\nfunction f_WORD() end\nrequire("§")\n', quote=_QUOTED),
    Place("r name", "code/name.R", "#' §\n`§` <- function(x) x\n", quote=_TICKED),
    Place("julia name", "code/name.jl", '"""§"""\nfunction f_WORD() end\n', quote=_COMMENT),
    Place("haskell operator", "code/Name.hs", "-- | §\nf_WORD :: Int\n(<>!>) = 1\n"),
    Place("fortran comment", "code/comment.f90", "!> §\nsubroutine WORD\nend subroutine\n"),
    Place("zig name", "code/name.zig", '/// §\npub fn @"§"() void {}\n', quote=_QUOTED),
    Place("groovy test", "tests/NameSpec.groovy", '  def "§"() { }\n', "class NameSpec {\n", "}\n", quote=_QUOTED),
    Place("shell function", "code/run.sh", "# §\nf_WORD() { echo '§'; }\nalias a_WORD='§'\n", "#!/bin/sh\n", quote=_no("'")),
    Place("sql name", "code/schema.sql", 'CREATE TABLE "§" ("§" int); -- §\nCOMMENT ON TABLE t IS \'§\';\n', quote=_QUOTED),
    Place("graphql description", "code/schema.graphql", '"§"\ntype T_WORD { a(b: String = "§"): Int }\n', quote=_QUOTED),
    Place("proto comment", "code/a.proto", "// §\nmessage M_WORD { }\n", 'syntax = "proto3";\n'),
    Place("thrift comment", "code/a.thrift", "/** § */\nstruct S_WORD { }\n", quote=_COMMENT),
    Place("cython docstring", "code/a.pyx", 'cdef class C_WORD:\n    """§"""\n\n', quote=_COMMENT),
)  # fmt: skip
"""Languages."""

DATA: tuple[Place, ...] = (
    Place("json key", "data/keys.json", '"§": {"§": "§"}', "{", "}", ",\n", _json),
    Place("json title", "data/a.schema.json", '"§": {"title": "§", "description": "§"}', '{"title": "x", "properties": {', "}}", ",\n", _json),
    Place("yaml key", "data/keys.yaml", '"§":\n  "§": "§"\n', quote=_json),
    Place("yaml anchor", "data/comment.yaml", "# §\n&§ k_WORD: §\n"),
    Place("toml key", "data/keys.toml", '["§"]\n"§" = "§"\n', quote=_toml),
    Place("ini section", "data/keys.ini", "[§]\n§ = §\n; §\n"),
    Place("properties key", "data/keys.properties", "# §\n§=§\n"),
    Place("environment name", ".env.example", "WORD=§\nexport §=1\n"),
    Place("csv column", "data/columns.csv", '"§"', "", "\n1,2\n", ",", lambda text: _line(text).replace('"', '""'), only_listed=True),
    Place("xml tag", "data/tags.xml", '<item id="§" name="§">§</item>\n', "<items>\n", "</items>\n", quote=_xml),
    Place("xml raw", "data/raw.xml", '<item id="WORD">§</item>\n', "<items>\n", "</items>\n"),
    Place("svg", "data/picture.svg", '<text id="§">§</text><title>§</title>\n', '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>", quote=_xml),
    Place("svg raw", "data/raw.svg", '<text id="WORD">§</text>\n', '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>"),
    Place("html heading", "data/page.html", '<h2 id="§">§</h2><a href="§">§</a><img alt="§">\n', "<title>x</title>", quote=_xml),
    Place("html raw", "data/raw.html", "<h2 id=WORD>§</h2>\n", "<title>x</title>"),
    Place("css selector", "data/style.css", '.WORD[a="§"] { } /* § */\n@import "§";\n', quote=_QUOTED),
    Place("vue component", "data/a.vue", '<template><a-WORD id="§">§</a-WORD></template>\n', "<script>export default { name: 'x' }</script>"),
    Place("jinja block", "data/a.html.j2", "{% block WORD %}§{% endblock %}{% include '§' %}{# § #}\n"),
    Place("notebook", "data/a.ipynb", '{"cell_type": "markdown", "metadata": {}, "source": ["# §\\n", "§"]}', '{"cells": [', '], "metadata": {"kernelspec": {"language": "python", "name": "x"}}, "nbformat": 4, "nbformat_minor": 5}', ",\n", _json),
    Place("notebook output", "data/b.ipynb", '{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["# §\\n", "def WORD(): pass"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": ["§"], "image/svg+xml": "§"}}]}', '{"cells": [', '], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', ",\n", _json),
    Place("bibtex", "data/a.bib", "@article{WORD, title = {§}, author = {§}}\n"),
    Place("latex heading", "data/a.tex", "\\section{§}\\label{§}\n"),
    Place("latex heading plain", "data/b.tex", "\\section{§}\n", quote=_no("\\", "{", "}")),
    Place("openapi", "data/openapi.yaml", '  "/§":\n    get:\n      operationId: "§"\n      summary: "§"\n', 'openapi: "3.0.0"\ninfo: {title: x, version: "1"}\npaths:\n', quote=_json),
    Place("kubernetes", "data/k8s.yaml", '---\napiVersion: v1\nkind: "§"\nmetadata:\n  name: "§"\n', quote=_json),
    Place("ansible task", "playbooks/site.yml", '    - name: "§"\n      shell: "§"\n', "- hosts: all\n  tasks:\n", quote=_json),
    Place("terraform", "data/main.tf", 'resource "§" "§" {\n  description = "§"\n}\n', quote=_QUOTED),
    Place("translations", "data/a.po", '#: §\nmsgid "§"\nmsgstr "§"\n', quote=_json, only_listed=True),
    Place("text", "data/notes.txt", "§\n", quote=_lines),
)  # fmt: skip
"""Formats of data."""

PROSE: tuple[Place, ...] = (
    Place("markdown readme", "readmes/md/README.md", "\n\n## §\n\n§\n\n- §\n", "# Title\n", quote=_lines),
    Place("markdown inline", "readmes/inline/README.md", "\nText § text.\n", "# Title\n"),
    Place("markdown table", "readmes/table/README.md", "| § | `§` |\n", "# Title\n\n| a | b |\n| - | - |\n"),
    Place("markdown code", "readmes/fence/README.md", "```§\n§\n```\n\n", "# Title\n\n"),
    Place("rst readme", "readmes/rst/README.rst", "\n\n§\n\n* §\n", "Title\n=====\n", quote=_lines),
    Place("rst inline", "readmes/inlinerst/README.rst", "\nText § text.\n", "Title\n=====\n"),
    Place("rst directive", "readmes/directive/README.rst", "\n.. note:: §\n\n   §\n\n.. §::\n\n.. admonition:: §\n\n   x\n", "Title\n=====\n"),
    Place("asciidoc readme", "readmes/adoc/README.adoc", "\n== §\n\n§\n", "= Title\n", quote=_lines),
    Place("org readme", "readmes/org/README.org", "\n* §\n\n§\n", "#+TITLE: x\n", quote=_lines),
    Place("plain readme", "readmes/plain/README", "§\n", quote=_lines),
    Place("markdown heading", "prose/headings.md", '## §\n\n[x]: § "§"\n\n', "# Title\n\nText.\n\n"),
    Place("markdown matter", "prose/matter.md", 'WORD: "§"\n', "---\ntitle: x\n", "---\n\n# Title\n", quote=_json, only_listed=True),
    Place("rst heading", "prose/headings.rst", "WORD §\n" + "~" * 400 + "\n\n.. _§:\n\n", "Title\n=====\n\n"),
    Place("changelog", "CHANGES.md", "## §\n\n- §\n", "# Changes\n\n"),
)  # fmt: skip
"""Documents."""

PROJECT: tuple[Place, ...] = (
    Place("package json", "web/package.json", '"§": "§"', '{"name": "x", "description": "x", "scripts": {', '}, "dependencies": {"a": "1"}}', ",\n", _json),
    Place("package json dependency", "node/package.json", '"§": "§"', '{"name": "<x-pwned>\\"\'", "description": "<x-pwned>", "main": "<x-pwned>.js", "bin": {"<x-pwned>": "a.js"}, "dependencies": {', "}}", ",\n", _json),
    Place("pyproject", "pyproject.toml", '"§" = "a:§"\n', '[project]\nname = "a"\ndescription = "<x-pwned>"\n\n[project.scripts]\n', quote=_toml),
    Place("pyproject dependency", "sub/pyproject.toml", '  "§",\n', '[project]\nname = "<x-pwned>"\ndependencies = [\n', "]\n", quote=_toml),
    Place("requirements", "requirements.txt", "§\nWORD>=1 ; §\n# §\n-r §\n"),
    Place("cargo", "rust/Cargo.toml", '"§" = { version = "§", path = "§" }\n', '[package]\nname = "<x-pwned>"\n\n[dependencies]\n', quote=_toml),
    Place("go module", "go/go.mod", "require § v1\nreplace WORD => §\n", "module example.org/<x-pwned>\n", only_listed=True),
    Place("gemfile", "ruby/Gemfile", 'gem "§", "§"\n', quote=_QUOTED, only_listed=True),
    Place("composer", "php/composer.json", '"§": "§"', '{"name": "<x-pwned>/x", "require": {', "}}", ",\n", _json),
    Place("maven", "java/pom.xml", "<dependency><groupId>§</groupId><artifactId>§</artifactId></dependency>\n", "<project><artifactId>x</artifactId><name>x</name><dependencies>\n", "</dependencies></project>\n", quote=_xml, only_listed=True),
    Place("dotnet project", "dotnet/a.csproj", '<PackageReference Include="§" Version="§" />\n', '<Project Sdk="x"><ItemGroup>\n', "</ItemGroup></Project>\n", quote=_xml),
    Place("gradle", "java/build.gradle", 'task "§" { description = "§" }\nimplementation "§"\n', quote=_QUOTED, only_listed=True),
    Place("setup.cfg", "setup.cfg", "[options.entry_points:§]\n§ = §\n"),
    Place("tox", "tox.ini", "[testenv:§]\ncommands = §\n    pytest §\n", "[tox]\nenv_list = a\n"),
    Place("make target", "Makefile", "# §\n§: §\n\t§\n\ntest: §\n\tpytest §\n", quote=_line),
    Place("just recipe", "justfile", "# §\nr_WORD a='§':\n  §\n", quote=_no("'")),
    Place("cmake", "c/CMakeLists.txt", '# §\nadd_library("§" "§.c")\nfind_package("§")\nadd_subdirectory("§")\n', quote=_QUOTED),
    Place("meson", "c/meson.build", "executable('§', '§')\n", "project('<x-pwned>', 'c')\n", quote=_no("'", "\\")),
    Place("bazel", "c/BUILD.bazel", '# §\ncc_library(name = "§", deps = ["§"])\nload("§", "§")\n', quote=_QUOTED),
    Place("gn", "c/BUILD.gn", 'executable("§") { deps = [ "§" ] }\n', quote=_QUOTED),
    Place("dockerfile", "Dockerfile", 'FROM § AS WORD\nLABEL a="§"\nRUN §\nENV WORD=§\n', quote=_line),
    Place("compose", "docker-compose.yml", '  "§":\n    image: "§"\n    command: "§"\n', "services:\n", quote=_json),
    Place("workflow", ".github/workflows/ci.yml", '  "§":\n    name: "§"\n    runs-on: "§"\n    steps:\n      - name: "§"\n        uses: "§"\n      - run: "pytest §"\n', 'name: "<x-pwned>"\non: push\njobs:\n', quote=_json),
    Place("gitlab ci", ".gitlab-ci.yml", '"§":\n  stage: "§"\n  script: ["pytest §"]\n', quote=_json),
    Place("travis", ".travis.yml", '  - "pytest §"\n', "language: python\nscript:\n", quote=_json, only_listed=True),
    Place("codeowners", "CODEOWNERS", "/links/lNUMBER @§ <§>\n/§ @WORD\n", quote=_no(" ")),
    Place("git attributes", ".gitattributes", "§ linguist-language=§ linguist-documentation\n", only_listed=True),
    Place("git modules", ".gitmodules", '[submodule "§"]\n\tpath = §\n\turl = §\n', quote=_QUOTED),
    Place("mailmap", ".mailmap", "§ <mNUMBER@example.org>\n"),
    Place("git ignore", ".gitignore", "# §\nno-§\n", only_listed=True),
    Place("lcov", "reports/lcov.info", "SF:§\nFN:1,§\nDA:1,1\nDA:2,0\nend_of_record\n"),
    Place("cobertura", "reports/coverage.xml", '<class name="§" filename="§"><lines><line number="1" hits="1"/></lines></class>\n', '<?xml version="1.0"?><coverage version="7"><sources><source>.</source></sources><packages><package><classes>\n', "</classes></package></packages></coverage>\n", quote=_xml),
    Place("istanbul", "reports/coverage-final.json", '"§": {"path": "§", "statementMap": {}, "s": {}}', "{", "}", ",\n", _json),
    Place("go coverage", "reports/cover.out", "§:1.1,2.2 1 1\n", "mode: set\n", only_listed=True),
    Place("licence", "LICENSE", "§\n", "MIT License\n\nCopyright (c) 2020 <x-pwned>\n\n", quote=_lines, only_listed=True),
    Place("editorconfig", ".editorconfig", "[§]\n§ = §\n", "root = true\n"),
    Place("pre-commit", ".pre-commit-config.yaml", '  - repo: "§"\n    hooks:\n      - id: "§"\n        name: "§"\n', "repos:\n", quote=_json),
    Place("conda", "environment.yml", '  - "§"\n', 'name: "<x-pwned>"\ndependencies:\n', quote=_json),
    Place("cabal", "haskell/a.cabal", "  build-depends: §\n", "name: x\nlibrary\n", only_listed=True),
    Place("jenkins", "Jenkinsfile", '    stage("§") { steps { sh "§" } }\n', "pipeline {\n  stages {\n", "  }\n}\n", quote=_QUOTED, only_listed=True),
)  # fmt: skip
"""What tools, forges and reports read."""

PLACES = (*CODE, *DATA, *PROSE, *PROJECT)
