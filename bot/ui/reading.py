"""Questions that only read, declared once for both ways in.

A declaration is a function of a reader and the options as they were typed, which gives
back a page. discord.py's tree reaches it through `Readings.reply`; the fast path
(`ui/fast_path.py`) calls the very same function on the payload.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast

from discord import app_commands

from bot.answers.texts import Texts
from bot.store.views import ServerView
from bot.ui.cooldown import Cooldown, must_wait
from bot.ui.interaction import (
    Choice,
    Command,
    Interaction,
    is_private,
    send,
    server_locale,
)
from bot.ui.page import LongReply, RefusedError, Reply, ReplyContext
from bot.ui.permissions import may_write
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache
from bot.ui.routes import Handler

_DECLARED = "declared"
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and what their server sees."""

    replies: ReplyCache
    server: ServerView
    locale: str
    """The reader's, as Discord names it."""
    server_locale: str | None
    on_private: bool = False
    """Whether a pressed message is seen by the presser alone."""
    may_write: bool = True
    """Whether they may write where they ask: who may not has nothing shown there to
    everybody either.
    """

    @property
    def alike(self) -> Hashable:
        """Equal for readers whom every question is answered the same: all that a reply
        may depend on besides the question.
        """
        server = self.server
        return (
            server.base.state,
            server.away,
            bool(server.guild),
            server.preferences,
            self.locale,
            self.server_locale,
            self.on_private,
            self.may_write,
            self.today,
        )

    @property
    def today(self) -> date:
        """The day on which they ask."""
        return self.replies.today()

    @property
    def texts(self) -> Texts:
        """The words for what only they see."""
        return self.replies.texts(self.locale, self.server)

    def past_day(self, text: str) -> date:
        """A day from a custom id, today at the latest; today for what is no day."""
        try:
            return min(date.fromisoformat(text), self.today)
        except ValueError:
            return self.today

    def context(self, *, private: bool | None) -> ReplyContext:
        """The context of a reply, public or private as asked or, for None, as the
        server prefers, and private for who may not write there: the reader's words for
        what only they see; for what all see the language of the server's settings, else
        of the server itself.
        """
        server = self.server
        hidden = server.preferences.private if private is None else private
        hidden = hidden or not self.may_write
        locale = self.locale
        if not hidden:
            locale = server.preferences.public_locale(self.server_locale, locale)
        return ReplyContext(server, self.replies.texts(locale, server), locale, hidden)


Build: TypeAlias = Callable[[Reader], Reply]
"""What answers one question; RefusedError for what it does not understand."""
Offers: TypeAlias = Callable[[Reader, str], Sequence[Choice]]
"""What an option offers for what has been typed so far."""


def _is_never_counted(_: re.Match[str]) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ReadingButton:
    """What a button or a menu's choice shows, by the match of its custom id."""

    build: Callable[[Reader, re.Match[str]], Reply]
    counted: Callable[[re.Match[str]], bool] = _is_never_counted
    """Whether the cooldown counts it: what others may see too."""


@dataclass(slots=True)
class Declared:
    """What a command declares of itself."""

    build: Callable[..., Reply] | None = None
    """Its reply, from a reader and its options by name; None for a command that does
    not only read.
    """
    offers: dict[str, Offers] = field(default_factory=dict[str, Offers])
    """What completes its options."""


def declared(command: Command) -> Declared:
    """What a command declares, to be added to."""
    return cast("Declared", command.extras.setdefault(_DECLARED, Declared()))


async def reader_of(interaction: Interaction, replies: ReplyCache) -> Reader:
    """Who asks, their server's view read if it is not in memory."""
    return Reader(
        replies,
        await replies.views.view(interaction.guild_id),
        str(interaction.locale.value),
        server_locale(interaction),
        is_private(interaction),
        may_write(interaction),
    )


def completes(
    replies: ReplyCache, command: Command, option: str, offers: Offers
) -> None:
    """Let a command's option offer this."""
    declared(command).offers[option] = offers

    async def complete(interaction: Interaction, current: str) -> list[Choice]:
        return list(offers(await reader_of(interaction, replies), current))

    command.autocomplete(option)(complete)


class Readings:
    """Answers what only reads, over one reply cache and one cooldown."""

    def __init__(self, replies: ReplyCache, cooldown: Cooldown) -> None:
        self.replies, self.cooldown = replies, cooldown

    async def reply(
        self, interaction: Interaction, build: Build, *, counted: bool
    ) -> None:
        """Answer through discord.py; ``counted`` if the cooldown counts it."""
        reader = await reader_of(interaction, self.replies)
        preferences = reader.server.preferences
        if counted and await must_wait(
            interaction, self.cooldown, preferences, self.replies
        ):
            return
        try:
            reply = build(reader)
        except RefusedError as refused:
            await send(interaction, prepare(refused.page), ephemeral=True)
            return
        if isinstance(reply, LongReply):
            await reply.send(interaction)
            return
        view = await self.replies.worked_out(reply)
        if reply.in_place:
            # A page with a picture is replaced whole.
            await interaction.response.edit_message(view=view, attachments=[])
        else:
            await send(interaction, view, ephemeral=reply.private)

    def command(
        self, make: Callable[[Any], Command]
    ) -> Callable[[Callable[Concatenate[Reader, Given], Reply]], Command]:
        """Declare a reading command: its options are the function's parameters after
        the reader, as discord.py reads them. ``make`` gives it its names and
        descriptions.
        """

        def declare(build: Callable[Concatenate[Reader, Given], Reply]) -> Command:
            @functools.wraps(build)
            async def asked(
                interaction: Interaction, *args: Given.args, **given: Given.kwargs
            ) -> None:
                def built(reader: Reader) -> Reply:
                    return build(reader, *args, **given)

                await self.reply(interaction, built, counted=True)

            # discord.py would look for the annotations' names in this module.
            signature = inspect.signature(build, eval_str=True)
            cast("Any", asked).__signature__ = signature
            command = make(asked)
            app_commands.allowed_installs(guilds=True, users=True)(command)
            app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(
                command
            )
            declared(command).build = build
            return command

        return declare

    def handler(self, button: ReadingButton) -> Handler:
        """What answers a press through discord.py."""

        async def pressed(interaction: Interaction, match: re.Match[str]) -> None:
            def built(reader: Reader) -> Reply:
                return button.build(reader, match)

            await self.reply(interaction, built, counted=button.counted(match))

        return pressed
