"""One actor's level over time, and what forecasts came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.alignment.assessment import Scored
from bot.alignment.over_time import Stop, changes
from bot.alignment.rubric import assess, score
from bot.answers import sentences
from bot.answers.compare import called, own_note
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.knowledge.documents import Forecast
from bot.knowledge.facts import Base

_TURNS = 9


def timeline(code: str, stops: Sequence[Stop], base: Base, texts: Texts) -> Answer:
    """The turns of a course as text, oldest first: what the picture shows and each fact
    that moved it.
    """
    cites = Citations()
    begin, end = stops[0], stops[-1]
    lines = [
        Line(
            level_name(begin.level, base, texts) + f" ({begin.score:+.2f})",
            (),
            texts.date(begin.on),
        )
    ]
    turns = changes(stops)
    shown = turns if len(turns) <= _TURNS else (*turns[:2], *turns[-(_TURNS - 2) :])
    skipped = len(turns) - len(shown)
    for place, (_, stop) in enumerate(shown):
        if place == 2 and skipped:
            lines.append(
                Line(texts.many("… {n} turn more", "… {n} turns more", skipped))
            )
        number = place + 1 + (skipped if place >= 2 else 0)
        fact = next(iter(stop.facts), None)
        text = f"{level_name(stop.level, base, texts)} ({stop.score:+.2f})"
        if fact:
            ended = fact.until is not None and fact.until.last == stop.on
            said = sentences.fact(fact, texts, dated=False).removesuffix(".")
            said = texts("ended: {fact}", fact=said) if ended else said
            lines.append(
                Line(
                    f"{text}: {said}",
                    cites.cite(fact.sources[:1]),
                    f"{number} · {texts.date(stop.on)}",
                )
            )
        else:
            lines.append(Line(text, (), f"{number} · {texts.date(stop.on)}"))
    lines.append(
        Line(
            f"{level_name(end.level, base, texts)} ({end.score:+.2f})",
            (),
            texts.date(end.on),
        )
    )
    title = (
        f"{called(code, texts)} · "
        f"{texts('{begin} to {end}', begin=begin.on.year, end=end.on.year)}"
    )
    notes = [
        texts(
            "A level may also change on a day without a new fact, as older votes "
            "come to count for less."
        ),
        *own_note([code], base, texts),
    ]
    return Answer(
        title,
        end.level,
        None,
        (Section("", tuple(lines)),),
        cites.listed(),
        tuple(notes),
        end.on,
    )


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


def ordered(base: Base) -> tuple[Forecast, ...]:
    """Every forecast, the oldest first."""
    return tuple(sorted(base.forecasts.values(), key=lambda f: (f.date.first, f.id)))


def forecast(
    which: Forecast, base: Base, texts: Texts, *, on: date, page: int, key: str
) -> Answer:
    """A forecast scored at the end of the war's first year and on a day; ``key`` begins
    its buttons' ids.
    """
    cites = Citations()
    cited = cites.cite([which.source])
    first = date(base.conflict.began.year, 12, 31)
    early = {
        (s.code, s.scored.named): s.scored
        for s in score(which, base, on=min(first, on))
    }
    now = score(which, base, on=on)
    pages = max(1, -(-len(now) // PER_PAGE))
    page = min(max(page, 1), pages)
    lines: list[Line] = []
    for row in now[(page - 1) * PER_PAGE : page * PER_PAGE]:
        named, before = row.scored.named, early[row.code, row.scored.named]
        then, today = (
            level_name(assess(row.code, base, on=day).level, base, texts)
            for day in (min(first, on), on)
        )
        text = texts(
            "“{expected}” End of {year}: {then}, {was}. Now: {today}, {is_}.",
            expected=named.expected,
            year=first.year,
            then=then,
            was=outcome_name(before.outcome, texts),
            today=today,
            is_=outcome_name(row.scored.outcome, texts),
        )
        because = row.scored.because
        numbers: tuple[int, ...] = ()
        if because:
            text = f"{text} {sentences.fact(because.fact, texts)}."
            numbers = cites.cite(because.fact.sources[:1])
        lines.append(Line(text, (*cited, *numbers), called(row.code, texts)))
    then_counted = _counted(
        [s.scored for s in score(which, base, on=min(first, on))], texts
    )
    now_counted = _counted([s.scored for s in now], texts)
    lead = texts(
        "{publisher}, {date}. End of {year}: {then}. On {on}: {now}.",
        publisher=which.source.publisher,
        date=texts.date(which.date),
        year=first.year,
        then=then_counted,
        on=texts.date(on),
        now=now_counted,
    )
    actions: list[Action] = []
    if pages > 1:
        actions += [
            Action(
                f"{key}:{which.id}:{on.isoformat()}:{page - 1}",
                texts("Previous"),
                "◀️",
                page > 1,
            ),
            Action(
                f"{key}:{which.id}:{on.isoformat()}:{page + 1}",
                texts("Next"),
                "▶️",
                page < pages,
            ),
        ]
    actions += [
        Action(
            f"{key}:{other.id}:{on.isoformat()}:1",
            f"{other.source.publisher[:40]}, {other.date}",
        )
        for other in ordered(base)
        if other.id != which.id
    ][:3]
    notes = [
        texts(
            "A hit is an ally of the side that was expected, or a party; a lean is "
            "half; all else is a miss."
        ),
        texts("Page {page} of {pages}", page=page, pages=pages),
    ]
    return Answer(
        which.source.title,
        "",
        Line(lead, cited),
        (Section("", tuple(lines)),),
        cites.listed(),
        tuple(notes),
        on,
        tuple(actions),
    )
