"""Groovy imports what Java imports, and build scripts apply others."""

from __future__ import annotations

from link_repos import leads, link_texts


def test_groovy() -> None:
    """Types are found by their package in files of Java and Groovy; scripts beside the one that applies them, or above."""
    links = link_texts(
        {
            "src/org/boats/Hull.groovy": "package org.boats\nclass Hull { }\n",
            "src/org/boats/Mast.java": "package org.boats;\nclass Mast { }\n",
            "src/org/sea/Sail.groovy": "package org.sea\nimport org.boats.Hull\nimport org.boats.Mast\n"
            "import java.util.List\nimport org.no.No\nclass Sail { }\n",
            "gradle/common.gradle": "apply plugin: 'java'\n",
            "app/build.gradle": "apply from: 'gradle/common.gradle'\napply from: 'no.gradle'\n",
        }
    )
    assert leads(links, "src/org/sea/Sail.groovy") == [
        "src/org/boats/Hull.groovy",
        "src/org/boats/Mast.java",
        "standard",
        "unknown",
    ]
    assert leads(links, "app/build.gradle") == ["gradle/common.gradle", "unknown"]
