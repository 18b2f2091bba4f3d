"""Who may do what: every command, every family of buttons and every form, tried by
everybody. What has no row in the table fails.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord
from simcord.results import InteractionResult

from bot.answers import page_ids, pages
from bot.answers.quiz import page as quiz_pages
from bot.commands.ask import buttons as ask_buttons
from bot.commands.ask import poll
from bot.commands.entries import (
    imports,
    listing,
    one_entry,
    privacy,
    review,
    settings,
    suggest,
    task,
)
from bot.commands.entries.draft_message import block_of
from bot.commands.explore import buttons as explore_buttons
from bot.commands.explore import search
from bot.commands.explore.asked import AGAIN
from bot.commands.explore.pages import MAP
from bot.commands.follow import command as follow
from bot.entries.from_form import Draft, read
from bot.entries.records import Change
from bot.service.client import Client
from bot.store.services import Services
from bot.ui.routes import MENU
from tests.support.bases import TODAY
from tests.support.forged import choose, press, run, run_on_message, said, send_form
from tests.support.places import FACT, Place

pytestmark = pytest.mark.asyncio

NOT_A_MODERATOR = "Only for moderators"
NOT_A_MANAGER = "Only for those who manage this server"
NOT_A_SERVER = "Only in a server"
REFUSALS = (NOT_A_MODERATOR, NOT_A_MANAGER, NOT_A_SERVER)
CLAIM = "closed a consulate"


class Allowed(Enum):
    """Who may do something, from everybody to few."""

    EVERYBODY = 0
    SERVER = 1
    """Whoever is in a server."""
    MODERATORS = 2
    MANAGERS = 3


class Who(Enum):
    """Who tries."""

    MEMBER = "a member"
    OTHER_ROLE = "a holder of another role"
    STRANGER = "somebody in a private message"
    NAMED_ROLE = "a holder of the role that /settings names"
    MODERATOR = "who may manage the server"
    ADMINISTRATOR = "an administrator"
    ELSEWHERE = "a moderator of another server"


REFUSED: dict[Allowed, dict[Who, str]] = {
    Allowed.EVERYBODY: {},
    Allowed.SERVER: {Who.STRANGER: NOT_A_SERVER},
    Allowed.MODERATORS: {
        Who.MEMBER: NOT_A_MODERATOR,
        Who.OTHER_ROLE: NOT_A_MODERATOR,
        Who.STRANGER: NOT_A_SERVER,
    },
    Allowed.MANAGERS: {
        Who.MEMBER: NOT_A_MANAGER,
        Who.OTHER_ROLE: NOT_A_MANAGER,
        Who.NAMED_ROLE: NOT_A_MANAGER,
        Who.STRANGER: NOT_A_SERVER,
    },
}


class Stage:
    """Two servers: one with an entry, a suggestion and a named role; one with nothing
    but a moderator.
    """

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.here, self.there = Place(env), Place(env, "Elsewhere")
        guild = self.here.guild
        self.named, other = guild.create_role("Named"), guild.create_role("Other")
        ruling = guild.create_role(
            "Ruling", permissions=discord.Permissions(administrator=True)
        )
        stranger = env.create_user("stranger")
        self.people: dict[Who, tuple[Any, Any]] = {
            Who.MEMBER: (self.here.cleo, self.here.channel),
            Who.OTHER_ROLE: self._member("other", other),
            Who.STRANGER: (stranger, stranger.dm_channel),
            Who.NAMED_ROLE: self._member("named", self.named),
            Who.MODERATOR: (self.here.ada, self.here.channel),
            Who.ADMINISTRATOR: self._member("ruler", ruling),
            Who.ELSEWHERE: (self.there.ada, self.there.channel),
        }

    def _member(self, name: str, role: Any) -> tuple[Any, Any]:
        user = self.env.create_user(name)
        return self.here.guild.add_member(user, roles=[role]), self.here.channel

    async def fill(self, services: Services) -> None:
        base, names = services.views.base, services.views.names
        body, wrong = read(Draft("event", "BY", FACT, ""), base, TODAY, names.exact)
        assert body is not None, wrong
        guild, ada = self.here.guild.id, self.here.ada.id
        change = Change("event", "BY", body)
        await services.writer.publish(guild, [change], author=ada, verb="add")
        await services.writer.propose(guild, "CU", body, proposer=self.here.cleo.id)
        await services.writer.prefer(guild, {"roles": [self.named.id]}, author=ada)
        services.views.drop(guild)


Try = Callable[[simcord.Env, Any, Any], Awaitable[InteractionResult]]


@dataclass(frozen=True)
class Row:
    """Something that can be done, who may, and what the first who may is answered."""

    name: str
    """The command, or a custom id of the family."""
    allowed: Allowed
    attempt: Try
    answered: str
    typed: str = ""
    """What is sent with it; it may be shown again to whoever sent it."""


def command(allowed: Allowed, name: str, answered: str, /, **options: Any) -> Row:
    async def attempt(env: simcord.Env, actor: Any, channel: Any) -> InteractionResult:
        return await run(env, actor, channel, name, **options)

    return Row(name, allowed, attempt, answered)


def in_channel(allowed: Allowed, name: str, answered: str, /, **options: Any) -> Row:
    """A command that is told the channel in which it is used."""

    async def attempt(env: simcord.Env, actor: Any, channel: Any) -> InteractionResult:
        return await run(env, actor, channel, name, channel=channel, **options)

    return Row(name, allowed, attempt, answered)


def menu(allowed: Allowed, name: str, answered: str) -> Row:
    async def attempt(env: simcord.Env, actor: Any, channel: Any) -> InteractionResult:
        return await run_on_message(env, actor, channel, name, "Belarus and Cuba")

    return Row(name, allowed, attempt, answered)


def button(allowed: Allowed, custom_id: str, answered: str, text: str = "") -> Row:
    async def attempt(env: simcord.Env, actor: Any, channel: Any) -> InteractionResult:
        return await press(env, actor, channel, custom_id, text)

    return Row(custom_id, allowed, attempt, answered, text)


def choice(allowed: Allowed, custom_id: str, chosen: str, answered: str) -> Row:
    async def attempt(env: simcord.Env, actor: Any, channel: Any) -> Any:
        return await choose(env, actor, channel, custom_id, chosen)

    return Row(custom_id, allowed, attempt, answered, "")


def form(allowed: Allowed, custom_id: str, answered: str, /, **fields: Any) -> Row:
    async def attempt(_env: simcord.Env, actor: Any, channel: Any) -> InteractionResult:
        return await send_form(actor, channel, custom_id, fields)

    return Row(custom_id, allowed, attempt, answered, str(fields))


ALL, SERVER = Allowed.EVERYBODY, Allowed.SERVER
MODS, MANAGERS = Allowed.MODERATORS, Allowed.MANAGERS
DRAFT = {**FACT, "date": "2024-03-02"}

COMMANDS: dict[str, Row] = {
    "ally": command(ALL, "ally", "Cuba", country="cuba"),
    "compare": command(ALL, "compare", "Cuba", first="cuba", second="chad"),
    "where": command(ALL, "where", "Cuba", region="caribbean"),
    "bloc": command(ALL, "bloc", "Treaty", name="csto"),
    "vote": command(ALL, "vote", "abstained", resolution="ES-11/1"),
    "forecast": command(ALL, "forecast", "Page 1 of"),
    "timeline": command(ALL, "timeline", "Cuba", country="cuba"),
    "changes": command(ALL, "changes", "What changed since", region="caribbean"),
    "map": command(ALL, "map", "Map of", region="caribbean"),
    "search": command(ALL, "search", "Cuba", text="cuba"),
    "source": command(ALL, "source", "facts", name="unn"),
    "brief": command(ALL, "brief", "Cuba", country="cuba"),
    "invite": command(ALL, "invite", "Ally"),
    "about": command(ALL, "about", "Ally"),
    "help": command(ALL, "help", "How to ask"),
    "privacy": command(ALL, "privacy", "What is stored about you"),
    "quiz play": command(ALL, "quiz play", "Quiz", topic="votes"),
    "quiz top": command(SERVER, "quiz top", "Quiz: scores of this server"),
    "Where do they stand?": menu(ALL, "Where do they stand?", "Cuba"),
    "suggest": command(SERVER, "suggest", "Cuba", country="cuba"),
    "Propose as evidence": menu(SERVER, "Propose as evidence", "Propose as evidence"),
    "entry add": command(MODS, "entry add", "A fact about Cuba", country="cuba"),
    "entry edit": command(MODS, "entry edit", "A fact about Belarus", entry="1"),
    "entry retire": command(
        MODS, "entry retire", "#1 Belarus: retired", entry="1", reason="a test"
    ),
    "entry undo": command(MODS, "entry undo", "#1 Belarus", entry="1"),
    "entry history": command(MODS, "entry history", CLAIM, entry="1"),
    "entry summary": command(MODS, "entry summary", "Summary", country="cuba"),
    "entry level": command(MODS, "entry level", "judgement", country="cuba"),
    "entry alias": command(
        MODS, "entry alias", "Bluebonnet", country="cuba", name="Bluebonnet"
    ),
    "entry actor": command(MODS, "entry actor", "A country or group of this server"),
    "entry list": command(MODS, "entry list", CLAIM),
    "entry review": command(MODS, "entry review", CLAIM),
    "entry export": command(MODS, "entry export", "/entry import reads"),
    "entry import": command(MODS, "entry import", "Import entries"),
    "follow": in_channel(MODS, "follow", "Followed", what="belarus"),
    "following": command(MODS, "following", "What this server follows"),
    "settings": command(MANAGERS, "settings", "Settings of this server"),
}

BUTTONS: dict[str, tuple[Row, ...]] = {
    ask_buttons.TEMPLATE: tuple(
        button(ALL, f"ally:{kind}:CU:{TODAY}:1", says)
        for kind, says in (
            ("ask", "Cuba"),
            ("full", "Cuba"),
            ("evidence", "Cuba"),
            ("sources", "Cuba"),
            ("votes", "Cuba"),
            ("earlier", "Cuba"),
            ("forecast", "Cuba"),
            ("method", "level"),
            ("share", "Cuba"),
        )
    ),
    explore_buttons.MORE: tuple(
        button(ALL, f"ally:{kind}:CU:{TODAY}:1", says)
        for kind, says in (
            ("timeline", "Cuba"),
            ("map", "Party to the war"),
            ("compare", "Compare Cuba"),
        )
    ),
    MENU: (choice(ALL, f"menu:CU:{TODAY}:1", f"ally:votes:CU:{TODAY}:1", "Cuba"),),
    suggest.SUGGEST: (button(Allowed.SERVER, "suggest:CU", ""),),
    search.SEARCH: (button(ALL, page_ids.search("cuba", TODAY), "Cuba"),),
    search.SOURCE: (button(ALL, page_ids.publisher("UNN", TODAY), "UNN"),),
    explore_buttons.WITH: (
        button(ALL, page_ids.compare_with(["CU", "BY"], TODAY), ""),
    ),
    follow.FOLLOWS: (
        button(MODS, "follows:list:-", "What this server follows"),
        button(MODS, "follows:stop:1", "What this server follows"),
    ),
    MAP: (button(ALL, page_ids.map_of("levels", "", TODAY), "Party to the war"),),
    pages.CITED: (
        button(ALL, page_ids.sources(page_ids.bloc("csto", TODAY)), "Sources"),
    ),
    **{
        family: (button(ALL, page_id, says),)
        for family, page_id, says in (
            (pages.WHERE, page_ids.where("neutral", "", "", TODAY), "Neutral"),
            (
                pages.MOVERS,
                page_ids.movers("all", "", "", date(2022, 2, 23), TODAY),
                "Who changed",
            ),
            (pages.ROLL, page_ids.roll("es-11-1", "", ""), "Invasion"),
            (pages.BALLOTS, page_ids.ballots("es-11-1", "no", "", ""), "Belarus"),
            (pages.BLOC, page_ids.bloc("csto", TODAY), "Treaty"),
            (pages.UNITY, page_ids.unity("csto", TODAY), "Treaty"),
            (pages.MEASURE, page_ids.measure("sanctions-ru", TODAY), "Sanctions"),
            (pages.COMPARE, page_ids.compare(["CU", "BY"], TODAY), "Cuba"),
            (pages.SHARED, page_ids.shared(["CU", "BY"], TODAY), "Cuba"),
            (
                pages.FORECAST,
                page_ids.forecast("express-2022-01-26", TODAY, 2),
                "Page 2 of",
            ),
            (pages.TURNS, page_ids.turns("BY", TODAY), "Belarus"),
            (
                pages.CHANGES,
                page_ids.changes("all", "", "", date(2022, 2, 23), TODAY),
                "What changed since",
            ),
        )
    },
    AGAIN: tuple(
        button(ALL, f"again:{command}:1:{options}", says)
        for command, options, says in (
            ("compare", "2023-02-03|belarus|cuba", "Belarus"),
            ("changes", "2023-02-03||", "What changed since"),
            ("where", "all|||2022-02-23||2023-02-03", "Who changed"),
            ("bloc", "csto|2023-02-03", "Treaty"),
            ("forecast", "|2023-02-03", "Page 1 of"),
            ("timeline", "belarus|2023-02-03|dark", "Belarus"),
            ("map", "levels|2023-02-03||dark", "Party to the war"),
        )
    ),
    privacy.PRIVACY: tuple(
        button(ALL, f"privacy:{action}:1", "")
        for action in ("export", "ask", "forget", "keep", "leave", "join")
    ),
    task.DRAFT: (
        button(
            MODS,
            "draft:publish:add:event:CU:0:0",
            "Cuba: added",
            block_of(DRAFT),
        ),
        button(
            MODS,
            "draft:publish:edit:event:BY:1:1",
            "#1 Belarus: changed",
            block_of({**DRAFT, "claim": "Belarus closed another consulate."}),
        ),
        button(
            MODS,
            "draft:publish:approve:event:CU:1:1",
            "Cuba: approved",
            block_of(DRAFT),
        ),
        button(
            SERVER,
            "draft:publish:suggest:event:CU:0:0",
            "waits for the moderators",
            block_of(DRAFT),
        ),
        button(MODS, "draft:edit:add:event:CU:0:0", "A fact about Cuba"),
        button(SERVER, "draft:edit:suggest:event:CU:0:0", "A fact about Cuba"),
        button(ALL, "draft:cancel:add:event:CU:0:0", "Nothing was changed"),
    ),
    review.REVIEW: (
        button(MODS, "review:show:1:0", CLAIM),
        button(MODS, "review:approve:1:1", "Approved as entry"),
        button(MODS, "review:edit:1:1", "A fact about Cuba"),
        button(MODS, "review:reject:1:1", "Reject suggestion 1"),
    ),
    settings.SETTINGS: tuple(
        button(MANAGERS, f"settings:{action}:{value}", "Saved")
        for action, value in (
            ("roles", "-"),
            ("review", "-"),
            ("audit", "-"),
            ("private", "1"),
            ("full", "1"),
            ("cooldown", "60"),
            ("language", "en"),
            ("polls", "1"),
        )
    ),
    quiz_pages.PICK: tuple(
        button(ALL, f"quiz:pick:{kind}::1:{TODAY}:0:-:1", "Too old")
        for kind in ("votes", "levels", "order", "forecasts")
    ),
    quiz_pages.NEXT: (button(ALL, "quiz:next:votes", "Quiz"),),
    quiz_pages.TOP: (button(SERVER, "quiz:top:1", "Quiz: scores of this server"),),
    poll.POLL: (button(SERVER, "poll:CU", "No polls here"),),
    review.TELL: (button(SERVER, "tell:1", "private message"),),
    listing.LIST: (button(MODS, "entries:1:published::0", CLAIM),),
    one_entry.HISTORY: (button(MODS, "history:1:1", CLAIM),),
    imports.IMPORT: (
        button(MODS, f"import:apply:{'0' * 12}", "Nothing was changed"),
        button(MODS, f"import:cancel:{'0' * 12}", "Nothing was changed"),
    ),
}

FORMS: dict[str, tuple[Row, ...]] = {
    explore_buttons.FORM: (
        form(ALL, f"form:compare:CU:{TODAY}", "Chad", **{"with": "chad"}),
    ),
    task.FORM: (
        form(MODS, "form:add:event:CU:0:0", "What would change", **DRAFT),
        form(MODS, "form:edit:event:BY:1:1", "What would change", **DRAFT),
        form(MODS, "form:approve:event:CU:1:1", "What would change", **DRAFT),
        form(SERVER, "form:suggest:event:CU:0:0", "What would change", **DRAFT),
    ),
    review.REJECT: (form(MODS, "form:reject:1", "Rejected: no", reason="no"),),
    imports.UPLOAD: (form(MODS, "form:upload", ""),),
}

ROWS: dict[str, Row] = {
    **{f"/{name}": row for name, row in COMMANDS.items()},
    **{f"button {row.name}": row for rows in BUTTONS.values() for row in rows},
    **{row.name: row for rows in FORMS.values() for row in rows},
}


WRITES = (privacy.PRIVACY, task.DRAFT, task.FORM)
"""Families that change something though everybody may use them."""


def shares_a_stage(row: Row) -> bool:
    """Whether all may do it and it leaves everything as it was."""
    writes = any(re.fullmatch(family, row.name) for family in WRITES)
    return row.allowed is Allowed.EVERYBODY and not writes


def stages() -> dict[str, list[Row]]:
    """What is tried on one stage after another: what only reads shares one with its
    like, for setting one up takes as long as an attempt.
    """
    found: dict[str, list[Row]] = {}
    for name, row in ROWS.items():
        kind = "commands" if name.startswith("/") else "buttons and forms"
        shared = f"{kind} that only read" if shares_a_stage(row) else name
        found.setdefault(shared, []).append(row)
    return found


STAGES = stages()


@pytest.fixture
def way() -> type[Client]:
    """Rights are looked at behind both ways alike; the gateway's is the faster one."""
    return Client


@pytest_asyncio.fixture
async def stage(simcord_env: simcord.Env, services: Services) -> Stage:
    made = Stage(simcord_env)
    await made.fill(services)
    return made


async def test_every_command_button_and_form_has_a_row(stage: Stage) -> None:
    client = stage.env.bot
    assert isinstance(client, Client)
    kinds = (
        discord.AppCommandType.chat_input,
        discord.AppCommandType.message,
        discord.AppCommandType.user,
    )
    commands = {
        each.qualified_name
        for kind in kinds
        for each in client.tree.walk_commands(type=kind)
        if not isinstance(each, discord.app_commands.Group)
    }
    assert set(COMMANDS) == commands
    assert set(BUTTONS) == {template.pattern for template in client._templates}
    assert set(FORMS) == {template.pattern for template, _ in client._forms._routes}


@pytest.mark.parametrize("family", [*BUTTONS, *FORMS])
async def test_every_action_of_a_family_has_a_row(family: str) -> None:
    """An alternative in a custom id is a thing of its own that somebody may do."""
    rows = BUTTONS.get(family) or FORMS[family]
    matches = [re.fullmatch(family, row.name) for row in rows]
    assert all(matches)
    for group, alternatives in re.findall(
        r"\(\?P<(action|kind|verb)>([^)]*)\)", family
    ):
        if family not in {task.DRAFT, task.FORM} or group != "kind":
            tried = {match[group] for match in matches if match}
            assert tried == set(alternatives.split("|")), group


async def state_of(services: Services, stage: Stage) -> tuple[object, ...]:
    """All that a refused attempt must leave as it is."""
    guild = stage.here.guild.id
    snapshot = await services.reader.snapshot(guild)
    suggestion = await services.reader.suggestion(guild, 1)
    return snapshot.revision, snapshot.entries, snapshot.preferences, suggestion


@pytest.mark.parametrize("what", STAGES)
async def test_only_who_may_does_it_and_everybody_else_is_told_why(
    stage: Stage, services: Services, what: str
) -> None:
    for row in STAGES[what]:
        await everybody_tries(row, stage, services)


async def everybody_tries(row: Row, stage: Stage, services: Services) -> None:
    refused = REFUSED[row.allowed]
    before = await state_of(services, stage)
    for who, words in refused.items():
        answer = said(await row.attempt(stage.env, *stage.people[who]))
        assert words in answer, (row.name, who.value)
        assert await state_of(services, stage) == before, (row.name, who.value)
    elsewhere = said(await row.attempt(stage.env, *stage.people[Who.ELSEWHERE]))
    assert CLAIM not in elsewhere or CLAIM in row.typed, row.name
    assert await state_of(services, stage) == before, row.name
    assert not any(words in elsewhere for words in REFUSALS), row.name
    first = True
    for who in (each for each in Who if each not in {*refused, Who.ELSEWHERE}):
        answer = said(await row.attempt(stage.env, *stage.people[who]))
        assert not any(words in answer for words in REFUSALS), (row.name, who.value)
        assert "Something went wrong" not in answer, (row.name, answer)
        if first and who is not Who.STRANGER:
            assert row.answered in answer, (row.name, answer)
            first = False
