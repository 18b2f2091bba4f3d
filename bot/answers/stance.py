"""The long answer: where an actor stands, why, what was forecast, and how sure that is,
with a list of its sources. The card says the same on one screen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.alignment.assessment import Assessment, PillarScore, Scored
from bot.alignment.rubric import UNKNOWN, assess
from bot.answers import base_words, sentences, web_pages
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.sentences import called, leaning_side, level_name
from bot.answers.texts import Texts
from bot.answers.verdict import verdict_line
from bot.knowledge.conflict import Conflict
from bot.knowledge.facts import Base, Fact

STALE_DAYS = 540
"""Days after which a review is called old."""


def is_stale(assessment: Assessment, base: Base, today: date) -> bool:
    """Whether nobody has reviewed an actor's file for a long time."""
    reviewed = base.countries[assessment.code].reviewed.first
    return (today - reviewed).days > STALE_DAYS


def stale_note(texts: Texts) -> str:
    """That nobody has reviewed it for a long time, in words."""
    return texts("⚠ This entry has not been reviewed for a long time.")


def title(assessment: Assessment, base: Base, texts: Texts) -> str:
    """Flag, name and level on one line."""
    level = level_name(assessment.level, base, texts)
    return f"{called(assessment.code, texts)} · {level}"


def record_line(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> tuple[Line, ...]:
    """The voting record; for an actor whose votes another casts, by whom; nothing for
    one without any.
    """
    last, not_own = assessment.votes.last, assessment.votes.not_own
    if not assessment.record.total and not_own:
        cited = cites.cite(not_own.fact.sources[-1:])
        return (Line.labelled(texts("Votes"), not_own.fact.spoken_for, cites=cited),)
    if not assessment.record.total or last is None:
        return ()
    text = texts(
        "{record}; last {how} on {date}",
        record=sentences.record(assessment.record, base, texts),
        how=sentences.ballot(last.fact.detail, texts),
        date=texts.date(last.fact.begins),
    )
    return (Line.labelled(texts("Votes"), text, cites=cites.cite(last.fact.sources)),)


def _counter_line(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> tuple[Line, ...]:
    """The strongest fact for the other side, where conduct contradicts."""
    counter = assessment.counter
    if counter is None or assessment.against < base.conflict.contradiction.points:
        return ()
    line = _fact_line(counter.fact, cites, texts)
    return (replace(line, label=texts("On the other side")),)


def _fact_line(fact: Fact, cites: Citations, texts: Texts) -> Line:
    return Line(sentences.fact(fact, texts), cites=cites.cite(fact.sources))


def _pillar_line(
    pillar: PillarScore,
    assessment: Assessment,
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    label = base_words.pillar_name(pillar.pillar, base.conflict, texts)
    if not pillar.facts:
        said = sentences.empty_pillars([pillar.pillar], assessment, base, texts)
        return Line(texts.sentence(said), label=label, bar=0)
    # What agrees with the score stands first among the strongest.
    return replace(
        _fact_line(pillar.strongest[0].fact, cites, texts),
        label=label,
        bar=sentences.filled(pillar.score),
        side=leaning_side(pillar.score, base.conflict, texts),
    )


def forecast_line(
    scored: Scored, conflict: Conflict, cites: Citations, texts: Texts
) -> Line:
    """A claim of a forecast with its source, and what came of it."""
    forecast, named = scored.forecast, scored.named
    verdict = {
        "hit": texts("It came true."),
        "half": texts("It half came true."),
        "miss": texts("It did not come true."),
        "open": base_words.once("times.not_begun", conflict, texts),
        "unknown": texts("Too little is known to score it."),
    }[scored.outcome]
    text = texts(
        "{publisher}, {date}: “{expected}” {verdict}",
        publisher=forecast.source.publisher,
        date=texts.date(forecast.date),
        expected=named.expected,
        verdict=verdict,
    )
    cited = cites.cite([forecast.source])
    if scored.because:
        text = texts(
            "{text} {why}",
            text=text,
            why=texts.sentence(sentences.fact(scored.because.fact, texts)),
        )
        cited += cites.cite(scored.because.fact.sources)
    return Line(text, cites=cited)


def facts_of_summary(assessment: Assessment, base: Base) -> list[Fact] | None:
    """The facts under the written summary, or None where it does not speak of that
    day.
    """
    country = base.countries[assessment.code]
    if not country.summary or assessment.on < country.reviewed.first:
        return None
    held = [each.fact for each in assessment.contributions]
    known = {
        ref: fact
        for fact in (*assessment.past, *held)
        for ref in (fact.part_of, fact.ref)
    }
    return [known[ref] for ref in country.summary_facts if ref in known] or None


def composed(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> Line:
    """A summary from what was done, for actors and days without a written one."""
    if assessment.level == UNKNOWN:
        text = texts(
            "Ally knows too little about {name} on this day to name a level.",
            name=texts.name(assessment.code),
        )
        return Line(text)
    if line := verdict_line(assessment, base, cites, texts):
        return line
    if assessment.contributions:
        return _fact_line(assessment.contributions[0].fact, cites, texts)
    return Line("")


def sureness(assessment: Assessment, texts: Texts) -> str:
    """How sure and how fresh, in words."""
    sure = assessment.confidence
    agree = (
        texts("deeds and votes agree")
        if sure.agree
        else texts("deeds and votes disagree")
    )
    newest = (
        texts("newest fact {date}", date=texts.date(sure.newest))
        if sure.newest
        else texts("no dated fact")
    )
    publishers = texts.many(
        "{n} independent publisher", "{n} independent publishers", sure.publishers
    )
    return texts(
        "Confidence: {grade} ({publishers}, {agree}, {newest})",
        grade=sentences.sureness_grade(sure.grade, texts),
        publishers=publishers,
        agree=agree,
        newest=newest,
    )


WEIGHTY = 0.2
"""Points of a kind of deed from which its end is told on the card."""


def _changed(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> tuple[Line, ...]:
    """The newest weighty deeds that ended; what lapsed stands under *Why*."""
    deeds = base.conflict.deeds
    told = [
        fact
        for fact in assessment.past
        if fact.deed
        and deeds[fact.deed].points >= WEIGHTY
        and base.conflict.sign(fact.toward)
        and not fact.lapsed(assessment.on)
    ]
    past = sorted(told, key=lambda f: f.begins, reverse=True)
    return tuple(_fact_line(fact, cites, texts) for fact in past[:2])


OWN_SHOWN = 3
"""Facts of a server's own that a card tells beside the pillars' lines."""


def own_facts(
    assessment: Assessment, shown: tuple[Line, ...], cites: Citations, texts: Texts
) -> tuple[Section, ...]:
    """The newest facts that the server added and that no pillar's line tells
    already.
    """
    told = " ".join(line.text for line in shown)
    own = sorted(
        (c.fact for c in assessment.contributions if c.fact.own),
        key=lambda f: f.begins,
        reverse=True,
    )
    fresh = [
        fact
        for fact in own
        if sentences.fact(fact, texts, dated=False).removesuffix(".") not in told
    ]
    if not fresh:
        return ()
    lines = [
        Line(sentences.fact(fact, texts), cites=cites.cite(fact.sources))
        for fact in fresh[:OWN_SHOWN]
    ]
    if len(fresh) > OWN_SHOWN:
        more = len(fresh) - OWN_SHOWN
        lines.append(
            Line(texts.many("and {n} more under Why", "and {n} more under Why", more))
        )
    return (Section(texts("Added by this server"), tuple(lines)),)


def own_judgement(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> tuple[Section, ...]:
    """A server's level beside the computed one."""
    override = base.countries[assessment.code].override
    if override is None or override.date.first > assessment.on:
        return ()
    text = texts(
        "{level}, since {date}: {reason}",
        level=level_name(override.level, base, texts),
        date=texts.date(override.date),
        reason=override.reason,
    )
    line = Line(f"{sentences.OWN} {text}", cites=cites.cite(override.sources))
    return (Section(texts("This server's own judgement"), (line,)),)


def own_notes(
    assessment: Assessment, base: Base, shipped: Assessment | None, texts: Texts
) -> list[str]:
    """What of the answer is the server's, in words, and what the base alone would have
    said.
    """
    added = base.added.get(assessment.code)
    if added is None:
        return []
    notes = [
        texts(
            "{mark} marks what this server's moderators added; the rest is Ally's own.",
            mark=sentences.OWN,
        )
    ]
    if added.actor:
        notes = [
            texts(
                "{mark} This server added {name}. Ally itself knows nothing about it.",
                mark=sentences.OWN,
                name=texts.name(assessment.code),
            )
        ]
    if shipped and shipped.level != assessment.level:
        notes.append(
            texts(
                "Without this server's entries: {level}.",
                level=level_name(shipped.level, base, texts),
            )
        )
    return notes


def lead_line(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> Line:
    """The written summary with its facts' sources, or a composed one."""
    country = base.countries[assessment.code]
    written = facts_of_summary(assessment, base)
    if not written or not country.summary:
        return composed(assessment, base, cites, texts)
    added = base.added.get(assessment.code)
    text = base_words.summary_of(assessment.code, base, texts)
    if added and added.summary:
        text = f"{sentences.OWN} {text}"
    numbers = [n for fact in written for n in cites.cite(fact.sources[:1])]
    return Line(text, cites=tuple(dict.fromkeys(numbers)))


def as_written(assessment: Assessment, base: Base, texts: Texts) -> list[str]:
    """That facts are not translated, and whether the summary is."""
    summarised = bool(facts_of_summary(assessment, base))
    return base_words.as_written(assessment.code, base, texts, summarised=summarised)


def answer(
    assessment: Assessment,
    base: Base,
    texts: Texts,
    *,
    today: date,
    shipped: Assessment | None = None,
) -> Answer:
    """The Answer for one actor on one day; ``today`` only decides what is called past
    or overdue.

    ``shipped`` is what the base alone says, for a base that a server's entries lie
    over.
    """
    cites = Citations()
    country = base.countries[assessment.code]
    lead = lead_line(assessment, base, cites, texts)
    pillars = tuple(
        _pillar_line(p, assessment, base, cites, texts) for p in assessment.pillars
    )
    pillars += record_line(assessment, base, cites, texts)
    pillars += _counter_line(assessment, base, cites, texts)
    sections = [Section("", pillars)]
    if assessment.code in base.added:
        sections += own_facts(assessment, pillars, cites, texts)
        sections += own_judgement(assessment, base, cites, texts)
    if changed := _changed(assessment, base, cites, texts):
        sections.append(Section(texts("No longer holds"), changed))
    if assessment.forecasts:
        lines = tuple(
            forecast_line(each, base.conflict, cites, texts)
            for each in assessment.forecasts[:2]
        )
        sections.append(Section(texts("Forecast"), lines))
    notes = [
        texts(
            "Holds on {date} · checked {month}",
            date=texts.date(assessment.on),
            month=texts.month(country.reviewed.first),
        ),
        sureness(assessment, texts),
        *as_written(assessment, base, texts),
    ]
    notes += own_notes(assessment, base, shipped, texts)
    if is_stale(assessment, base, today):
        notes.append(stale_note(texts))
    if any(c.source.weak for c in cites.listed()):
        notes.append(
            texts("⚠ marks a weak source: state media, an aggregator or a copy.")
        )
    return Answer(
        title(assessment, base, texts),
        level=assessment.level,
        lead=lead,
        sections=tuple(sections),
        citations=cites.listed(),
        notes=tuple(notes),
        on=assessment.on,
        web=web_pages.actor(assessment.code, base, texts),
    )


def ask(code: str, base: Base, texts: Texts, *, on: date, today: date) -> Answer:
    """Assess and say it; KeyError for a code that the base does not have."""
    return answer(assess(code, base, on=on), base, texts, today=today)
