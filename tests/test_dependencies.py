"""What a plain install has: everything that a module imports as it is loaded."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
DEPENDENCIES = tomllib.loads(PYPROJECT)["project"]["dependencies"]
NAME = re.compile(r"[\w.-]+")
COME_ALONG = {"aiohttp", "yarl", "pydantic-core", "markupsafe"}
"""What discord.py, pydantic and Jinja2 bring, and Ally uses too."""
WITH_AN_EXTRA = {
    "bot/cli/i18n.py": "babel",
    "bot/cli/catalogue_check.py": "babel",
    "bot/cli/colours.py": "rich",
    "bot/pictures/subset.py": "fonttools",
}
"""Modules that nothing loads but what says kindly that an extra is missing, or what is
run by hand to make files of the package.
"""


def normal(name: str) -> str:
    """A distribution's name as it is compared."""
    return name.lower().replace("_", "-")


def imported(path: Path) -> Iterator[str]:
    """The top packages that a module imports as it is loaded, but Python's and ours."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = list[str]()
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            top = name.partition(".")[0]
            if top != "bot" and top not in sys.stdlib_module_names:
                yield top


def test_a_module_imports_only_what_a_plain_install_has() -> None:
    declared = {NAME.match(each) for each in DEPENDENCIES}
    plain = {normal(match.group()) for match in declared if match} | COME_ALONG
    distributions = packages_distributions()
    found = {
        (path.relative_to(ROOT).as_posix(), normal(distributions[top][0]))
        for path in (ROOT / "bot").rglob("*.py")
        for top in imported(path)
    }
    beyond = {(path, name) for path, name in found if name not in plain}
    assert beyond == set(WITH_AN_EXTRA.items())
