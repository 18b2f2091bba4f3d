"""One roll call: who voted how, and who broke with their bloc."""

from __future__ import annotations

from collections.abc import Collection

from bot.alignment.cohesion import division
from bot.answers import sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.sentences import ballot_names, favoured_side
from bot.answers.texts import Texts
from bot.knowledge.documents import BALLOTS, Bloc, Vote
from bot.knowledge.facts import Base

_REBEL_BLOCS = 8
"""Blocs of which those who broke with them are named."""


def _ballot_lines(
    vote: Vote, among: Collection[str] | None, texts: Texts
) -> tuple[Line, ...]:
    """Names by ballot, the shortest list first: the long one is what is cut if
    something must be.
    """
    names = ballot_names(texts)
    lines: list[Line] = []
    for ballot in sorted(BALLOTS, key=lambda each: len(vote.roll(each))):
        codes = [code for code in vote.roll(ballot) if among is None or code in among]
        listed = ", ".join(sorted(texts.name(code) for code in codes))
        lines.append(
            Line.labelled(f"{names[ballot]}: {len(codes)}", listed or texts("nobody"))
        )
    return tuple(lines)


def _rebels(
    bloc: Bloc, vote: Vote, among: Collection[str] | None, texts: Texts
) -> Line | None:
    """Who broke with their bloc's line; None for nobody or a bloc without a line."""
    divided = division(bloc, vote)
    if divided is None or divided.line is None:
        return None
    rebels = ", ".join(
        f"{texts.name(code)} ({sentences.ballot(ballot, texts)})"
        for code, ballot in divided.rebels
        if among is None or code in among
    )
    line = texts(
        "{share} {how}",
        share=f"{divided.share:.0%}",
        how=sentences.ballot(divided.line, texts),
    )
    return Line.labelled(f"{bloc.name} ({line})", rebels) if rebels else None


def _spoken_for(
    vote: Vote, among: Collection[str] | None, cites: Citations, texts: Texts
) -> tuple[Line, ...]:
    """Ballots that were not cast for those who rule, and by whom they were."""
    return tuple(
        Line.labelled(texts.name(code), each.reason, cites=cites.cite(each.sources))
        for code, each in vote.spoken_for.items()
        if among is None or code in among
    )


def roll(
    vote: Vote,
    base: Base,
    texts: Texts,
    *,
    among: Collection[str] | None = None,
    words: str = "",
) -> Answer:
    """One roll call; ``among`` keeps only these codes, which ``words`` describe."""
    cites = Citations()
    cited = cites.cite(vote.sources)
    official = texts(
        "Adopted {yes}–{no}, {abstain} abstaining, {absent} absent, on {date}.",
        yes=vote.tally.yes,
        no=vote.tally.no,
        abstain=vote.tally.abstain,
        absent=vote.tally.absent,
        date=texts.date(vote.date),
    )
    side = favoured_side(vote.toward, base.conflict, texts)
    lead = f"{official} {texts('A yes favours {side}.', side=side)}"
    sections = [Section(words, _ballot_lines(vote, among, texts))]
    rebels = [
        line
        for bloc in base.blocs.values()
        if (line := _rebels(bloc, vote, among, texts))
    ]
    if rebels:
        heading = texts("Who broke with their bloc")
        sections.append(Section(heading, tuple(rebels[:_REBEL_BLOCS])))
    elif among is None:
        nobody = texts("Nobody broke with a bloc that had a line.")
        sections.append(Section("", (Line(nobody),)))
    not_counted = _spoken_for(vote, among, cites, texts)
    if not_counted:
        sections.append(Section(texts("Shown, and not counted"), not_counted))
    notes = [
        texts(
            "Absent is neither a vote nor an abstention, and counts in no bloc's line."
        )
    ]
    if vote.note:
        notes.append(vote.note)
    return Answer(
        f"{vote.symbol} · {vote.title}",
        lead=Line(lead, cites=cited),
        sections=tuple(sections),
        citations=cites.listed(),
        notes=tuple(notes),
        on=vote.date.first,
    )
