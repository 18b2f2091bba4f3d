"""The commands as a reader drives them, in a simulated Discord."""

from __future__ import annotations

import pytest
import simcord

from bot.knowledge.facts import Base
from bot.names.blocs import blocs_begun
from bot.names.index import NameIndex
from bot.service.client import Client
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY
from tests.support.forged import press
from tests.support.replies import choices_of, ids_of, place, text_of, use

pytestmark = pytest.mark.asyncio


async def test_a_public_answer_shows_level_citations_and_buttons(
    env: simcord.Env,
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="belarus")
    assert not result.ephemeral
    text = text_of(result.response)
    assert "Belarus · Ally of Russia" in text
    assert "[[1]](https://" in text
    assert "Sure: high" in text
    assert [i.split(":")[1] for i in ids_of(result.response)[:-1]] == [
        "evidence",
        "sources",
        "timeline",
        "compare",
    ]
    offered = [i.split(":") for i in choices_of(result.response)]
    assert [parts[1] if parts[0] == "ally" else parts[0] for parts in offered] == [
        "votes",
        "earlier",
        "forecast",
        "map",
        "full",
        "method",
        "ask",
        "suggest",
    ]


async def test_full_gives_the_long_answer_with_its_list_of_sources(
    env: simcord.Env,
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="belarus", full=True)
    text = text_of(result.response)
    assert "`[1]`" in text
    assert "Forecast" in text
    assert "Confidence: high" in text


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("evidence", "Rules"),
        ("sources", "Sources"),
        ("votes", "voted no"),
        ("earlier", "Earlier, no longer counted"),
        ("forecast", "came true"),
        ("full", "Confidence"),
        ("method", "How Ally decides"),
    ],
)
async def test_every_page_behind_a_card_leads_back_to_it(
    env: simcord.Env, kind: str, says: str
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="belarus", private=True)
    card = text_of(result.response)
    await use(reader, result.response, f"ally:{kind}:")
    assert says in text_of(result.response)
    if kind == "full":
        return
    await use(reader, result.response, "ally:ask:")
    assert text_of(result.response) == card


async def test_ids_of_older_answers_go_on_working(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    for kind in ("evidence", "votes", "method", "ask", "timeline", "map", "compare"):
        shown = await press(env, reader, channel, f"ally:{kind}:BY:2026-11-23:1")
        assert shown.modal or shown.response or shown.followups


async def test_a_private_answer_is_private_and_can_be_shown_to_everyone(
    env: simcord.Env,
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="🇦🇲", private=True)
    assert result.ephemeral
    assert "Armenia" in text_of(result.response)
    shared = await use(reader, result.response, "ally:share")
    assert not shared.ephemeral
    assert "Armenia" in text_of(shared.response)


async def test_another_reader_of_a_public_answer_gets_a_private_page(
    env: simcord.Env,
) -> None:
    channel, reader, other = place(env)
    result = await reader.slash(channel, "ally", country="KZ")
    evidence = await other.click(result.response, custom_id=ids_of(result.response)[0])
    assert evidence.ephemeral
    assert "Page 1 of" in text_of(evidence.response)


async def test_the_answer_for_a_past_day_names_that_day(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="armenia", on="2 March 2022")
    assert "Mar 2, 2022" in text_of(result.response)


@pytest.mark.parametrize("when", ["tomorrow", "2022-02-30", "2999"])
async def test_a_bad_date_is_refused_kindly_and_privately(
    env: simcord.Env, when: str
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="cuba", on=when)
    assert result.ephemeral
    assert "Which day?" in text_of(result.response)


async def test_a_day_that_can_be_read_in_two_ways_is_asked_back_with_both(
    env: simcord.Env,
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="cuba", on="02/03/2022")
    assert result.ephemeral
    ids = ids_of(result.response)
    assert ids == ["ally:ask:CU:2022-03-02:0", "ally:ask:CU:2022-02-03:0"]
    answer = await reader.click(result.response, custom_id=ids[1])
    assert not answer.ephemeral
    assert "Feb 3, 2022" in text_of(answer.response)


async def test_a_bloc_is_asked_back_for_its_day_too(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="nato", on="02/03/2022")
    assert result.ephemeral
    ids = ids_of(result.response)
    assert ids == ["again:bloc:0:nato|2022-03-02", "again:bloc:0:nato|2022-02-03"]
    answer = await reader.click(result.response, custom_id=ids[0])
    page = await reader.slash(channel, "bloc", name="nato", on="2022-03-02")
    assert text_of(answer.response) == text_of(page.response)
    unknown = await reader.slash(channel, "ally", country="xyzzyx", on="02/03/2022")
    assert not [each for each in ids_of(unknown.response) if "|2022-0" in each]


async def test_an_ambiguous_name_offers_buttons_that_answer(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="korea")
    assert result.ephemeral
    ids = ids_of(result.response)
    assert ids == ["ally:ask:KR:2026-11-26:0", "ally:ask:KP:2026-11-26:0"]
    answer = await reader.click(result.response, custom_id=ids[1])
    assert "North Korea" in text_of(answer.response)


async def test_hostile_text_comes_back_as_text(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(
        channel, "ally", country="@everyone **x** [a](http://evil.example) <@1> `b`"
    )
    text = text_of(result.response)
    assert result.ephemeral
    assert "@everyone" not in text
    assert "](http://" not in text
    assert "<@1>" not in text


async def test_buttons_work_after_a_restart(base: Base, names: NameIndex) -> None:
    client = Client(
        ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test"), clock=None
    )
    async with simcord.run(client) as env:
        channel, reader, _ = place(env)
        result = await reader.slash(channel, "ally", country="cuba")
        # Nothing of the answer is kept by discord.py, which is what a restarted process
        # knows of it.
        assert not client._connection._view_store._synced_message_views  # pyright: ignore[reportUnknownMemberType]
        votes = await use(reader, result.response, "ally:votes")
        assert "Votes" in text_of(votes.response)


async def test_private_pages_turn_in_place_and_lead_back(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="ukraine", private=True)
    page = await reader.click(result.response, custom_id=ids_of(result.response)[0])
    assert "Page 1 of" in text_of(result.response) or "Page 1 of" in text_of(
        page.response or result.response
    )


async def test_a_dm_is_answered(env: simcord.Env) -> None:
    user = env.create_user("alone")
    result = await user.slash("ally", country="cuba")
    assert "Cuba" in text_of(result.response)


async def test_autocomplete_offers_at_most_25_with_flags(
    env: simcord.Env, base: Base
) -> None:
    channel, reader, _ = place(env)
    empty = await reader.autocomplete(channel, "ally", "country", "")
    assert len(empty) == 25
    states = {code for code, each in base.countries.items() if each.kind == "state"}
    assert {each["value"] for each in empty} <= states, "an empty box offers states"
    some = await reader.autocomplete(channel, "ally", "country", "bela")
    assert some[0]["name"] == "🇧🇾 Belarus"


async def test_the_button_of_about_shows_every_rule_of_the_method(
    env: simcord.Env, base: Base
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "about")
    shown = await reader.click(result.response, label="Method")
    text = text_of(shown.response or result.response)
    for rule in base.conflict.rules:
        assert rule.sentence.split("{")[0].split("[")[0] in text


@pytest.mark.parametrize("typed", ["nato", "NATO", "OTAN", "the NATO", "НАТО"])
async def test_a_bloc_is_answered_with_its_page(env: simcord.Env, typed: str) -> None:
    channel, reader, _ = place(env)
    asked = await reader.slash(channel, "ally", country=typed, on="2022-03-02")
    page = await reader.slash(channel, "bloc", name="nato", on="2022-03-02")
    assert text_of(asked.response) == text_of(page.response)
    assert asked.ephemeral == page.ephemeral
    hidden = await reader.slash(channel, "ally", country=typed, private=True)
    assert hidden.ephemeral


async def test_blocs_are_offered_behind_countries_and_lead_to_their_page(
    env: simcord.Env, base: Base
) -> None:
    channel, reader, _ = place(env)
    offered = await reader.autocomplete(channel, "ally", "country", "nat")
    assert offered[-1]["value"] == "NATO"
    many = await reader.autocomplete(channel, "ally", "country", "co")
    assert len(many) == 25
    assert many[0]["value"] in base.countries
    begun = [base.blocs[key].name for key in blocs_begun("co", base)]
    assert [each["value"] for each in many[-len(begun) :]] == begun
    result = await reader.slash(channel, "ally", country="Council of Europe")
    assert "Council of Europe" in text_of(result.response)


@pytest.mark.parametrize(
    ("command", "says"), [("about", "About Ally"), ("help", "How to ask")]
)
async def test_about_and_help_are_private(
    env: simcord.Env, command: str, says: str
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, command)
    assert result.ephemeral
    assert says in text_of(result.response)
