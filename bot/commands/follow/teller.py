"""Looks now and then at what channels follow, decides what they are told, and posts
it.

Deciding is one transaction a channel (`bot.store.follows`), posting follows the
protocol of `bot.store.deliveries`; any number of processes may do both at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

import discord

from bot.alignment.changes import levels_on
from bot.answers.document import Action, Answer
from bot.answers.follows import bulletin, closed, list_id
from bot.answers.texts import Texts
from bot.commands.follow.channel import posted_before
from bot.commands.follow.kinds import (
    KINDS,
    ActorsKind,
    Followed,
    FollowKind,
    OwnMessageKind,
    ServerDay,
    followed,
)
from bot.commands.follow.news import (
    Found,
    ServedEdition,
    found,
    together,
)
from bot.commands.follow.times import is_same_day, next_due
from bot.knowledge.base_changes import facts_by_key, vote_key
from bot.knowledge.facts import Base
from bot.runtime.outages import UNSENT, may_succeed_later, reason_of
from bot.store.deliveries import Delivery, Message, MessageKind, new_token
from bot.store.errors import StoreError
from bot.store.follows import Due, Step
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.interaction import SILENT
from bot.ui.render import Prepared, prepare
from bot.ui.replies import ReplyCache

log = logging.getLogger(__name__)

_PAUSE = timedelta(seconds=15)
"""After how long a message is tried again at first; twice as long each time."""


@dataclass(frozen=True, slots=True)
class _Channel:
    """A channel of a server, what its server sees, and its words."""

    server: ServerView
    channel: int
    texts: Texts
    today: date


@dataclass(frozen=True, slots=True)
class _Row:
    """A follow that is due, and what it is about."""

    due: Due
    thing: Followed

    @property
    def kind(self) -> MessageKind:
        """Of what kind the message is that it is told in."""
        if isinstance(self.thing.kind, OwnMessageKind):
            return "own"
        return "once" if self.due.follow.how == "once" else "digest"


@dataclass(frozen=True, slots=True)
class _Decided:
    """What follows of a channel move on to, and the message for it, if there is any."""

    steps: tuple[Step, ...]
    message: Message | None


class Teller:
    """Decides and posts, over the services of one store."""

    def __init__(
        self,
        services: Services,
        replies: ReplyCache,
        kinds: Sequence[FollowKind] = KINDS,
    ) -> None:
        self.services, self.replies, self.kinds = services, replies, kinds
        self._keys_of: Base | None = None
        self._keys: tuple[str, ...] = ()

    async def tell(self, client: discord.Client) -> None:
        """Decide what there is to tell, and post what waits; StoreError if the database
        cannot be reached.
        """
        await self.decide()
        await self.post(client)

    async def edition(self) -> int:
        """The number of the edition that is served."""
        base = self.replies.base
        if self._keys_of is not base:
            keys = await asyncio.to_thread(_keys, base)
            self._keys, self._keys_of = keys, base
        return await self.services.editions.number(base.revision, self._keys)

    async def decide(self) -> None:
        """Let every follow that has something to be told be told it."""
        if not await self.services.follows.any():
            return
        base, today = self.replies.base, self.replies.today()
        number = await self.edition()
        due = await self.services.follows.due(number, today)
        since = {each.follow.told.edition for each in due if self._is_of_actors(each)}
        added = {each: await self.services.editions.added_since(each) for each in since}
        edition = ServedEdition(number, added)
        for (guild, channel), rows in groupby(
            due, lambda each: (each.follow.guild, each.follow.channel)
        ):
            if self.replies.base is not base:
                # Another edition has come meanwhile: the next look is by that.
                return
            try:
                await self._decide(guild, channel, list(rows), today, edition)
            except StoreError:
                raise
            except Exception:
                # One server's news must not keep all others waiting.
                log.exception("what channel %d is to be told was not found", channel)

    async def _decide(
        self,
        guild: int,
        channel: int,
        rows: Sequence[Due],
        today: date,
        edition: ServedEdition,
    ) -> None:
        server = await self.services.views.fresh(guild)
        texts = self.replies.public_texts(server, rows[0].follow.locale)
        place = _Channel(server, channel, texts, today)
        zone, now = server.preferences.zone, self.services.store.clock()
        for group in self._groups(rows):
            if await self._was_told_today(place, group[0], now):
                # One message a day; the next one tells it too.
                steps = _put_off(group, now, zone)
                await self.services.follows.move_on(steps, None)
                continue
            decided = await self._decided(place, group, edition, now)
            await self.services.follows.move_on(decided.steps, decided.message)

    def _is_of_actors(self, due: Due) -> bool:
        thing = followed(due.follow.what, self.kinds)
        return thing is not None and isinstance(thing.kind, ActorsKind)

    async def _was_told_today(self, place: _Channel, row: _Row, now: datetime) -> bool:
        """Whether the channel has had its message of the server's day: a digest, or
        this row's own.
        """
        if row.kind == "once":
            return False
        server = place.server
        last = await self.services.deliveries.last(
            server.guild, place.channel, row.kind
        )
        zone = server.preferences.zone
        return last is not None and is_same_day(last, now, zone)

    def _groups(self, rows: Sequence[Due]) -> list[list[_Row]]:
        """The follows that are told in one message: those at once, those of the day,
        and each that makes its own message. What this program does not know is left
        to one that does.
        """
        groups: dict[str, list[_Row]] = {}
        for due in rows:
            thing = followed(due.follow.what, self.kinds)
            if thing is None:
                continue
            row = _Row(due, thing)
            key = thing.what if row.kind == "own" else row.kind
            groups.setdefault(key, []).append(row)
        return list(groups.values())

    async def _decided(
        self,
        place: _Channel,
        rows: Sequence[_Row],
        edition: ServedEdition,
        now: datetime,
    ) -> _Decided:
        kind = rows[0].thing.kind
        if isinstance(kind, OwnMessageKind):
            return await self._own_message(place, rows[0], kind, edition.number, now)
        return await asyncio.to_thread(self._news, place, rows, edition, now)

    def _news(
        self,
        place: _Channel,
        rows: Sequence[_Row],
        edition: ServedEdition,
        now: datetime,
    ) -> _Decided:
        """What follows of actors are told together."""
        base, zone = place.server.base, place.server.preferences.zone
        levels = levels_on(base, base.countries, place.today)
        parts: list[Found] = []
        steps: list[Step] = []
        names: list[str] = []
        for row in rows:
            part = found(row.due, row.thing, base, place.today, levels, edition)
            due = next_due(row.due.follow.how, now, zone)
            steps.append(Step(row.due.follow, part.told, due))
            if part.news.count or part.is_new_edition:
                parts.append(part)
                names.append(row.thing.name(base, place.texts))
        if not parts:
            return _Decided(tuple(steps), None)
        token = new_token()
        page = bulletin(
            together([part.news for part in parts]),
            names,
            base,
            place.texts,
            token=token,
            is_new_edition=any(part.is_new_edition for part in parts),
        )
        return _Decided(tuple(steps), _message(place, page, token, rows[0].kind))

    async def _own_message(
        self,
        place: _Channel,
        row: _Row,
        kind: OwnMessageKind,
        edition: int,
        now: datetime,
    ) -> _Decided:
        """The message that a kind makes itself; nothing, until the next day, where it
        has none.
        """
        follow, server, last = row.due.follow, place.server, row.due.follow.told.mark
        scene = ServerDay(server.guild, server.base, place.texts, place.today, last)
        made = await kind.message(row.thing.key, scene)
        due = next_due(follow.how, now, server.preferences.zone)
        told = replace(
            follow.told,
            edition=edition,
            guild_revision=row.due.guild_revision,
            day=max(place.today, follow.told.day),
            mark=made.mark if made else last,
        )
        step = Step(follow, told, due)
        if made is None:
            return _Decided((step,), None)
        token = new_token()
        page = with_list_button(made.answer, token, place.texts)
        return _Decided((step,), _message(place, page, token, "own"))

    async def post(self, client: discord.Client) -> None:
        """Post what waits."""
        for delivery in await self.services.deliveries.take():
            await self._post(client, delivery)

    async def _post(self, client: discord.Client, delivery: Delivery) -> None:
        message, queue = delivery.message, self.services.deliveries
        where = client.get_partial_messageable(message.channel, guild_id=message.guild)
        try:
            posted = 0
            if delivery.tries > 1:
                posted = await posted_before(client, where, delivery)
            if not posted:
                view = Prepared(list(message.body), 0)
                sent = await where.send(
                    view=view, allowed_mentions=SILENT, nonce=message.token
                )
                posted = sent.id
            await queue.posted(message.token, posted)
        except (discord.Forbidden, discord.NotFound) as error:
            await self._closed(message, error)
        except UNSENT as error:
            if may_succeed_later(error):
                await self._again(delivery, reason_of(error))
                return
            log.error(  # noqa: TRY400 - its trace says nothing more
                "Discord does not take message %s: %s",
                message.token,
                reason_of(error),
            )
            await queue.drop(message.token)

    async def _again(self, delivery: Delivery, why: str) -> None:
        log.warning("channel %d is told later: %s", delivery.message.channel, why)
        pause = _PAUSE * 2 ** min(delivery.tries - 1, 10)
        await self.services.deliveries.later(delivery.message.token, pause)

    async def _closed(self, message: Message, error: discord.HTTPException) -> None:
        """A channel is gone or closed: its follows rest, and the moderators are told in
        the channel for changes, else in that for suggestions.
        """
        log.warning(
            "channel %d of server %d can no longer be told: code %s",
            message.channel,
            message.guild,
            error.code,
        )
        if message.kind == "notice":
            await self.services.deliveries.drop(message.token)
            return
        server = await self.services.views.fresh(message.guild)
        rows = await self.services.follows.of(message.guild)
        mine = [row for row in rows if row.channel == message.channel]
        wanted = server.preferences
        room = next(
            (
                each
                for each in (wanted.audit_channel, wanted.review_channel)
                if each not in {0, message.channel}
            ),
            0,
        )
        notice = None
        if room and mine:
            texts = self.replies.public_texts(server, mine[0].locale)
            token = new_token()
            things = [followed(row.what, self.kinds) for row in mine]
            names = [thing.name(server.base, texts) for thing in things if thing]
            page = closed(names, message.channel, texts, token=token)
            body = prepare(page).to_components()
            notice = Message(message.guild, room, "notice", body, token)
        await self.services.follows.close(message.guild, message.channel, notice)
        await self.services.deliveries.drop(message.token)


def _message(place: _Channel, page: Answer, token: str, kind: MessageKind) -> Message:
    server = place.server
    body = prepare(page, server.base.conflict).to_components()
    return Message(server.guild, place.channel, kind, body, token)


def _keys(base: Base) -> tuple[str, ...]:
    votes = map(vote_key, base.votes.values())
    return (*facts_by_key(base), *votes)


def _put_off(rows: Sequence[_Row], now: datetime, zone: str) -> tuple[Step, ...]:
    """The same follows, looked at another day."""
    return tuple(
        Step(
            row.due.follow,
            row.due.follow.told,
            next_due(row.due.follow.how, now, zone),
        )
        for row in rows
    )


def with_list_button(page: Answer, token: str, texts: Texts) -> Answer:
    """A page with the button that carries its message's token."""
    button = Action(list_id(token), texts("What this server follows"))
    return replace(page, actions=(*page.actions, button))
