"""An actor's page: today's card, each day on which its level changed, the long answer,
why, every fact and every vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.alignment.assessment import Assessment
from bot.alignment.over_time import Stop, changes
from bot.alignment.rubric import assess
from bot.answers import base_words, card, evidence, sentences, stance, web_pages
from bot.answers.document import Citations
from bot.answers.headline import cause_in_words
from bot.answers.texts import Texts
from bot.knowledge.facts import Base, Fact
from bot.pictures.flags.drawing import flag_svg
from bot.site.document import Edition, Link, Part, ShownLine, SitePage, Table
from bot.site.shown import fact_line, in_words, lead_of, lines_of, sections_of

_FLAG = 40
"""Pixels of the flag beside the name."""
_CLAIM = 200
"""Characters of what changed a level."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked about, and what every part needs."""

    code: str
    edition: Edition
    cites: Citations
    texts: Texts

    @property
    def base(self) -> Base:
        return self.edition.base


def day_anchor(day: date) -> str:
    """The fragment of a day on an actor's page."""
    return f"day-{day.isoformat()}"


def _card(assessment: Assessment, asked: _Asked, **about: str) -> Part:
    """The card, with a heading if one is given."""
    texts = asked.texts
    answer = card.card(assessment, asked.base, texts, today=asked.edition.on)
    return Part(
        about.get("heading", ""),
        id=about.get("id", ""),
        level=assessment.level,
        lead=lead_of(answer, asked.cites),
        lines=lines_of(answer.sections[0].lines, answer, asked.cites),
        notes=answer.notes,
        folded=bool(about),
    )


def _why_that_day(stop: Stop, asked: _Asked) -> Part:
    fact = stop.cause.told
    said = cause_in_words(stop.cause, stop.on, _CLAIM, asked.base, asked.texts)
    cited = asked.cites.cite(fact.sources[:1]) if fact else ()
    label = asked.texts("What changed it")
    return Part(lines=(ShownLine(said, label=label, cites=cited),))


def _day(stop: Stop, asked: _Asked, *, changed: bool) -> Part:
    """The card of a day on which the level changed, or of the first day."""
    base, texts = asked.base, asked.texts
    heading = texts(
        "{date}: {level}",
        date=texts.date(stop.on),
        level=sentences.level_name(stop.level, base, texts),
    )
    assessment = assess(asked.code, base, on=stop.on)
    shown = _card(assessment, asked, heading=heading, id=day_anchor(stop.on))
    if not changed:
        return shown
    why = _why_that_day(stop, asked)
    return Part(
        heading, id=shown.id, level=stop.level, folded=True, parts=(why, _bare(shown))
    )


def _bare(part: Part) -> Part:
    return Part(lead=part.lead, lines=part.lines, notes=part.notes)


def _days(asked: _Asked) -> Part:
    """Every day on which the level changed, the newest first, and the first day."""
    texts = asked.texts
    stops = asked.edition.courses[asked.code]
    turned = [after for _, after in changes(stops)]
    days = [_day(stop, asked, changed=True) for stop in reversed(turned)]
    days.append(_day(stops[0], asked, changed=False))
    count = texts.many(
        "{n} change of level by {date}",
        "{n} changes of level by {date}",
        len(turned),
        date=texts.date(asked.edition.on),
    )
    return Part(
        texts("The level over time"), id="changes", notes=(count,), parts=tuple(days)
    )


def _long(assessment: Assessment, asked: _Asked) -> Part:
    """The long answer."""
    texts = asked.texts
    answer = stance.answer(assessment, asked.base, texts, today=asked.edition.on)
    parts = tuple(
        Part(
            part.heading,
            lines=tuple(in_words(line, texts) for line in part.lines),
        )
        for part in sections_of(answer, asked.cites)
    )
    return Part(texts("In full"), id="full", notes=answer.notes, parts=parts)


def _rules(assessment: Assessment, asked: _Asked) -> Part:
    """Which rules named the level."""
    texts = asked.texts
    answer = evidence.evidence(assessment, asked.base, texts, page=1)
    section = answer.sections[0]
    lines = lines_of(section.lines, answer, asked.cites) if assessment.fired else ()
    method = Link(texts("How Ally decides"), web_pages.page(web_pages.METHOD, texts))
    return Part(texts("Why this level"), id="why", lines=lines, links=(method,))


def _deed_line(fact: Fact, label: str, asked: _Asked) -> ShownLine:
    href = web_pages.deed(fact.deed, asked.texts) if fact.deed else ""
    return fact_line(fact, label, href, asked.cites, asked.texts)


def _facts(assessment: Assessment, asked: _Asked) -> Part:
    """Every fact but the ballots: first those that count, strongest first."""
    texts, conflict = asked.texts, asked.base.conflict
    lines: list[ShownLine] = []
    for each in assessment.contributions:
        if each.fact.kind != "vote":
            name = sentences.deed_name(each.fact.deed, conflict, texts)
            label = f"{name} {texts.signed(each.points, 2)}" if each.fact.deed else name
            lines.append(_deed_line(each.fact, label, asked))
    past = tuple(
        _deed_line(
            fact,
            texts("lapsed") if fact.lapsed(assessment.on) else texts("ended"),
            asked,
        )
        for fact in assessment.past
    )
    earlier = Part(texts("Earlier, no longer counted"), lines=past)
    none = ShownLine(texts("No fact about this actor holds on that day."))
    return Part(
        texts("Every fact, with its points"),
        id="facts",
        lines=tuple(lines) or (none,),
        parts=(earlier,) if past else (),
    )


def _votes(asked: _Asked) -> tuple[Part, ...]:
    """Every roll call in which the actor is listed, the newest first."""
    texts = asked.texts
    rows = tuple(
        (
            Link(base_words.vote_short(vote, texts), web_pages.vote(vote.id, texts)),
            Link(texts.date(vote.date)),
            Link(sentences.ballot(ballot, texts)),
        )
        for vote, ballot in reversed(asked.base.ballots.get(asked.code, ()))
        if vote.date.first <= asked.edition.on
    )
    if not rows:
        return ()
    columns = (texts("Roll call"), texts("Date"), texts("Ballot"))
    table = Table(texts("Every roll call, the newest first"), columns, rows)
    return (Part(texts("Votes"), id="votes", table=table),)


def actor_page(code: str, edition: Edition, texts: Texts) -> SitePage:
    """The page of one actor; KeyError for a code that the base does not have."""
    base = edition.base
    asked = _Asked(code, edition, Citations(), texts)
    assessment = assess(code, base, on=edition.on)
    today = _card(assessment, asked)
    level = sentences.level_name(assessment.level, base, texts)
    parts = (
        today,
        _days(asked),
        _rules(assessment, asked),
        _long(assessment, asked),
        _facts(assessment, asked),
        *_votes(asked),
    )
    path = web_pages.actor(code, base, texts)
    return SitePage(
        path,
        title=texts("{name}: {level}", name=texts.name(code), level=level),
        heading=texts.name(code),
        description=today.lead.text if today.lead else "",
        level=assessment.level,
        level_name=level,
        parts=parts,
        citations=asked.cites.listed(),
        picture=picture_of(path),
        flag=Markup(flag_svg(code, 0, 0, _FLAG)),  # noqa: S704 - a drawing of our own
    )


def picture_of(path: str) -> str:
    """Where the card's picture of an actor's page lies."""
    return path.removesuffix(".html") + ".png"
