"""Roll calls and blocs: who voted how, who broke with their bloc, and how united a bloc
is.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.alignment.cohesion import division, divisions, members, unity
from bot.alignment.over_time import standings
from bot.answers import sentences
from bot.answers.compare import own_note
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.answers.where import grouped
from bot.knowledge.documents import BALLOTS, Vote
from bot.knowledge.facts import Base

_REBEL_BLOCS, SEATS = 8, 12


def _names(codes: Collection[str], texts: Texts) -> str:
    return ", ".join(sorted(texts.name(code) for code in codes)) or texts("nobody")


def _ballots(texts: Texts) -> dict[str, str]:
    return {
        "yes": texts("Yes"),
        "no": texts("No"),
        "abstain": texts("Abstained"),
        "absent": texts("Absent"),
    }


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
    side = next(
        (texts(s.name) for s in base.conflict.sides if s.id == vote.toward),
        texts("neither side"),
    )
    lead = f"{official} {texts('A yes favours {side}.', side=side)}"
    names = _ballots(texts)
    lines: list[Line] = []
    # The short lists first: the long one is what is cut if something must be.
    for ballot in sorted(BALLOTS, key=lambda b: len(vote.roll(b))):
        codes = [code for code in vote.roll(ballot) if among is None or code in among]
        lines.append(Line(_names(codes, texts), (), f"{names[ballot]}: {len(codes)}"))
    rebels: list[Line] = []
    for bloc in base.blocs.values():
        found = division(bloc, vote)
        if found is None or found.line is None or not found.rebels:
            continue
        who = [
            (code, ballot)
            for code, ballot in found.rebels
            if among is None or code in among
        ]
        if who:
            text = ", ".join(
                f"{texts.name(code)} ({sentences.ballot(ballot, texts)})"
                for code, ballot in who
            )
            share = f"{found.share:.0%}"
            line = texts(
                "{share} {how}", share=share, how=sentences.ballot(found.line, texts)
            )
            rebels.append(Line(text, (), f"{bloc.name} ({line})"))
    sections = [Section(words, tuple(lines))]
    if rebels:
        sections.append(
            Section(texts("Who broke with their bloc"), tuple(rebels[:_REBEL_BLOCS]))
        )
    elif among is None:
        sections.append(
            Section("", (Line(texts("Nobody broke with a bloc that had a line.")),))
        )
    notes = [
        texts(
            "Absent is neither a vote nor an abstention, and counts in no bloc's line."
        )
    ]
    if vote.note:
        notes.append(vote.note)
    return Answer(
        f"{vote.symbol} · {vote.title}",
        "",
        Line(lead, cited),
        tuple(sections),
        cites.listed(),
        tuple(notes),
        vote.date.first,
    )


def bloc(key: str, base: Base, texts: Texts, *, on: date, page: int) -> Answer:
    """A bloc's members with standing, dates and levels, and how united it is; KeyError
    if there is no such bloc.
    """
    cites = Citations()
    found = base.blocs[key]
    seats = members(found, on=on, full=False)
    gone = [
        seat
        for seat in found.members
        if seat.standing == "left" or (seat.until and seat.until.last <= on)
    ]
    levels = {
        s.code: s
        for s in standings(base, on=on, codes=[seat.code for seat in (*seats, *gone)])
    }
    full = [levels[seat.code] for seat in seats if seat.standing == "member"]
    counts = ", ".join(
        f"{level_name(level, base, texts)} {len(codes)}"
        for level, codes in grouped(full, base).items()
    )
    lines = [
        Line(
            counts or texts("nobody"),
            (),
            texts.many("{n} member", "{n} members", len(full)),
        )
    ]
    votes = divisions(found, base, on=on)
    united = unity(votes)
    if united is not None:
        text = texts.many(
            "on average {share} of the ballots alike, in {n} roll call",
            "on average {share} of the ballots alike, in {n} roll calls",
            len(votes),
            share=f"{united:.0%}",
        )
        lines.append(Line(text, (), texts("United")))
        split = min(votes, key=lambda d: d.share)
        if split.share < 1:
            how = ", ".join(
                f"{len(codes)} {sentences.ballot(ballot, texts)}"
                for ballot, codes in split.ballots
            )
            lines.append(
                Line(
                    f"{split.vote.symbol}: {how}",
                    cites.cite(split.vote.sources[:1]),
                    texts("Most divided"),
                )
            )
    pages = max(1, -(-(len(seats) + len(gone)) // SEATS))
    page = min(max(page, 1), pages)
    rows: list[Line] = []
    for seat in [*seats, *gone][(page - 1) * SEATS : page * SEATS]:
        dates = ""
        if seat.since and seat.until:
            dates = f", {texts.date(seat.since)} – {texts.date(seat.until)}"
        elif seat.since:
            dates = texts(", since {date}", date=texts.date(seat.since))
        elif seat.until:
            dates = texts(", until {date}", date=texts.date(seat.until))
        level = level_name(levels[seat.code].level, base, texts)
        text = f"{sentences.standing(seat.standing, texts)}{dates} · {level}"
        cited = cites.cite(found.sources[each] for each in seat.cite[:1])
        rows.append(Line(text, cited, texts.name(seat.code)))
    side = next(
        (texts(s.name) for s in base.conflict.sides if s.id == found.toward),
        texts("neither side"),
    )
    lead = Line(
        texts(
            "Membership counts for {side}: {weight}.",
            side=side,
            weight=texts(found.weight),
        )
    )
    actions: tuple[Action, ...] = ()
    if pages > 1:
        at = f"bloc:{key}:{on.isoformat()}"
        actions = (
            Action(f"{at}:{page - 1}", texts("Previous"), "◀️", page > 1),
            Action(f"{at}:{page + 1}", texts("Next"), "▶️", page < pages),
        )
    notes = [
        texts("Holds on {date}", date=texts.date(on)),
        texts("Page {page} of {pages}", page=page, pages=pages),
    ]
    notes += own_note(
        [seat.code for seat in seats if seat.code in base.added][:8], base, texts
    )
    return Answer(
        found.name,
        "",
        lead,
        (Section("", tuple(lines)), Section(texts("Members"), tuple(rows))),
        cites.listed(),
        tuple(notes),
        on,
        actions,
    )
