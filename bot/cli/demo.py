"""``ally demo``: the real bot in a simulated Discord, served to a browser on this
machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import webbrowser
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import discord

from bot.answers.texts import Texts
from bot.cli.common import CommandError, clock_of, read
from bot.cli.context import Context
from bot.cli.output import write
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.pictures import avatar
from bot.pictures.paint import png_of
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import Settings
from bot.service.assembly import assemble, opened, told_to_stop
from bot.service.client import Client

_EXTRA = CommandError(
    "The demo needs its extra: pip install '.[demo]' (or 'ally-bot[demo]').",
    ExitCode.CONFIG,
)
try:
    import simcord
    from simcord.backend.cdn import CDN_BASE
except ImportError as error:
    raise _EXTRA from error


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as whom the demo can be used."""

    name: str
    shown: str
    ground: str
    """The colour of the picture's ground."""
    moderates: bool = False


PEOPLE = (
    Person("mira", "Member", "#3f6f8f"),
    Person("noor", "Moderator", "#7a5c8e", moderates=True),
)
WELCOME = """\
**Welcome.** At the top you choose who you are. Try one of these:
- Type `/ally` and a country: {example} is asked below.
- Press a button below the answer: *Why*, *Sources* …
- Type `/where`, `/compare`, `/map` or `/timeline`.
- As the member: `/suggest` proposes a fact.
- As the moderator: `/entry add` adds one, and `/settings` chooses who may.
"""


class _StandingClock(Clock):
    """A clock that stands at noon of a day."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, time(12), UTC)

    def now(self) -> datetime:
        """Always the same."""
        return self._now


def _clock_on(args: argparse.Namespace, base: Base) -> Clock:
    """The clock of this run, or one that stands on the day of ``--on``."""
    clock = clock_of(args)
    if not args.on:
        return clock
    names = names_of(base)
    context = Context(base, names, Texts("en", names.display), clock.today())
    return _StandingClock(context.day(args.on))


def _example(base: Base) -> str:
    """The actor with whose card the demo begins."""
    return next(iter([*base.conflict.examples, *base.countries]))


async def _serve(
    base: Base, args: argparse.Namespace, folder: Path, clock: Clock
) -> ExitCode:
    # Whatever the environment says of a real bot, the demo has nothing to do with it,
    # and nothing leaves this machine.
    settings = Settings.model_construct(
        ally_state=folder, ally_shards="0/1", ally_read_pages=False
    )
    # The simulation keeps a clock of its own, so the age of its interactions says
    # nothing.
    assembly = assemble(settings, base, None, clock, simulated=True)
    if assembly is None:
        return ExitCode.CONFIG
    asked = assembly.services.views.names.display(_example(base))

    async def shown() -> ExitCode:
        await _shown(assembly.client, asked, args, clock)
        return ExitCode.OK

    async def health() -> list[str]:
        return assembly.missing()

    return await opened(assembly, shown, health)


async def _shown(
    client: Client, example: str, args: argparse.Namespace, clock: Clock
) -> None:
    """Show a channel in which an actor has been asked about, until told to stop."""
    stop = told_to_stop()
    async with simcord.run(client) as env:
        scene = await furnished(env, client, example, clock)
        page = env.preview(
            scene.channel,
            viewers=scene.people,
            layout="channel",
            port=args.port or None,
            assets=scene.pictures,
        )
        async with page as preview:
            _say_where(preview.url)
            if not args.no_browser and has_display():
                await asyncio.to_thread(webbrowser.open, preview.url)
            await stop.wait()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the demo shows, and to whom."""

    channel: simcord.ChannelHandle
    people: list[simcord.MemberActor]
    """In the order of ``PEOPLE``."""
    pictures: dict[str, tuple[str, bytes]]
    """By address, a file's name and its bytes as PNG."""


async def furnished(
    env: simcord.Env, client: Client, example: str, clock: Clock
) -> Scene:
    """A server with people, a welcome and the answer about an actor, dated by a
    clock.
    """
    _set_date(env, clock)
    pictures = await _named(client)
    guild = env.create_guild(name="World affairs")
    channel = guild.create_text_channel("where-do-they-stand")
    editors = guild.create_role(
        name="Editors", permissions=discord.Permissions(manage_guild=True)
    )
    people: list[simcord.MemberActor] = []
    for person in PEOPLE:
        user = env.create_user(
            person.name, global_name=person.shown, avatar=person.name
        )
        roles = [editors] if person.moderates else []
        people.append(guild.add_member(user, roles=roles))
        pictures[f"{CDN_BASE}/avatars/{user.id}/{person.name}.png"] = (
            f"{person.name}.png",
            png_of(avatar.person(person.ground)),
        )
    await _welcome(client, channel.id, example)
    await people[0].slash(channel, "ally", country=example)
    return Scene(channel, people, pictures)


def _set_date(env: simcord.Env, clock: Clock) -> None:
    """Let the simulation, which begins at a moment of its own, have today's date; it
    cannot go back.
    """
    ahead = (clock.now() - env.now()).total_seconds()
    env.backend.advance_clock(max(0.0, ahead))


async def _named(client: Client) -> dict[str, tuple[str, bytes]]:
    """Give the bot its name; its picture by the address at which the simulated Discord
    looks for it.
    """
    assert client.user
    await client.user.edit(username="Ally")
    # Of six; discord.py still reckons by the discriminator, which bots have.
    number = (client.user.id >> 22) % 6
    return {
        f"{CDN_BASE}/embed/avatars/{number}.png": ("ally.png", png_of(avatar.ally()))
    }


async def _welcome(client: Client, channel: int, example: str) -> None:
    """The first message: what to try."""
    place = client.get_channel(channel)
    assert isinstance(place, discord.TextChannel)
    await place.send(WELCOME.format(example=example))


def has_display() -> bool:
    """Whether a browser can open a window: without one, ``webbrowser`` would start a
    browser in the terminal.
    """
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say_where(url: str) -> None:
    write(
        f"Open this address in a browser on this machine:\n\n  {url}\n\n"
        "Type / in the message box and choose a command. At the top of the page you "
        "choose whether\nyou are a member or a moderator. What you add is forgotten at "
        "the end.\n"
        "Nothing leaves this machine. Stop with Ctrl-C."
    )
    sys.stdout.flush()


def demo(args: argparse.Namespace) -> ExitCode:
    """``ally demo``: serve it until Ctrl-C or SIGTERM."""
    base = read(args)
    clock = _clock_on(args, base)
    with (
        contextlib.suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory() as folder,
    ):
        try:
            return asyncio.run(_serve(base, args, Path(folder), clock))
        except simcord.SetupError as error:
            if isinstance(cause := error.__cause__, OSError):
                msg = f"Port {args.port} cannot be opened: {cause.strerror}."
                raise CommandError(msg, ExitCode.CONFIG) from error
            raise _EXTRA from error
    return ExitCode.OK
