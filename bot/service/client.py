"""The Discord client: builds nothing, is handed everything."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TypeAlias, TypedDict

import discord
from discord import app_commands

from bot.commands.about import command as about
from bot.commands.ask import buttons
from bot.commands.ask import command as ask
from bot.commands.ask.poll import POLL, PollStarter
from bot.commands.command_texts import CommandTexts
from bot.commands.entries.feature import EntryFeature
from bot.commands.explore.feature import ExploreFeature
from bot.commands.follow.feature import FollowFeature
from bot.commands.follow.kinds import KINDS
from bot.commands.quiz.daily import DailyQuiz
from bot.commands.quiz.feature import QuizFeature
from bot.commands.translator import CatalogueTranslator
from bot.knowledge.facts import Base
from bot.knowledge.plain import PlainObject, object_in
from bot.names.index import NameIndex
from bot.pictures.cache import PictureCache
from bot.runtime.admission import (
    Admission,
    InteractionTrace,
    KnownNames,
    handling,
)
from bot.runtime.clock import ServerClock
from bot.runtime.discord_internals import (
    FollowedTree,
    parsers_of,
    require_known_release,
)
from bot.runtime.first_reply import DEFER_AFTER, GatewayFeed
from bot.runtime.install_link import install_link, open_install_link
from bot.runtime.metrics import Metrics
from bot.runtime.page_reader import PageReader
from bot.runtime.reload import BaseChange, BaseListener, described
from bot.runtime.settings import Shards
from bot.service.callbacks import CallbackSender
from bot.service.command_sync import register_if_changed
from bot.service.housekeeping import ALONE, Housekeeping
from bot.service.promises import promises_over
from bot.service.rest_observer import RestObserver
from bot.store.services import Services
from bot.ui.cooldown import Cooldown
from bot.ui.errors import apologise, failed, outdated
from bot.ui.fast_path import FastPath
from bot.ui.interaction import Command
from bot.ui.reading import ReadingButton, Readings
from bot.ui.replies import ReplyCache
from bot.ui.routes import MENU, FormRoutes, Handler, MenuRoute, route

log = logging.getLogger(__name__)

ClientInteraction: TypeAlias = "discord.Interaction[Client]"


class _Sharding(TypedDict, total=False):
    """The options of discord.py's client that say which shards it serves."""

    shard_ids: list[int]
    shard_count: int


def _sharding(shards: Shards | None) -> _Sharding:
    if shards is None:
        return {}
    return {"shard_ids": list(shards.numbers), "shard_count": shards.total}


class Tree(FollowedTree["Client"]):
    """Turns every error into a reply, and follows each interaction until it is
    answered.
    """

    async def on_error(
        self,
        interaction: ClientInteraction,
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        """Reply with a reference; autocomplete gets no reply, for it has no place for
        one.
        """
        if interaction.type is discord.InteractionType.autocomplete:
            failed(error)
            return
        await apologise(interaction, error)


class Client(discord.AutoShardedClient):
    """Ally on the gateway. It needs no privileged intent and no member or message
    cache.

    ``shards`` are this process's; None asks Discord how many there should be, and
    serves them all. Without ``services`` it answers from the base alone and has no
    commands for servers' own entries.
    """

    def __init__(
        self,
        replies: ReplyCache,
        services: Services | None = None,
        *,
        picture_cache: PictureCache | None = None,
        metrics: Metrics | None = None,
        guild: int | None = None,
        state: Path | None = None,
        reload: Callable[[], tuple[Base, NameIndex] | None] | None = None,
        every: float = 0.0,
        tell_every: float = 0.0,
        clock: ServerClock | None = None,
        shards: Shards | None = ALONE,
        defer_after: float = DEFER_AFTER,
        pages: PageReader | None = None,
    ) -> None:
        require_known_release()
        self.metrics = metrics or Metrics()
        rest = RestObserver(self.metrics, clock)
        super().__init__(
            **_sharding(shards),
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            activity=discord.CustomActivity("/ally country"),
            http_trace=rest.trace(),
        )
        self.replies, self.services = replies, services
        self.admission = Admission(self.metrics, clock)
        self._guild = discord.Object(guild) if guild else None
        self._state, self._reload, self._every = state, reload, every
        self._tell_every = tell_every
        self.base_listeners: list[BaseListener] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._entry_feature = None
        if services:
            self._entry_feature = EntryFeature(services, replies, pages)
        self._keeps_house = False
        self._housekeeping = None
        if self._entry_feature:
            self._housekeeping = Housekeeping(self._entry_feature)
        self._picture_cache = picture_cache or PictureCache()
        self.tree = Tree(self)
        self._register()
        self._is_quick = False
        self._callbacks = CallbackSender(self, self.admission, rest.heard)
        self._date_at = 0.0
        self.promises = promises_over(replies)
        parsers = parsers_of(self)
        self._gateway_feed = GatewayFeed(
            self, parsers["INTERACTION_CREATE"], self.promises, defer_after
        )
        parsers["INTERACTION_CREATE"] = self._arrived

    def _register(self) -> None:
        """Make the commands, and the routes of buttons and forms; then admission knows
        their names.
        """
        replies, entries = self.replies, self._entry_feature
        readings = Readings(replies, Cooldown())
        self._explore = explore = ExploreFeature(readings, self._picture_cache)
        services = self.services
        self.quiz = QuizFeature(readings, services.quiz if services else None)
        self._follow_feature = follows = self._follows(services, entries)
        for command in (
            ask.command(readings, explore.pages, explore.pictures),
            *about.commands(readings),
            *explore.commands,
            *self.quiz.commands,
            *(entries.commands if entries else ()),
            *(follows.commands if follows else ()),
        ):
            self.tree.add_command(command)
        reading: dict[str, ReadingButton] = {**buttons.BUTTONS, **explore.buttons}
        self._buttons: dict[str, Handler] = {
            pattern: readings.handler(button) for pattern, button in reading.items()
        }
        self._buttons |= self.quiz.buttons
        forms = dict(explore.forms)
        if entries and services:
            self._buttons |= entries.buttons
            self._buttons[POLL] = PollStarter(
                services, replies, readings.cooldown
            ).pressed
            forms |= entries.forms
        if follows:
            self._buttons |= follows.buttons
        self._buttons[MENU] = MenuRoute(dict(self._buttons)).chosen
        self.fast_path = FastPath(readings, self._slash_commands(), reading)
        self._templates = [re.compile(template) for template in self._buttons]
        self._forms = FormRoutes(forms)
        self.admission.known = KnownNames(
            commands=self._command_names(),
            families=frozenset(
                template.partition(":")[0] for template in (*self._buttons, *forms)
            ),
        )

    def _follows(
        self, services: Services | None, entries: EntryFeature | None
    ) -> FollowFeature | None:
        """What channels follow, the quiz's question of the day too."""
        if services is None or entries is None:
            return None
        daily = DailyQuiz(self.replies, services.quiz, self.quiz.quizmaster)
        kinds = (*KINDS, daily)
        return FollowFeature(services, self.replies, entries.notices.audit, kinds)

    def _slash_commands(self) -> list[Command]:
        kind = discord.AppCommandType.chat_input
        walked = self.tree.walk_commands(type=kind)
        return [each for each in walked if isinstance(each, app_commands.Command)]

    def _command_names(self) -> frozenset[str]:
        """The full names of all commands, those on messages among them."""
        kinds = (discord.AppCommandType.chat_input, discord.AppCommandType.message)
        return frozenset(
            command.qualified_name
            for kind in kinds
            for command in self.tree.walk_commands(type=kind)
        )

    async def setup_hook(self) -> None:
        """Register buttons and, if they changed, commands; begin to watch the base."""
        self.add_dynamic_items(*(route(*each) for each in self._buttons.items()))
        if self.application_id:
            log.info("to add the bot: %s", install_link(self.application_id))
        self.replies.install_link = open_install_link(self.application)
        if self._guild:
            self.tree.copy_global_to(guild=self._guild)
        await self.sync_if_changed()
        if self._reload and self._every:
            self._start(self._watch(self._reload))
        if self._follow_feature and self._tell_every:
            self._start(self._follow_feature.keep_telling(self, self._tell_every))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def on_ready(self) -> None:
        """Say so in the log; then set right what happened to servers while the bot was
        away.
        """
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        if self._housekeeping and not self._keeps_house:
            self._keeps_house = True
            self._start(self._housekeeping.over_gateway(self))

    async def keep_house_by_list(self) -> None:
        """For a client without a gateway: goes on until it is cancelled."""
        if self._housekeeping:
            await self._housekeeping.by_list(self)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server took Ally in (again)."""
        if self._entry_feature:
            await self._entry_feature.joined(guild.id)
            await self._entry_feature.welcome(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server put Ally out: its data is purged 30 days from now."""
        if self._entry_feature:
            await self._entry_feature.left(guild.id)

    async def on_interaction(self, interaction: ClientInteraction) -> None:
        """Forms are read here, for discord.py would know only those that this very
        process has opened.
        """
        if interaction.type is discord.InteractionType.modal_submit:
            with handling():
                await self._forms.submitted(interaction)
        elif interaction.type is discord.InteractionType.component:
            custom_id = str(object_in(interaction.data).get("custom_id", ""))
            if not any(template.fullmatch(custom_id) for template in self._templates):
                with handling():
                    await outdated(interaction)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """The connection broke; discord.py takes it up again by itself."""
        self.metrics.gateway("disconnected")
        log.info("shard %d lost its connection", shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """The connection is back, and what was missed has been sent again."""
        self.metrics.gateway("resumed")
        log.info("shard %d resumed", shard_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """A new session began."""
        self.metrics.gateway("ready")
        log.info("shard %d ready", shard_id)

    async def sync_if_changed(self) -> bool:
        """Register the commands unless the same ones were registered last time; whether
        it did.
        """
        payload = await self.command_payload()
        return await register_if_changed(self.tree, payload, self._guild, self._state)

    async def command_payload(self) -> list[PlainObject]:
        """The commands as Discord is to have them, in every language."""
        translator = CatalogueTranslator(CommandTexts.of(self.replies))
        await self.tree.set_translator(translator)
        commands = self.tree.get_commands(guild=self._guild)
        return [
            await each.get_translated_payload(self.tree, translator)
            for each in commands
        ]

    async def _watch(self, reload: Callable[[], tuple[Base, NameIndex] | None]) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                fresh = await asyncio.to_thread(reload)
            except Exception:
                log.exception(
                    "the base could not be looked at; the old one goes on serving"
                )
                continue
            if fresh is None:
                continue
            change = BaseChange(self.replies.base, fresh[0])
            self.replies.swap(*fresh)
            log.info("base reloaded, %s", described(change.after))
            for listener in self.base_listeners:
                try:
                    await listener(change)
                except Exception:
                    log.exception("something after the reload of the base failed")
            await self.warm()

    async def warm(self) -> None:
        """Index the base that is served, in a thread, before somebody searches it."""
        await asyncio.to_thread(self._explore.search.warm, self.replies.base)

    def use_fast_path(self) -> None:
        """Answer what only reads without discord.py's objects from now on."""
        self._is_quick = True

    def _arrived(self, payload: Mapping[str, object]) -> None:
        """An interaction from the gateway: the short way if it only reads, else
        discord.py's.
        """
        try:
            trace = self.admission.admit(payload)
        except (KeyError, ValueError, TypeError, AttributeError):
            # Whatever is raised here would end the connection.
            log.warning("an interaction of a kind that Ally does not know came")
            return
        if not isinstance(trace, InteractionTrace):
            return
        body = self.fast_path.reply(payload) if self._is_quick else None
        if body is None:
            self._gateway_feed.feed(payload, trace)
        else:
            trace.short = True
            self._callbacks.send(payload, body, trace)

    async def close(self) -> None:
        """Stop watching, then close the connection."""
        for task in tuple(self._tasks):
            task.cancel()
        self._picture_cache.close()
        await self._callbacks.close()
        await super().close()
