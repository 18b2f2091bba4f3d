"""Who asked, and where: what every page needs besides its own question."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.store.views import ServerView
from bot.ui.interaction import Interaction
from bot.ui.replies import ReplyCache, locale_for


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


async def context_of(
    interaction: Interaction, replies: ReplyCache, *, private: bool | None
) -> ReplyContext:
    """The context of a reply, public or private as asked or, for None, as the server
    prefers.
    """
    server = await replies.views.view(interaction.guild_id)
    hidden = server.preferences.private if private is None else private
    locale = locale_for(interaction, server.preferences, private=hidden)
    return ReplyContext(server, replies.texts(locale, server), locale, hidden)
