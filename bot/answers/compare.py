"""Two to four actors beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from bot.alignment.assessment import Assessment
from bot.alignment.comparison import Agreement, Ties, agreement, ties
from bot.alignment.over_time import changes, course
from bot.alignment.rubric import assess
from bot.answers import sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.stance import level_name, side_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base, Fact
from bot.names.index import flag

MOST = 4
"""Actors that fit beside each other."""
_PARTED, _TIES = 4, 4
_CLAIM = 110
"""Characters of a claim where more than two actors share the room of one message."""


def called(code: str, texts: Texts) -> str:
    """Flag and name."""
    return f"{flag(code)} {texts.name(code)}".strip()


def marks(filled: int) -> str:
    """A bar as text: so many filled marks of ``sentences.BAR``, the rest empty."""
    return "▰" * filled + "▱" * (sentences.BAR - filled)


def _standing(found: Assessment, base: Base, texts: Texts) -> Line:
    pillars = " · ".join(
        f"{texts(base.conflict.pillars[p.pillar].name)} "
        + (
            f"{marks(sentences.filled(p.score))} {side_name(p.score, base, texts)}"
            if p.facts
            else texts("nothing known")
        )
        for p in found.pillars
    )
    text = f"{level_name(found.level, base, texts)} ({found.score:+.2f}) · {pillars}"
    return Line(text, (), called(found.code, texts))


def agreed(found: Agreement, texts: Texts) -> str:
    """How far two voted alike, in words."""
    if found.share is None:
        return texts("no roll call in which both cast a ballot")
    return texts(
        "same ballot in {same} of {shared} shared roll calls ({share})",
        same=found.same,
        shared=found.shared,
        share=f"{found.share:.0%}",
    )


def _votes(
    codes: Sequence[str], base: Base, on: date, cites: Citations, texts: Texts
) -> Section:
    lines: list[Line] = []
    pairs = list(combinations(codes, 2))
    for first, second in pairs:
        found = agreement(first, second, base, on=on)
        pair = f"{texts.name(first)} – {texts.name(second)}"
        last = max(
            (v for v, _ in base.ballots.get(first, ()) if v.date.first <= on),
            key=lambda v: v.date.first,
            default=None,
        )
        lines.append(
            Line(
                agreed(found, texts),
                cites.cite(last.sources[:1]) if last and found.shared else (),
                pair,
            )
        )
        for parted in found.parted[
            : _PARTED if len(pairs) == 1 else 1 if len(pairs) == 3 else 0
        ]:
            text = texts(
                "{first} {how}, {second} {other}: {title} ({date})",
                first=texts.name(first),
                how=sentences.ballot(parted.first, texts),
                second=texts.name(second),
                other=sentences.ballot(parted.second, texts),
                title=_short(parted.vote.title),
                date=texts.date(parted.vote.date),
            )
            lines.append(Line(text, cites.cite(parted.vote.sources[:1])))
    return Section(texts("UN votes"), tuple(lines))


def _short(title: str, limit: int = 90) -> str:
    return title if len(title) <= limit else title[: limit - 1].rstrip() + "…"


def _tie(
    tie: Mapping[str, Fact],
    codes: Sequence[str],
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    fact = next(iter(tie.values()))
    side = next(
        (texts(s.name) for s in base.conflict.sides if s.id == fact.toward),
        texts("neither side"),
    )
    cited = cites.cite(source for each in tie.values() for source in each.sources[:1])
    if len(tie) == len(codes):
        who = ""
    else:
        who = ", ".join(texts.name(code) for code in codes if code in tie) + ": "
    detail = ""
    if fact.kind == "bloc":
        words = {sentences.standing(each.detail, texts) for each in tie.values()}
        detail = f" ({', '.join(sorted(words))})"
    return Line(
        f"{who}{fact.text}{detail} · {side}",
        tuple(dict.fromkeys(cited))[: 2 if len(codes) == 2 else 1],
    )


def _ties(
    found: Ties, codes: Sequence[str], base: Base, cites: Citations, texts: Texts
) -> list[Section]:
    sections: list[Section] = []
    for heading, rows in (
        (texts("Share"), found.shared),
        (texts("Only some"), found.partial),
    ):
        if not rows:
            continue
        shown = _TIES if len(codes) == 2 else 2
        lines = [_tie(tie, codes, base, cites, texts) for tie in rows[:shown]]
        if len(rows) > shown:
            lines.append(
                Line(texts.many("and {n} more", "and {n} more", len(rows) - shown))
            )
        sections.append(Section(heading, tuple(lines)))
    return sections


def _moved(
    code: str, base: Base, on: date, cites: Citations, texts: Texts, *, short: bool
) -> Line:
    """What moved the actor since the day before the war began."""
    eve = base.conflict.began.first - timedelta(days=1)
    if on <= eve:
        return Line(texts("the war had not begun"), (), texts.name(code))
    before, after = assess(code, base, on=eve).level, assess(code, base, on=on).level
    was, now = level_name(before, base, texts), level_name(after, base, texts)
    if before == after:
        return Line(texts("{level}, before and now", level=now), (), texts.name(code))
    turns = [
        stop
        for _, stop in changes(course(code, base, begin=eve, end=on))
        if stop.level == after
    ]
    fact = next((f for f in turns[-1].facts), None) if turns else None
    text = f"{was} → {now}"
    if fact is None:
        return Line(text, (), texts.name(code))
    said = (
        _short(sentences.fact(fact, texts), _CLAIM)
        if short
        else sentences.fact(fact, texts)
    )
    return Line(f"{text}: {said}", cites.cite(fact.sources[:1]), texts.name(code))


def comparison(codes: Sequence[str], base: Base, texts: Texts, *, on: date) -> Answer:
    """The Answer for two to four different actors; KeyError for a code that the base
    does not have.
    """
    cites = Citations()
    found = [assess(code, base, on=on) for code in codes]
    sections = [Section("", tuple(_standing(each, base, texts) for each in found))]
    sections.append(_votes(codes, base, on, cites, texts))
    sections += _ties(ties(tuple(codes), base, on=on), codes, base, cites, texts)
    moved = tuple(
        _moved(code, base, on, cites, texts, short=len(codes) > 2) for code in codes
    )
    sections.append(Section(texts("Since the war began"), moved))
    notes = [
        texts("Holds on {date}", date=texts.date(on)),
        texts(
            "Only roll calls in which both cast a ballot are counted; staying away "
            "is not."
        ),
    ]
    notes += own_note(codes, base, texts)
    title = " · ".join(called(code, texts) for code in codes)
    return Answer(title, "", None, tuple(sections), cites.listed(), tuple(notes), on)


def own_note(codes: Sequence[str], base: Base, texts: Texts) -> list[str]:
    """That a server's entries count here too, where they do."""
    names = ", ".join(texts.name(code) for code in codes if code in base.added)
    if not names:
        return []
    return [
        texts(
            "{mark} This server's own entries count here, about: {names}.",
            mark=sentences.OWN,
            names=names,
        )
    ]
