"""The main answer: where an actor stands, why, what was forecast, and how sure that
is.
"""

from __future__ import annotations

from datetime import date

from bot.alignment.assessment import Assessment, PillarScore, Scored
from bot.alignment.rubric import PARTY, UNKNOWN, assess
from bot.answers import sentences
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.texts import Texts
from bot.knowledge.facts import Base, Fact
from bot.names.index import flag

STALE_DAYS = 540


def level_name(level: str, base: Base, texts: Texts) -> str:
    """A level's id in words."""
    conflict = base.conflict
    if level in {PARTY, UNKNOWN}:
        return texts(conflict.party if level == PARTY else conflict.unknown)
    return texts(next(each.name for each in conflict.levels if each.id == level))


def side_name(score: float, base: Base, texts: Texts) -> str:
    """The side that a score in [-1, 1] leans to, in words."""
    if abs(score) <= 0.02:
        return texts("neither side")
    sign = 1 if score > 0 else -1
    return texts(next(side.name for side in base.conflict.sides if side.sign == sign))


def title(assessment: Assessment, base: Base, texts: Texts) -> str:
    """Flag, name and level on one line."""
    name = texts.name(assessment.code)
    level = level_name(assessment.level, base, texts)
    mark = flag(assessment.code)
    return f"{mark} {name} · {level}" if mark else f"{name} · {level}"


def _vote_line(
    assessment: Assessment, cites: Citations, texts: Texts
) -> tuple[str, tuple[int, ...]]:
    votes, last = assessment.votes, assessment.votes.last
    assert last
    counted = texts(
        "UN votes: {yes} yes, {no} no, {abstain} abstained, {absent} absent",
        yes=votes.yes,
        no=votes.no,
        abstain=votes.abstain,
        absent=votes.absent,
    )
    how = sentences.ballot(last.fact.detail, texts)
    text = texts(
        "{counted}; last {how} on {date}",
        counted=counted,
        how=how,
        date=texts.date(last.fact.begins),
    )
    return text, cites.cite(last.fact.sources)


def _pillar_line(
    pillar: PillarScore,
    assessment: Assessment,
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    label = texts(base.conflict.pillars[pillar.pillar].name)
    if not pillar.facts:
        return Line(texts("Nothing is known."), (), label, 0, "")
    side, bar = side_name(pillar.score, base, texts), sentences.filled(pillar.score)
    ballots = sum(c.points for c in assessment.contributions if c.fact.kind == "vote")
    others = [c for c in pillar.strongest if c.fact.kind != "vote"]
    along = [c for c in others if c.points * pillar.score > 0]
    # The votes are shown together, for any one of them is a small part of what they
    # say.
    if pillar.pillar == "diplomatic" and assessment.votes.last:
        votes_agree = ballots * pillar.score > 0
        if not along or (votes_agree and abs(ballots) >= abs(along[0].points)):
            text, cited = _vote_line(assessment, cites, texts)
            return Line(text, cited, label, bar, side)
    shown = (along or others or list(pillar.strongest))[0].fact
    return Line(
        sentences.fact(shown, texts), cites.cite(shown.sources), label, bar, side
    )


def _forecast_line(scored: Scored, base: Base, cites: Citations, texts: Texts) -> Line:
    forecast, named = scored.forecast, scored.named
    verdict = {
        "hit": texts("It came true."),
        "half": texts("It half came true."),
        "miss": texts("It did not come true."),
        "open": texts("The war had not begun on that day."),
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
            why=sentences.fact(scored.because.fact, texts) + ".",
        )
        cited += cites.cite(scored.because.fact.sources)
    return Line(text, cited)


def _facts_of_summary(assessment: Assessment, base: Base) -> list[Fact] | None:
    """The facts under the written summary, or None where it does not speak of that
    day.
    """
    country = base.countries[assessment.code]
    known = {f.ref: f for f in assessment.past} | {
        c.fact.ref: c.fact for c in assessment.contributions
    }
    if not country.summary or assessment.on < country.reviewed.first:
        return None
    found = [known[ref] for ref in country.summary_facts if ref in known]
    return found or None


def _composed(assessment: Assessment, cites: Citations, texts: Texts) -> Line:
    """A summary from the strongest facts, for actors and days without a written one."""
    if assessment.level == UNKNOWN:
        text = texts(
            "Ally knows too little about {name} on this day to name a level.",
            name=texts.name(assessment.code),
        )
        return Line(text)
    top = next(
        (c for c in assessment.contributions if c.fact.kind != "vote" and c.points),
        None,
    )
    if top:
        return Line(sentences.fact(top.fact, texts), cites.cite(top.fact.sources))
    if assessment.votes.last:
        return Line(*_vote_line(assessment, cites, texts))
    first = assessment.contributions[0] if assessment.contributions else None
    return (
        Line(sentences.fact(first.fact, texts), cites.cite(first.fact.sources))
        if first
        else Line("")
    )


def sureness(assessment: Assessment, texts: Texts) -> str:
    """How sure and how fresh, in words."""
    sure = assessment.confidence
    grade = {"high": texts("high"), "medium": texts("medium"), "low": texts("low")}[
        sure.grade
    ]
    agree = texts("pillars agree") if sure.agree else texts("pillars disagree")
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
        grade=grade,
        publishers=publishers,
        agree=agree,
        newest=newest,
    )


def _changed(
    assessment: Assessment, cites: Citations, texts: Texts
) -> tuple[Line, ...]:
    told = [f for f in assessment.past if f.toward != "neutral" and f.weight != "minor"]
    past = sorted(told, key=lambda f: f.begins, reverse=True)
    return tuple(
        Line(sentences.fact(f, texts), cites.cite(f.sources)) for f in past[:2]
    )


OWN_SHOWN = 3


def _own_facts(
    assessment: Assessment, shown: tuple[Line, ...], cites: Citations, texts: Texts
) -> tuple[Section, ...]:
    """The newest facts that the server added and that no pillar's line tells
    already.
    """
    told = {line.text for line in shown}
    own = sorted(
        (c.fact for c in assessment.contributions if c.fact.own),
        key=lambda f: f.begins,
        reverse=True,
    )
    fresh = [fact for fact in own if sentences.fact(fact, texts) not in told]
    if not fresh:
        return ()
    lines = [
        Line(sentences.fact(fact, texts), cites.cite(fact.sources))
        for fact in fresh[:OWN_SHOWN]
    ]
    if len(fresh) > OWN_SHOWN:
        more = len(fresh) - OWN_SHOWN
        lines.append(
            Line(
                texts.many(
                    "and {n} more under Evidence", "and {n} more under Evidence", more
                )
            )
        )
    return (Section(texts("Added by this server"), tuple(lines)),)


def _own_judgement(
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
    line = Line(f"{sentences.OWN} {text}", cites.cite(override.sources))
    return (Section(texts("This server's own judgement"), (line,)),)


def _own_notes(
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
            "{mark} marks what this server's moderators added; the rest is Ally's "
            "own base.",
            mark=sentences.OWN,
        )
    ]
    if added.actor:
        notes = [
            texts(
                "{mark} This server added {name} itself; Ally's own base does not "
                "know it.",
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
    written = _facts_of_summary(assessment, base)
    if written and country.summary:
        own = assessment.code in base.added and base.added[assessment.code].summary
        text = f"{sentences.OWN} {country.summary}" if own else country.summary
        lead = Line(
            text,
            tuple(dict.fromkeys(n for f in written for n in cites.cite(f.sources[:1]))),
        )
    else:
        lead = _composed(assessment, cites, texts)
    pillars = tuple(
        _pillar_line(p, assessment, base, cites, texts) for p in assessment.pillars
    )
    sections = [Section("", pillars)]
    if assessment.code in base.added:
        sections += _own_facts(assessment, pillars, cites, texts)
        sections += _own_judgement(assessment, base, cites, texts)
    if changed := _changed(assessment, cites, texts):
        sections.append(Section(texts("No longer holds"), changed))
    if assessment.forecasts:
        lines = tuple(
            _forecast_line(s, base, cites, texts) for s in assessment.forecasts[:2]
        )
        sections.append(Section(texts("Forecast"), lines))
    notes = [
        texts(
            "Holds on {date} · checked {month}",
            date=texts.date(assessment.on),
            month=texts.month(country.reviewed.first),
        ),
        sureness(assessment, texts),
    ]
    notes += _own_notes(assessment, base, shipped, texts)
    if (today - country.reviewed.first).days > STALE_DAYS:
        notes.append(texts("⚠ This entry has not been reviewed for a long time."))
    if any(c.source.weak for c in cites.listed()):
        notes.append(
            texts("⚠ marks a weak source: state media, an aggregator or a copy.")
        )
    key = f"{assessment.code}:{assessment.on.isoformat()}"
    actions = (
        Action(f"ally:evidence:{key}:1", texts("Evidence"), "🔎"),
        Action(
            f"ally:votes:{key}:1", texts("UN votes"), "🗳️", assessment.votes.total > 0
        ),
        Action(f"ally:method:{key}:1", texts("Method"), "📐"),
    )
    return Answer(
        title(assessment, base, texts),
        assessment.level,
        lead,
        tuple(sections),
        cites.listed(),
        tuple(notes),
        assessment.on,
        actions,
    )


def ask(code: str, base: Base, texts: Texts, *, on: date, today: date) -> Answer:
    """Assess and say it; KeyError for a code that the base does not have."""
    return answer(assess(code, base, on=on), base, texts, today=today)
