"""A reply that only reads, before it is worked out: what it is kept under, and how it
comes about.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.store.views import ServerView
from bot.ui.interaction import Interaction


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """What the server sees, and in which words, to whom a page is shown."""

    server: ServerView
    texts: Texts
    locale: str
    """As Discord names it."""
    private: bool

    @property
    def base(self) -> Base:
        """What the server sees."""
        return self.server.base


class ReplyPage(NamedTuple):
    """A page that need not be worked out if it was before.

    What is kept under its question, its locale and its edition, on one day, must be the
    same for everybody.
    """

    question: Hashable
    work_out: Callable[[], Answer]
    server: ServerView | None
    """Who sees it; None for a page that no server's entries touch."""
    locale: str
    private: bool
    edition: Hashable
    """Of which facts it is made."""
    in_thread: bool = False
    """Whether working it out takes longer than the event loop can spare (10 ms)."""
    in_place: bool = False
    """Whether it replaces the message that was pressed."""


class LongReply(NamedTuple):
    """A reply that asks back, draws, or waits; discord.py's objects are needed."""

    send: Callable[[Interaction], Awaitable[None]]


Reply: TypeAlias = ReplyPage | LongReply


class RefusedError(Exception):
    """What was asked is not understood; the page says so to the reader alone."""

    def __init__(self, page: Answer) -> None:
        super().__init__(page.title)
        self.page = page


def survey(
    context: ReplyContext,
    question: Hashable,
    work_out: Callable[[], Answer],
    *,
    in_place: bool = False,
) -> ReplyPage:
    """A page about many actors or votes, worked out in a thread."""
    server = context.server
    edition = (server.base.state, server.away)
    return ReplyPage(
        question,
        work_out,
        server,
        context.locale,
        context.private,
        edition,
        in_thread=True,
        in_place=in_place,
    )
