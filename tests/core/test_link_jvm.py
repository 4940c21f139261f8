"""Java imports lead to the files that define a name in the package that they declare."""

from __future__ import annotations

import pytest
from link_repos import leads, link_texts, used

HOME = "core/src/main/java/org/demo"
POM = """<project>
  <parent><groupId>org.demo</groupId><artifactId>parent</artifactId></parent>
  <artifactId>core</artifactId>
  <dependencies>
    <dependency><groupId>org.junit</groupId><artifactId>j</artifactId></dependency>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>okhttp</artifactId></dependency>
  </dependencies>
</project>"""
JAVA = {
    "core/pom.xml": POM,
    f"{HOME}/Tool.java": "package org.demo;\npublic class Tool { static void run() {} class Inner {} }\n",
    f"{HOME}/Other.java": "package org.demo;\nclass Other {}\nclass Second {}\n",
    "x/org/demo/Twice.java": "package org.demo;\nclass Twice {}\n",
    "y/org/demo/Twice.java": "package org.demo;\nclass Twice {}\n",
    "odd/place/Else.java": "package org.elsewhere;\ninterface Else {}\n",
    "org/fake/Fake.java": "package org.real;\nclass Fake {}\n",
    "java/util/Mine.java": "package java.util;\nclass Mine {}\n",
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import org.demo.Tool;", f"{HOME}/Tool.java"),
        ("import org.demo.Tool.Inner;", f"{HOME}/Tool.java"),
        ("import org.demo.Tool.*;", f"{HOME}/Tool.java"),
        ("import static org.demo.Tool.run;", f"{HOME}/Tool.java"),
        ("import static org.demo.Tool.*;", f"{HOME}/Tool.java"),
        ("import org.demo.Second;", f"{HOME}/Other.java"),
        ("import org.demo.*;", f"{HOME}/Other.java {HOME}/Tool.java"),
        ("import org.elsewhere.Else;", "odd/place/Else.java"),
        ("import org.fake.Fake;", "unknown"),
        ("import org.demo.Missing;", "unknown"),
        ("import org.demo.Twice;", "unknown"),
        ("import java.util.List;", "standard"),
        ("import java.util.Mine;", "java/util/Mine.java"),
        ("import javax.swing.*;", "standard"),
        ("import javax.inject.Inject;", "unknown"),
        ("import org.junit.jupiter.Test;", "third-party core/pom.xml:5"),
        ("import okhttp3.Call;", "third-party core/pom.xml:6"),
    ],
)
def test_java(statement: str, expected: str) -> None:
    """The declared package counts, not the folder; of two files that are equally near, none is taken."""
    main = f"package org.app;\n{statement}\nclass App {{ Tool tool; Second second; }}\n"
    assert leads(link_texts({**JAVA, "core/App.java": main}), "core/App.java") == [expected]


def test_class_is_imported_by_its_name_and_mentioned_by_its_package() -> None:
    """A class import is a use of the class; that of a package mentions what the file names."""
    one = "package a;\nimport org.demo.Tool;\nclass One {}\n"
    every = "package a;\nimport org.demo.*;\nclass All { Tool tool; }\n"
    links = link_texts({**JAVA, "core/One.java": one, "core/All.java": every})
    assert used(links, "core/One.java") == [f"{HOME}/Tool.java:Tool imported 2"]
    assert used(links, "core/All.java") == [f"{HOME}/Tool.java:Tool mentioned 2"]


def test_star_that_nothing_is_used_of_leads_to_the_whole_package() -> None:
    """There is no telling which of its files is meant."""
    links = link_texts({**JAVA, "core/App.java": "import org.demo.*;\nclass App {}\n"})
    assert leads(links, "core/App.java") == [
        f"{HOME}/Other.java {HOME}/Tool.java x/org/demo/Twice.java y/org/demo/Twice.java"
    ]


def test_kotlin_takes_functions_and_aliases() -> None:
    """A function may have overloads in several files of a module, and a class one file for each platform."""
    links = link_texts(
        {
            "lib/build.gradle.kts": "",
            "lib/src/common/a.kt": "package lib\nfun close(x: Int) {}\nexpect class Box\n",
            "lib/src/jvm/b.kt": "package lib\nfun close(x: String) {}\nactual class Box\n",
            "lib/src/jvm/c.kt": "package lib\nfun open() {}\nclass Other\n",
            "app/Main.kt": """
                package app
                import lib.close
                import lib.open as start
                import lib.Box
                import lib.*
                import kotlin.math.max
                fun main() { close(1); start(); Other() }
            """,
        }
    )
    both = "lib/src/common/a.kt lib/src/jvm/b.kt"
    assert leads(links, "app/Main.kt") == [
        both,
        "lib/src/jvm/c.kt",
        both,
        f"{both} lib/src/jvm/c.kt",
        "standard",
    ]


def test_scala_counts_from_the_packages_around() -> None:
    """Names may be relative to a package or to what another import names; objects of packages hold names."""
    links = link_texts(
        {
            "a.scala": "package org.demo\npackage shapes\nclass Circle\nobject Kinds { val Round = 1 }\n",
            "b.scala": "package org.demo\npackage object tools { def help = 1 }\npackage inner { class Deep }\n",
            "c.scala": """
                package org.demo
                package app
                import shapes.{Circle => Round, Kinds}
                import shapes.Kinds.Round
                import tools.help
                import org.demo.inner._
                import scala.collection.mutable
                import mutable.Buffer
                import _root_.org.demo.shapes.Circle
                import missing.Thing
                class Main { val x: Deep = null }
            """,
        }
    )
    assert leads(links, "c.scala") == [
        "a.scala",
        "a.scala",
        "b.scala",
        "b.scala",
        "standard",
        "standard",
        "a.scala",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("build.gradle", 'dependencies {\n  implementation("com.squareup.okio:okio:3")\n}\n'),
        ("build.gradle.kts", '// none\ntestImplementation("com.squareup.okio:okio")\n'),
        ("gradle/libs.versions.toml", '[libraries]\nokio = { module = "com.squareup.okio:okio" }\n'),
        ("gradle/libs.versions.toml", '[libraries]\nokio = { group = "com.squareup.okio", name = "okio" }\n'),
        ("build.sbt", '// x\nlibraryDependencies += "com.squareup.okio" %% "okio" % "3"\n'),
    ],
)
def test_third_party_of_gradle_and_sbt(path: str, text: str) -> None:
    """Every build tool names its artifacts in its own way."""
    links = link_texts({path: text, "A.java": "import okio.Buffer;\nclass A {}\n"})
    assert leads(links, "A.java") == [f"third-party {path}:2"]
