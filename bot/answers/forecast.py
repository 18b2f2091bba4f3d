"""What forecasts came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.alignment.assessment import ForActor, Scored
from bot.alignment.rubric import assess, score
from bot.answers import sentences
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.paging import page_of
from bot.answers.sentences import called, level_name
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
"""Actors on a page."""
_OTHERS = 3
"""Buttons to other forecasts."""


def ordered(base: Base) -> tuple[Forecast, ...]:
    """Every forecast, the oldest first."""
    return tuple(sorted(base.forecasts.values(), key=lambda f: (f.date.first, f.id)))


def _row(
    now: ForActor,
    early: Scored,
    early_day: date,
    base: Base,
    cites: Citations,
    texts: Texts,
    *,
    on: date,
) -> Line:
    """What was expected of one actor, and what came of it early and by now."""

    def level(day: date) -> str:
        return level_name(assess(now.code, base, on=day).level, base, texts)

    text = texts(
        "“{expected}” End of {year}: {then}, {was}. Now: {today}, {is_}.",
        expected=now.scored.named.expected,
        year=base.conflict.began.year,
        then=level(early_day),
        was=outcome_name(early.outcome, texts),
        today=level(on),
        is_=outcome_name(now.scored.outcome, texts),
    )
    numbers = cites.cite([now.scored.forecast.source])
    if because := now.scored.because:
        text = f"{text} {sentences.fact(because.fact, texts)}."
        numbers += cites.cite(because.fact.sources[:1])
    return Line.labelled(called(now.code, texts), text, cites=numbers)


def forecast(
    which: Forecast, base: Base, texts: Texts, *, on: date, page: int, key: str
) -> Answer:
    """A forecast scored at the end of the war's first year and on a day; ``key`` begins
    its buttons' ids.
    """
    cites = Citations()
    cited = cites.cite([which.source])
    first_year = date(base.conflict.began.year, 12, 31)
    early_day = min(first_year, on)
    then = {
        (each.code, each.scored.named): each.scored
        for each in score(which, base, on=early_day)
    }
    now = score(which, base, on=on)
    shown = page_of(now, page, size=PER_PAGE)
    lines = tuple(
        _row(
            row, then[row.code, row.scored.named], early_day, base, cites, texts, on=on
        )
        for row in shown.rows
    )
    lead = texts(
        "{publisher}, {date}. End of {year}: {then}. On {on}: {now}.",
        publisher=which.source.publisher,
        date=texts.date(which.date),
        year=first_year.year,
        then=_counted(
            [each.scored for each in score(which, base, on=early_day)], texts
        ),
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
        "A hit is an ally of the side that was expected, or a party; a lean is "
        "half; all else is a miss."
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
