"""PHP names lead to the files that define them, and includes to the files that they can mean."""

from __future__ import annotations

import pytest
from link_repos import leads, link_texts, used

COMPOSER = r"""{
  "name": "demo/app",
  "require": {"php": ">=8", "ext-json": "*",
    "symfony/http-foundation": "^7",
    "nesbot/carbon": "^3"},
  "require-dev": {"phpunit/phpunit": "^11"},
  "autoload": {
    "psr-4": {"App\\Broken\\": "odd/", "Lib\\": ["lib/", "more/"]},
    "psr-0": {"Old_": "legacy"}, "files": ["helpers.php"]
  }
}"""
PHP = {
    "composer.json": COMPOSER,
    "src/Models/User.php": "<?php\nnamespace App\\Models;\nclass User {}\nfunction make() {}\nconst LIMIT = 1;\n",
    "src/Models/Team.php": "<?php\nnamespace App\\Models;\ninterface Team {}\n",
    "odd/Deep/File.php": "",
    "legacy/Old_/Thing.php": "",
    "helpers.php": "<?php\nfunction helper() {}\nclass Closure2 {}\n",
    "x/Twice.php": "<?php\nnamespace Same;\nclass Twice {}\n",
    "y/Twice.php": "<?php\nnamespace Same;\nclass Twice {}\n",
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (r"use App\Models\User;", "src/Models/User.php"),
        (r"use App\Models\User as Person;", "src/Models/User.php"),
        (r"use function App\Models\make;", "src/Models/User.php"),
        (r"use const App\Models\LIMIT;", "src/Models/User.php"),
        (r"use App\Models;", "src/Models/Team.php"),
        (r"use App\Broken\Deep\File;", "odd/Deep/File.php"),
        (r"use Same\Twice;", "unknown"),
        (r"use App\Models\Missing;", "unknown"),
        ("use Closure2;", "helpers.php"),
        ("use function helper;", "helpers.php"),
        ("use function array_map;", "standard"),
        ("use Closure;", "standard"),
        ("use ReflectionClass;", "standard"),
        (r"use Random\Randomizer;", "standard"),
        ("use Missing;", "unknown"),
        (r"use Symfony\Component\HttpFoundation\Request;", "third-party composer.json:4"),
        (r"use Symfony\Contracts\Cache;", "third-party composer.json:4"),
        (r"use Carbon\Carbon;", "third-party composer.json:5"),
        (r"use PHPUnit\Framework\TestCase;", "third-party composer.json:6"),
    ],
)
def test_use(statement: str, expected: str) -> None:
    """What a file defines counts, then where Composer would look; namespaces stand for what is mentioned."""
    main = f"<?php\nnamespace Main;\n{statement}\nfunction f(Models\\Team $team) {{}}\n"
    assert leads(link_texts({**PHP, "src/Main.php": main}), "src/Main.php") == [expected]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'config.php'", "web/config.php"),
        ("'lib/a.php'", "lib/a.php"),
        ("__DIR__ . '/config.php'", "web/config.php"),
        ("__DIR__.'/../lib/a.php'", "lib/a.php"),
        ("dirname(__FILE__) . '/config.php'", "web/config.php"),
        ("dirname(__DIR__) . '/lib/a.php'", "lib/a.php"),
        ('dirname(__FILE__, 2) . "/lib/a.php"', "lib/a.php"),
        ("dirname(__DIR__, 3) . '/lib/a.php'", "unknown"),
        ("ROOT . '/lib/a.php'", "lib/a.php"),
        ("__DIR__ . '/missing.php'", "here"),
        ("__DIR__ . '/' . $name", "unknown"),
        ("__DIR__ . 'config.php'", "unknown"),
    ],
)
def test_include(expression: str, expected: str) -> None:
    """Paths count from the file where they say so, else from there or any folder above."""
    texts = {"web/page.php": f"<?php\nrequire {expression};\n", "web/config.php": "", "lib/a.php": ""}
    assert leads(link_texts(texts), "web/page.php") == [expected]


def test_imported_name_is_a_use() -> None:
    """The alias is no other name."""
    main = "<?php\nuse App\\Models\\User as Person;\nnew Person();\n"
    assert used(link_texts({**PHP, "a.php": main}), "a.php") == ["src/Models/User.php:User imported 2"]
