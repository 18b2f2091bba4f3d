"""The reply cache between commands and answers: prepares replies once, for the base or
for a server's view of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from functools import partial

from cachetools import LRUCache

from bot.alignment.rubric import assess
from bot.answers import behind, card, catalogues, evidence, stance
from bot.answers.card_buttons import with_buttons
from bot.answers.document import Action, Answer
from bot.answers.texts import Texts
from bot.entries.records import Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameLookup
from bot.names.locales import cldr_locale
from bot.runtime.shared_work import SharedWork
from bot.store.views import ServerView, ServerViews
from bot.ui.interaction import Interaction, server_locale
from bot.ui.page import ReplyPage
from bot.ui.render import Prepared, at_site, prepare

CACHED = 2048
"""Prepared replies kept, at 5 to 10 KiB each."""

_PAGES = {
    "evidence": evidence.evidence,
    "votes": evidence.votes,
    "sources": behind.sources,
    "earlier": behind.earlier,
    "forecast": behind.foretold,
}
"""The pages behind a card, each of one actor and day."""


class ReplyCache:
    """Answers prepared on demand and kept, least recently used first out.

    A server whose entries do not concern an actor gets the very reply that everybody
    gets.
    """

    def __init__(
        self,
        views: ServerViews,
        today: Callable[[], date],
        version: str,
        site: str = "",
    ) -> None:
        self.views, self.today, self.version = views, today, version
        self.install_link = ""
        """Where everybody may add the bot to a server; empty before it is logged in,
        and for one that only its owner may add.
        """
        self.site = site
        """The address of the site to which titles lead; empty for none."""
        self._prepared: LRUCache[Hashable, Prepared] = LRUCache(CACHED)
        self._texts: dict[str, Texts] = {}
        self._in_work = SharedWork[Hashable, Prepared]()
        self.hits = self.misses = 0

    @property
    def base(self) -> Base:
        """The shipped base."""
        return self.views.base

    def swap(self, base: Base, names: NameLookup) -> None:
        """Serve another edition of the base from now on."""
        self.views.swap(base, names)
        self._prepared.clear()
        self._texts.clear()
        catalogues.forget()

    def texts(self, locale: str, server: ServerView | None = None) -> Texts:
        """The words of one Discord locale; with a server's names where it has its
        own.
        """
        if server is not None and server.own:
            display = server.names.display
            return Texts(cldr_locale(locale), display, server.base.catalogues)
        texts = self._texts.get(locale)
        if texts is None:
            display = self.views.names.display
            texts = Texts(cldr_locale(locale), display, self.base.catalogues)
            self._texts[locale] = texts
        return texts

    def public_texts(self, server: ServerView, of_server: str | None) -> Texts:
        """The words of what everybody in a server sees, whoever asked for it;
        ``of_server`` is the locale that Discord names for it.
        """
        return self.texts(server.preferences.public_locale(of_server), server)

    def actor_page(
        self,
        kind: str,
        code: str,
        on: date,
        number: int,
        locale: str,
        *,
        private: bool,
        server: ServerView | None = None,
        in_place: bool = False,
    ) -> ReplyPage:
        """A page of one kind about one actor on one day: ``ask`` is the card, ``full``
        the long answer, ``method`` how Ally decides; the others are pages behind them.
        Working it out raises KeyError for a code that the server's view does not have.
        """
        hosted = server is not None and bool(server.guild) and not server.away
        polls = hosted and server is not None and server.preferences.polls

        def work_out() -> Answer:
            base = server.base if server else self.base
            texts = self.texts(locale, server)
            return self._answer(
                kind,
                code,
                on,
                number,
                texts,
                base,
                private=private,
                hosted=hosted,
                polls=polls,
            )

        return ReplyPage(
            (kind, code, on, number, private, hosted, polls),
            work_out,
            server,
            locale,
            private,
            _edition(code, server),
            in_place=in_place,
        )

    def page(
        self,
        kind: str,
        code: str,
        on: date,
        number: int,
        locale: str,
        *,
        private: bool,
        server: ServerView | None = None,
    ) -> Prepared:
        """Such a page, worked out at once."""
        page = self.actor_page(
            kind, code, on, number, locale, private=private, server=server
        )
        return self.prepared(page)

    def kept(self, page: ReplyPage) -> Prepared | None:
        """A page that was worked out before."""
        return self._found(self._key(page))

    def prepared(self, page: ReplyPage) -> Prepared:
        """A page, worked out now unless it was before."""
        key = self._key(page)
        view = self._found(key)
        return self._keep(key, self._laid_out(page)) if view is None else view

    async def worked_out(self, page: ReplyPage) -> Prepared:
        """A page, worked out unless it was before; in a thread if it takes long, and
        once for all who ask for it meanwhile.
        """
        if not page.in_thread:
            return self.prepared(page)
        key = self._key(page)
        view = self._found(key)
        if view is not None:
            return view
        return await self._in_work.result(key, partial(self._in_thread, key, page))

    async def _in_thread(self, key: Hashable, page: ReplyPage) -> Prepared:
        return self._keep(key, await asyncio.to_thread(self._laid_out, page))

    def _key(self, page: ReplyPage) -> Hashable:
        return page.question, page.locale, page.edition, self.today()

    def _found(self, key: Hashable) -> Prepared | None:
        view = self._prepared.get(key)
        if view is not None:
            self.hits += 1
        return view

    def _keep(self, key: Hashable, view: Prepared) -> Prepared:
        self.misses += 1
        self._prepared[key] = view
        return view

    def _laid_out(self, page: ReplyPage) -> Prepared:
        answer, server = page.work_out(), page.server
        if server is not None and server.away:
            texts = self.texts(page.locale)
            note = texts(
                "I cannot read this server's own entries right now; this is "
                "what Ally itself knows."
            )
            answer = replace(answer, notes=(*answer.notes, note))
        base = server.base if server else self.base
        return prepare(at_site(answer, self.site), base.conflict)

    def _answer(
        self,
        kind: str,
        code: str,
        on: date,
        number: int,
        texts: Texts,
        base: Base,
        *,
        private: bool,
        hosted: bool,
        polls: bool,
    ) -> Answer:
        key = f"{code}:{on.isoformat()}:1"
        back = Action(f"ally:ask:{key}", texts("Back"), "↩️")
        if kind == "method":
            answer = evidence.method(base, texts)
            known = code in base.countries
            return replace(answer, actions=(back,) if known else ())
        assessment = assess(code, base, on=on)
        page = _PAGES.get(kind)
        if page is not None:
            answer = page(assessment, base, texts, page=number)
            return replace(answer, actions=(*answer.actions, back))
        shipped = None
        if code in base.added and code in self.base.countries:
            shipped = assess(code, self.base, on=on)
        full = kind == "full"
        say = stance.answer if full else card.card
        return with_buttons(
            say(assessment, base, texts, today=self.today(), shipped=shipped),
            assessment,
            texts,
            private=private,
            hosted=hosted,
            polls=polls,
            full=full,
        )


def _edition(code: str, server: ServerView | None) -> Hashable:
    """Whose reply about an actor it is: everybody's, nobody's own while the database is
    away, or that of one revision of one server.
    """
    if server is None:
        return None
    if server.away:
        return "away"
    if code not in server.base.added:
        return None
    return server.guild, server.revision


def locale_for(
    interaction: Interaction, preferences: Preferences, *, private: bool
) -> str:
    """The reader's locale for what only they see; for what everyone sees the language
    of the server's settings, else of the server itself.
    """
    mine = str(interaction.locale.value)
    if private:
        return mine
    return preferences.public_locale(server_locale(interaction), mine)
