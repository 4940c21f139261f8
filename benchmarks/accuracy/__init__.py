"""What the parser finds against what an independent authority finds, language by language.

Run it with ``python -m benchmarks.accuracy`` from the root of the repository, or with
``python benchmarks/accuracy``; ``--help`` lists the options.

A language is a module here with the name ``<language>.py`` that has a tuple ``ROWS`` of
:class:`~benchmarks.accuracy.engine.protocol.Row`; nothing else has to be registered. A row says

``language``, ``suffixes``
    which files are compared, and as what they are parsed;
``tool``
    name and version of the authority; it raises ``Unavailable`` where the tool is not installed, and the row is
    skipped with that sentence;
``corpora``
    what is compared, in pinned versions (:mod:`~benchmarks.accuracy.engine.corpora`);
``authority``
    files -> a ``Reading`` of each, with facts or with the reason why there are none. A tool in another language lies in
    ``authorities/`` and is run by :func:`~benchmarks.accuracy.engine.tools.read_lines`;
``facts``
    what the parser found in a file -> facts in the same form;
``known``
    classes of differences that are understood, with the reason. They are named, and counted like all others.

A fact is ``(type, qualified name, kind, line)``. Both sides are compared as multisets, file by file, with nothing
forgiven: what the two sides call differently is made the same by ``facts`` or by the authority, in words that a reader of
the module can check.

What an authority cannot judge, it lists as ``apart`` in its reading; such facts are counted, and neither found nor
missing. A row whose ``read`` asks another tool is a peer (``is_peer``): it stands beside the parser in a table.

``measures`` names the types of facts that a row has; rows with the same measures share a table. Definitions and imports
are the first. Resolved imports (``measures=("link",)``) make a table of their own: such rows read whole repositories and
replace ``read`` too.
"""
