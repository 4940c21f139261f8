"""Files of one package use each other without an import."""

from __future__ import annotations

from link_repos import link_texts, used


def test_java_package() -> None:
    """Types count, wherever the files of the package lie; what is imported or defined in the file does not."""
    links = link_texts(
        {
            "main/demo/Tool.java": "package demo;\npublic class Tool {}\nclass Shadow {}\n",
            "main/demo/Same.java": "package demo;\nclass Same {}\n",
            "main/other/Same.java": "package other;\npublic class Same {}\n",
            "main/far/Far.java": "package far;\nclass Far {}\n",
            "test/demo/ToolTest.java": """
                // Tools
                package demo;
                import other.Same;
                class ToolTest { Tool tool; Same same; Far far; Shadow shadow; static class Shadow {} }
            """,
        }
    )
    assert used(links, "test/demo/ToolTest.java") == [
        "main/demo/Tool.java:Tool shared 3",
        "main/other/Same.java:Same imported 4",
    ]
    assert [each.source for each in links.edges] == ["test/demo/ToolTest.java"]


def test_go_package_is_a_folder_and_a_name() -> None:
    """Tests of the package itself see it, those beside it do not; names in lower case may be variables."""
    links = link_texts(
        {
            "store/a.go": "package store\n\nfunc Open() {}\nfunc name() {}\ntype File struct{}\n",
            "store/b.go": "package store\n\nfunc use(name string) { Open() }\n",
            "store/a_test.go": "package store\nvar _ = File{}\n",
            "store/out_test.go": "package store_test\nvar _ = File{}\n",
            "other/c.go": "package store\nvar _ = File{}\n",
        }
    )
    assert [(each.source, each.target, each.name, each.line) for each in links.uses] == [
        ("store/a_test.go", "store/a.go", "File", 1),
        ("store/b.go", "store/a.go", "Open", 1),
    ]


def test_csharp_namespace_sees_those_around_it() -> None:
    """The innermost namespace that has a name counts; parts of one type in several files say nothing."""
    links = link_texts(
        {
            "a.cs": "namespace Demo { class Base {} class Both {} }\n",
            "b.cs": "namespace Demo.Inner { class Both {} partial class Part {} }\n",
            "c.cs": "namespace Demo.Inner { partial class Part {} }\n",
            "d.cs": "namespace Demo.Inner;\nclass User { Base b; Both both; Part part; }\n",
        }
    )
    assert used(links, "d.cs") == ["a.cs:Base shared 1", "b.cs:Both shared 1"]


def test_php_namespace_is_exact_and_kotlin_shares_with_java() -> None:
    """Names of outer namespaces of PHP need a use; a package may hold both languages."""
    links = link_texts(
        {
            "a.php": "<?php\nnamespace App;\nclass Outer {}\n",
            "b.php": "<?php\nnamespace App\\Deep;\nclass Near {}\n",
            "c.php": "<?php\nnamespace App\\Deep;\nnew Near(); new Outer();\n",
            "A.java": "package demo;\nclass A {}\n",
            "b.kt": "package demo\nval a = A()\n",
        }
    )
    assert used(links, "c.php") == ["b.php:Near shared 2"]
    assert used(links, "b.kt") == ["A.java:A shared 1"]
