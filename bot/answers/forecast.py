"""What forecasts came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.alignment.assessment import Scored
from bot.alignment.forecasts import Claim, claims
from bot.answers import base_words, page_ids, sentences, web_pages
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.headline import brief, first_clause
from bot.answers.paging import page_of
from bot.answers.roster import open_menu
from bot.answers.screen import fullest
from bot.answers.sentences import called, favoured_side, in_a_row
from bot.answers.texts import Texts
from bot.knowledge.documents import Forecast
from bot.knowledge.facts import Base


def outcome_name(outcome: str, texts: Texts) -> str:
    """A score in words."""
    return {
        "hit": texts.keyed("claim.hit", "came true"),
        "half": texts.keyed("claim.half", "half"),
        "miss": texts.keyed("claim.miss", "did not come true"),
        "open": texts.keyed("claim.open", "not begun"),
        "unknown": texts.keyed("claim.unknown", "too little known"),
    }[outcome]


LINES = 24
"""Lines of a phone's screen that a page may take."""
PER_PAGE = 4
"""Claims on a page."""
_PUBLISHER = 24
"""Characters of a publisher on a button."""
_OTHERS = 3
"""Buttons to other forecasts."""


def ordered(base: Base) -> tuple[Forecast, ...]:
    """Every forecast: the one that the base says leads, then the oldest first."""
    leads = base.conflict.leading_forecast
    return tuple(
        sorted(
            base.forecasts.values(), key=lambda f: (f.id != leads, f.date.first, f.id)
        )
    )


@dataclass(frozen=True, slots=True)
class _Fullness:
    """Whether quotes and the kinds of deed that were foretold are told in full,
    characters of the fact that settled a claim, and members of a bloc that are named.
    """

    whole: bool
    because: int
    members: int


_FULLNESS = (
    _Fullness(whole=True, because=220, members=12),
    _Fullness(whole=True, because=120, members=12),
    _Fullness(whole=True, because=80, members=8),
    _Fullness(whole=False, because=120, members=8),
    _Fullness(whole=False, because=80, members=6),
    _Fullness(whole=False, because=60, members=4),
    _Fullness(whole=False, because=40, members=3),
)
"""From the fullest page to the tersest; the first that fits is shown."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A claim by now, and what it was at the end of the first year."""

    claim: Claim
    early: Scored


def _members(codes: Sequence[str], most: int, texts: Texts) -> str:
    names = [texts.name(code) for code in codes[:most]]
    if len(codes) > most:
        more = len(codes) - most
        names.append(texts.many("{n} more", "{n} more", more))
    return texts.listed(names)


def _half(scored: Scored, full: _Fullness, base: Base, texts: Texts) -> list[str]:
    """Which half of a claim came true."""
    named = scored.named
    if scored.did:
        did = _members(scored.did, full.members, texts)
        did_not = _members(scored.did_not, full.members, texts)
        return [
            texts("It did: {names}.", names=did),
            texts("It did not: {names}.", names=did_not),
        ]
    if not named.subject:
        return [texts("It leans to that side and is no ally.")]
    if not full.whole:
        return [texts("The side was right, the deed did not come.")]
    kinds = [sentences.deed_name(deed, base.conflict, texts) for deed in named.subject]
    return [
        texts(
            "The side was right, without what was foretold: {kinds}.",
            kinds=texts.listed(kinds),
        )
    ]


def _row(
    row: _Row, full: _Fullness, base: Base, cites: Citations, texts: Texts
) -> Line:
    """What came of a claim by now, by which deed; and by the end of the first year,
    where that was something else.
    """
    scored, early = row.claim.scored, row.early
    named = scored.named
    told = [text for text in (named.did, named.did_not) if text]
    if not told and scored.outcome == "half":
        told = _half(scored, full, base, texts)
    cited = ()
    # Of a bloc, one member's deed would say little.
    if scored.because and not scored.did:
        told.append(f"{brief(scored.because.fact, full.because, base, texts)}.")
        cited = cites.cite(scored.because.fact.sources[:1])
    if early.outcome != scored.outcome:
        told.append(
            texts(
                "At the end of {year}: {was}.",
                year=base.conflict.began.year,
                was=outcome_name(early.outcome, texts),
            )
        )
    if named.code:
        who = called(named.code, texts)
    else:
        who = base_words.bloc_name(base.blocs[named.bloc or ""], texts)
    now = outcome_name(scored.outcome, texts)
    label = texts("{name}, {outcome}:", name=who, outcome=now)
    cited = cited or cites.cite([scored.forecast.source])
    return Line.labelled(label, in_a_row(told), cites=cited)


def quote(expected: str, *, whole: bool) -> str:
    """What a forecast said, as it is quoted; without what it adds unless ``whole``."""
    said = expected if whole else f"{first_clause(expected).removesuffix('.')}."
    return f"“{said}”"


def _quoted(
    rows: Sequence[_Row], full: _Fullness, base: Base, cites: Citations, texts: Texts
) -> tuple[Section, ...]:
    """Claims under what was said of them, once for those who share it."""
    return tuple(
        Section(said, tuple(_row(each, full, base, cites, texts) for each in shared))
        for said, shared in groupby(
            rows,
            key=lambda row: quote(row.claim.scored.named.expected, whole=full.whole),
        )
    )


def _counted(claimed: Sequence[Claim], toward: str, base: Base, texts: Texts) -> Line:
    """How many claims about one side came true, half and not."""
    outcomes = [
        claim.scored.outcome for claim in claimed if claim.scored.named.toward == toward
    ]
    true, half = outcomes.count("hit"), outcomes.count("half")
    untrue = outcomes.count("miss")
    parts = [
        texts.many("{n} came true", "{n} came true", true),
        texts.many("{n} half", "{n} half", half),
        texts.many("{n} did not", "{n} did not", untrue),
    ]
    if rest := len(outcomes) - true - half - untrue:
        parts.append(texts.many("{n} cannot be scored", "{n} cannot be scored", rest))
    side = favoured_side(toward, base.conflict, texts)
    count = texts.many(
        "{n} claim about the side of {side}:",
        "{n} claims about the side of {side}:",
        len(outcomes),
        side=side,
    )
    return Line.labelled(count, texts.row(parts))


def _sums(claimed: Sequence[Claim], base: Base, texts: Texts) -> tuple[Line, ...]:
    """The sums of both sides, kept apart."""
    named = {claim.scored.named.toward for claim in claimed}
    sides = [side.id for side in base.conflict.sides if side.id in named]
    return tuple(_counted(claimed, side, base, texts) for side in sides)


def _open_menu(shown: Sequence[Claim], on: date, texts: Texts) -> Menu:
    codes = [code for claim in shown for code in claim.codes]
    return open_menu(codes, on, texts)


def _pages(
    which: Forecast, base: Base, texts: Texts, *, on: date, page: int
) -> Iterator[Answer]:
    """A page, from the fullest to the tersest."""
    first_year = date(base.conflict.began.year, 12, 31)
    then = claims(which, base, on=min(first_year, on))
    now = claims(which, base, on=on)
    rows = [_Row(claim, early.scored) for claim, early in zip(now, then, strict=True)]
    shown = page_of(rows, page, size=PER_PAGE)
    page_id = page_ids.forecast(which.id, on, shown.number)
    others = [each for each in ordered(base) if each.id != which.id][:_OTHERS]
    actions = page_ids.that_fit(
        (
            *shown.turns(page_ids.forecast(which.id, on, "{page}"), texts),
            sources_button(page_id, texts),
            *(
                Action(
                    page_ids.forecast(other.id, on),
                    f"{sentences.shortened(other.source.publisher, _PUBLISHER)}, "
                    f"{texts.date(other.date)}",
                )
                for other in others
            ),
        )
    )
    scale = texts(
        "Each claim is scored on what it foretold, for the side that it named. Half: "
        "the side was right and the deed did not come, or it came for some of a bloc."
    )
    for full in _FULLNESS:
        cites = Citations()
        cited = cites.cite([which.source])
        lead = texts(
            "{publisher}, {date}; scored on {on}",
            publisher=which.source.publisher,
            date=texts.date(which.date),
            on=texts.date(on),
        )
        quoted = _quoted(shown.rows, full, base, cites, texts)
        sums = Section("", _sums(now, base, texts))
        yield Answer(
            which.source.title,
            lead=Line(lead, cites=cited),
            sections=(*((sums,) if shown.number == 1 else ()), *quoted),
            citations=cites.listed(),
            notes=(
                *([shown.note(texts)] if shown.count > 1 else []),
                *base_words.facts_as_written(texts),
            ),
            on=on,
            actions=actions,
            menus=(_open_menu([row.claim for row in shown.rows], on, texts),),
            web=web_pages.forecast(which.id, texts),
            linked=True,
            remarks=(Line(scale),),
        )


def forecast(
    which: Forecast, base: Base, texts: Texts, *, on: date, page: int
) -> Answer:
    """A forecast scored claim by claim on a day, each beside what it was at the end of
    its first year.
    """
    return fullest(_pages(which, base, texts, on=on, page=page), LINES)
