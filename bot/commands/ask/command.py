"""/ally: where a country stands."""

from __future__ import annotations

from datetime import date

from discord import app_commands

from bot.answers.help import (
    bad_date,
    day_buttons,
    not_found,
    which_day,
    with_examples,
)
from bot.commands.command_texts import CommandTexts
from bot.commands.explore.asked import Asked
from bot.commands.explore.pages import PageReplies
from bot.commands.explore.pictures import PictureReplies
from bot.knowledge.dates import AmbiguousDay, DayRefusal, past_day
from bot.names.blocs import bloc_called
from bot.names.choose import select_actor
from bot.ui.autocomplete import Country, countries_and_blocs
from bot.ui.interaction import Command
from bot.ui.page import RefusedError, Reply, ReplyContext
from bot.ui.reading import Reader, Readings, completes

On = app_commands.Range[str, 1, 40]


def command(
    readings: Readings, pages: PageReplies, pictures: PictureReplies
) -> Command:
    """The slash command; for a bloc it answers with the bloc's page, and with a picture
    of the card where one is wanted.
    """
    texts = CommandTexts.of(readings.replies)

    @readings.command(texts.command("ally"))
    def ally(
        reader: Reader,
        country: Country,
        on: On | None = None,
        private: bool | None = None,
        full: bool | None = None,
        picture: bool = False,
    ) -> Reply:
        context = reader.context(private=private)
        is_full = reader.server.preferences.full if full is None else full
        kind = "full" if is_full else "ask"
        return _reply(
            pages,
            reader,
            context,
            country,
            on,
            kind,
            pictures=pictures if picture else None,
        )

    completes(readings.replies, ally, "country", countries_and_blocs)
    return ally


def _reply(
    pages: PageReplies,
    reader: Reader,
    context: ReplyContext,
    country: str,
    on: str | None,
    kind: str,
    *,
    pictures: PictureReplies | None,
) -> Reply:
    """The card or the long answer of the actor that was named, or the page of a bloc;
    RefusedError says kindly what was not understood. ``pictures`` draws the card where
    a picture is wanted.
    """
    texts, server = reader.texts, context.server
    first = server.base.first_day
    days = past_day(on, reader.today, first)
    selection = select_actor(country, server.names, texts.locale)
    code = selection.key
    bloc = None if code else bloc_called(country, server.base)

    def key(day: date) -> str:
        if code:
            return f"ally:ask:{code}:{day.isoformat()}:{int(context.private)}"
        asked = Asked("bloc", context.private, {"name": bloc, "on": None})
        return asked.key("on", day) if bloc else ""

    if isinstance(days, DayRefusal):
        nearest = first if days is DayRefusal.EARLY else reader.today
        ways = day_buttons((nearest,), texts, key)
        page = bad_date(on or "", texts, days, first=first, actions=ways)
        raise RefusedError(with_examples(page, server.base, texts))
    if isinstance(days, AmbiguousDay):
        page = which_day(on or "", days, texts, key=key)
        raise RefusedError(with_examples(page, server.base, texts))
    if bloc:
        return pages.bloc(context, bloc, days.last)
    if code is None:
        near, private = selection.near, context.private
        raise RefusedError(
            not_found(country, near, server.base, days.last, texts, private=private)
        )
    if pictures:
        return pictures.card(context, code, days.last)
    return reader.replies.actor_page(
        kind,
        code,
        days.last,
        1,
        context.locale,
        private=context.private,
        server=server,
    )
