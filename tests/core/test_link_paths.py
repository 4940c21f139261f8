"""Imports written as paths lead to the file that they can mean, and nowhere when there are several."""

from __future__ import annotations

import pytest
from link_repos import leads, link_files, link_texts, make_file, take

SHELL = ["lib/common.sh", "tools/lib/common.sh", "tools/env.sh", "etc/only.sh", "x/twice.sh", "y/twice.sh"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("./env.sh", "tools/env.sh"),
        ("env.sh", "tools/env.sh"),
        ("lib/common.sh", "tools/lib/common.sh"),
        ("../lib/common.sh", "lib/common.sh"),
        ("$HERE/env.sh", "tools/env.sh"),
        ("${BASH_SOURCE%/*}/lib/common.sh", "tools/lib/common.sh"),
        ('$(dirname "$0")/../lib/common.sh', "lib/common.sh"),
        ('$(cd "$(dirname "$0")/.." && pwd)/etc/only.sh', "etc/only.sh"),
        ("`dirname $0`/env.sh", "tools/env.sh"),
        ("${X:-${Y}}/env.sh", "tools/env.sh"),
        ("only.sh", "etc/only.sh"),
        ("twice.sh", "unknown"),
        ("./missing.sh", "here"),
        ("../../out.sh", "unknown"),
        ("/etc/only.sh", "unknown"),
        ("~/env.sh", "unknown"),
        ("$HERE", "unknown"),
        ("$HERE-env.sh", "unknown"),
        ("$HERE/$NAME.sh", "unknown"),
        ("${HERE/env.sh", "unknown"),
    ],
)
def test_shell(written: str, expected: str) -> None:
    """The folder that a variable says is that of the script, one above it, or any that has the file."""
    script = make_file("tools/run.sh", imports=[take(written, form="source")])
    assert leads(link_files(script, *map(make_file, SHELL)), "tools/run.sh") == [expected]


def test_pages_take_in_scripts_and_style_sheets() -> None:
    """Paths count from the page or from the root of the site; options behind them say nothing."""
    links = link_texts(
        {
            "site/docs/a.html": """
                <link rel="stylesheet" href="style.css?v=1">
                <link rel="stylesheet" href="/css/site.css">
                <script src="../js/app.js#x"></script>
                <script src="https://example.org/js/app.js"></script>
                <script src="//example.org/js/app.js"></script>
                <script src="missing.js"></script>
                <script type="module">import { x } from "../js/app.js";</script>
            """,
            "site/docs/style.css": "",
            "site/public/css/site.css": "",
            "site/js/app.js": "export const x = 1;",
        }
    )
    assert leads(links, "site/docs/a.html") == [
        "site/docs/style.css",
        "site/public/css/site.css",
        "site/js/app.js",
        "unknown",
        "unknown",
        "unknown",
        "site/js/app.js",
    ]


def test_templates_lie_below_folders_that_frameworks_know() -> None:
    """The nearest counts, then the one in a folder called as templates are; a tie leads nowhere."""
    links = link_texts(
        {
            "shop/templates/shop/page.html": """
                {% extends "base.html" %}
                {% include "shop/part.html" %}
                {% include "./part.html" %}
                {% include "forms/field.html" %}
                {% include "twice.html" %}
            """,
            "shop/templates/shop/part.html": "",
            "shop/templates/base.html": "",
            "blog/templates/base.html": "",
            "forms/templates/forms/field.html": "",
            "forms/jinja2/forms/field.html": "",
            "x/twice.html": "",
            "y/twice.html": "",
        }
    )
    assert leads(links, "shop/templates/shop/page.html") == [
        "shop/templates/base.html",
        "shop/templates/shop/part.html",
        "shop/templates/shop/part.html",
        "forms/templates/forms/field.html",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("written", "form", "expected"),
    [
        ("reset.css", "@import", "web/styles/reset.css"),
        ("./parts/button", "@use", "web/styles/parts/_button.scss"),
        ("parts", "@forward", "web/styles/parts/_index.scss"),
        ("colors", "@use", "web/styles/colors.scss"),
        ("sass:math", "@use", "standard"),
        ("~kit/theme.css", "@import", "kit/theme.css"),
        ("kit/theme.css", "@import", "kit/theme.css"),
        ("pkg:kit/theme.css", "@use", "kit/theme.css"),
        ("bootstrap/scss/bootstrap", "@import", "third-party web/package.json:1"),
        ("https://example.org/reset.css", "@import", "unknown"),
        ("./missing", "@use", "here"),
        ("./base.css", "composes", "web/styles/base.css"),
    ],
)
def test_style_sheets(written: str, form: str, expected: str) -> None:
    """Partials have an underscore that is left out, and names may be those of packages."""
    paths = ["reset.css", "parts/_button.scss", "parts/_index.scss", "colors.scss", "base.css"]
    sheet = make_file("web/styles/site.scss", imports=[take(written, form=form)])
    others = [*map(make_file, (f"web/styles/{path}" for path in paths)), make_file("kit/theme.css")]
    manifests = {
        "web/package.json": '{"dependencies": {"bootstrap": "5"}}',
        "kit/package.json": '{"name": "kit"}',
    }
    links = link_files(sheet, *others, manifests=manifests)
    assert leads(links, "web/styles/site.scss") == [expected]


def test_component_holds_several_languages() -> None:
    """The script of a component imports as scripts do, its style as style sheets do."""
    wanted = [
        take("./Part.vue", form="import"),
        take("./store", "x", form="import"),
        take("colors", form="@use"),
    ]
    others = map(make_file, ("src/Part.vue", "src/store.ts", "src/_colors.scss"))
    links = link_files(make_file("src/App.vue", imports=wanted), *others)
    assert leads(links, "src/App.vue") == ["src/Part.vue", "src/store.ts", "src/_colors.scss"]


def test_xml_takes_in_files_and_artifacts() -> None:
    """A project of this repository is a file; any other artifact is required in the line that names it."""
    pom = '<project xmlns="http://maven.apache.org/POM/4.0.0">\n<groupId>org.demo</groupId>\n<artifactId>{}</artifactId>\n{}</project>'
    needed = (
        "<modules>\n<module>core</module>\n<module>gone</module>\n</modules>\n<dependencies>\n"
        "<dependency><groupId>org.demo</groupId><artifactId>core</artifactId></dependency>\n"
        "<dependency><groupId>junit</groupId><artifactId>junit</artifactId></dependency>\n</dependencies>\n"
    )
    links = link_texts(
        {
            "pom.xml": pom.format("all", needed),
            "core/pom.xml": pom.format("core", ""),
            "App/App.csproj": (
                '<Project>\n<Import Project="..\\build\\common.props" />\n<ItemGroup>\n'
                '<ProjectReference Include="..\\Lib\\Lib.csproj" />\n<PackageReference Include="Moq" />\n'
                '</ItemGroup>\n<Import Project="$(Root)/x.props" />\n</Project>'
            ),
            "Lib/Lib.csproj": "<Project></Project>",
            "build/common.props": "<Project></Project>",
            "schema/a.xsd": '<xs:schema xmlns:xs="x"><xs:include schemaLocation="b.xsd"/></xs:schema>',
            "schema/b.xsd": '<xs:schema xmlns:xs="x"><xs:import schemaLocation="http://x/c.xsd"/></xs:schema>',
        }
    )
    assert sorted(leads(links, "pom.xml")) == [
        "core/pom.xml",
        "core/pom.xml",
        "here",
        "third-party pom.xml:10",
    ]
    assert leads(links, "App/App.csproj") == [
        "build/common.props",
        "Lib/Lib.csproj",
        "third-party App/App.csproj:5",
    ]
    assert leads(links, "schema/a.xsd") == ["schema/b.xsd"]
    assert leads(links, "schema/b.xsd") == ["unknown"]


@pytest.mark.parametrize(
    ("form", "written", "expected"),
    [
        ("input", "one", "paper/chapters/one.tex"),
        ("input", "chapters/one.tex", "paper/chapters/one.tex"),
        ("input", "style", "unknown"),
        ("usepackage", "style", "paper/tex/style.sty"),
        ("usepackage", "amsmath", "unknown"),
        ("documentclass", "one", "unknown"),
        ("includegraphics", "figs/boat", "paper/figs/boat.png"),
        ("includegraphics", "boat.png", "paper/figs/boat.png"),
        ("bibliography", "refs", "paper/refs.bib"),
        ("addbibresource", "refs.bib", "paper/refs.bib"),
    ],
)
def test_latex(form: str, written: str, expected: str) -> None:
    """The command says which suffix is left out; paths count from the folder of the main file."""
    chapter = make_file("paper/chapters/two.tex", imports=[take(written, form=form)])
    others = ["paper/chapters/one.tex", "paper/tex/style.sty", "paper/figs/boat.png", "paper/refs.bib"]
    assert leads(link_files(chapter, *map(make_file, others)), "paper/chapters/two.tex") == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("config.mk", "src/config.mk"),
        ("../rules.mk", "rules.mk"),
        ("$(TOP)/rules.mk", "rules.mk"),
        ("${CURDIR}/config.mk", "src/config.mk"),
        ("$(dir $(lastword $(MAKEFILE_LIST)))config.mk", "unknown"),
        ("$(dir $(lastword $(MAKEFILE_LIST)))/config.mk", "src/config.mk"),
        ("$(wildcard *.mk)", "unknown"),
        ("$(OBJECTS:.o=.d)", "unknown"),
        ("/usr/share/a.mk", "unknown"),
    ],
)
def test_make(written: str, expected: str) -> None:
    """A variable before a path is some folder; what is put together otherwise leads nowhere."""
    makefile = make_file("src/Makefile", imports=[take(written, form="include")])
    files = link_files(makefile, make_file("src/config.mk"), make_file("rules.mk"))
    assert leads(files, "src/Makefile") == [expected]


@pytest.mark.parametrize(
    ("path", "form", "written", "expected"),
    [
        ("requirements/dev.txt", "-r", "base.txt", "requirements/base.txt"),
        ("requirements/dev.txt", "-c", "../constraints.txt", "constraints.txt"),
        ("requirements/dev.txt", "-r", "https://example.org/base.txt", "unknown"),
        ("requirements/dev.in", "-r", "base.txt", "requirements/base.txt"),
        ("justfile", "import", "tools/common.just", "tools/common.just"),
        ("justfile", "mod", "tools", "tools/mod.just"),
        ("src/a/BUILD.gn", "import", "//build/config.gni", "build/config.gni"),
        ("src/a/BUILD.gn", "import", "//a/local.gni", "src/a/local.gni"),
        ("src/a/BUILD.gn", "import", "local.gni", "src/a/local.gni"),
        ("src/a/BUILD.gn", "import", "config.gni", "unknown"),
        ("src/a/BUILD.gn", "import", "//$x/config.gni", "unknown"),
        ("db/all.sql", "include", "schema.sql", "db/schema.sql"),
        ("db/all.sql", "include", "schema", "db/schema.sql"),
    ],
)
def test_lists_and_builds(path: str, form: str, written: str, expected: str) -> None:
    """Each counts its paths as its tool does."""
    others = [
        "requirements/base.txt",
        "constraints.txt",
        "tools/common.just",
        "tools/mod.just",
        "build/config.gni",
        "src/a/local.gni",
        "db/schema.sql",
    ]
    source = make_file(path, imports=[take(written, form=form)])
    assert leads(link_files(source, *map(make_file, others)), path) == [expected]


def test_meson() -> None:
    """A folder means the ``meson.build`` in it; what a call requires is its own evidence."""
    calls = [
        ("sub", "subdir"),
        ("zlib", "subproject"),
        ("gone", "subdir"),
        ("glib-2.0", "dependency"),
        ("python", "import"),
    ]
    script = make_file("src/meson.build", imports=[take(name, form=form) for name, form in calls])
    files = ["src/sub/meson.build", "sub/meson.build", "subprojects/zlib.wrap"]
    links = link_files(script, *map(make_file, files))
    assert leads(links, "src/meson.build") == [
        "src/sub/meson.build", "subprojects/zlib.wrap", "unknown", "third-party src/meson.build:1", "standard",
    ]  # fmt: skip
