"""The buttons under pages and the form behind Compare; what they show is private, for
somebody else may have asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from bot.answers.examples import examples_of, typed
from bot.answers.pages import CITED, CODES, PAGES, codes_of
from bot.answers.texts import Texts
from bot.commands.explore.options import TypedOptions
from bot.commands.explore.pages import MAP, PageReplies
from bot.commands.explore.pictures import PictureReplies
from bot.knowledge.facts import Base
from bot.pictures.drawings import MapQuestion
from bot.ui.forms import answers_of, form, text_field
from bot.ui.interaction import Interaction
from bot.ui.page import LongReply, Reply, ReplyPage
from bot.ui.reading import Reader, ReadingButton, Readings
from bot.ui.routes import Handler

MORE = (
    r"ally:(?P<kind>timeline|map|compare)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)
WITH = rf"with:{CODES}:(?P<on>[\d-]{{10}})"
FORM = rf"form:compare:{CODES}:(?P<on>[\d-]{{10}})"
_DAY = re.compile(r"(?<=:)\d{4}-\d{2}-\d{2}(?=:|\Z)")
"""A day in a custom id."""


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
        page = ReadingButton(self.page)
        return {
            MORE: ReadingButton(self.more),
            WITH: ReadingButton(self.ask_with),
            MAP: ReadingButton(self.map),
            CITED: page,
            **dict.fromkeys(PAGES, page),
        }

    def forms(self) -> Mapping[str, Handler]:
        """What answers each form."""
        return {FORM: self.compare_with}

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
                base, texts = context.base, context.texts
                return LongReply(partial(_ask_with, base, texts, [code], on))

    def ask_with(self, reader: Reader, match: re.Match[str]) -> LongReply:
        """Swap or add under a comparison."""
        context, codes = reader.context(private=True), codes_of(match)
        if not set(codes) <= context.base.countries.keys():
            raise KeyError(match["codes"])
        day, base = reader.past_day(match["on"]), context.base
        return LongReply(partial(_ask_with, base, context.texts, codes, day))

    async def compare_with(
        self, interaction: Interaction, match: re.Match[str]
    ) -> None:
        """The form behind Compare came back."""
        others = re.split(r"[,;\n]", answers_of(interaction).get("with", ""))
        typed = [*codes_of(match), *(each for each in others if each.strip())]

        def compared(reader: Reader) -> ReplyPage:
            context = reader.context(private=True)
            day = reader.past_day(match["on"])
            codes = TypedOptions(reader, context).actors(typed, day)
            return self.pages.compare(context, codes, day)

        await self.readings.reply(interaction, compared, counted=False)

    def map(self, reader: Reader, match: re.Match[str]) -> LongReply:
        """A map under a list or a roll call."""
        day = reader.past_day(match["on"])
        wanted = MapQuestion(match["show"], day, match["region"])
        return self.pictures.map(reader.context(private=True), wanted)

    def page(self, reader: Reader, match: re.Match[str]) -> ReplyPage:
        """A page: in place where only the presser sees the one before, else beside
        it.
        """

        def not_to_come(day: re.Match[str]) -> str:
            return reader.past_day(day[0]).isoformat()

        page_id = _DAY.sub(not_to_come, match[0])
        context = reader.context(private=True)
        return self.pages.show(context, page_id, in_place=reader.on_private)


async def _ask_with(
    base: Base,
    texts: Texts,
    codes: Sequence[str],
    on: date,
    interaction: Interaction,
) -> None:
    """Ask with whom else these are to be compared."""
    others = examples_of(base).actors[1:3]
    field = text_field(
        "with",
        texts("Compare with"),
        most=200,
        example=texts.row(typed(each, texts) for each in others),
        hint=texts("One to three countries, with commas between them."),
    )
    names = texts.row(texts.name(code) for code in codes)
    title = texts("Compare {name}", name=names)
    key = f"form:compare:{','.join(codes)}:{on.isoformat()}"
    await interaction.response.send_modal(form(title, key, [field]))
