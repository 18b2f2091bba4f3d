"""Comparison, surveys, roll calls, pictures and the message menu, as readers drive
them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import simcord
from discord import app_commands
from simcord.results import ResponseMessage

from bot.alignment.over_time import standings
from bot.knowledge.facts import Base
from bot.pictures.lettering import Format
from bot.pictures.sheet import Sheet, Theme
from bot.service.client import Client
from tests.support.bases import TODAY
from tests.support.places import reply
from tests.support.posted import Posted, Reader, commanded
from tests.support.replies import ids_of, place, text_of, use, values_of

pytestmark = pytest.mark.asyncio
PNG = b"\x89PNG\r\n\x1a\n"


async def ask(
    env: simcord.Env, name: str, /, **options: Any
) -> tuple[simcord.InteractionResult, ResponseMessage, Any]:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, name, **options)
    message = result.response or result.followups[0]
    return result, message, reader


async def test_compare_shows_levels_votes_ties_and_moves(env: simcord.Env) -> None:
    _, message, reader = await ask(env, "compare", first="belarus", second="🇦🇲")
    text = text_of(message)
    assert "Belarus · 🇦🇲 Armenia" in text
    assert "alike in 11 of 25 shared roll calls" in text
    assert "Since the full-scale invasion" in text
    assert "[[1]](https://" in text
    shared = await reader.click(message, label="What they share")
    assert "Eurasian Economic Union" in text_of(reply(shared))
    assert "Victory Day" in text_of(reply(shared))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"first": "belarus", "second": "BY"}, "Name two to 4 different countries"),
        ({"first": "belarus", "second": "korea"}, "Did you mean"),
        ({"first": "belarus", "second": "xyzzyx"}, "is no country I know"),
        ({"first": "belarus", "second": "cuba", "on": "tomorrow"}, "not a date"),
    ],
)
async def test_compare_refuses_kindly(
    env: simcord.Env, options: dict[str, str], says: str
) -> None:
    result, message, _ = await ask(env, "compare", **options)
    assert result.ephemeral
    assert says in text_of(message)


AMBIGUOUS = {
    "compare": {"first": "belarus", "second": "armenia", "third": "cuba"},
    "where": {"side": "ally-russia", "region": "europe"},
    "bloc": {"name": "csto"},
    "forecast": {},
    "timeline": {"country": "belarus", "light": True},
    "map": {"region": "europe", "theme": "light"},
}


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("command", AMBIGUOUS)
async def test_a_day_that_can_be_read_in_two_ways_is_asked_back_and_answered_at_a_press(
    env: simcord.Env, command: str, private: bool
) -> None:
    hidden = {"private": True} if private else {}
    given = {**AMBIGUOUS[command], **hidden}
    channel, reader, _ = place(env)
    result = await reader.slash(channel, command, **given, on="02/03/2023")
    assert result.ephemeral
    message = reply(result)
    assert [key.count("2023-0") for key in ids_of(message)] == [1, 1]
    pressed = await reader.click(message, custom_id=ids_of(message)[1])
    straight = await reader.slash(channel, command, **given, on="2023-02-03")
    shown = [each.response or each.followups[0] for each in (pressed, straight)]
    assert pressed.ephemeral == straight.ephemeral == private
    assert text_of(shown[0]) == text_of(shown[1])
    assert "2023" in text_of(shown[0])


async def test_since_is_asked_back_too_and_keeps_the_other_options(
    env: simcord.Env,
) -> None:
    given = {"region": "europe", "on": "2023-05-01"}
    _, message, reader = await ask(env, "where", since="02/03/2022", **given)
    pressed = await reader.click(message, custom_id=ids_of(message)[0])
    text = text_of(reply(pressed))
    assert "Who changed since Mar 2, 2022" in text
    assert "Europe" in text
    assert "May 1, 2023" in text


async def test_what_has_changed_since_today_is_told_from_the_day_before(
    env: simcord.Env,
) -> None:
    before = "Nov 25, 2026"
    _, changes, _ = await ask(env, "changes", since=TODAY.isoformat())
    assert f"What changed since {before}" in text_of(changes)
    _, movers, _ = await ask(env, "where", since="today")
    assert f"Who changed since {before}" in text_of(movers)
    _, found, _ = await ask(env, "search", text="putin", since="today")
    assert "in the future" not in text_of(found)


async def test_a_begin_after_the_day_that_is_asked_about_leads_to_days_before_it(
    env: simcord.Env,
) -> None:
    given = {"region": "europe", "on": "2023-05-01"}
    _, message, reader = await ask(env, "where", since="2024", **given)
    offered = [each for each in ids_of(message) if each.startswith("again:where:")]
    days = [each for each in offered if "|2023-04-30" in each or "|2023-04-24" in each]
    assert len(days) == 2
    assert not [each for each in offered if "|2014-02-20" in each]
    pressed = await reader.click(message, custom_id=days[0])
    assert "Who changed since Apr 30, 2023" in text_of(reply(pressed))


async def test_a_begin_that_is_too_early_leads_to_the_first_day(
    env: simcord.Env,
) -> None:
    _, message, _ = await ask(env, "changes", since="1999")
    offered = [each for each in ids_of(message) if each.startswith("again:changes:")]
    assert len(offered) == 1
    assert "2014-02-20" in offered[0]


async def test_options_that_fit_into_no_button_are_asked_back_in_words(
    env: simcord.Env,
) -> None:
    _, message, _ = await ask(env, "bloc", name="x" * 90, on="02/03/2022")
    assert not [each for each in ids_of(message) if "|2022-0" in each]
    assert "2022-03-02" in text_of(message)
    _, piped, _ = await ask(env, "bloc", name="a|b", on="02/03/2022")
    assert not [each for each in ids_of(piped) if "|2022-0" in each]


async def test_where_counts_and_filters(env: simcord.Env) -> None:
    _, message, _ = await ask(env, "where", side="ally-russia", region="europe")
    text = text_of(message)
    assert "Ally of Russia · Europe" in text
    assert "3 of 48 actors" in text
    assert "**Europe (3):** 🇧🇾\N{NO-BREAK SPACE}Belarus" in text
    assert "North Korea" not in text


async def test_where_since_lists_movers_newest_first_with_their_facts_and_turns_pages(
    env: simcord.Env,
) -> None:
    _, message, reader = await ask(env, "where", since="2022-02-23")
    text = text_of(message)
    assert "Who changed since Feb 23, 2022" in text
    assert "→" in text
    assert "[[1]](https://" in text
    after = await reader.click(message, label="Next")
    assert "Page 2 of" in text_of(reply(after))


async def test_bloc_shows_members_standings_and_unity(env: simcord.Env) -> None:
    _, message, _ = await ask(env, "bloc", name="csto")
    text = text_of(message)
    assert "Collective Security Treaty Organization" in text
    assert "Participation frozen" in text
    assert "of the ballots alike" in text


async def test_vote_shows_the_roll_and_who_broke_with_their_bloc(
    env: simcord.Env,
) -> None:
    _, message, _ = await ask(env, "vote", resolution="ES-11/1")
    text = text_of(message)
    assert "141 yes, 5 no, 35 abstained, 12 absent" in text
    assert "Council of Europe (96% voted yes)" in text
    assert "Armenia abstained" in text
    _, filtered, _ = await ask(env, "vote", resolution="es-11-1", bloc="brics")
    assert "BRICS" in text_of(filtered)


async def test_the_options_of_vote_are_short_names_found_by_symbol_too(
    env: simcord.Env,
) -> None:
    channel, reader, _ = place(env)
    for typed in ("invasion 2022 mar 2", "A/RES/ES-11/1", "2022: 141 yes"):
        offered = await reader.autocomplete(channel, "vote", "resolution", typed)
        assert offered[0] == {
            "name": "Invasion 2022, Mar 2, 2022: 141 yes",
            "value": "es-11-1",
        }


async def test_what_could_be_several_is_asked_about(env: simcord.Env) -> None:
    result, message, _ = await ask(env, "vote", resolution="human rights")
    assert result.ephemeral
    assert "could be more than one" in text_of(message)
    _, none, _ = await ask(env, "bloc", name="warsaw pact")
    assert "is none of the blocs" in text_of(none)


async def test_forecast_begins_with_the_article_of_26_january_2022(
    env: simcord.Env,
) -> None:
    _, message, reader = await ask(env, "forecast")
    text = text_of(message)
    assert "Seven key countries that will side with Putin" in text
    assert "Belarus" in text
    assert "came true" in text
    assert "did not come true" in text
    turned = await reader.click(message, label="Next")
    assert "Page 2 of" in text_of(reply(turned))


async def test_a_map_is_a_picture_with_a_complete_text(
    env: simcord.Env, base: Base
) -> None:
    _, message, _ = await ask(env, "map")
    assert (await message.attachments[0].read()).startswith(PNG)
    text = text_of(message)
    allies = sum(each.level == "ally-russia" for each in standings(base, on=TODAY))
    assert f"Ally of Russia: {allies}" in text
    assert "Party to the war: 2" in text
    (described,) = values_of(message.components, "description")
    assert f"Ally of Russia: {allies}" in described
    assert "Belarus" in described
    assert "Belarus" not in text
    assert len(described) <= 1024


async def test_a_timeline_is_a_picture_with_its_turns_in_words(
    env: simcord.Env,
) -> None:
    _, message, reader = await ask(env, "timeline", country="armenia", private=True)
    assert message.ephemeral
    assert (await message.attachments[0].read()).startswith(PNG)
    assert "5 changes of level" in text_of(message)
    assert "2014 to 2026" in text_of(message)
    (described,) = values_of(message.components, "description")
    assert "Leans to Russia" in described
    listed = await reader.click(message, label="Every change")
    assert "Leans to Russia" in text_of(reply(listed))


async def test_the_second_time_a_picture_is_sent_at_once(env: simcord.Env) -> None:
    first, _, _ = await ask(env, "map", show="bloc:csto", region="asia")
    second, message, _ = await ask(env, "map", show="bloc:csto", region="asia")
    assert not second.deferred
    assert message.attachments
    del first


async def test_a_picture_that_cannot_be_drawn_is_said_in_words(
    env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the drawing process does with an SVG that is none; the fault is real, only
    # its cause is the test's.
    def nothing(_sheet: Sheet, _theme: Theme, _form: Format) -> str:
        return "this is no picture"

    monkeypatch.setattr("bot.pictures.drawings.draw", nothing)
    _, message, _ = await ask(env, "map", on="2023-05-05")
    assert "The picture could not be drawn" in text_of(message)
    assert "Party to the war: 2" in text_of(message)


async def test_the_buttons_under_an_answer_lead_on(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, "ally", country="belarus")
    for kind in ("timeline", "map"):
        shown = await use(reader, reply(result), f"ally:{kind}")
        message = shown.response or shown.followups[0]
        assert message.ephemeral
        assert message.attachments
    form = await use(reader, reply(result), "ally:compare")
    compared = await reader.submit_modal(form, {"with": "cuba, kazakhstan"})
    assert "Kazakhstan" in text_of(reply(compared))


async def test_a_message_is_searched_for_countries_privately(env: simcord.Env) -> None:
    channel, reader, _ = place(env)
    message = await reader.send(
        channel, "Belarus and Kazakhstan differ; Chad said so. turkey sandwich"
    )
    found = await reader.context_menu(channel, "Where do they stand?", message)
    assert found.ephemeral
    text = text_of(reply(found))
    assert "**🇧🇾 Belarus** — Ally of Russia" in text
    assert "Kazakhstan" in text
    assert "Türkiye" not in text
    assert values_of(reply(found).components, "label") == [
        "Belarus",
        "Kazakhstan",
        "Chad?",
    ]
    empty = await reader.send(channel, "hello world")
    nothing = await reader.context_menu(channel, "Where do they stand?", empty)
    assert "not sure of any country" in text_of(reply(nothing))


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("vote", "resolution", "2022-03-02", "es-11-1"),
        ("vote", "resolution", "ES-11/1 ·", "es-11-1"),
        ("bloc", "name", "collective", "csto"),
        ("where", "side", "neutral", "neutral"),
        ("where", "region", "europe", "150"),
        ("map", "show", "ES-11/1", "vote:es-11-1"),
        ("forecast", "name", "express", "express-2022-01-26"),
        ("compare", "second", "kaz", "KZ"),
    ],
)
async def test_every_option_is_completed(
    env: simcord.Env, command: str, option: str, typed: str, first: str
) -> None:
    channel, reader, _ = place(env)
    filled = {"compare": {"first": "belarus"}}.get(command, {})
    offered = await reader.autocomplete(channel, command, option, typed, **filled)
    assert offered[0]["value"] == first
    assert len(offered) <= 25


ON_A_DAY: dict[str, dict[str, str]] = {
    "ally": {"country": "cuba"},
    "compare": {"first": "cuba", "second": "chad"},
    "where": {"region": "caribbean"},
    "bloc": {"name": "csto"},
    "forecast": {},
    "timeline": {"country": "cuba"},
    "map": {"region": "caribbean"},
    "brief": {"country": "cuba"},
}


@pytest.mark.parametrize("command", ON_A_DAY)
async def test_today_is_a_day_that_can_be_asked_about_and_tomorrow_is_none(
    env: simcord.Env, command: str
) -> None:
    options = ON_A_DAY[command]
    today, tomorrow = TODAY.isoformat(), (TODAY + timedelta(days=1)).isoformat()
    for day in (today, today[:7], today[:4]):
        _, message, _ = await ask(env, command, on=day, **options)
        assert "Which day?" not in text_of(message)
    _, message, _ = await ask(env, command, on=tomorrow, **options)
    assert "is in the future" in text_of(message)


async def test_every_command_that_takes_a_day_is_tried(env: simcord.Env) -> None:
    client = env.bot
    assert isinstance(client, Client)
    taking = {
        command.name
        for command in client.tree.get_commands()
        if isinstance(command, app_commands.Command)
        and any(option.name == "on" for option in command.parameters)
    }
    assert set(ON_A_DAY) == taking


@pytest.mark.parametrize("locale", ["de", "uk", "ja"])
@pytest.mark.parametrize(
    ("typed", "chosen"),
    [({"region": "africa"}, {"region": "002"}), ({"bloc": "OVKS"}, {"bloc": "csto"})],
)
async def test_an_english_region_and_any_name_of_a_bloc_are_read_in_each_language(
    posted: Posted, locale: str, typed: dict[str, str], chosen: dict[str, str]
) -> None:
    # In a private message, where every reply is in the reader's own language.
    reader = Reader(locale)
    said: list[dict[str, Any]] = []
    for given in (typed, chosen):
        options = {name: (3, text) for name, text in given.items()}
        (sent,) = await posted.ask(commanded(reader, "where", options))
        said.append(sent.data)
    assert said[0]["components"] == said[1]["components"]
    offered = {name: (3, text) for name, text in typed.items()}
    (focused,) = typed
    (sent,) = await posted.ask(commanded(reader, "where", offered, focused))
    assert sent.data["choices"][0]["value"] == chosen[focused]
