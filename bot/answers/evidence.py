"""Behind an answer: every fact with its points, the actor's ballots, and the method."""

from __future__ import annotations

from bot.alignment.assessment import Assessment
from bot.answers import sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.paging import page_of
from bot.answers.stance import title
from bot.answers.texts import Texts
from bot.knowledge.facts import Base, Fact

PER_PAGE = 6
"""Facts or ballots on a page."""


def _turn_id(kind: str, assessment: Assessment) -> str:
    return f"ally:{kind}:{assessment.code}:{assessment.on.isoformat()}:{{page}}"


def _told(
    assessment: Assessment,
) -> list[tuple[Fact, float | None]]:
    """Each fact of the evidence with its points; no points for what has ended."""
    rows: list[tuple[Fact, float | None]] = [
        (each.fact, each.points)
        for each in assessment.contributions
        if each.fact.kind != "vote" or each.fact.detail != "absent"
    ]
    return rows + [(fact, None) for fact in assessment.past]


def evidence(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Every contribution with its points and citation, strongest first, then what no
    longer holds.
    """
    cites = Citations()
    shown = page_of(_told(assessment), page, size=PER_PAGE)
    lines: list[Line] = []
    for fact, points in shown.rows:
        worth = texts("ended") if points is None else f"{points:+.2f}"
        pillar = texts(base.conflict.pillars[fact.pillar].name)
        lines.append(
            Line.labelled(
                f"{worth} {pillar}",
                sentences.fact(fact, texts),
                cites=cites.cite(fact.sources),
            )
        )
    if not lines:
        lines = [Line(texts("No fact about this actor holds on that day."))]
    names = {side.sign: texts(side.name) for side in base.conflict.sides}
    score = texts(
        "Score {score} from −1 ({first}) to +1 ({second}).",
        score=f"{assessment.score:+.2f}",
        first=names[-1],
        second=names[1],
    )
    return Answer(
        title(assessment, base, texts),
        level=assessment.level,
        sections=(Section(texts("Evidence"), tuple(lines)),),
        citations=cites.listed(),
        notes=(shown.note(texts), score),
        on=assessment.on,
        actions=shown.turns(_turn_id("evidence", assessment), texts),
    )


def votes(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Each roll call up to the day and how the actor voted, newest first."""
    cites = Citations()
    shown = page_of(
        [
            (vote, ballot)
            for vote, ballot in reversed(base.ballots.get(assessment.code, ()))
            if vote.date.first <= assessment.on
        ],
        page,
        size=PER_PAGE,
    )
    lines: list[Line] = []
    for vote, ballot in shown.rows:
        text = texts(
            "{symbol}, {date}: {title} (adopted {yes}–{no}, {abstain} abstaining)",
            symbol=vote.symbol,
            date=texts.date(vote.date),
            title=vote.title,
            yes=vote.tally.yes,
            no=vote.tally.no,
            abstain=vote.tally.abstain,
        )
        cast = sentences.ballot(ballot, texts)
        lines.append(Line.labelled(cast, text, cites=cites.cite(vote.sources)))
    if not lines:
        none = texts(
            "No roll call lists this actor: it has no vote in the General "
            "Assembly, or none was held."
        )
        lines = [Line(none)]
    record = assessment.votes
    counted = texts(
        "{yes} yes, {no} no, {abstain} abstained, {absent} absent of {total}",
        yes=record.yes,
        no=record.no,
        abstain=record.abstain,
        absent=record.absent,
        total=record.total,
    )
    return Answer(
        title(assessment, base, texts),
        level=assessment.level,
        sections=(Section(texts("UN votes"), tuple(lines)),),
        citations=cites.listed(),
        notes=(shown.note(texts), counted),
        on=assessment.on,
        actions=shown.turns(_turn_id("votes", assessment), texts),
    )


def method(base: Base, texts: Texts) -> Answer:
    """The rubric in words, with the numbers that conflict.yaml gives."""
    conflict = base.conflict
    pillars = tuple(
        Line.labelled(f"{texts(pillar.name)} {pillar.share:.0%}", texts(pillar.reason))
        for pillar in conflict.pillars.values()
    )
    weights = tuple(
        Line.labelled(f"{texts(word)} {weight.points:g}", texts(weight.reason))
        for word, weight in conflict.weights.items()
    )
    ballots = tuple(
        Line.labelled(
            f"{sentences.ballot(word, texts)} {worth.points:+g}", texts(worth.reason)
        )
        for word, worth in conflict.ballots.items()
    )
    levels: list[Line] = []
    for level in conflict.levels:
        begin = texts("from {score}", score=f"{level.from_:+g}")
        levels.append(
            Line.labelled(f"{texts(level.name)}, {begin}", texts(level.reason))
        )
    names = {side.sign: texts(side.name) for side in conflict.sides}
    lead = texts(
        "Facts that hold on the day give points to {n} pillars; each is "
        "clipped to ±1, and their weighted mean "
        "is the score: −1 is {first}, +1 is {second}.",
        n=len(conflict.pillars),
        first=names[-1],
        second=names[1],
    )
    return Answer(
        texts("How Ally decides"),
        lead=Line(lead),
        sections=(
            Section(texts("Pillars"), pillars),
            Section(texts("What a fact is worth"), weights),
            Section(
                texts("UN votes"), (*ballots, Line(texts(conflict.recency.reason)))
            ),
            Section(texts("Levels"), tuple(levels)),
            Section(texts("Not enough known"), (Line(texts(conflict.known.reason)),)),
        ),
    )
