"""/follow and /following: who moderates says what a channel is told, and ends it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, TypeAlias

import discord
from discord import app_commands

from bot.alignment.changes import levels_on
from bot.answers import follows as pages
from bot.answers.document import Answer
from bot.answers.help import with_examples
from bot.answers.sentences import shortened
from bot.answers.settings import zone_name
from bot.answers.texts import Texts
from bot.commands.command_texts import CommandTexts
from bot.commands.follow.channel import can_tell
from bot.commands.follow.kinds import Followed, OwnMessageKind, followed
from bot.commands.follow.news import told_now
from bot.commands.follow.teller import Teller
from bot.commands.follow.times import next_due, zone_of, zones
from bot.entries.records import DEFAULT_LOCALE
from bot.names.blocs import bloc_called
from bot.names.choose import Choice as Named
from bot.names.choose import containing, select, select_actor
from bot.names.folding import fold
from bot.runtime.outages import UNSENT
from bot.store.deliveries import new_token
from bot.store.errors import MissingError, StoreAwayError, StoreError
from bot.store.follows import MOST, Follow, How, Wish
from bot.store.views import ServerView
from bot.ui import limits
from bot.ui.autocomplete import choice, countries
from bot.ui.interaction import Choice, Command, Interaction, server_locale
from bot.ui.permissions import moderates
from bot.ui.reading import Reader, completes
from bot.ui.refusals import guild_only, not_a_moderator, refuse, say
from bot.ui.render import prepare

FOLLOWS = r"follows:(?P<action>list|stop):(?P<value>[a-z0-9-]{1,25})"
TellChanges: TypeAlias = Callable[[discord.Client, int], Awaitable[None]]
Channel: TypeAlias = app_commands.AppCommandChannel | app_commands.AppCommandThread
_TEXT_TYPES = (discord.ChannelType.text, discord.ChannelType.news)


class TextChannel(app_commands.Transformer):
    """A text channel as the interaction describes it: without a gateway no channel is
    in memory.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Those in which Discord lets somebody choose."""
        return list(_TEXT_TYPES)

    async def transform(self, interaction: Interaction, value: Channel, /) -> Channel:
        """As it came; whether Ally may post there, the channel is asked."""
        del interaction
        return value


What = app_commands.Range[str, 1, 100]
Zone = app_commands.Range[str, 1, 60]


class FollowCommands:
    """The commands and the buttons, over one teller; ``tell_changes`` posts what waits
    for a server's channel for changes.
    """

    def __init__(self, teller: Teller, tell_changes: TellChanges) -> None:
        self.teller, self.tell_changes = teller, tell_changes
        self.services, self.replies = teller.services, teller.replies

    def commands(self) -> tuple[Command, Command]:
        """/follow and /following, with what completes their options."""
        texts = CommandTexts.of(self.replies)
        follow, following = self._follow(texts), self._following(texts)
        completes(self.replies, follow, "what", self._offer_what)
        completes(self.replies, following, "zone", _offer_zone)
        return follow, following

    def _follow(self, texts: CommandTexts) -> Command:
        @texts.command("follow")
        @app_commands.guild_only()
        @app_commands.guild_install()
        @app_commands.default_permissions(manage_guild=True)
        async def follow(
            interaction: Interaction,
            what: What,
            channel: app_commands.Transform[Channel, TextChannel],
            how: Literal["once", "daily", "weekly"] = "daily",
        ) -> None:
            await self.follow(interaction, what, channel.id, how)

        return follow

    def _following(self, texts: CommandTexts) -> Command:
        @texts.command("following")
        @app_commands.guild_only()
        @app_commands.guild_install()
        @app_commands.default_permissions(manage_guild=True)
        async def following(interaction: Interaction, zone: Zone | None = None) -> None:
            await self.following(interaction, zone)

        return following

    def _words(self, interaction: Interaction, server: ServerView | None) -> Texts:
        return self.replies.texts(str(interaction.locale.value), server)

    async def _admitted(self, interaction: Interaction) -> ServerView | None:
        """The server's view for who moderates it, or None when they have been told why
        not.
        """
        if interaction.guild_id is None:
            await say(interaction, guild_only(self._words(interaction, None)))
            return None
        server = await self.services.views.view(interaction.guild_id)
        if not moderates(interaction, server.preferences):
            await say(interaction, not_a_moderator(self._words(interaction, None)))
            return None
        if server.away:
            await refuse(self.replies, interaction, StoreAwayError())
            return None
        return server

    def _choices(self, server: ServerView, texts: Texts) -> list[Named]:
        return [
            each
            for kind in self.teller.kinds
            for each in kind.choices(server.base, texts)
        ]

    def _offer_what(self, reader: Reader, current: str) -> list[Choice]:
        options = self._choices(reader.server, reader.texts)
        words = dict(options)
        offered = [choice(words[key], key) for key in containing(current, options)]
        actors = countries(reader, current) if current.strip() else []
        half = limits.CHOICES // 2
        first = offered[: max(half, limits.CHOICES - len(actors))]
        return [*first, *actors][: limits.CHOICES]

    def _meant(self, typed: str, server: ServerView, texts: Texts) -> Followed | Answer:
        """What was typed or chosen; a page that asks back if that is not sure.

        A whole name comes before a country, a country before a part of a name: a bloc
        may have a country's name in its own.
        """
        options = self._choices(server, texts)
        actor = select_actor(typed, server.names, texts.locale)
        bloc = bloc_called(typed, server.base)
        what = _whole(typed, options)
        if not what and actor.key:
            what = f"country:{actor.key}"
        if not what and bloc:
            what = f"bloc:{bloc}"
        if not what:
            what = select(typed, options).key or ""
        if thing := followed(what, self.teller.kinds):
            return thing
        query = shortened(typed, 60)
        lead = texts("“{query}” is nothing that can be followed.", query=query)
        if actor.near:
            lead = texts(
                "“{query}” is not quite a name I know. Did you mean {names}?",
                query=query,
                names=", ".join(texts.name(code) for code in actor.near),
            )
        hint = texts(
            "Choose a country, a bloc, a side, everything or the question of the day "
            "from the list."
        )
        asked_back = Answer.plain(texts("Follow what?"), lead, notes=[hint])
        return with_examples(asked_back, server.base, texts)

    async def follow(
        self, interaction: Interaction, what: str, channel: int, how: How
    ) -> None:
        """Set a follow up: what was meant, whether the channel can be told, and what
        counts as told.
        """
        server = await self._admitted(interaction)
        if server is None:
            return
        texts = self._words(interaction, server)
        thing = self._meant(what, server, texts)
        if isinstance(thing, Answer):
            await say(interaction, thing)
            return
        # Trying the channel takes time.
        await interaction.response.defer(ephemeral=True)
        try:
            page = await self._set_up(interaction, server, thing, channel, how)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        await interaction.edit_original_response(view=prepare(page))
        await self.tell_changes(interaction.client, server.guild)

    async def _set_up(
        self,
        interaction: Interaction,
        server: ServerView,
        thing: Followed,
        channel: int,
        wished: How,
    ) -> Answer:
        """Set it up, and the page that says so or why not; what is not told as
        ``wished`` is told as it can be.
        """
        possible = thing.kind.cadences
        how = wished if wished in possible else possible[0]
        texts, zone = self._words(interaction, server), server.preferences.zone
        public = self._public(interaction, server)
        locale = server_locale(interaction) or DEFAULT_LOCALE
        guild, now = server.guild, self.services.store.clock()
        edition = await self.teller.edition()
        state = await self.services.follows.server(guild)
        # What comes between this look and the row is news already.
        server = await self.services.views.fresh(guild)
        base, today = server.base, self.replies.today()
        levels = await asyncio.to_thread(levels_on, base, base.countries, today)
        told = told_now(
            thing,
            base,
            today,
            levels,
            edition=edition,
            entry=state.entry,
            guild_revision=state.revision,
        )
        due = next_due(how, now, zone)
        author = interaction.user.id
        name = thing.name(server.base, public)
        wish = Wish(thing.what, channel, how, locale, author, told, due, name)
        made = await self.services.follows.add(guild, wish)
        lead = _promise(thing, how, public)
        notice = pages.begun(name, lead, public, zone=zone, token=new_token())
        try:
            arrives = await can_tell(
                interaction.client, guild, channel, prepare(notice)
            )
        except UNSENT:
            await self.services.follows.withdraw(made)
            raise
        if not arrives:
            await self.services.follows.withdraw(made)
            return pages.cannot_post(channel, texts)
        first = due.astimezone(zone_of(zone)).date() if due else None
        name = thing.name(server.base, texts)
        return pages.set_up(name, channel, how, first, texts, wished=wished)

    async def following(self, interaction: Interaction, zone: str | None) -> None:
        """The list; with ``zone`` the server's time zone is set first."""
        server = await self._admitted(interaction)
        if server is None:
            return
        try:
            notes = await self._set_zone(interaction, server, zone) if zone else ""
            page = await self._listed(interaction, server.guild, notes)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        await say(interaction, page)
        if zone:
            await self.tell_changes(interaction.client, server.guild)

    async def _set_zone(
        self, interaction: Interaction, server: ServerView, typed: str
    ) -> str:
        """Set the time zone; what to say of it."""
        texts = self._words(interaction, server)
        options = [(name, zone_name(name)) for name in zones()]
        named = typed.replace("_", " ")
        chosen = select(typed, options).key or select(named, options).key
        if typed.strip().upper() == "UTC":
            chosen = ""
        if chosen is None:
            query = shortened(typed, 60)
            return texts("“{query}” is no time zone that I know.", query=query)
        await self.services.writer.prefer(
            server.guild, {"zone": chosen}, author=interaction.user.id
        )
        self.services.views.drop(server.guild)
        moved = await self.services.follows.of(server.guild)
        now = self.services.store.clock()
        dues = {row.number: next_due(row.how, now, chosen) for row in moved}
        await self.services.follows.set_due(server.guild, dues)
        return texts("✅ Saved.")

    async def _listed(self, interaction: Interaction, guild: int, note: str) -> Answer:
        server = await self.services.views.fresh(guild)
        texts = self._words(interaction, server)
        rows = await self.services.follows.of(guild)
        lines = [
            pages.FollowLine(
                row.number,
                self._named(row, server, texts),
                row.channel,
                row.how,
                row.closed,
            )
            for row in rows
        ]
        zone, notes = server.preferences.zone, [note] if note else []
        return pages.follows(lines, texts, zone=zone, most=MOST, notes=notes)

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The button below a message, or a choice of the menu that stops one."""
        server = await self._admitted(interaction)
        if server is None:
            return
        try:
            if match["action"] == "list":
                await say(
                    interaction, await self._listed(interaction, server.guild, "")
                )
                return
            note = await self._stopped(interaction, server, match["value"])
            page = await self._listed(interaction, server.guild, note)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        await interaction.response.edit_message(view=prepare(page))
        await self.tell_changes(interaction.client, server.guild)

    async def _stopped(
        self, interaction: Interaction, server: ServerView, value: str
    ) -> str:
        texts = self._words(interaction, server)
        number = int(value) if value.isdecimal() else 0
        public = self._public(interaction, server)
        rows = await self.services.follows.of(server.guild)
        name = next(
            (self._named(row, server, public) for row in rows if row.number == number),
            "",
        )
        try:
            await self.services.follows.stop(
                server.guild, number, author=interaction.user.id, name=name
            )
        except MissingError:
            return texts("That one was stopped already.")
        return texts("✅ Stopped.")

    def _named(self, row: Follow, server: ServerView, texts: Texts) -> str:
        thing = followed(row.what, self.teller.kinds)
        return thing.name(server.base, texts) if thing else row.what

    def _public(self, interaction: Interaction, server: ServerView) -> Texts:
        """The words in which the server's channels are told."""
        return self.replies.public_texts(server, server_locale(interaction))


def _promise(thing: Followed, how: How, texts: Texts) -> str:
    """What a channel is told that it will get."""
    if isinstance(thing.kind, OwnMessageKind):
        return thing.kind.promise(pages.cadences(texts)[how], texts)
    return pages.what_is_new(how, texts)


def _whole(typed: str, options: Sequence[Named]) -> str:
    """The key of the option whose key or whole name was typed; empty for none."""
    wanted = fold(typed)
    named = (key for key, words in options if typed == key or wanted == fold(words))
    return next(named, "")


def _offer_zone(reader: Reader, current: str) -> list[Choice]:
    del reader
    options = [(name, zone_name(name)) for name in zones()]
    words = dict(options)
    keys = containing(current.replace("_", " "), options)
    return [choice(words[key], key) for key in keys[: limits.CHOICES]]
