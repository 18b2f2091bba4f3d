"""A card's picture in words: what stands below it, and what it shows, for those who do
not see it.
"""

from __future__ import annotations

from bot.alignment.assessment import Assessment, PillarScore
from bot.answers.base_words import once, pillar_name
from bot.answers.card import plain_card, sure, votes_in_words
from bot.answers.card_buttons import with_buttons
from bot.answers.document import Answer
from bot.answers.sentences import (
    BAR,
    empty_pillars,
    filled,
    leaning_side,
    level_name,
    told_in_a_row,
)
from bot.answers.texts import Texts
from bot.knowledge.facts import Base


def pillar_in_words(
    pillar: PillarScore, assessment: Assessment, base: Base, texts: Texts
) -> str:
    """How far a pillar of an assessment leans, as the card says it."""
    if not pillar.facts:
        return empty_pillars([pillar.pillar], assessment, base, texts)
    side = leaning_side(pillar.score, base.conflict, texts)
    n = filled(pillar.score)
    return texts("{n} of {most} {side}", n=n, most=BAR, side=side) if n else side


def described(assessment: Assessment, base: Base, texts: Texts) -> str:
    """Everything that the picture of a card shows, sentence by sentence."""
    lead = plain_card(assessment, base, texts).lead
    parts = [
        f"{texts.name(assessment.code)}: {level_name(assessment.level, base, texts)}",
        lead.text if lead else "",
    ]
    for pillar in assessment.pillars:
        name = pillar_name(pillar.pillar, base.conflict, texts)
        parts.append(f"{name}: {pillar_in_words(pillar, assessment, base, texts)}")
    if assessment.record.total:
        votes = votes_in_words(assessment.record, base, texts)[0]
        parts.append(f"{texts('Votes')}: {votes}")
    parts.append(
        f"{once('conflict.name', base.conflict, texts)}, {texts.date(assessment.on)}"
    )
    return told_in_a_row(parts, texts)


def below_picture(
    assessment: Assessment, base: Base, texts: Texts, *, private: bool, hosted: bool
) -> Answer:
    """What stands below the picture of a card: its title and the card's buttons, for
    the picture says the rest. ``private`` and ``hosted`` as for the card.
    """
    card = plain_card(assessment, base, texts)
    answer = Answer(
        card.title,
        level=assessment.level,
        citations=card.citations,
        notes=(sure(assessment, texts),),
        on=assessment.on,
        linked=True,
        web=card.web,
        described=described(assessment, base, texts),
    )
    return with_buttons(answer, assessment, texts, private=private, hosted=hosted)
