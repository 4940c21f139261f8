"""Our docutils nodes: thin on purpose.

A page's doctree holds its title, its prose (so that Sphinx's search finds it),
cross-references to other domains, and one :class:`repo_part` a section that
says *what* to show. What it shows is looked up and rendered when the page is
written, that is, in the parallel writers.
"""

from __future__ import annotations

from docutils import nodes


class repo_break(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A place where a long name may go on in the next line; no text of its own."""


class repo_part(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """A section of a page of ours.

    Attributes: ``kind`` (a :class:`~sphinx_repodoc.core.names.PageKind` value),
    ``path`` and ``part`` (the id of the :class:`~sphinx_repodoc.pages.data.PagePart`).
    Its children come after the content looked up; a part that has neither is
    left out. The visitor sets ``shown`` to the heading of a part that is not.
    """
