"""The buttons under pages and the form behind Compare; what they show is private, for
somebody else may have asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.commands.explore.context import context_of
from bot.commands.explore.options import TypedOptions
from bot.commands.explore.pages import Filters, PageReplies
from bot.commands.explore.pictures import PictureReplies
from bot.pictures.drawings import MapQuestion
from bot.ui.forms import answers_of, form, text_field
from bot.ui.interaction import Interaction, is_private
from bot.ui.replies import ReplyCache
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
        self, replies: ReplyCache, pages: PageReplies, pictures: PictureReplies
    ) -> None:
        self.replies, self.pages, self.pictures = replies, pages, pictures

    def buttons(self) -> Mapping[str, Handler]:
        """What answers each family of buttons."""
        return {
            MORE: self.more,
            BLOC: self.bloc,
            FORECAST: self.forecast,
            MOVERS: self.movers,
        }

    def forms(self) -> Mapping[str, Handler]:
        """What answers each form."""
        return {WITH: self.compare_with}

    def _day(self, text: str) -> date:
        """A day from a custom id, today at the latest; today for what is no day."""
        today = self.replies.today()
        try:
            return min(date.fromisoformat(text), today)
        except ValueError:
            return today

    async def more(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Timeline, Map or Compare under an answer."""
        context = await context_of(interaction, self.replies, private=True)
        code, on = match["code"], self._day(match["on"])
        if code not in context.base.countries:
            raise KeyError(code)
        match match["kind"]:
            case "timeline":
                await self.pictures.timeline(interaction, context, code, on, "dark")
            case "map":
                wanted = MapQuestion("levels", on, mark=code)
                await self.pictures.map(interaction, context, wanted)
            case _:
                texts = context.texts
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

    async def compare_with(
        self, interaction: Interaction, match: re.Match[str]
    ) -> None:
        """The form behind Compare came back."""
        context = await context_of(interaction, self.replies, private=True)
        others = re.split(r"[,;\n]", answers_of(interaction).get("with", ""))
        typed = [match["code"], *(each for each in others if each.strip())]
        options = TypedOptions(interaction, self.replies, context)
        if codes := await options.actors(typed):
            day = self._day(match["on"])
            await self.pages.compare(interaction, context, codes, day)

    async def bloc(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another page of a bloc."""
        context = await context_of(interaction, self.replies, private=True)
        await self.pages.bloc(
            interaction,
            context,
            match["key"],
            self._day(match["on"]),
            page=int(match["page"]),
            again=is_private(interaction),
        )

    async def forecast(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another page of a forecast, or another forecast."""
        context = await context_of(interaction, self.replies, private=True)
        await self.pages.forecast(
            interaction,
            context,
            match["key"],
            self._day(match["on"]),
            page=int(match["page"]),
            again=is_private(interaction),
        )

    async def movers(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another page of those who moved."""
        context = await context_of(interaction, self.replies, private=True)
        await self.pages.movers(
            interaction,
            context,
            match["side"],
            Filters(match["region"], match["bloc"]),
            since=self._day(match["since"]),
            on=self._day(match["on"]),
            page=int(match["page"]),
            again=is_private(interaction),
        )
