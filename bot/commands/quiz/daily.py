"""The question of the day, which a channel may follow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.answers.quiz import page as pages
from bot.answers.quiz.maker import Quizmaster
from bot.answers.texts import Texts
from bot.commands.follow.kinds import OwnMessage, OwnMessageKind, ServerDay
from bot.knowledge.facts import Base
from bot.names.choose import Choice
from bot.store.quiz import QuizScores
from bot.ui.replies import ReplyCache


class DailyQuiz(OwnMessageKind):
    """A question a day, made of the shipped base as those of ``/quiz``."""

    id = "quiz"
    cadences = ("daily",)

    def __init__(
        self, replies: ReplyCache, scores: QuizScores, quizmaster: Quizmaster
    ) -> None:
        self._replies, self._scores = replies, scores
        self._quizmaster = quizmaster

    def choices(self, base: Base, texts: Texts) -> Sequence[Choice]:
        """The one choice."""
        return [(self.id, self.name("", base, texts))]

    def name(self, key: str, base: Base, texts: Texts) -> str:
        """In words; KeyError for a key, for there are no kinds of it."""
        del base
        if key:
            raise KeyError(key)
        return texts("Question of the day")

    def promise(self, when: str, texts: Texts) -> str:
        """A question for everybody in the channel."""
        return texts("A quiz question for everyone in this channel. {when}", when=when)

    async def message(self, key: str, scene: ServerDay) -> OwnMessage | None:
        """The day's question, another one than the last; None for a base that offers
        none.

        It counts for the scores: StoreError if it cannot be sealed.
        """
        del key
        base = self._replies.base
        asked = await asyncio.to_thread(
            pages.daily, base, scene.today, self._quizmaster, last=scene.last
        )
        if asked is None:
            return None
        seal = await self._scores.seal(scene.guild, asked.id.text())
        page = await asyncio.to_thread(
            pages.question_page, asked, base, scene.texts, seal=seal, of_day=True
        )
        return OwnMessage(page, asked.key)
