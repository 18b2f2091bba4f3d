"""How an Answer becomes a message."""

from __future__ import annotations

import pytest

from bot.answers.document import Answer, Citation, Line
from bot.knowledge.documents import Source
from bot.ui.render import escape, texts_of


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
    ("by", "shown"), [(None, "it"), (0, "it · (forgotten)"), (7, "it · <@7>")]
)
def test_a_line_names_who_did_it_unless_they_were_forgotten(
    by: int | None, shown: str
) -> None:
    assert texts_of(Answer("A", lead=Line("it", by=by)))[0].endswith(f"\n{shown}")
