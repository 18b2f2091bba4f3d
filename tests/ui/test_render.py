"""How an Answer becomes a message."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers.document import Answer, Citation, Line
from bot.answers.sentences import done_by
from bot.answers.texts import Texts
from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.ui.render import at_site, colour_of, escape, prepare, texts_of


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("wiki/Belarus_(country)", "wiki/Belarus_%28country%29"),
        ("a)(b", "a%29%28b"),
        ("plain", "plain"),
    ],
)
def test_nothing_in_an_address_ends_its_link_early(path: str, shown: str) -> None:
    source = Source("Gazette", "Title", f"https://example.org/{path}")
    text = texts_of(Answer("A", citations=(Citation(1, source),)))[-1]
    assert f"[Title](https://example.org/{shown})" in text


@pytest.mark.parametrize(
    "invite", ["discord.gg/abc", "DISCORD.GG/abc", "discord.com/invite/abc"]
)
def test_an_invite_in_a_text_takes_no_effect(invite: str) -> None:
    assert invite.casefold() not in escape(f"Join {invite} now").casefold()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2.95%", "2\\.95%"),
        ("2. May", "2\\. May"),
        ("12.", "12\\."),
        ("# a", "\\# a"),
        ("- a", "\\- a"),
    ],
)
def test_no_list_or_heading_comes_of_how_a_text_begins(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(("by", "shown"), [(None, "it"), (7, "it · <@7>")])
def test_a_line_names_who_did_it(by: int | None, shown: str) -> None:
    assert texts_of(Answer("A", lead=Line("it", by=by)))[0].endswith(f"\n{shown}")


@pytest.mark.parametrize(
    ("user", "text", "shown"),
    [(7, "it", "it · <@7>"), (0, "it", "it · (forgotten)"), (0, "", "(forgotten)")],
)
def test_who_asked_to_be_forgotten_is_told_of_as_such(
    names: NameIndex, user: int, text: str, shown: str
) -> None:
    line = done_by(user, Texts("en", names.display), text)
    assert texts_of(Answer("A", lead=line))[0].endswith(f"\n{shown}")


def test_every_level_of_a_base_has_a_colour_of_its_own(base: Base) -> None:
    conflict = base.conflict
    levels = [*(level.id for level in conflict.levels), PARTY, UNKNOWN]
    colours = [colour_of(level, conflict) for level in levels]
    assert None not in colours
    assert len(set(colours)) == len(levels)
    assert colour_of("", conflict) is None


def test_a_levels_colour_hangs_on_its_tone_and_on_no_name(base: Base) -> None:
    last = base.conflict.levels[-1]
    level = SimpleNamespace(id="big-end", tone=last.tone)
    invented = cast("Conflict", SimpleNamespace(levels=(level,)))
    (frame,) = prepare(Answer("A", level="big-end"), invented).to_components()
    assert frame["accent_color"] == colour_of(last.id, base.conflict)
    (frame,) = prepare(Answer("A", level="big-end")).to_components()
    assert frame.get("accent_color") is None


@pytest.mark.parametrize(
    ("site", "head"),
    [
        (
            "https://ally.example/stands",
            "[A · B](https://ally.example/stands/en/a.html)",
        ),
        ("", "A · B"),
        ("http://ally.example", "A · B"),
    ],
)
def test_a_title_leads_to_its_page_on_a_site_that_is_reached_by_https(
    site: str, head: str
) -> None:
    shown = texts_of(at_site(Answer("A · B", web="en/a.html"), site))
    assert shown == [f"### {head}"]


def test_a_title_without_a_page_leads_nowhere() -> None:
    assert texts_of(at_site(Answer("A"), "https://ally.example")) == ["### A"]
