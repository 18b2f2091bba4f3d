"""/search and /source: facts by words, and what rests on a publisher."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from discord import app_commands

from bot.answers import base_words
from bot.answers.document import Action, Answer
from bot.answers.help import with_examples
from bot.answers.page_ids import publisher as publisher_id
from bot.answers.page_ids import that_fit
from bot.answers.publisher import publisher
from bot.answers.search import Asked as Searched
from bot.answers.search import searched
from bot.answers.sentences import shortened
from bot.commands.command_texts import CommandTexts
from bot.commands.explore.asked import Asked
from bot.commands.explore.options import (
    TypedOptions,
    offers_of,
    region_offers,
)
from bot.knowledge.facts import Base
from bot.names.choose import Choice as Named
from bot.names.choose import meant
from bot.search.find import Indexes
from bot.search.sources import Publishers, key_of
from bot.ui import limits
from bot.ui.autocomplete import choice
from bot.ui.interaction import Choice, Command
from bot.ui.page import RefusedError, Reply, ReplyContext, ReplyPage, survey
from bot.ui.reading import Reader, ReadingButton, Readings, completes

_OFFERED = 5
"""Publishers that are offered where several may be meant."""
Text = app_commands.Range[str, 1, 100]
Key = app_commands.Range[str, 1, 100]
On = app_commands.Range[str, 1, 40]
_DAY = r"\d{4}-\d{2}-\d{2}"
SEARCH = (
    r"search:(?P<side>[a-z0-9-]{0,60}):(?P<deed>[a-z0-9-]{0,60}):(?P<region>\d{0,3})"
    rf":(?P<since>(?:{_DAY})?):(?P<on>{_DAY}):(?P<page>\d{{1,3}}):(?P<text>[^\n]*)"
)
SOURCE = rf"source:(?P<on>{_DAY}):(?P<page>\d{{1,3}}):(?P<key>[^\n]+)"


def side_options(context: ReplyContext) -> list[Named]:
    """Both sides."""
    return [
        (side.id, base_words.side_name(side, context.texts))
        for side in context.base.conflict.sides
    ]


def deed_options(context: ReplyContext) -> list[Named]:
    """Kinds of deed."""
    conflict = context.base.conflict
    return [
        (key, base_words.deed_words(key, conflict, context.texts)[0])
        for key in conflict.deeds
    ]


class SearchReplies:
    """The pages of both commands, over one index and one list of publishers."""

    def __init__(self) -> None:
        self.indexes, self.publishers = Indexes(), Publishers()

    def warm(self, base: Base) -> None:
        """Make a base's index and list of publishers now: 0.3 s."""
        self.indexes.warm(base)
        self.publishers.names(base)

    def search(
        self,
        reader: Reader,
        text: str,
        *,
        side: str | None,
        deed: str | None,
        since: str | None,
        region: str | None,
        private: bool | None,
    ) -> Reply:
        """/search."""
        given = {
            "text": text,
            "side": side,
            "deed": deed,
            "since": since,
            "region": region,
        }
        context, texts = reader.context(private=private), reader.texts
        typed, today = TypedOptions(reader, context), reader.today
        asked = Asked("search", private, given)
        wanted = Searched(
            text,
            today,
            side=typed.one_of(
                side,
                side_options(typed.mine),
                texts("sides"),
                partial(asked.key, "side"),
            ),
            deed=typed.one_of(
                deed,
                deed_options(typed.mine),
                texts("kinds of deed"),
                partial(asked.key, "deed"),
            ),
            region=typed.filters(asked).region,
            since=typed.begin(asked) if since else None,
        )
        return self._found(context, wanted.fitting(), 1)

    def source(self, reader: Reader, name: str, *, private: bool | None) -> Reply:
        """/source."""
        context = reader.context(private=private)
        keys = meant(name, self._sources(name, context.base))
        if len(keys) != 1:
            raise RefusedError(self._asked_back(name, keys, reader))
        return self._rests(context, keys[0], reader, 1)

    def _sources(self, typed: str, base: Base) -> list[Named]:
        """The publishers and hosts in which a text stands, by their keys, those that
        are given most often first.
        """
        return [
            (key_of(each), each) for each in self.publishers.containing(typed, base)
        ]

    def offers(self, reader: Reader, current: str) -> list[Choice]:
        """What completes the name of a source."""
        names = self.publishers.containing(current, reader.server.base)
        return [choice(each, key_of(each)) for each in names[: limits.CHOICES]]

    def buttons(self) -> Mapping[str, ReadingButton]:
        """What answers each family of buttons."""
        return {
            SEARCH: ReadingButton(self._search_again),
            SOURCE: ReadingButton(self._source_again),
        }

    def _search_again(self, reader: Reader, match: re.Match[str]) -> ReplyPage:
        """A page of what is found; KeyError for a side or kind that there is not."""
        context = reader.context(private=True)
        conflict = context.base.conflict
        sides = {"", *(side.id for side in conflict.sides)}
        if match["side"] not in sides or match["deed"] not in {"", *conflict.deeds}:
            raise KeyError(match[0])
        wanted = Searched(
            match["text"],
            reader.past_day(match["on"]),
            side=match["side"],
            deed=match["deed"],
            region=match["region"],
            since=reader.past_day(match["since"]) if match["since"] else None,
        )
        page = self._found(context, wanted, int(match["page"]))
        return page._replace(in_place=reader.on_private)

    def _source_again(self, reader: Reader, match: re.Match[str]) -> ReplyPage:
        context = reader.context(private=True)
        page = self._rests(context, match["key"], reader, int(match["page"]))
        return page._replace(in_place=reader.on_private)

    def _found(self, context: ReplyContext, wanted: Searched, page: int) -> ReplyPage:
        def work_out() -> Answer:
            return searched(
                wanted,
                context.base,
                context.texts,
                names=context.server.names,
                indexes=self.indexes,
                page=page,
            )

        return survey(context, wanted.page_id(page), work_out)

    def _rests(
        self, context: ReplyContext, key: str, reader: Reader, page: int
    ) -> ReplyPage:
        on = reader.today

        def work_out() -> Answer:
            return publisher(
                key,
                context.base,
                context.texts,
                on=on,
                publishers=self.publishers,
                page=page,
            )

        return survey(context, publisher_id(key, on, page), work_out)

    def _asked_back(self, name: str, keys: Sequence[str], reader: Reader) -> Answer:
        """Which of some publishers is meant, the most cited first; or that it is
        none.
        """
        texts, query = reader.texts, shortened(name, 60)
        lead = texts(
            "“{query}” is no publisher or host that I know; choose one from the list.",
            query=query,
        )
        if keys:
            lead = texts(
                "“{query}” stands in the name of several. Which one?", query=query
            )
        actions = [
            Action(publisher_id(key, reader.today), shortened(key, 70))
            for key in keys[:_OFFERED]
        ]
        page = Answer.plain(texts("Which source?"), lead, actions=that_fit(actions))
        return with_examples(page, reader.server.base, texts)


def commands(readings: Readings, work: SearchReplies) -> list[Command]:
    """The commands, with what completes their options."""
    texts = CommandTexts.of(readings.replies)
    search, source = _search(readings, work, texts), _source(readings, work, texts)
    replies = readings.replies
    completes(replies, search, "side", offers_of(side_options))
    completes(replies, search, "deed", offers_of(deed_options))
    completes(replies, search, "region", region_offers)
    completes(replies, source, "name", work.offers)
    return [search, source]


def _search(readings: Readings, work: SearchReplies, texts: CommandTexts) -> Command:
    @readings.command(texts.command("search"))
    def search(
        reader: Reader,
        text: Text,
        side: Key | None = None,
        deed: Key | None = None,
        since: On | None = None,
        region: Key | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.search(
            reader,
            text,
            side=side,
            deed=deed,
            since=since,
            region=region,
            private=private,
        )

    return search


def _source(readings: Readings, work: SearchReplies, texts: CommandTexts) -> Command:
    @readings.command(texts.command("source"))
    def source(reader: Reader, name: Key, private: bool | None = None) -> Reply:
        return work.source(reader, name, private=private)

    return source
