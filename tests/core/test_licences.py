"""Licences are told by their own sentences."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.licences import identify_header, identify_licence

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


APACHE = """\
Copyright 2024 Somebody

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
"""
GNU = """\
This program is free software; you can redistribute it and/or modify
it under the terms of the GNU {name} Public License as published by
the Free Software Foundation; either version {version} of the License, or
(at your option) any later version.

You should have received a copy of the GNU {name} Public License
along with this program.
"""
ONLY = """\
This code is free software; you can redistribute it and/or modify it
under the terms of the GNU General Public License version 2 only, as
published by the Free Software Foundation.
"""
CLASSPATH = 'Oracle designates this particular file as subject to the "Classpath" exception as provided.\n'
MPL = """\
This Source Code Form is subject to the terms of the Mozilla Public
License, v. 2.0. If a copy of the MPL was not distributed with this file ...
"""
CHOICE = """\
Licensed under the Apache License, Version 2.0 <LICENSE-APACHE or
http://www.apache.org/licenses/LICENSE-2.0> or the MIT license
<LICENSE-MIT or http://opensource.org/licenses/MIT>, at your
option. This file may not be copied, modified, or distributed
except according to those terms.
"""


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        (APACHE, "Apache-2.0", 12),
        (GNU.format(name="General", version=2), "GPL-2.0-or-later", 11),
        (GNU.format(name="Lesser General", version="2.1"), "LGPL-2.1-or-later", 11),
        (GNU.format(name="Affero General", version=3), "AGPL-3.0-or-later", 11),
        (ONLY, "GPL-2.0-only", 11),
        (ONLY + CLASSPATH, "GPL-2.0-only WITH Classpath-exception-2.0", 11),
        (ONLY.replace(" only", ""), "GPL-2.0-only", 11),
        (MPL, "MPL-2.0", 10),
        (CHOICE, "Apache-2.0 OR MIT", 10),
        (MIT, "MIT", 12),
        (BSD + NEITHER, "BSD-3-Clause", 10),
        ("Released under the MIT license.", "MIT", 10),
        (APACHE + MPL, "", 0),
        (
            "Use of this source code is governed by a BSD-style\nlicense that can be found in the LICENSE file.",
            "",
            0,
        ),
        ("It reads files that are licensed under the Apache terms.", "", 0),
        ("GNU General Public License", "", 0),
        ("", "", 0),
    ],
)
def test_headers(text: str, name: str, line: int) -> None:
    """By the words that the licence asks for, which may be on several lines; of two licences, neither."""
    assert identify_header(enumerate(text.splitlines(), 10)) == (name, line)
