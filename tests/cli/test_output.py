"""Nothing that is shown can drive the terminal."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from rich.console import Console

from bot.answers.document import Answer, Citation, Line, Section
from bot.answers.screen import width_of
from bot.cli.colours import Coloured
from bot.cli.output import one_line, printable, quoted
from bot.cli.terminal import Plain, Printer, show
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base
from tests.cli.running import ran

ATTACKS = (
    "\x1b]0;owned\x07",  # OSC: the window's title
    "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",  # OSC: a link
    "\x1b]52;c;b3duZWQ=\x07",  # OSC: the clipboard
    "\x9d0;owned\x9c",  # the same in one character
    "\x1b[2J\x1b[H",  # CSI: clears the screen
    "\x9b2J",
    "\x1bP+q544e\x1b\\",  # DCS: asks the terminal to answer
    "\x08\x08\x08",
    "\x7f",
    "\u202egnp",  # turns the direction
    "\u2066x",
    "\u200b",
    "\udcff",
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;(?:id=\d+;https://[a-z0-9]+\.org/[!-~]*|;)\x1b\\")
"""What rich itself writes for colours, and for the address of a source."""


def driving(text: str) -> set[str]:
    """Characters that a terminal would obey."""
    kept = {"\n", "\u200d"}
    return {c for c in set(text) - kept if unicodedata.category(c)[0] == "C"}


def test_every_character_is_kept_or_dropped_by_its_category() -> None:
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        assert (printable(char) == "") == bool(driving(char)), hex(point)


@pytest.mark.parametrize("break_", "\n \r \t \v \f \x1c \x85 \u2028 \u2029".split(" "))
def test_one_line_is_one_line(break_: str) -> None:
    assert one_line(f"a{break_}b\x1b[2J") == "a b[2J"


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_typed_is_said_again_with_its_controls_written_out(
    attack: str,
) -> None:
    said = quoted(attack)
    assert not driving(said)
    assert not said.isspace()
    assert len(quoted(attack * 1000)) < 1000


def sourced(**parts: str) -> Answer:
    """A page with one source, which no reader of a base has looked at."""
    plain = {"publisher": "Gazette", "title": "Peace", "url": "https://example.org/a"}
    source = SimpleNamespace(**{**plain, **parts}, published=None, weak=False)
    return Answer("Laputa", citations=(Citation(1, cast("Source", source)),))


def lined(**parts: str) -> Answer:
    line = Line(parts.get("text", "x"), label=parts.get("label", ""), bar=2)
    return Answer(
        "Laputa",
        sections=(Section("", (replace(line, side=parts.get("side", "")),)),),
    )


PLACES: dict[str, Callable[[str], Answer]] = {
    "title": Answer,
    "level": lambda text: Answer("Laputa", level=text),
    "lead": lambda text: Answer("Laputa", lead=Line(text)),
    "heading": lambda text: Answer("x", sections=(Section(text, (Line("x"),)),)),
    "label": lambda text: lined(label=text),
    "side": lambda text: lined(side=text),
    "text": lambda text: lined(text=text),
    "note": lambda text: Answer("Laputa", notes=(text,)),
    "publisher": lambda text: sourced(publisher=text),
    "source's title": lambda text: sourced(title=text),
    "host": lambda text: sourced(url=f"https://exa{text}mple.org/a"),
    "address": lambda text: sourced(url=f"https://example.org/{text}"),
    "address alone": lambda text: sourced(url=text),
}
"""Every place of an Answer in which somebody else's text may stand."""


def printer(out: io.StringIO, terminal: bool) -> Printer:
    """Prints for a person at a terminal, or for a program."""
    if not terminal:
        return Plain(out)
    return Coloured(Console(file=out, force_terminal=True, width=100, markup=False))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("terminal", [True, False])
def test_no_text_in_any_place_of_an_answer_drives_the_terminal(
    base: Base, place: str, attack: str, *, terminal: bool
) -> None:
    out = io.StringIO()
    show(PLACES[place](f"be{attack}fore"), printer(out, terminal), base.conflict)
    written = LINK.sub("", STYLE.sub("", out.getvalue()))
    assert not driving(written)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_argument_comes_back_as_a_command_to_the_terminal(
    tiny: Path, attack: str
) -> None:
    for words in (
        [attack],
        ["ask", attack],
        ["ask", "laputa", f"--{attack}"],
        ["ask", "laputa", attack, "--on", attack],
        ["where", attack],
        ["find", attack],
        ["find", attack, "--json"],
        ["check", attack],
        ["check", attack, "--json"],
        ["check", "--format", attack],
        ["map", "--page", attack],
        ["map", "--svg", f"{tiny}/missing/{attack}"],
    ):
        done = ran("--data", str(tiny), *words)
        assert not driving(done.out + done.err), words


def test_json_says_the_very_characters_that_a_terminal_may_not_see(tiny: Path) -> None:
    for attack in ATTACKS:
        done = ran("--data", str(tiny), "find", attack, "--json")
        assert json.loads(done.out)["query"] == attack


@pytest.mark.parametrize(
    ("terminal", "shown"),
    [
        (True, ";https://www.example.org/a?b=c;d\x1b\\example.org"),
        (False, "[1] Gazette: Peace https://www.example.org/a?b=c;d\n"),
    ],
)
def test_a_source_is_a_link_for_people_and_an_address_for_programs(
    base: Base, shown: str, *, terminal: bool
) -> None:
    out = io.StringIO()
    page = sourced(url="https://www.example.org/a?b=c;d")
    show(page, printer(out, terminal), base.conflict)
    assert shown in out.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_what_stands_beside_labels_begins_in_one_column_whatever_their_script(
    base: Base, *, terminal: bool
) -> None:
    rows = (
        Line("said", label="軍事", bar=3, side="ロシア"),
        Line("said", label="Votes"),
        Line("said", label="وحدة", bar=0),
    )
    out = io.StringIO()
    page = Answer("Title", sections=(Section("", rows),))
    show(page, printer(out, terminal), base.conflict)
    lines = STYLE.sub("", out.getvalue()).split("\n")[2:5]
    begun = {width_of(re.split("▰|▱|said", line)[0]) for line in lines}
    assert begun == {len("Votes") + 2}


def test_a_question_tells_how_its_answer_is_shown_and_that_command_shows_it() -> None:
    asked = ran("quiz", "--topic", "central asia", "--seed", "7")
    command = asked.out.rstrip().split("\n")[-1]
    assert command == "ally quiz --topic 'central asia' --seed 7 --answers"
    answered = ran(*shlex.split(command)[1:])
    assert answered.status == 0
    assert asked.out.removesuffix(f"{command}\n") in answered.out
    assert "--answers" not in answered.out
