"""Where do they stand? on a message: the countries that it names."""

from __future__ import annotations

import asyncio

from bot.alignment.rubric import assess
from bot.answers import page_ids
from bot.answers.document import Action, Answer, Line, Section
from bot.answers.sentences import called, level_name
from bot.names.index import flag
from bot.names.mentions import find
from bot.ui.interaction import Interaction
from bot.ui.reading import reader_of
from bot.ui.refusals import say
from bot.ui.replies import ReplyCache

_BUTTONS = 15
"""Countries that can be pressed."""


async def answer_mentions(
    replies: ReplyCache, interaction: Interaction, text: str
) -> None:
    """Where the countries stand that a message names: privately, a line each."""
    context = (await reader_of(interaction, replies)).context(private=True)
    texts, base, today = context.texts, context.base, replies.today()
    mentions = await asyncio.to_thread(find, text, context.server.names)
    sure = [code for code in mentions.sure if code in base.countries]
    doubtful = [code for code in mentions.doubtful if code in base.countries]
    codes = [*sure, *doubtful]
    if not codes:
        lead = texts("I am not sure of any country in this message. Ask with /ally.")
        await say(interaction, Answer.plain(texts("No country found"), lead))
        return
    lines = tuple(
        Line.labelled(
            called(code, texts),
            level_name(assess(code, base, on=today).level, base, texts),
        )
        for code in sure
    )
    actions = tuple(
        Action(
            page_ids.card(code, today),
            texts.name(code) + ("?" if code in doubtful else ""),
            flag(code),
        )
        for code in codes[:_BUTTONS]
    )
    notes = [texts("Press a name for the whole answer with its sources.")]
    if doubtful:
        notes.append(texts("A name with a question mark may be something else here."))
    lead = texts.many(
        "{n} country in this message", "{n} countries in this message", len(lines)
    )
    answer = Answer(
        texts("Where do they stand?"),
        lead=Line(lead),
        sections=(Section("", lines),),
        notes=tuple(notes),
        on=today,
        actions=actions,
    )
    await say(interaction, answer)
