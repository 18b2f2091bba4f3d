"""One roll call: who voted how, and who broke with their bloc."""

from __future__ import annotations

from collections.abc import Collection

from bot.alignment.cohesion import division
from bot.answers import base_words, sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.sentences import ballot_names, favoured_side
from bot.answers.texts import Texts
from bot.knowledge.documents import Bloc, Vote
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS
from bot.names.choose import Choice

_REBEL_BLOCS = 8
"""Blocs of which those who broke with them are named."""


def roll_call_name(vote: Vote, base: Base, texts: Texts) -> str:
    """A roll call's short name, or its symbol, and the body that voted."""
    name = base_words.vote_short(vote, texts)
    body = base_words.body_short(vote.body or "", base.conflict, texts)
    return f"{name}, {body}" if body else name


def roll_calls(base: Base, texts: Texts) -> list[Choice]:
    """All roll calls to choose from, the newest first: their ids and words."""
    votes = sorted(
        base.votes.values(),
        key=lambda vote: (vote.date.first, vote.symbol),
        reverse=True,
    )
    return [
        (
            vote.id,
            texts(
                "{name} · {date}: {count}",
                name=base_words.vote_short(vote, texts),
                date=texts.date(vote.date),
                count=_known(vote, texts)
                if vote.partial
                else texts("{n} yes", n=vote.tally.yes),
            ),
        )
        for vote in votes
    ]


def searched(base: Base) -> dict[str, tuple[str, ...]]:
    """By what else a roll call is found, by its id: symbol, title, body and day."""
    found: dict[str, tuple[str, ...]] = {}
    for vote in base.votes.values():
        body = base.conflict.bodies.get(vote.body or "")
        names = (body.name, body.short) if body else ()
        found[vote.id] = (vote.symbol, vote.title, str(vote.date), *names)
    return found


def _known(vote: Vote, texts: Texts) -> str:
    """How many of a partial roll call's votes are known; of how many, where the tally
    says more than is listed.
    """
    known = sum(len(vote.roll(ballot)) for ballot in BALLOTS)
    tally = vote.tally
    total = tally.yes + tally.no + tally.abstain + tally.absent
    if total > known:
        return texts("{n} of {total} votes known", n=known, total=total)
    return texts.many("only {n} vote known", "only {n} votes known", known)


def _counted(vote: Vote, texts: Texts) -> str:
    """The tally and its day; of a partial roll call also how much of it is known."""
    text = texts(
        "{yes} yes, {no} no, {abstain} abstained, {absent} absent, on {date}.",
        yes=vote.tally.yes,
        no=vote.tally.no,
        abstain=vote.tally.abstain,
        absent=vote.tally.absent,
        date=texts.date(vote.date),
    )
    if not vote.partial:
        return text
    partial = texts("A partial roll call: {known}.", known=_known(vote, texts))
    return f"{partial} {text}"


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
    return (
        Line.labelled(f"{base_words.bloc_name(bloc, texts)} ({line})", rebels)
        if rebels
        else None
    )


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
    cites, short = Citations(), base_words.vote_short(vote, texts)
    cited = cites.cite(vote.sources)
    side = favoured_side(vote.toward, base.conflict, texts)
    lead = f"{_counted(vote, texts)} {texts('A yes favours {side}.', side=side)}"
    body = base_words.body_name(vote.body or "", base.conflict, texts)
    about = [Line.labelled(texts("Text"), vote.title)]
    if body:
        about.insert(0, Line.labelled(texts("Body"), body))
    sections = [
        Section("", tuple(about)),
        Section(words, _ballot_lines(vote, among, texts)),
    ]
    rebels = [
        line
        for bloc in base.blocs.values()
        if not vote.partial and (line := _rebels(bloc, vote, among, texts))
    ]
    if rebels:
        heading = texts("Who broke with their bloc")
        sections.append(Section(heading, tuple(rebels[:_REBEL_BLOCS])))
    elif among is None and not vote.partial:
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
        f"{short} · {vote.symbol}" if vote.short else vote.symbol,
        lead=Line(lead, cites=cited),
        sections=tuple(sections),
        citations=cites.listed(),
        notes=tuple(notes),
        on=vote.date.first,
    )
