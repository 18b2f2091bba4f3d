"""What forecasts came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.alignment.assessment import Scored
from bot.alignment.forecasts import Claim, claims
from bot.answers import base_words, sentences
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.paging import page_of
from bot.answers.sentences import called
from bot.answers.texts import Texts
from bot.knowledge.documents import Forecast
from bot.knowledge.facts import Base


def _counted(rows: Sequence[Scored], texts: Texts) -> str:
    count = {
        kind: sum(r.outcome == kind for r in rows)
        for kind in ("hit", "half", "miss", "unknown", "open")
    }
    parts = [
        texts.many("{n} came true", "{n} came true", count["hit"]),
        texts.many("{n} half", "{n} half", count["half"]),
        texts.many("{n} did not", "{n} did not", count["miss"]),
    ]
    if rest := count["unknown"] + count["open"]:
        parts.append(texts.many("{n} cannot be scored", "{n} cannot be scored", rest))
    return ", ".join(parts)


def outcome_name(outcome: str, texts: Texts) -> str:
    """A score in words."""
    return {
        "hit": texts("came true"),
        "half": texts("half"),
        "miss": texts("did not come true"),
        "open": texts("not begun"),
        "unknown": texts("too little known"),
    }[outcome]


PER_PAGE = 4
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
        return [texts("It leans to the side that was expected, and is no ally.")]
    kinds = [sentences.deed_name(deed, base.conflict, texts) for deed in named.subject]
    return [
        texts(
            "It stands on the side that was expected, without what was foretold: "
            "{kinds}.",
            kinds=texts.listed(kinds),
        )
    ]


def _row(
    claim: Claim, early: Scored, base: Base, cites: Citations, texts: Texts
) -> Line:
    """What was expected, and what came of it by the end of the first year and now."""
    scored = claim.scored
    named = scored.named
    text = texts(
        "“{expected}” End of {year}: {was}. Now: {is_}.",
        expected=named.expected,
        year=base.conflict.began.year,
        was=outcome_name(early.outcome, texts),
        is_=outcome_name(scored.outcome, texts),
    )
    numbers = cites.cite([scored.forecast.source])
    text = " ".join([text, *_what_came(scored, base, texts)])
    if because := scored.because:
        text = f"{text} {sentences.fact(because.fact, texts)}."
        numbers += cites.cite(because.fact.sources[:1])
    label = (
        called(named.code, texts)
        if named.code
        else base_words.bloc_name(base.blocs[named.bloc or ""], texts)
    )
    return Line.labelled(label, text, cites=numbers)


def forecast(
    which: Forecast, base: Base, texts: Texts, *, on: date, page: int, key: str
) -> Answer:
    """A forecast scored claim by claim, at the end of its first year and on a day;
    ``key`` begins its buttons' ids.
    """
    cites = Citations()
    cited = cites.cite([which.source])
    first_year = date(base.conflict.began.year, 12, 31)
    then = claims(which, base, on=min(first_year, on))
    now = claims(which, base, on=on)
    shown = page_of(list(zip(now, then, strict=True)), page, size=PER_PAGE)
    lines = tuple(
        _row(claim, early.scored, base, cites, texts) for claim, early in shown.rows
    )
    lead = texts(
        "{publisher}, {date}. End of {year}: {then}. On {on}: {now}.",
        publisher=which.source.publisher,
        date=texts.date(which.date),
        year=first_year.year,
        then=_counted([each.scored for each in then], texts),
        on=texts.date(on),
        now=_counted([each.scored for each in now], texts),
    )
    others = [each for each in ordered(base) if each.id != which.id][:_OTHERS]
    actions = (
        *shown.turns(f"{key}:{which.id}:{on.isoformat()}:{{page}}", texts),
        *(
            Action(
                f"{key}:{other.id}:{on.isoformat()}:1",
                f"{sentences.shortened(other.source.publisher, 40)}, {other.date}",
            )
            for other in others
        ),
    )
    scale = texts(
        "Each claim is scored on what it foretold, for the side that it named. Half: "
        "the side was right and the deed did not come, or it came for some of a bloc."
    )
    return Answer(
        which.source.title,
        lead=Line(lead, cites=cited),
        sections=(Section("", lines),),
        citations=cites.listed(),
        notes=(scale, shown.note(texts)),
        on=on,
        actions=actions,
    )
