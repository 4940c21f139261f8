"""Other extensions may walk the environment at any event and open what it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from builds.sample import Build, Project

STRICT = ("-W", "-n")

WALKER = """
import os
from pathlib import Path

EVENTS = (
    "builder-inited", "env-get-outdated", "env-before-read-docs", "env-purge-doc", "source-read", "doctree-read",
    "env-updated", "env-get-updated", "env-check-consistency", "write-started", "doctree-resolved",
    "html-collect-pages", "html-page-context", "build-finished",
)
seen = {}


def walk(app, event):
    env = app.env
    for docname in {*env.found_docs, *env.all_docs}:
        for path in (env.doc2path(docname), os.path.join(app.srcdir, env.doc2path(docname, base=False))):
            assert os.path.isfile(path), f"{event}: {docname} has no file {path}"
            with open(path, encoding="utf-8") as stream:
                stream.read()
    seen.setdefault(event, set()).update(env.found_docs)
    return []  # what the events of outdated and of added documents ask for


def check_source(app, doctree):
    place = Path(doctree["source"]).relative_to(app.srcdir)
    docname = app.env.path2doc(doctree["source"])
    assert docname == app.env.docname, (docname, place)
    assert place.with_suffix("").as_posix() == docname


def tell(app, exception):
    Path(app.outdir, "walked").write_text(" ".join(sorted(seen)), "utf-8")
    assert not any(name.startswith("repo/") for name in seen["builder-inited"]), "known before they are discovered"


def setup(app):
    for event in EVENTS:
        if event in app.events.events or event.startswith("html-"):
            for priority in (-998, 1, 500, 1000):
                app.connect(event, lambda app, *args, event=event: walk(app, event), priority=priority)
    app.connect("doctree-read", check_source)
    app.connect("build-finished", tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


def good(build: Build) -> Build:
    assert build.status == 0, build.output + build.warnings
    assert build.warnings == ""
    return build


def extend(project: Project, name: str, text: str, settings: str = "") -> None:
    """Add an extension that lies beside conf.py."""
    project.write(f"docs/{name}.py", text)
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    head = "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\n"
    project.write("docs/conf.py", f"{head}{conf}extensions += [{name!r}]\n{settings}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_document_has_a_file_at_every_event(project: Project, jobs: int) -> None:
    """Absolute or relative to the sources, in a first build, again, and after files came and went."""
    extend(project, "walker", WALKER)
    for step in range(4):
        if step == 2:
            project.write("pkg/core.py", '"""Another purpose."""\n')
            project.write("pkg/new.py", '"""It came."""\n')
        if step == 3:
            (project.root / "pkg/app.py").unlink()
        good(project.build("html", *STRICT, jobs=jobs))
        walked = (project.out / "html/walked").read_text("utf-8").split()
        assert {"builder-inited", "env-updated", "build-finished"} <= {*walked}
        assert step == 1 or {"doctree-read", "doctree-resolved", "html-page-context"} <= {*walked}


def test_builders_take_turns_on_one_doctree_folder(project: Project) -> None:
    """Each finds what the one before has read, and its extensions find a file for each document."""
    extend(project, "walker", WALKER, 'version = copyright = "1"\n')
    for builder in ("html", "epub", "latex", "text", "html"):
        good(project.build(builder, *STRICT))
    assert "repo/pkg/core.py.html" in project.outputs()


def test_autosummary_builds_twice(project: Project) -> None:
    """It looks for its directive in the source of every document that is known when the builder is set up."""
    extend(project, "nothing", "def setup(app):\n    app.setup_extension('sphinx.ext.autosummary')\n")
    good(project.build("html", *STRICT))
    good(project.build("html", *STRICT))
    assert project.build("linkcheck", "-n").status == 0


def test_printed_paths_name_the_page(project: Project) -> None:
    """A dead link is told with the page that has it, and the search index holds no path of this machine."""
    project.write("README.md", "# Sample\n\nSee [a place](http://127.0.0.1:9/).\n")
    project.build("linkcheck")
    report = (project.out / "linkcheck/output.txt").read_text("utf-8")
    assert report.startswith("repo/index.repodoc-page:")
    good(project.build("html", *STRICT))
    index = (project.out / "html/searchindex.js").read_text("utf-8")
    assert '"repo/pkg/core.py.repodoc-page"' in index
    assert "stub" not in index


def test_an_output_that_is_gone_is_written_again(project: Project) -> None:
    """Nothing else is: neither pages that are there, nor by reading anything."""
    good(project.build("html", *STRICT))
    page = project.out / "html/repo/pkg/core.py.html"
    other = project.out / "html/repo/pkg/app.py.html"
    content, time = page.read_bytes(), other.stat().st_mtime_ns
    page.unlink()
    assert good(project.build("html", *STRICT)).read == ()
    assert page.read_bytes() == content
    assert other.stat().st_mtime_ns == time


def test_a_new_template_shows_on_pages_of_the_repository(project: Project) -> None:
    """As on the documents of the user: Sphinx compares the time of each output with that of the templates."""
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    project.write("docs/conf.py", conf + 'templates_path = ["templates"]\n')
    project.write("docs/templates/layout.html", '{% extends "!layout.html" %}\n')
    good(project.build("html", *STRICT))
    project.write(
        "docs/templates/layout.html", '{% extends "!layout.html" %}{% block footer %}new{% endblock %}\n'
    )
    good(project.build("html", *STRICT))
    for docname in ("index", "repo/pkg/core.py"):
        assert "new</body>" in "".join(project.page(docname).split()), docname


QUADRATIC = """
def walk(app, *args):
    listed = (name for names in app.env.toctree_includes.values() for name in names)
    names = {*app.env.found_docs, *app.env.all_docs, *app.env.titles, *listed}
    ours = [name for name in names if name.startswith("repo/")]
    assert not ours, ours[:3]
    assert "guide" in names


def on_page(app, pagename, templatename, context, doctree):
    assert not pagename.startswith("repo/"), pagename
    walk(app)
    context["metatags"] = context.get("metatags", "") + '<meta name="walked" content="yes" />'


def on_resolved(app, doctree, docname):
    assert not docname.startswith("repo/"), docname


def later(app):
    app.connect("html-page-context", on_page)
    app.connect("build-finished", walk)


def setup(app):
    app.connect("builder-inited", later)
    app.connect("env-updated", walk)
    app.connect("doctree-resolved", on_resolved)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_can_be_hidden_from_an_extension(project: Project, jobs: int) -> None:
    """From its walks over all documents and from its events of single pages, also those it connects later."""
    extend(project, "quadratic", QUADRATIC, 'repodoc_hide_from = ["quadratic"]\n')
    for _ in range(2):
        good(project.build("html", *STRICT, jobs=jobs))
        assert 'name="walked"' in project.page("guide")
        assert 'name="walked"' not in project.page("repo/pkg/core.py")
        assert 'href="repo/index.html"' in project.page("index")
        project.write("docs/guide.rst", "Guide\n=====\n\nMore.\n")


OWN_NODE = """
from docutils import nodes


class video(nodes.General, nodes.Element):
    pass


def skip(self, node):
    raise nodes.SkipNode


def setup(app):
    app.add_node(video, html=(skip, None), epub=(skip, None), dirhtml=(skip, None))
"""


def test_a_node_of_another_extension_for_one_builder_takes_none_of_ours(project: Project) -> None:
    """Sphinx takes what is registered for HTML only while nothing is registered for the name of the builder."""
    extend(project, "own_node", OWN_NODE, 'version = copyright = "1"\n')
    for builder in ("epub", "dirhtml"):
        good(project.build(builder, "-W"))
        pages = {path for path in project.outputs(builder) if "core.py" in path and ".kw" not in path}
        assert any(
            "helper()" in re.sub("<[^>]*>", "", (project.out / builder / path).read_text()) for path in pages
        )


FORGETFUL = """
def read(app, doctree):
    app.env.unused = [*getattr(app.env, "unused", []), app.env.docname]


def merge(app, env, docnames, other):
    env.unused = [*getattr(env, "unused", []), *getattr(other, "unused", [])]


def purge(app, env, docname):
    env.unused = []


def tell(app, env):
    assert "guide" in env.unused, env.unused


def setup(app):
    app.connect("doctree-read", read)
    app.connect("env-merge-info", merge)
    app.connect("env-purge-doc", purge)
    app.connect("env-check-consistency", tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


def test_nothing_is_purged_after_documents_were_read(project: Project) -> None:
    """As viewcode does, an extension may then drop what it has collected from them and not used yet."""
    extend(project, "forgetful", FORGETFUL)
    for number in range(8):  # so many that Sphinx reads them in parallel
        project.write(f"docs/more{number}.rst", f":orphan:\n\nMore {number}\n======\n")
    good(project.build("html", *STRICT, jobs=2))
