"""Comparisons, surveys and roll calls: pages that are worked out in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.alignment.cohesion import among
from bot.alignment.over_time import moved, standings
from bot.answers import compare, where
from bot.answers.bloc import bloc as bloc_answer
from bot.answers.document import Answer
from bot.answers.forecast import forecast as forecast_answer
from bot.answers.vote import roll
from bot.ui.page import Page, ReplyContext, survey


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom a page is about: those of a region and of a bloc, everybody without one."""

    region: str = ""
    """A UN M49 code."""
    bloc: str = ""

    def words(self, context: ReplyContext) -> str:
        """What the filters are called."""
        texts = context.texts
        return where.filters(self.region, self.bloc, texts.locale, context.base)


class PageReplies:
    """Pages without a picture. Each is kept under its question, the revision of what
    the server sees, and the reader's locale.
    """

    def compare(
        self,
        context: ReplyContext,
        codes: Sequence[str],
        on: date,
    ) -> Page:
        """Two to four actors beside each other."""
        return survey(
            context,
            ("compare", *codes, on),
            lambda: compare.comparison(list(codes), context.base, context.texts, on=on),
        )

    def where(
        self,
        context: ReplyContext,
        side: str,
        filters: Filters,
        on: date,
    ) -> Page:
        """Who is on which side."""

        def work_out() -> Answer:
            codes = among(context.base, filters.region, filters.bloc, on)
            return where.where(
                standings(context.base, on=on, codes=codes),
                side,
                context.base,
                context.texts,
                on=on,
                among=filters.words(context),
            )

        question = ("where", side, filters, on)
        return survey(context, question, work_out)

    def movers(
        self,
        context: ReplyContext,
        side: str,
        filters: Filters,
        *,
        since: date,
        on: date,
        page: int = 1,
        in_place: bool = False,
    ) -> Page:
        """Who has changed since a day, and is on this side now."""

        def work_out() -> Answer:
            codes = among(context.base, filters.region, filters.bloc, on)
            wanted = where.levels_of(side, context.base)
            moves = [
                move
                for move in moved(context.base, since=since, on=on, codes=codes)
                if move.after in wanted
            ]
            question = f"{side}:{filters.region}:{filters.bloc}"
            return where.movers(
                moves,
                context.base,
                context.texts,
                since=since,
                on=on,
                page=page,
                key=f"movers:{question}:{since.isoformat()}:{on.isoformat()}",
                among=filters.words(context),
            )

        question = ("movers", side, filters, since, on, page)
        return survey(context, question, work_out, in_place=in_place)

    def roll(
        self,
        context: ReplyContext,
        key: str,
        filters: Filters,
    ) -> Page:
        """One roll call."""

        def work_out() -> Answer:
            vote = context.base.votes[key]
            codes = None
            if filters.region or filters.bloc:
                day = vote.date.first
                codes = among(context.base, filters.region, filters.bloc, day)
            words = filters.words(context)
            return roll(vote, context.base, context.texts, among=codes, words=words)

        return survey(context, ("roll", key, filters), work_out)

    def bloc(
        self,
        context: ReplyContext,
        key: str,
        on: date,
        *,
        page: int = 1,
        in_place: bool = False,
    ) -> Page:
        """One bloc; KeyError for one that the base does not have."""
        return survey(
            context,
            ("bloc", key, on, page),
            lambda: bloc_answer(key, context.base, context.texts, on=on, page=page),
            in_place=in_place,
        )

    def forecast(
        self,
        context: ReplyContext,
        key: str,
        on: date,
        *,
        page: int = 1,
        in_place: bool = False,
    ) -> Page:
        """One forecast, scored; KeyError for one that the base does not have."""

        def work_out() -> Answer:
            return forecast_answer(
                context.base.forecasts[key],
                context.base,
                context.texts,
                on=on,
                page=page,
                key="forecast",
            )

        question = ("forecast", key, on, page)
        return survey(context, question, work_out, in_place=in_place)
