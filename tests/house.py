"""Measure the code of a checkout: ``python -m tests.house [FOLDER …]``.

Prints one row a figure and one column a folder, as Markdown; docs/design.md has the
table for the first and the second edition.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

MOST_BRANCHES = 10
"""McCabe complexity that a function may have; ruff's C901 counts it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One module: its text and its syntax."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def code_lines(self) -> int:
        """Lines that are neither blank nor only a comment."""
        stripped = (line.strip() for line in self.text.splitlines())
        return sum(bool(line) and not line.startswith("#") for line in stripped)


_PRIVATE = re.compile(r"\._connection\b|__session\b")
"""What Ally uses of discord.py that is not public."""


def sources(folder: Path) -> Iterator[Source]:
    """Every module under ``folder/bot``."""
    for path in sorted((folder / "bot").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield Source(path, text, ast.parse(text))


def nested_conditionals(tree: ast.AST) -> int:
    """Conditional expressions that hold another one."""
    nested = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp):
            parts = (node.test, node.body, node.orelse)
            inner = (each for part in parts for each in ast.walk(part))
            nested += any(isinstance(each, ast.IfExp) for each in inner)
    return nested


def words(tree: ast.AST, name: str) -> int:
    """How often a name is used."""
    return sum(isinstance(n, ast.Name) and n.id == name for n in ast.walk(tree))


def too_complex(folder: Path) -> int:
    """Functions above MOST_BRANCHES."""
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"),
            *("--select", "C901", "--output-format", "json"),
            *("--config", f"lint.mccabe.max-complexity={MOST_BRANCHES}"),
            str(folder / "bot"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return len(json.loads(ran.stdout))


def layers_of(settings: dict[str, Any]) -> list[str]:
    """The lines of the import contract."""
    contracts = settings["tool"]["importlinter"]["contracts"]
    layered = next(each for each in contracts if each["type"] == "layers")
    return cast("list[str]", layered["layers"])


def figures(folder: Path) -> dict[str, str]:
    """What docs/design.md's table has, by its words."""
    modules = list(sources(folder))
    settings = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    lint = settings["tool"]["ruff"]["lint"]
    lines = sum(each.code_lines for each in modules)
    nodes = sum(1 for each in modules for _ in ast.walk(each.tree))
    lengths = sorted(len(each.text.splitlines()) for each in modules)
    return {
        "modules": str(len(modules)),
        "modules at the root": str(len(list((folder / "bot").glob("*.py")))),
        "rooms (folders of modules)": str(len({each.path.parent for each in modules})),
        "lines of the import contract": str(len(layers_of(settings))),
        "lines of code": f"{lines:,}",
        "longest module, lines": str(lengths[-1]),
        "syntax nodes a line of code": f"{nodes / lines:.1f}",
        "formatter switched off": str(
            sum(len(re.findall(r"# fmt: (?:skip|off)", each.text)) for each in modules)
        ),
        f"functions of complexity above {MOST_BRANCHES}": str(too_complex(folder)),
        "nested conditional expressions": str(
            sum(nested_conditionals(each.tree) for each in modules)
        ),
        "uses of `Any`": str(sum(words(each.tree, "Any") for each in modules)),
        "locals called `found`": str(
            sum(words(each.tree, "found") for each in modules)
        ),
        "modules with discord.py's private parts": str(
            sum(bool(_PRIVATE.search(each.text)) for each in modules)
        ),
        "lint rules switched off for all of bot/": str(len(lint["ignore"])),
    }


def main() -> None:
    """Print the table."""
    folders = [Path(each) for each in sys.argv[1:]] or [Path()]
    columns = [figures(folder) for folder in folders]
    print("| what |" + "".join(f" {folder} |" for folder in folders))
    print("| --- |" + " --- |" * len(folders))
    for what in columns[0]:
        print(f"| {what} |" + "".join(f" {column[what]} |" for column in columns))


if __name__ == "__main__":
    main()
