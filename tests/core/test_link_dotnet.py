"""C# usings lead to those files of a namespace that define what is mentioned."""

from __future__ import annotations

import pytest
from link_repos import leads, link_texts, used

PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="Serilog.Sinks.File" Version="5" />
    <PackageReference Include="xunit" Version="2" />
  </ItemGroup>
</Project>"""
CSHARP = {
    "App/App.csproj": PROJECT,
    "Lib/Shapes.cs": "namespace Demo.Shapes { public class Circle { public class Point {} } enum Kind { A } }\n",
    "Lib/Lines.cs": "namespace Demo.Shapes;\npublic struct Line {}\n",
    "Lib/Parts/One.cs": "namespace Demo { namespace Parts { partial class Part {} } }\n",
    "Lib/Parts/Two.cs": "namespace Demo.Parts { partial class Part {} }\n",
    "Lib/More.cs": "namespace Demo.More { static class Extra { public static int Twice(this int x) => x; } }\n",
    "Lib/System.cs": "namespace System.Linq { class Mine {} }\n",
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("using Demo.Shapes;", "Lib/Shapes.cs"),
        ("using Demo.Parts;", "Lib/Parts/One.cs Lib/Parts/Two.cs"),
        ("using Demo.More;", "Lib/More.cs"),
        ("using static Demo.Shapes.Circle;", "Lib/Shapes.cs"),
        ("using Round = Demo.Shapes.Circle;", "Lib/Shapes.cs"),
        ("using Point = Demo.Shapes.Circle.Point;", "Lib/Shapes.cs"),
        ("global using Demo.Shapes;", "Lib/Shapes.cs"),
        ("using global::Demo.Shapes;", "Lib/Shapes.cs"),
        ("using System;", "standard"),
        ("using System.Linq;", "standard"),
        ("using Demo;", "here"),
        ("using Serilog;", "unknown"),
        ("using Serilog.Sinks.File.Header;", "third-party App/App.csproj:3"),
        ("using Xunit;", "third-party App/App.csproj:4"),
        ("using Microsoft.Extensions.Logging;", "standard"),
        ("using Demo.Nothing;", "unknown"),
    ],
)
def test_usings(statement: str, expected: str) -> None:
    """Types and methods that are added to others count when they are mentioned; aliases name one type."""
    main = f"{statement}\nclass Program {{ Circle circle; Part part; int x = 1.Twice(); }}\n"
    assert leads(link_texts({**CSHARP, "App/Program.cs": main}), "App/Program.cs") == [expected]


def test_using_inside_a_namespace_counts_from_there() -> None:
    """The innermost namespace that has the name comes first, and the name alone last."""
    main = "namespace Demo.App { using Shapes; using Parts; class P { Line line; Part part; } }\n"
    links = link_texts({**CSHARP, "App/P.cs": main, "Odd.cs": "namespace Shapes { class Line {} }\n"})
    assert leads(links, "App/P.cs") == ["Lib/Lines.cs", "Lib/Parts/One.cs Lib/Parts/Two.cs"]


def test_uses_are_what_is_mentioned() -> None:
    """The line is that of the using."""
    main = "using System;\nusing Demo.Shapes;\nclass P { Circle c; }\n"
    links = link_texts({**CSHARP, "App/P.cs": main})
    assert used(links, "App/P.cs") == ["Lib/Shapes.cs:Circle mentioned 2"]


def test_packages_that_older_projects_list_and_versions_that_many_share() -> None:
    """Both name packages too."""
    for path, element in (
        ("packages.config", '<packages>\n<package id="Moq" version="4" /></packages>'),
        ("Directory.Packages.props", '<Project>\n<PackageVersion Include="Moq" /></Project>'),
    ):
        links = link_texts({path: element, "A.cs": "using Moq.Language;\n"})
        assert leads(links, "A.cs") == [f"third-party {path}:2"]
