"""/quiz: a question, what comes of a press on a choice, and a server's scores.

A question is made anew from its custom id whenever it is needed; its seed is the id of
the interaction that asked for it, and its seal says that it was asked in this server.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from functools import partial

from discord import app_commands

from bot.answers.document import Answer
from bot.answers.quiz import page as pages
from bot.answers.quiz.maker import OLDEST, Quizmaster, topics
from bot.answers.quiz.page import UNSEALED, Counted, Score
from bot.answers.quiz.question import Asked, read_id
from bot.answers.texts import Texts
from bot.commands.command_texts import CommandTexts
from bot.commands.explore.options import TypedOptions, offered
from bot.knowledge.facts import Base
from bot.names.regions import in_english
from bot.store.errors import StoreError
from bot.store.quiz import QuizScores, ScoreRow
from bot.ui.interaction import Choice, Command, Interaction, is_private, send
from bot.ui.page import LongReply, ReplyContext
from bot.ui.reading import Reader, Readings, completes, reader_of
from bot.ui.refusals import refuse
from bot.ui.render import prepare
from bot.ui.routes import Handler

log = logging.getLogger(__name__)

Topic = app_commands.Range[str, 1, 100]


class QuizFeature:
    """What the client registers; without ``scores`` there are questions only."""

    def __init__(self, readings: Readings, scores: QuizScores | None) -> None:
        self.readings, self.replies, self.scores = readings, readings.replies, scores
        self.quizmaster = Quizmaster()
        self.commands = (self._group(),)
        self.buttons: Mapping[str, Handler] = {
            pages.PICK: self.picked,
            pages.NEXT: self.next,
            pages.TOP: self.top_pressed,
        }

    @property
    def base(self) -> Base:
        """The shipped base: what only one server says is not asked about."""
        return self.replies.base

    def _group(self) -> app_commands.Group:
        texts = CommandTexts.of(self.replies)
        group = texts.group(
            "quiz",
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
        )
        play = _play(self, texts, group)
        completes(self.replies, play, "topic", self._offers)

        @texts.command("quiz.top", group)
        async def top(interaction: Interaction) -> None:
            await self.top(interaction)

        return group

    def _topics(self, texts: Texts) -> list[tuple[str, str]]:
        return [(each, pages.topic_name(each, texts)) for each in topics(self.base)]

    def _offers(self, reader: Reader, current: str) -> list[Choice]:
        return offered(self._topics(reader.texts), current, in_english())

    def play(
        self, reader: Reader, topic: str | None, private: bool | None
    ) -> LongReply:
        """/quiz play."""
        context = reader.context(private=private)
        key = ""
        if topic:
            typed = TypedOptions(reader, context)
            key = typed.one_of(
                topic,
                self._topics(reader.texts),
                typed.texts("topics"),
                pages.next_id,
                in_english(),
            )
        return LongReply(partial(self._ask, key, context))

    async def _ask(
        self, topic: str, context: ReplyContext, interaction: Interaction
    ) -> None:
        answer = await self._question(topic, context.texts, interaction)
        view = prepare(answer, self.base.conflict)
        await send(interaction, view, ephemeral=context.private)

    async def _question(
        self, topic: str, texts: Texts, interaction: Interaction
    ) -> Answer:
        """A new question, sealed where answers to it can count."""
        base, today = self.base, self.replies.today()
        ask = self.quizmaster.asked
        asked = await asyncio.to_thread(ask, topic, interaction.id, base, today)
        if asked is None:
            return pages.nothing_to_ask(texts)
        seal = await self.sealed(interaction.guild_id, asked)
        return await asyncio.to_thread(
            pages.question_page, asked, base, texts, seal=seal
        )

    async def sealed(self, guild: int | None, asked: Asked) -> str:
        """The seal of a question that is asked in a server; none outside one, or while
        the scores cannot be reached.
        """
        if guild is None or self.scores is None:
            return UNSEALED
        try:
            return await self.scores.seal(guild, asked.id.text())
        except StoreError as error:
            log.warning("a question has no seal: %s", type(error).__name__)
            return UNSEALED

    async def next(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another question, for the presser alone."""
        reader = await reader_of(interaction, self.replies)
        answer = await self._question(match["topic"], reader.texts, interaction)
        await self._show(interaction, answer)

    async def picked(self, interaction: Interaction, match: re.Match[str]) -> None:
        """What comes of a choice, for the presser alone."""
        reader = await reader_of(interaction, self.replies)
        texts, base, today = reader.texts, self.base, reader.today
        try:
            about = read_id(match["id"])
        except ValueError:
            await self._show(interaction, pages.gone(texts, ""))
            return
        asked = None
        if today - OLDEST <= about.on <= today:
            asked = await asyncio.to_thread(self.quizmaster.made, about, base)
        if asked is None:
            await self._show(interaction, pages.gone(texts, about.topic))
            return
        place = int(match["place"])
        counted = await self._counted(interaction, asked, place, match["seal"])
        answer = await asyncio.to_thread(
            pages.explanation, asked, place, base, texts, counted=counted
        )
        await self._show(interaction, answer)

    async def _counted(
        self, interaction: Interaction, asked: Asked, place: int, seal: str
    ) -> Counted:
        guild, scores = interaction.guild_id, self.scores
        if guild is None or scores is None:
            return ""
        try:
            if not await scores.is_sealed(guild, asked.id.text(), seal):
                return "late"
            correct = place == asked.question.right
            user = interaction.user.id
            return await scores.record(guild, user, asked.key, correct=correct)
        except StoreError as error:
            log.warning("an answer was not counted: %s", type(error).__name__)
            return "away"

    async def _show(self, interaction: Interaction, answer: Answer) -> None:
        """In place where only the presser sees the message, privately beside it
        otherwise.
        """
        view = prepare(answer, self.base.conflict)
        if is_private(interaction):
            await interaction.response.edit_message(view=view)
        else:
            await send(interaction, view, ephemeral=True)

    async def top_pressed(self, interaction: Interaction, _: re.Match[str]) -> None:
        """The scores, for the presser alone."""
        answer = await self._scores(interaction)
        if answer is not None:
            await self._show(interaction, answer)

    async def top(self, interaction: Interaction) -> None:
        """/quiz top; for the asker alone, for it names people."""
        answer = await self._scores(interaction)
        if answer is not None:
            await send(interaction, prepare(answer), ephemeral=True)

    async def _scores(self, interaction: Interaction) -> Answer | None:
        """The scores of a server; None when the asker has been told why not."""
        reader = await reader_of(interaction, self.replies)
        guild, scores = interaction.guild_id, self.scores
        if guild is None or scores is None:
            return pages.no_scores(reader.texts)
        try:
            found = await scores.standings(guild, interaction.user.id, pages.SHOWN)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return None
        best = [_score(row) for row in found.best]
        own = _score(found.own) if found.own else None
        return pages.scores(best, own, found.place, reader.texts)


def _score(row: ScoreRow) -> Score:
    return Score(row.user, row.right, row.answered)


def _play(quiz: QuizFeature, texts: CommandTexts, group: app_commands.Group) -> Command:
    @quiz.readings.command(texts.command("quiz.play", group))
    def play(
        reader: Reader, topic: Topic | None = None, private: bool | None = None
    ) -> LongReply:
        return quiz.play(reader, topic, private)

    return play
