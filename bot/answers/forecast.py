"""What forecasts came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.alignment.assessment import Scored
from bot.alignment.forecasts import Claim, claims
from bot.answers import base_words, page_ids, sentences
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.headline import brief
from bot.answers.paging import page_of
from bot.answers.roster import open_menu
from bot.answers.screen import fullest
from bot.answers.sentences import called, favoured_side
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
PER_PAGE = 3
"""Claims on a page."""
_OTHERS = 3
"""Buttons to other forecasts."""
_MEMBERS = 12
"""Members of a bloc that a claim names."""


def ordered(base: Base) -> tuple[Forecast, ...]:
    """Every forecast: the one that the base says leads, then the oldest first."""
    leads = base.conflict.leading_forecast
    return tuple(
        sorted(
            base.forecasts.values(), key=lambda f: (f.id != leads, f.date.first, f.id)
        )
    )


def _members(codes: Sequence[str], texts: Texts) -> str:
    names = [texts.name(code) for code in codes[:_MEMBERS]]
    if len(codes) > _MEMBERS:
        more = len(codes) - _MEMBERS
        names.append(texts.many("{n} more", "{n} more", more))
    return texts.listed(names)


def _what_came(scored: Scored, base: Base, texts: Texts) -> list[str]:
    """What came of a claim and what did not, as far as the outcome leaves it open."""
    named = scored.named
    told = [text for text in (named.did, named.did_not) if text]
    if told or scored.outcome != "half":
        return told
    if scored.did:
        return [
            texts("It did: {names}.", names=_members(scored.did, texts)),
            texts("It did not: {names}.", names=_members(scored.did_not, texts)),
        ]
    if not named.subject:
        return [texts("It leans to that side and is no ally.")]
    kinds = [sentences.deed_name(deed, base.conflict, texts) for deed in named.subject]
    return [
        texts(
            "The side was right, without what was foretold: {kinds}.",
            kinds=texts.listed(kinds),
        )
    ]


@dataclass(frozen=True, slots=True)
class _Fullness:
    """Characters of what was expected, and of what came of it."""

    expected: int
    came: int


_FULLNESS = (
    _Fullness(160, 220),
    _Fullness(110, 150),
    _Fullness(80, 130),
    _Fullness(60, 130),
    _Fullness(60, 110),
    _Fullness(60, 90),
    _Fullness(50, 70),
    _Fullness(40, 50),
)
"""From the fullest page to the tersest; the first that fits is shown."""


def _row(
    claim: Claim,
    early: Scored,
    full: _Fullness,
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    """What was expected, and what came of it by now; and by the end of the first year,
    where that was something else.
    """
    scored = claim.scored
    named = scored.named
    cited = cites.cite([scored.forecast.source])
    told = _what_came(scored, base, texts)
    if (because := scored.because) and not told:
        told = [brief(because.fact, full.came, base, texts)]
        cited += cites.cite(because.fact.sources[:1])
    if named.code:
        who = called(named.code, texts)
    else:
        who = base_words.bloc_name(base.blocs[named.bloc or ""], texts)
    now = outcome_name(scored.outcome, texts)
    label = texts("{name}, {outcome}:", name=who, outcome=now)
    if early.outcome != scored.outcome:
        label = texts(
            "{name}, {outcome}, at the end of {year} {was}:",
            name=who,
            outcome=now,
            year=base.conflict.began.year,
            was=outcome_name(early.outcome, texts),
        )
    expected = sentences.shortened(named.expected, full.expected)
    came = sentences.shortened(" ".join(told), full.came)
    return Line.labelled(label, f"“{expected}” {came}".strip(), cites=cited)


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
    return Line.labelled(count, ", ".join(parts))


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
    shown = page_of(list(zip(now, then, strict=True)), page, size=PER_PAGE)
    page_id = page_ids.forecast(which.id, on, shown.number)
    others = [each for each in ordered(base) if each.id != which.id][:_OTHERS]
    actions = page_ids.that_fit(
        (
            *shown.turns(page_ids.forecast(which.id, on, "{page}"), texts),
            sources_button(page_id, texts),
            *(
                Action(
                    page_ids.forecast(other.id, on),
                    f"{sentences.shortened(other.source.publisher, 40)}, {other.date}",
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
        lines = tuple(
            _row(claim, early.scored, full, base, cites, texts)
            for claim, early in shown.rows
        )
        sums = Section("", _sums(now, base, texts))
        yield Answer(
            which.source.title,
            lead=Line(lead, cites=cited),
            sections=(*((sums,) if shown.number == 1 else ()), Section("", lines)),
            citations=cites.listed(),
            notes=(shown.note(texts),) if shown.count > 1 else (),
            on=on,
            actions=actions,
            menus=(_open_menu([claim for claim, _ in shown.rows], on, texts),),
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
