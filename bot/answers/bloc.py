"""One bloc: who is in it, where its members stand, and how united it votes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.alignment.cohesion import Division, divisions, members, unity
from bot.alignment.over_time import standings
from bot.answers import base_words, sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.paging import page_of
from bot.answers.sentences import deed_name, favoured_side, level_name, own_note
from bot.answers.texts import Texts
from bot.answers.where import grouped
from bot.knowledge.documents import Bloc, Seat
from bot.knowledge.facts import Base

SEATS = 12
"""Members on a page."""


def _gone(bloc: Bloc, on: date) -> list[Seat]:
    """The seats that are no longer held on a day."""
    return [
        seat
        for seat in bloc.members
        if seat.standing == "left" or (seat.until and seat.until.last <= on)
    ]


def _dates(seat: Seat, texts: Texts) -> str:
    """When the seat was held, behind its standing."""
    if seat.until:
        return f", {texts.date(seat.since)} – {texts.date(seat.until)}"
    return texts(", since {date}", date=texts.date(seat.since))


def _unity_lines(
    votes: Sequence[Division], cites: Citations, texts: Texts
) -> list[Line]:
    """How united the bloc votes and where it was most divided; nothing without a roll
    call.
    """
    united = unity(tuple(votes))
    if united is None:
        return []
    text = texts.many(
        "on average {share} of the ballots alike, in {n} roll call",
        "on average {share} of the ballots alike, in {n} roll calls",
        len(votes),
        share=f"{united:.0%}",
    )
    lines = [Line.labelled(texts("United"), text)]
    split = min(votes, key=lambda each: each.share)
    if split.share < 1:
        how = ", ".join(
            f"{len(codes)} {sentences.ballot(ballot, texts)}"
            for ballot, codes in split.ballots
        )
        lines.append(
            Line.labelled(
                texts("Most divided"),
                f"{split.vote.symbol}: {how}",
                cites=cites.cite(split.vote.sources[:1]),
            )
        )
    return lines


def bloc(key: str, base: Base, texts: Texts, *, on: date, page: int) -> Answer:
    """A bloc's members with standing, dates and levels, and how united it is; KeyError
    if there is no such bloc.
    """
    cites = Citations()
    which = base.blocs[key]
    seats, gone = members(which, on=on, full=False), _gone(which, on)
    levels = {
        each.code: each
        for each in standings(
            base, on=on, codes=[seat.code for seat in (*seats, *gone)]
        )
    }
    full = [levels[seat.code] for seat in seats if seat.standing == "member"]
    counts = ", ".join(
        f"{level_name(level, base, texts)} {len(codes)}"
        for level, codes in grouped(full, base).items()
    )
    lines = [
        Line.labelled(
            texts.many("{n} member", "{n} members", len(full)),
            counts or texts("nobody"),
        ),
        *_unity_lines(divisions(which, base, on=on), cites, texts),
    ]
    shown = page_of([*seats, *gone], page, size=SEATS)
    rows: list[Line] = []
    for seat in shown.rows:
        level = level_name(levels[seat.code].level, base, texts)
        standing = sentences.standing(seat.standing, texts)
        rows.append(
            Line.labelled(
                texts.name(seat.code),
                f"{standing}{_dates(seat, texts)} · {level}",
                cites=cites.cite(which.sources[each] for each in seat.cite[:1]),
            )
        )
    lead = texts("A seat explains and does not count.")
    if which.deed:
        lead = texts(
            "A seat counts for {side}, as a deed of this kind: {deed}.",
            side=favoured_side(which.toward, base.conflict, texts),
            deed=deed_name(which.deed, base.conflict, texts),
        )
    notes = [
        texts("Holds on {date}", date=texts.date(on)),
        shown.note(texts),
        *own_note([seat.code for seat in seats], base, texts),
    ]
    return Answer(
        base_words.bloc_name(which, texts),
        lead=Line(lead),
        sections=(Section("", tuple(lines)), Section(texts("Members"), tuple(rows))),
        citations=cites.listed(),
        notes=tuple(notes),
        on=on,
        actions=shown.turns(f"bloc:{key}:{on.isoformat()}:{{page}}", texts),
    )
