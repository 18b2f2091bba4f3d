"""All that one reader can ask of Ally: every command with every option, every button,
menu and form, and what is typed into them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot.knowledge.facts import Base
from bot.names.locales import LOCALES, cldr_locale
from bot.service.client import Client
from bot.ui.reading import declared
from tests.support.bases import DATA
from tests.support.crawl import Crawl, Found, Script, Way
from tests.support.databases import body
from tests.support.places import FACT
from tests.support.posted import Payload, Posted, Reader, commanded, message_of, pressed

SPOKEN = {"en", *(path.stem for path in (DATA / "locales").glob("*.po"))}
"""Languages that Ally speaks; a reply in another one differs by its names alone."""
SHARES = 12
"""Each reader asks for one actor of so many; many readers ask for each actor."""
DAYS = (None, date(2014, 12, 31), date(2022, 3, 2), date(2024, 7, 1))
_SPELLED = {cldr_locale(each.value): each.value for each in discord.Locale}
UPLOAD = json.dumps(
    {
        "code": "CU",
        "kind": "state",
        "names": {"short": "Cuba"},
        "reviewed": "2026-01-01",
        "events": [
            body(f"thing-{n}", f"Thing number {n} happened.") for n in range(30)
        ],
    }
).encode()
_COUNTRIES = ("belarus", "🇦🇲", "VC", "korea", "congo", "zz", "Ж" * 100)
_KEYS = ("all", "russia", "neutral", "party", "unknown", "x" * 100)
NEEDED = {"BY", "AM", "KZ", "MD", "CU", "GE"}
"""Actors that every reader's server has entries or suggestions about."""
_ENTRIES = ("1", "2", "3", "4", "5", "6", "9", "#10", "999", "x")
DATED = ("compare", "where", "bloc", "forecast", "timeline", "map", "brief")
"""Commands that ask back where a day can be read in two ways."""
SCRIPT = Script(
    options={
        "country": _COUNTRIES,
        "first": _COUNTRIES,
        "second": ("armenia", "belarus", "korea"),
        "third": ("kazakhstan", "zz"),
        "fourth": ("moldova", "zz"),
        "on": (
            "2022-03-02",
            "2015",
            "02/03/2022",
            "2 March 2024",
            "2031",
            "yesterdayish",
            "1900",
        ),
        "side": _KEYS,
        "region": ("142", "150", "002", "e", "nowhere"),
        "bloc": ("csto", "european-union", "brics", "a", "nothing"),
        "resolution": ("es-11-1", "ES-11/1", "2022", "nothing"),
        "show": (
            "levels",
            "measure:sanctions-ru",
            "bloc:csto",
            "vote:es-11-1",
            "nothing",
            "a",
        ),
        "as": ("aid", "nothing"),
        "since": ("2022", "2031"),
        "entry": _ENTRIES,
        "reason": ("The source was withdrawn.", "漢" * 300),
        "revision": (1, 99),
        "text": ("himars", "leopard tanks germany", "zzzz", "漢" * 100, "thing"),
        "deed": ("territory", "a", "nothing"),
        "search side": ("russia", "ukraine", "all"),
        "search since": ("2024", "02/03/2022", "2031"),
        "source name": ("Diari d’Andorra", "diariandorra.ad", "news", "nothing"),
        "search": ("thing", "россия и беларусь", "漢字漢字漢字"),
        "author": ("300", "301"),
        "what": ("belarus", "everything", "bloc:csto", "side:russia", "nothing"),
        "channel": ("400",),
        "zone": ("Europe/Berlin", "UTC", "Middle/Earth"),
        "changes since": ("month", "2024", "02/03/2022", "2031"),
        "where since": ("2022", "02/03/2022", "2031"),
        "topic": ("votes", "levels", "order", "forecasts", "150", "nothing"),
        **{f"{command} on": ("02/03/2022", "2015", "2031") for command in DATED},
        "bloc name": ("european-union", "csto", "brics", "a", "nothing"),
        "forecast name": ("eurasian-times-2022-01-29", "a", "nothing"),
        "suggest country": (
            "belarus",
            "armenia",
            "kazakhstan",
            "moldova",
            "cuba",
            "georgia",
        ),
        "entry undo entry": ("1",) * 9,
        "entry retire entry": ("x", *map(str, range(10, 20))),
        "entry alias name": ("Blue Ruthenia", "漢" * 60, "Armenia"),
    },
    fields={
        **FACT,
        "country": "belarus",
        "reason": "It says so itself.",
        "with": "armenia, kazakhstan",
        "level": "neutral",
    },
    upload=UPLOAD,
    texts=("Belarus and Georgia, Kongo und Россия", "nobody at all", "🇧🇾 " * 400),
    first=(
        "suggest",
        "entry add",
        "entry actor",
        "entry alias",
        "entry summary",
        "entry level",
        "entry import",
        "entry edit",
        "entry retire",
        "entry undo",
        "entry list",
        "entry history",
        "entry export",
        "entry review",
        "follow",
    ),
    far=re.compile(r"changes:.+:([4-9]|\d\d+)$"),
    beside={"where since": {"region": "002"}},
    always=frozenset(
        {
            "suggest country",
            "where since",
            "quiz play topic",
            "changes since",
            "search since",
            "map show",
            "vote resolution",
            *(f"{command} on" for command in DATED),
            "entry undo entry",
            "entry retire entry",
        }
    ),
)


def commands_of(posted: Posted) -> list[Payload]:
    """Every command as Discord knows it."""
    tree = posted.client.tree
    return [command.to_dict(tree) for command in tree.get_commands()]


def commands_in(locale: str, posted: Posted) -> list[Payload]:
    """The commands that a reader of a language uses: all of them if Ally speaks it,
    else those that only read.
    """
    tree: app_commands.CommandTree[Client] = posted.client.tree
    names = {
        (command.root_parent or command).name
        for command in tree.walk_commands()
        if isinstance(command, app_commands.Command) and declared(command).build
    }
    every = commands_of(posted)
    return [each for each in every if locale in SPOKEN or each["name"] in names]


def templates_of(posted: Posted) -> list[str]:
    """The pattern of every button's and every form's custom id."""
    client = posted.client
    buttons = [each.pattern for each in client._connection._view_store._dynamic_items]
    return [*buttons, *(pattern.pattern for pattern, _ in client._forms._routes)]


async def choose_channel(posted: Posted, reader: Reader, name: str) -> None:
    """Choose the server's one channel in /settings."""
    (shown,) = await posted.ask(commanded(reader, "settings", {}))
    select = {"type": 8, "custom_id": f"settings:{name}:-"}
    await posted.ask(pressed(reader, message_of(shown, 1), select, ["400"]))


async def allow_polls(posted: Posted, reader: Reader) -> None:
    """Allow polls in /settings."""
    (shown,) = await posted.ask(commanded(reader, "settings", {}))
    button = {"type": 2, "custom_id": "settings:polls:1"}
    await posted.ask(pressed(reader, message_of(shown, 1), button))


async def everything(posted: Posted, locale: str, base: Base) -> Found:
    """All that one reader can make Ally say; a share of the actors and forecasts with
    every page that they have.
    """
    place = LOCALES.index(locale)
    actors = sorted(base.countries)
    subjects = [*actors, *sorted(base.forecasts)]
    mine = {
        *subjects[place :: len(LOCALES)],
        *NEEDED,
        SCRIPT.options["forecast name"][0],
    }
    guild = 1000 + place
    posted.join(guild)
    reader = Reader(_SPELLED.get(locale, locale), guild)
    # All facts of one kind are hundreds of pages, and cards on as many days.
    avoided = frozenset(subjects) - mine | base.conflict.deeds.keys()
    way = Way(reader, SCRIPT, templates_of(posted), place, avoided)
    if locale not in SPOKEN:
        few = replace(SCRIPT, always=frozenset[str]())
        way = replace(way, script=few, of_a_kind=1)
    crawl = Crawl(posted, way)
    for name in ("review", "audit"):
        await choose_channel(posted, reader, name)
    await allow_polls(posted, reader)
    for number, code in enumerate(actors):
        if code not in mine and number % SHARES != place % SHARES:
            continue
        options: dict[str, tuple[int, Any]] = {
            "country": (3, code),
            "private": (5, bool(number % 2)),
        }
        day = DAYS[(number + place) % len(DAYS)]
        if day:
            options["on"] = (3, day.isoformat())
        await crawl.command("ally", options, walk=code in mine - NEEDED)
    return await crawl.run(commands_in(locale, posted))
