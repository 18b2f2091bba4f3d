"""No reply is a dead end, and every way on of a reader's command is answered."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import simcord

from bot.answers import poll
from bot.answers.document import Answer
from bot.answers.follows import cannot_post
from bot.answers.help import too_fast
from bot.answers.texts import english
from bot.entries.records import Revision, Suggestion
from bot.knowledge.facts import Base
from bot.store.errors import (
    ClashError,
    DecidedError,
    MissingError,
    QuotaError,
    SchemaNewerError,
    StaleError,
    StoreAwayError,
    StoreError,
)
from bot.ui.refusals import guild_only, not_a_manager, not_a_moderator, refusal
from bot.ui.render import prepare
from tests.support.crawl import Crawl, Script, Way, leaves
from tests.support.discord_api import components_of, spec_missing
from tests.support.everything import (
    NEEDED,
    SCRIPT,
    allow_polls,
    choose_channel,
    commands_of,
    templates_of,
)
from tests.support.posted import Posted, Reader, Sent
from tests.support.replies import choices_of, ids_of, place, take, text_of, values_of

pytestmark = pytest.mark.asyncio

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ally", {"country": "armenia"}),
    ("compare", {"first": "belarus", "second": "armenia"}),
    ("where", {}),
    ("where", {"side": "neutral", "region": "africa"}),
    ("where", {"since": "2022"}),
    ("vote", {"resolution": "ES-11/1"}),
    ("bloc", {"name": "european union"}),
    ("forecast", {}),
    ("timeline", {"country": "armenia"}),
    ("map", {}),
    ("map", {"show": "vote:es-11-1"}),
    ("map", {"show": "measure:sanctions-ru"}),
)
STEPS = 1
"""How far from a command the ways are walked."""
APOLOGIES = ("went wrong", "no longer works", "is outdated")


def kind_of(custom_id: str) -> str:
    """What a custom id asks for, without of whom."""
    parts = custom_id.split(":")
    return ":".join(parts[:2]) if parts[0] in {"ally", "cited"} else parts[0]


def ways_of(message: Any, gone: set[str]) -> Iterator[str]:
    """One way of each kind that was not gone yet; a menu's own id is none."""
    ids = [each for each in ids_of(message) if not each.startswith("menu:")]
    for way in (*ids, *choices_of(message)):
        if kind_of(way) not in gone:
            gone.add(kind_of(way))
            yield way


async def go(reader: Any, message: Any, way: str) -> Any:
    """What a button or a choice in a menu shows; None for a form."""
    if way in ids_of(message):
        result = await reader.click(message, custom_id=way)
    else:
        result = await take(reader, message, way)
    return None if result.modal else result.response or result.followups[0]


async def arrive(reader: Any, message: Any, path: Sequence[str]) -> Any:
    """What is shown at the end of some ways; pages that only the reader sees turn in
    place, so every walk begins anew.
    """
    for way in path:
        message = await go(reader, message, way)
    return message


@pytest.mark.parametrize(("command", "options"), ASKED)
async def test_every_reply_has_a_way_on_and_pressing_it_answers(
    env: simcord.Env, command: str, options: dict[str, Any]
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, command, **options)
    first = result.response or result.followups[0]
    waiting, gone = deque[tuple[str, ...]]([()]), set[str]()
    while waiting:
        path = waiting.popleft()
        message = await arrive(reader, first, path)
        if message is None:
            continue
        text = text_of(message)
        assert text, path
        assert not any(words in text for words in APOLOGIES), (path, text)
        assert [*ids_of(message), *choices_of(message)], (path, text)
        if len(path) < STEPS:
            waiting.extend((*path, way) for way in ways_of(message, gone))
    assert len(gone) > 1


ADVICE = (
    "Ask again in",
    "ask there",
    "need the permission",
    "needs the permissions",
    "Allow Ally to see this channel",
    "another tomorrow",
    "Try again",
    "Retire some first",
    "all for now",
    "Whoever runs this bot adds it to servers; ask them.",
    "whoever runs this bot has to upgrade it",
    "tell whoever runs this bot this reference",
    "Look at it again",
    "Look at the changes again",
    "Try its English name",
)
"""Sentences that say what one can do where a button or a command makes no sense."""
COMMAND = re.compile(r"(?<![\w.])/([a-z]+)(?: ([a-z]+))?")
RIGHTS = {"a moderator": (1000, "8"), "a member": (1000, "0"), "nowhere": (0, "0")}
_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_LIVE = ("custom_id", "url")


def leads_on(text: str, components: Sequence[Any], commands: set[str]) -> bool:
    """Whether a reply has a button or a menu, names a command that there is, or says
    what one can do.
    """
    live = [
        each
        for _, each in components_of(components)
        if any(each.get(key) for key in _LIVE) and not each.get("disabled")
    ]
    named = {match[1] for match in COMMAND.finditer(text)}
    return bool(live or named & commands or any(each in text for each in ADVICE))


def every_value(commands: Sequence[Any]) -> Script:
    """What is typed, each value of each option."""
    options = (
        f"{name} {option['name']}"
        for name, given in leaves(commands)
        for option in given
    )
    return replace(SCRIPT, always=frozenset(options))


@pytest.mark.skipif(bool(spec_missing()), reason=spec_missing() or "-")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("who", RIGHTS)
async def test_every_reply_of_every_command_leads_on(
    posted: Posted, base: Base, who: str
) -> None:
    """What is right, mistyped, empty, refused and done, as a moderator, as a member
    without any right and in a private message.
    """
    guild, permissions = RIGHTS[who]
    posted.join(1000)
    reader = Reader("en-US", guild, permissions=permissions)
    if who == "a moderator":
        for name in ("review", "audit"):
            await choose_channel(posted, reader, name)
        await allow_polls(posted, reader)
    subjects = [*sorted(base.countries), *sorted(base.forecasts)]
    mine = {*NEEDED, SCRIPT.options["forecast name"][0]}
    avoided = frozenset(subjects) - mine | base.conflict.deeds.keys()
    commands = commands_of(posted)
    # What is typed is understood alike, whoever may do it.
    script = every_value(commands) if who == "a moderator" else SCRIPT
    way = Way(reader, script, templates_of(posted), 0, avoided)
    found = await Crawl(posted, way).run(commands)
    names = {name.partition(" ")[0] for name, _ in leaves(commands)}
    ends = {
        said(each.sent)[:200]: each.asked
        for each in found.replies
        # What the audit channel is told answers nobody.
        if each.sent.what != "message"
        and not leads_on(said(each.sent), each.sent.data["components"], names)
    }
    assert not ends, "\n".join(f"{asked}: {text}" for text, asked in ends.items())
    assert len(found.replies) > (300 if who == "a moderator" else 150)


def said(sent: Sent) -> str:
    """The text of a reply."""
    return "\n".join(values_of(sent.data["components"], "content"))


def refusals(base: Base) -> Iterator[Answer]:
    """What no crawl comes to: who is too fast or too late, and what cannot be done."""
    texts = english()
    entry = Revision(
        1, 1, "alias", "BY", {"alias": "White"}, "published", "edit", 7, _NOON
    )
    decided = Suggestion(1, "BY", {}, 7, _NOON, decided_by=8, decided_at=_NOON)
    errors: list[StoreError] = [
        StoreAwayError(),
        SchemaNewerError("0009"),
        MissingError(7),
        StaleError(entry),
        ClashError(7),
        *(QuotaError(what, 5) for what in ("entries", "waiting", "today", "follows")),
    ]
    errors += [
        DecidedError(replace(decided, verdict=verdict))
        for verdict in ("approved", "rejected", "withdrawn")
    ]
    yield from (refusal(error, base, texts) for error in errors)
    yield from (guild_only(texts), not_a_manager(texts), not_a_moderator(texts))
    yield from (poll.no_polls(texts), poll.may_not_ask(texts), poll.too_many(texts))
    yield from (poll.bot_may_not_ask(texts), poll.asked_today("BY", texts))
    yield from (too_fast(3, texts), cannot_post(400, texts))


async def test_every_refusal_says_what_can_be_done(posted: Posted, base: Base) -> None:
    names = {name.partition(" ")[0] for name, _ in leaves(commands_of(posted))}
    for page in refusals(base):
        view = prepare(page)
        text = "\n".join(values_of(view.to_components(), "content"))
        assert leads_on(text, view.to_components(), names), text
