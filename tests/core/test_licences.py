"""Licences are told by their own sentences."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.licences import identify_licence

MIT = """\
Copyright (c) 2024 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software ...

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.
"""
BSD = """\
Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:
"""
NEITHER = """\
3. Neither the name of the copyright holder nor the names of its contributors may be used to
   endorse or promote products derived from this software without specific prior written permission.
"""
GPL = "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MIT, "MIT"),
        (BSD, "BSD-2-Clause"),
        (BSD + NEITHER, "BSD-3-Clause"),
        (GPL, "GPL-3.0"),
        (GPL.replace("GENERAL", "LESSER GENERAL"), "LGPL-3.0"),
        ("Apache License\nVersion 2.0, January 2004\nhttp://www.apache.org/licenses/", ""),
        (MIT + BSD, ""),
        ("MIT License", ""),
        ("Licensed under the MIT license, see elsewhere.", ""),
        ("", ""),
    ],
)
def test_sentences_tell_the_licence(text: str, name: str) -> None:
    """A title alone, a mention, an unfinished text or several licences are no licence."""
    assert identify_licence(text) == name
