"""The buttons under pages and the form behind Compare; what they show is private, for
somebody else may have asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.examples import examples_of, typed
from bot.answers.pages import CITED, PAGES, codes_of
from bot.commands.explore.context import ReplyContext, context_of
from bot.commands.explore.options import TypedOptions
from bot.commands.explore.pages import MAP, PageReplies
from bot.commands.explore.pictures import MapQuestion, PictureReplies
from bot.ui.forms import answers_of, form, text_field
from bot.ui.interaction import Interaction, is_private
from bot.ui.replies import ReplyCache
from bot.ui.routes import Handler

MORE = (
    r"ally:(?P<kind>timeline|map|compare)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)
_CODES = r"(?P<codes>[A-Za-z0-9,-]{1,170})"
WITH = rf"with:{_CODES}:(?P<on>[\d-]{{10}})"
FORM = rf"form:compare:{_CODES}:(?P<on>[\d-]{{10}})"
_DAY = re.compile(r"(?<=:)\d{4}-\d{2}-\d{2}(?=:|\Z)")
"""A day in a custom id."""


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
            WITH: self.ask_with,
            MAP: self.map,
            CITED: self.page,
            **dict.fromkeys(PAGES, self.page),
        }

    def forms(self) -> Mapping[str, Handler]:
        """What answers each form."""
        return {FORM: self.compare_with}

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
                await self._ask_with(interaction, context, [code], on)

    async def ask_with(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Swap or add under a comparison."""
        context = await context_of(interaction, self.replies, private=True)
        codes = codes_of(match)
        if not set(codes) <= context.base.countries.keys():
            raise KeyError(match["codes"])
        await self._ask_with(interaction, context, codes, self._day(match["on"]))

    async def _ask_with(
        self,
        interaction: Interaction,
        context: ReplyContext,
        codes: Sequence[str],
        on: date,
    ) -> None:
        """Ask with whom else these are to be compared."""
        texts = context.texts
        others = examples_of(context.base).actors[1:3]
        field = text_field(
            "with",
            texts("Compare with"),
            most=200,
            example=", ".join(typed(each, texts) for each in others),
            hint=texts("One to three countries, with commas between them."),
        )
        names = ", ".join(texts.name(code) for code in codes)
        title = texts("Compare {name}", name=names)
        key = f"form:compare:{','.join(codes)}:{on.isoformat()}"
        await interaction.response.send_modal(form(title, key, [field]))

    async def compare_with(
        self, interaction: Interaction, match: re.Match[str]
    ) -> None:
        """The form behind Compare came back."""
        context = await context_of(interaction, self.replies, private=True)
        others = re.split(r"[,;\n]", answers_of(interaction).get("with", ""))
        typed = [*codes_of(match), *(each for each in others if each.strip())]
        options = TypedOptions(interaction, self.replies, context)
        if codes := await options.actors(typed):
            day = self._day(match["on"])
            await self.pages.compare(interaction, context, codes, day)

    async def map(self, interaction: Interaction, match: re.Match[str]) -> None:
        """A map under a list or a roll call."""
        context = await context_of(interaction, self.replies, private=True)
        day = self._day(match["on"])
        wanted = MapQuestion(match["show"], day, match["region"])
        await self.pictures.map(interaction, context, wanted)

    async def page(self, interaction: Interaction, match: re.Match[str]) -> None:
        """A page: in place where only the presser sees the one before, else beside
        it.
        """
        context = await context_of(interaction, self.replies, private=True)
        page_id = _DAY.sub(lambda day: self._day(day[0]).isoformat(), match[0])
        again = is_private(interaction)
        await self.pages.show(interaction, context, page_id, again=again)
