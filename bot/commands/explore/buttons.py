"""The buttons under pages and the form behind Compare; what they show is private, for
somebody else may have asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial

from bot.answers.texts import Texts
from bot.commands.explore.options import TypedOptions
from bot.commands.explore.pages import Filters, PageReplies
from bot.commands.explore.pictures import MapQuestion, PictureReplies
from bot.ui.forms import answers_of, form, text_field
from bot.ui.interaction import Interaction
from bot.ui.page import LongReply, Page, Reply
from bot.ui.reading import Reader, ReadingButton, Readings
from bot.ui.routes import Handler

MORE = (
    r"ally:(?P<kind>timeline|map|compare)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)
WITH = r"form:compare:(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{10})"
BLOC = r"bloc:(?P<key>[a-z0-9-]{1,60}):(?P<on>[\d-]{10}):(?P<page>\d{1,3})"
FORECAST = r"forecast:(?P<key>[a-z0-9-]{1,60}):(?P<on>[\d-]{10}):(?P<page>\d{1,3})"
MOVERS = (
    r"movers:(?P<side>[a-z-]{1,30}):(?P<region>\d{0,3}):(?P<bloc>[a-z0-9-]{0,40})"
    r":(?P<since>[\d-]{10}):(?P<on>[\d-]{10}):(?P<page>\d{1,3})"
)


class ExploreButtons:
    """Answers presses. A page turns in place where only the presser sees it, and
    privately beside a public one.
    """

    def __init__(
        self, readings: Readings, pages: PageReplies, pictures: PictureReplies
    ) -> None:
        self.readings, self.pages, self.pictures = readings, pages, pictures

    def buttons(self) -> Mapping[str, ReadingButton]:
        """What answers each family of buttons."""
        return {
            MORE: ReadingButton(self.more),
            BLOC: ReadingButton(self.bloc),
            FORECAST: ReadingButton(self.forecast),
            MOVERS: ReadingButton(self.movers),
        }

    def forms(self) -> Mapping[str, Handler]:
        """What answers each form."""
        return {WITH: self.compare_with}

    def more(self, reader: Reader, match: re.Match[str]) -> Reply:
        """Timeline, Map or Compare under an answer."""
        context = reader.context(private=True)
        code, on = match["code"], reader.past_day(match["on"])
        if code not in context.base.countries:
            raise KeyError(code)
        match match["kind"]:
            case "timeline":
                return self.pictures.timeline(context, code, on, "dark")
            case "map":
                return self.pictures.map(context, MapQuestion("levels", on, mark=code))
            case _:
                return LongReply(partial(_ask_with_whom, context.texts, code, on))

    async def compare_with(
        self, interaction: Interaction, match: re.Match[str]
    ) -> None:
        """The form behind Compare came back."""
        others = re.split(r"[,;\n]", answers_of(interaction).get("with", ""))
        typed = [match["code"], *(each for each in others if each.strip())]

        def compared(reader: Reader) -> Page:
            context = reader.context(private=True)
            codes = TypedOptions(reader, context).actors(typed)
            return self.pages.compare(context, codes, reader.past_day(match["on"]))

        await self.readings.reply(interaction, compared, counted=False)

    def bloc(self, reader: Reader, match: re.Match[str]) -> Page:
        """Another page of a bloc."""
        return self.pages.bloc(
            reader.context(private=True),
            match["key"],
            reader.past_day(match["on"]),
            page=int(match["page"]),
            in_place=reader.on_private,
        )

    def forecast(self, reader: Reader, match: re.Match[str]) -> Page:
        """Another page of a forecast, or another forecast."""
        return self.pages.forecast(
            reader.context(private=True),
            match["key"],
            reader.past_day(match["on"]),
            page=int(match["page"]),
            in_place=reader.on_private,
        )

    def movers(self, reader: Reader, match: re.Match[str]) -> Page:
        """Another page of those who moved."""
        return self.pages.movers(
            reader.context(private=True),
            match["side"],
            Filters(match["region"], match["bloc"]),
            since=reader.past_day(match["since"]),
            on=reader.past_day(match["on"]),
            page=int(match["page"]),
            in_place=reader.on_private,
        )


async def _ask_with_whom(
    texts: Texts, code: str, on: date, interaction: Interaction
) -> None:
    """Open the form behind Compare."""
    field = text_field(
        "with",
        texts("Compare with"),
        most=200,
        example="armenia, kazakhstan",
        hint=texts("One to three countries, with commas between them."),
    )
    title = texts("Compare {name}", name=texts.name(code))
    key = f"form:compare:{code}:{on.isoformat()}"
    await interaction.response.send_modal(form(title, key, [field]))
