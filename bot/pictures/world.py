"""Maps of levels, of a roll call, of a bloc or of a measure: a sheet to draw, and the
same as text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.alignment.over_time import standings
from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers import sentences
from bot.answers.compare import own_note
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.knowledge.documents import BALLOTS
from bot.knowledge.facts import Base
from bot.names.regions import name_of, within
from bot.pictures import sheet as styles
from bot.pictures.sheet import Class, Pattern, Sheet

POLICY = (
    "Borders: Natural Earth; Crimea drawn with Ukraine, as the UN General "
    "Assembly does. A border is no position."
)


@dataclass(frozen=True, slots=True)
class Pictured:
    """A map to draw, and the Answer that says everything that it shows."""

    sheet: Sheet
    answer: Answer


Styled = tuple[str, str, tuple[str, Pattern]]
"""A class's id, its words and its looks."""


def shows(base: Base, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Everything that a map can show: its key and its words."""
    votes = sorted(
        base.votes.values(), key=lambda v: (v.date.first, v.symbol), reverse=True
    )
    return (
        ("levels", texts("Levels")),
        *((f"vote:{v.id}", f"{v.symbol} · {v.date} · {v.title}") for v in votes),
        *((f"bloc:{b.id}", b.name) for b in base.blocs.values()),
        *((f"measure:{m.id}", m.name) for m in base.measures.values()),
    )


def _levels(
    base: Base, of: dict[str, str], texts: Texts
) -> tuple[list[Styled], dict[str, str], str, tuple[int, ...], Citations]:
    kinds: list[Styled] = [
        (level.id, level_name(level.id, base, texts), style)
        for level, style in zip(base.conflict.levels, styles.LEVELS, strict=True)
    ]
    kinds.append((PARTY, level_name(PARTY, base, texts), styles.PARTY))
    kinds.append((UNKNOWN, level_name(UNKNOWN, base, texts), styles.UNKNOWN))
    return kinds, of, base.conflict.name, (), Citations()


def _vote(
    key: str, base: Base, texts: Texts
) -> tuple[list[Styled], dict[str, str], str, tuple[int, ...], Citations]:
    vote, cites = base.votes[key], Citations()
    names = {
        "yes": texts("Yes"),
        "no": texts("No"),
        "abstain": texts("Abstained"),
        "absent": texts("Absent"),
    }
    kinds: list[Styled] = [
        (ballot, names[ballot], styles.BALLOTS[ballot]) for ballot in BALLOTS
    ]
    kinds.append(("none", texts("No vote in the Assembly"), styles.BALLOTS["none"]))
    of = dict.fromkeys(base.countries, "none")
    for ballot in BALLOTS:
        of |= dict.fromkeys(vote.roll(ballot), ballot)
    return kinds, of, f"{vote.symbol}: {vote.title}", cites.cite(vote.sources), cites


def _bloc(
    key: str, base: Base, on: date, texts: Texts
) -> tuple[list[Styled], dict[str, str], str, tuple[int, ...], Citations]:
    bloc, cites = base.blocs[key], Citations()
    order = ("member", "partner", "observer", "frozen", "suspended", "left")
    of = dict.fromkeys(base.countries, "out")
    cited: dict[int, None] = {}
    for seat in bloc.members:
        begun = seat.since is None or seat.since.first <= on
        ended = seat.until is not None and seat.until.last <= on
        if begun and not (ended and seat.standing != "left"):
            of[seat.code] = seat.standing
            cited |= dict.fromkeys(
                cites.cite(bloc.sources[each] for each in seat.cite[:1])
            )
    kinds: list[Styled] = [
        (each, sentences.standing(each, texts), styles.STANDINGS[each])
        for each in order
    ]
    kinds.append(("out", texts("Not in it"), styles.STANDINGS["out"]))
    return kinds, of, bloc.name, tuple(cited), cites


def _measure(
    key: str, base: Base, on: date, texts: Texts
) -> tuple[list[Styled], dict[str, str], str, tuple[int, ...], Citations]:
    measure, cites = base.measures[key], Citations()
    of = dict.fromkeys(base.countries, "out")
    cited: dict[int, None] = {}
    refs = {f"measure:{measure.id}"}
    for part in measure.parts:
        if any(fact.ref in refs and fact.holds(on) for fact in base.facts(part.code)):
            of[part.code] = "in"
            cited |= dict.fromkeys(
                cites.cite(measure.sources[each] for each in part.cite[:1])
            )
    kinds: list[Styled] = [
        ("in", texts("Takes part"), styles.PARTS["in"]),
        ("out", texts("Nothing listed"), styles.PARTS["out"]),
    ]
    return kinds, of, measure.name, tuple(cited), cites


def picture(
    show: str,
    base: Base,
    texts: Texts,
    english: Texts,
    *,
    on: date,
    region: str = "",
    mark: str = "",
) -> Pictured:
    """The map that ``show`` names (see ``shows``), on a day, of the world or a region.

    The picture's own words are English, for its font has no other script; the Answer is
    the reader's. Raises KeyError for a map or region that there is not.
    """
    kind, _, key = show.partition(":")
    levels = (
        {s.code: s.level for s in standings(base, on=on)} if kind == "levels" else {}
    )
    build: Mapping[
        str,
        Callable[
            [Texts],
            tuple[list[Styled], dict[str, str], str, tuple[int, ...], Citations],
        ],
    ] = {
        "levels": lambda t: _levels(base, levels, t),
        "vote": lambda t: _vote(key, base, t),
        "bloc": lambda t: _bloc(key, base, on, t),
        "measure": lambda t: _measure(key, base, on, t),
    }
    inside = within(region) if region else None
    kinds, of, heading, cited, cites = build[kind](texts)
    drawn, _, title, _, _ = (
        (kinds, of, heading, (), cites) if texts is english else build[kind](english)
    )
    of = {code: each for code, each in of.items() if inside is None or code in inside}
    counts = {
        each: sum(1 for found in of.values() if found == each) for each, _, _ in kinds
    }
    classes = tuple(
        Class(each, label, counts[each], *look)
        for each, label, look in drawn
        if counts[each] or each in {"no", "yes"}
    )
    day = base.votes[key].date.first if kind == "vote" else on
    where = f"{name_of(region)}, " if region else ""
    source = {
        "levels": "Ally's base, by its published method",
        "vote": "UN Dag Hammarskjöld Library",
    }.get(kind, "sources cited under the picture")
    short = title if len(title) <= 62 else title[:61].rstrip() + "…"
    made = Sheet(
        short,
        f"{where}{english.date(day)} · {source}",
        classes,
        of,
        POLICY,
        focus=inside & of.keys() if inside else frozenset(),
        mark=mark,
    )
    lines = tuple(
        Line(
            ", ".join(
                (f"{sentences.OWN} " if code in base.added else "") + texts.name(code)
                for code in sorted((c for c in of if of[c] == each), key=texts.name)
            ),
            (),
            f"{label}: {counts[each]}",
        )
        for each, label, _ in sorted(kinds, key=lambda k: counts[k[0]])
        if counts[each]
    )
    note = texts(
        "What the map shows, in words. Small states are dots, actors without a "
        "shape are diamonds."
    )
    notes = [
        note,
        *own_note([code for code in of if code in base.added][:8], base, texts),
    ]
    head = f"{heading} · {name_of(region, texts.locale)}" if region else heading
    lead = Line(texts("Map of {date}", date=texts.date(day)), cited[:4])
    sources = tuple(each for each in cites.listed() if each.number in cited[:4])
    return Pictured(
        made, Answer(head, "", lead, (Section("", lines),), sources, tuple(notes), day)
    )
