"""Everything the extension adds to Sphinx, from top to bottom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sphinx_repodoc
from sphinx_repodoc.sphinx_ext import (
    build,
    collector,
    config,
    context,
    domain,
    epub,
    healing,
    hiding,
    inventory,
    lock,
    mark,
    one_page,
    parser,
    pause,
    project,
    render,
    search,
    shown_paths,
    stamp,
    toctree,
    writers,
    written,
)

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata

STATIC = Path(sphinx_repodoc.__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    config.register_options(app)
    app.add_source_suffix(project.SUFFIX, parser.FILETYPE)
    app.add_source_parser(parser.RepoParser)
    app.add_domain(domain.RepoDomain)
    for node, visitors in render.VISITORS.items():
        app.add_node(node, html=visitors)
    app.add_css_file("repodoc.css")
    app.add_js_file("repodoc.js", loading_method="defer")

    app.add_event("repodoc-pages-written")
    app.connect("config-inited", config.check_options)
    app.connect("config-inited", mark.mark_outputs, priority=998)
    app.connect("config-inited", lock.lock_doctrees, priority=999)  # the environment is loaded next
    app.connect("config-inited", healing.check_environment, priority=999)
    app.connect("config-inited", collector.relax, priority=999)
    app.connect("builder-inited", collector.tighten, priority=-1001)
    app.connect("builder-inited", pause.wait_for_change, priority=-1000)  # before anybody looks at files
    app.connect("builder-inited", build.on_builder_inited, priority=-999)  # before anybody looks at documents
    app.connect("builder-inited", hiding.hide_pages, priority=-999)
    app.connect("builder-inited", render.serve_builder)
    app.connect("doctree-read", toctree.add_toctree_entry, priority=100)  # before it is collected
    app.connect("env-get-outdated", build.on_env_get_outdated)
    app.connect("env-before-read-docs", build.on_env_before_read_docs, priority=999)
    app.connect("env-updated", build.on_env_updated, priority=0)  # before others ask for our pages
    app.connect("env-check-consistency", healing.seal_environment, priority=0)
    app.connect("missing-reference", domain.on_missing_reference, priority=999)  # after intersphinx
    app.connect("warn-missing-reference", domain.on_warn_missing_reference)
    app.connect("doctree-resolved", render.expand_parts)
    app.connect("doctree-resolved", build.on_doctree_resolved)
    app.connect("write-started", add_static_path)
    app.connect("doctree-resolved", add_static_path_to_one_page)
    app.connect("write-started", shown_paths.show_names)
    app.connect("write-started", writers.on_write_started)
    app.connect("write-started", search.load_own_index)
    app.connect("write-started", epub.complete_book)
    app.connect("repodoc-pages-written", pause.tell_written)
    app.connect("html-page-context", context.fill_context, priority=100)
    app.connect("html-page-context", context.fill_context_late, priority=900)
    app.connect("html-collect-pages", search.spare_the_index)
    app.connect("html-collect-pages", inventory.keep_inventory)
    app.connect("build-finished", build.on_build_finished)
    app.connect("build-finished", inventory.note_inventory)
    app.connect("build-finished", written.seal_outputs, priority=998)  # when nobody changes them any more
    app.connect("build-finished", stamp.leave_stamp)
    app.connect("build-finished", lock.unlock_doctrees, priority=999)
    return {
        "version": sphinx_repodoc.__version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_static_path(app: Sphinx, _builder: Builder) -> None:
    """Offer our style sheet and script; those of the user with the same name win.

    Only now, when the configuration is no longer compared or stored: where the
    package is installed is nothing that a page shows.
    """
    if str(STATIC) not in app.config.html_static_path:
        app.config.html_static_path = [str(STATIC), *app.config.html_static_path]


def add_static_path_to_one_page(app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
    """Offer them where Sphinx before 8 does not say that it starts writing."""
    if app.builder.name == one_page.NAME:
        add_static_path(app, app.builder)
