"""The house as docs/design.md describes it: rooms, layers, and what pure rooms know."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PURE = (
    "knowledge",
    "names",
    "entries",
    "search",
    "alignment",
    "answers",
    "pictures",
)
IMPORTED = """
import importlib, pkgutil, sys
for name in ("discord", "aiohttp", "sqlalchemy"):
    sys.modules[name] = None
for name in sys.argv[1:]:
    room = importlib.import_module(f"bot.{name}")
    for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        importlib.import_module(module.name)
"""
ASKED = """
import sys
from bot.cli.main import main
main(["ask", "belarus"])
assert "discord" not in sys.modules
if sys.argv[1:]:
    assert not {"pydantic", "yaml", "rich"} & set(sys.modules)
"""


def rooms_that_exist() -> set[str]:
    """Every folder of modules under bot/, as the design page writes it."""
    folders = {path.parent for path in (ROOT / "bot").rglob("*.py")}
    return {f"{folder.relative_to(ROOT).as_posix()}/" for folder in folders} - {"bot/"}


def layers(text: str) -> list[frozenset[str]]:
    """A contract from left to right, rooms of one layer together."""
    return [
        frozenset(room.strip().removeprefix("bot.") for room in layer.split("|"))
        for layer in text.split(">")
    ]


def test_the_design_page_names_every_room_and_no_other() -> None:
    named = set(re.findall(r"`(bot/[a-z_/]+/)`", PAGE))
    assert named == rooms_that_exist()


def test_the_design_pages_layers_are_the_contracts() -> None:
    line = re.search(r"^    (cli > .+)$", PAGE, re.MULTILINE)
    assert line
    contract = SETTINGS["tool"]["importlinter"]["contracts"][0]["layers"]
    assert contract[0] == "bot.__main__", "the front door stands before the line"
    assert layers(line[1]) == layers(" > ".join(contract[1:]))


def test_every_file_that_the_design_page_names_exists() -> None:
    files = re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|yaml))`", PAGE)
    assert len(files) > 8
    for file in files:
        assert (ROOT / file).is_file() or (ROOT / "bot" / file).is_file(), file


def test_each_room_says_in_one_sentence_what_it_is_for() -> None:
    for room in rooms_that_exist():
        text = (ROOT / room / "__init__.py").read_text(encoding="utf-8").strip()
        said = " ".join(text.strip('"').split())
        assert text.startswith('"""'), room
        assert said.count(". ") == 0, room
        assert said.endswith("."), room


def test_the_root_of_the_house_holds_only_its_front_door() -> None:
    at_root = {path.name for path in (ROOT / "bot").glob("*.py")}
    assert at_root == {"__init__.py", "__main__.py"}


def test_the_formatter_is_never_switched_off() -> None:
    for folder in ("bot", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"# fmt: (skip|off)\b", text), path


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_imports_with_discord_and_the_database_blocked(room: str) -> None:
    subprocess.run([sys.executable, "-c", IMPORTED, room], check=True, cwd=ROOT)


def test_the_terminal_imports_no_discord_and_from_a_compiled_base_no_yaml() -> None:
    for again in ([], ["compiled by then"]):
        subprocess.run(
            [sys.executable, "-c", ASKED, *again],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
