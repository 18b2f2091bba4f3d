from __future__ import annotations

import ast
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

import bot
from bot.answers.finding_words import SENTENCES
from bot.answers.texts import Texts

ROOT = Path(bot.__file__).parent
TEMPLATE = ROOT / "locales" / "ally.pot"


@cache
def template() -> bytes:
    """The catalogue template of every message in the code, without dates, so that it
    only changes with a message.
    """
    catalogue = Catalog(project="ally", version="1", charset="utf-8")
    keyed = ((1, "c"), 2)
    keywords: dict[str, Any] = {
        "texts": None,
        "many": (1, 2),
        "finding": None,
        "keyed": keyed,
        "keyed_message": keyed,
    }
    for name, _line, message, comments, context in extract_from_dir(
        ROOT, keywords=keywords
    ):
        catalogue.add(
            message,
            None,
            [(f"bot/{name}", 0)],
            auto_comments=comments,
            context=context,
        )
    found = BytesIO()
    write_po(
        found,
        catalogue,
        sort_output=False,
        omit_header=True,
        include_lineno=False,
        width=100,
    )
    return found.getvalue()


def test_the_template_has_every_message_of_the_code() -> None:
    fresh = template()
    assert fresh.count(b"msgid") > 60
    assert TEMPLATE.read_bytes() == fresh, "run: python -m tests.answers.test_texts"


def test_placeholders_are_named() -> None:
    assert not re.search(rb"msgid .*(\{\}|\{\d|%s)", template())


ROOMS = ("answers", "commands", "pictures", "ui")
"""The rooms that say something to readers."""
SAYING = {"texts", "many", "keyed", "keyed_message", "finding", "translated"}
"""What takes a message of the catalogues."""
APART = {"info", "warning", "error", "exception", "debug", "compile", "getLogger"}
"""What takes a text that no reader sees."""
MAKERS = {"__main__.py", "derive.py", "subset.py"}
"""Tools that make what the pictures are made of."""
PROSE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
NO_MESSAGE = {
    # Filled into the base's phrases, which are messages of the base.
    "bot/answers/base_words.py": {
        "neither side",
        "Facts in English.",
        "Summary translated; facts in English.",
        "Summary translated.",
    },
    "bot/answers/english.py": {"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"},
    # Commands, which Texts.commands names in the language.
    "bot/answers/help.py": {"/ally country:", "/where side:"},
    "bot/answers/welcome.py": {"/ally country:"},
    "bot/answers/entries.py": {"/entry history entry:", "/entry undo entry:"},
    # Text that a moderator may write, in the form in which it is read.
    "bot/commands/entries/draft_form.py": {
        "https://…\nReuters\nTitle of the page\n2024-03-02",
        "Rurit, Kingdom of Ruritania",
    },
    "bot/commands/entries/draft_message.py": {"# packed to fit\n"},
    "bot/commands/entries/task.py": {"\nDiscord\nMessage in this server\n"},
}
"""Texts of more than a word that are no messages, by file."""


@cache
def parsed(path: Path) -> ast.Module:
    """A module of the code."""
    return ast.parse(path.read_text("utf-8"))


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _apart(tree: ast.AST) -> set[ast.AST]:
    """Docstrings, and what messages, errors and logs are made of."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(node.value)
        if isinstance(node, ast.Call):
            name = _called(node)
            if name in SAYING:
                found.update(node.args)
            elif name in APART or name.endswith("Error"):
                found.update(each for arg in node.args for each in ast.walk(arg))
    return found


def prose_in(tree: ast.AST) -> set[str]:
    """Texts of more than a word that no catalogue translates."""
    apart = _apart(tree)
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in apart
        and "<" not in node.value
        and not node.value.startswith("Noto Sans")
        and PROSE.search(node.value)
    }


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_of_the_code_is_outside_a_catalogue(room: str) -> None:
    outside = {
        path.relative_to(ROOT.parent).as_posix(): prose_in(parsed(path))
        for path in (ROOT / room).rglob("*.py")
        if path.name not in MAKERS
    }
    left = {
        name: said - NO_MESSAGE.get(name, set())
        for name, said in outside.items()
        if said - NO_MESSAGE.get(name, set())
    }
    assert left == {}


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ('x = "Who is it?"', {"Who is it?"}),
        ('texts("Who is it?")', set[str]()),
        ('log.info("started in time")', set[str]()),
        ('texts("{a}", a="not said")', {"not said"}),
        ('def f():\n    """What it does."""', set[str]()),
    ],
)
def test_a_sentence_outside_is_found(code: str, prose: set[str]) -> None:
    assert prose_in(ast.parse(code)) == prose


def test_a_message_is_a_constant_of_the_code() -> None:
    # Anything else is not in the template. What names a command, and what the checks
    # found, is listed elsewhere.
    allowed = {"bot/commands/command_texts.py", "bot/answers/finding_words.py"}
    found = [
        f"{path.relative_to(ROOT.parent).as_posix()}:{node.lineno}"
        for path in ROOT.rglob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "texts"
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert [each for each in found if each.rpartition(":")[0] not in allowed] == []


def test_every_sentence_of_the_checks_is_one_of_theirs() -> None:
    # A sentence that a check no longer says would be translated for nobody.
    rooms = ("knowledge", "entries")
    code = "".join(p.read_text() for room in rooms for p in (ROOT / room).rglob("*.py"))
    plain = re.sub(r'"\s+f?"', "", code).replace("`", "")
    of_pydantic = ("string should ", "input should ")
    for message in SENTENCES:
        longest = max(re.split(r"[“”]?\{\w+\}[“”]?", message), key=len).strip()
        assert message.startswith(of_pydantic) or longest in plain, message


def test_an_unknown_locale_is_english() -> None:
    for unknown in ("xx-YY", "xx", "nonsense", "", "_"):
        assert Texts(unknown).locale == "en"
    assert Texts("en")("Which day?") == "Which day?"


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
