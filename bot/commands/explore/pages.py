"""Comparisons, surveys and roll calls: pages that are worked out in a thread.

A page is its custom id (``bot/answers/page_ids.py``): a command and a button that ask
the same name the same page, which is worked out once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers import page_ids, pages
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.pictures.world import picture
from bot.ui.page import ReplyContext, ReplyPage, survey

MAP = (
    r"map:(?P<show>[a-z0-9:-]{1,70}):(?P<region>\d{0,3})"
    r":(?P<on>\d{4}-\d{2}-\d{2})"
)
_MAP = re.compile(MAP)
_SOURCES = re.compile(pages.CITED)


def _with_maps(page_id: str, base: Base, texts: Texts) -> Answer:
    match = _MAP.fullmatch(page_id)
    if match is None:
        return pages.page_of(page_id, base, texts)
    on, region = date.fromisoformat(match["on"]), match["region"]
    return picture(match["show"], base, texts, on=on, region=region).answer


def page_of(page_id: str, base: Base, texts: Texts) -> Answer:
    """The page that a custom id names, the words of a map, or the sources of either;
    KeyError or ValueError for none.
    """
    if _SOURCES.fullmatch(page_id):
        return pages.sources_of(page_id, base, texts, _with_maps)
    return _with_maps(page_id, base, texts)


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom a page is about: those of a region and of a bloc, everybody without one."""

    region: str = ""
    """A UN M49 code."""
    bloc: str = ""


class PageReplies:
    """Pages without a picture. Each is kept under its custom id, the revision of what
    the server sees, and the reader's locale.
    """

    def show(
        self, context: ReplyContext, page_id: str, *, in_place: bool = False
    ) -> ReplyPage:
        """The page that a custom id names. Working it out raises KeyError or ValueError
        for none.
        """

        def work_out() -> Answer:
            return page_of(page_id, context.base, context.texts)

        return survey(context, page_id, work_out, in_place=in_place)

    def compare(
        self,
        context: ReplyContext,
        codes: Sequence[str],
        on: date,
    ) -> ReplyPage:
        """Two to four actors beside each other."""
        return self.show(context, page_ids.compare(codes, on))

    def where(
        self,
        context: ReplyContext,
        side: str,
        filters: Filters,
        on: date,
    ) -> ReplyPage:
        """Who is on which side."""
        page_id = page_ids.where(side, filters.region, filters.bloc, on)
        return self.show(context, page_id)

    def movers(
        self,
        context: ReplyContext,
        side: str,
        filters: Filters,
        *,
        since: date,
        on: date,
    ) -> ReplyPage:
        """Who has changed since a day, and is on this side now."""
        page_id = page_ids.movers(side, filters.region, filters.bloc, since, on)
        return self.show(context, page_id)

    def changes(
        self, context: ReplyContext, filters: Filters, *, since: date, on: date
    ) -> ReplyPage:
        """What has changed since a day."""
        page_id = page_ids.changes("all", filters.region, filters.bloc, since, on)
        return self.show(context, page_id)

    def roll(
        self,
        context: ReplyContext,
        key: str,
        filters: Filters,
    ) -> ReplyPage:
        """One roll call."""
        page_id = page_ids.roll(key, filters.region, filters.bloc)
        return self.show(context, page_id)

    def bloc(self, context: ReplyContext, key: str, on: date) -> ReplyPage:
        """One bloc; KeyError for one that the base does not have."""
        return self.show(context, page_ids.bloc(key, on))

    def forecast(self, context: ReplyContext, key: str, on: date) -> ReplyPage:
        """One forecast, scored; KeyError for one that the base does not have."""
        return self.show(context, page_ids.forecast(key, on))
