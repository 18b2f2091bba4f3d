"""The pages behind the buttons: evidence, roll calls, method; each a page of an
Answer.
"""

from __future__ import annotations

from datetime import date

from bot.alignment.assessment import Assessment
from bot.answers import sentences
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.stance import title
from bot.answers.texts import Texts
from bot.knowledge.facts import Base

PER_PAGE = 6


def page_count(items: int) -> int:
    """How many pages hold that many items; an empty list is one page."""
    return max(1, -(-items // PER_PAGE))


def _turn(
    kind: str, key: str, page: int, pages: int, texts: Texts
) -> tuple[Action, ...]:
    if pages == 1:
        return ()
    return (
        Action(f"ally:{kind}:{key}:{page - 1}", texts("Previous"), "◀️", page > 1),
        Action(f"ally:{kind}:{key}:{page + 1}", texts("Next"), "▶️", page < pages),
    )


def evidence(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Every contribution with its points and citation, strongest first, then what no
    longer holds.
    """
    cites = Citations()
    rows = [
        (c.fact, c.points)
        for c in assessment.contributions
        if c.fact.kind != "vote" or c.fact.detail != "absent"
    ]
    rows += [(fact, None) for fact in assessment.past]
    pages = page_count(len(rows))
    page = min(max(page, 1), pages)
    lines: list[Line] = []
    for fact, points in rows[(page - 1) * PER_PAGE : page * PER_PAGE]:
        label = texts("ended") if points is None else f"{points:+.2f}"
        pillar = texts(base.conflict.pillars[fact.pillar].name)
        lines.append(
            Line(
                sentences.fact(fact, texts),
                cites.cite(fact.sources),
                f"{label} {pillar}",
            )
        )
    if not rows:
        lines = [Line(texts("No fact about this actor holds on that day."))]
    score = texts(
        "Score {score} from −1 (Russia) to +1 (Ukraine).",
        score=f"{assessment.score:+.2f}",
    )
    key = f"{assessment.code}:{assessment.on.isoformat()}"
    return Answer(
        title(assessment, base, texts),
        assessment.level,
        None,
        (Section(texts("Evidence"), tuple(lines)),),
        cites.listed(),
        (texts("Page {page} of {pages}", page=page, pages=pages), score),
        assessment.on,
        _turn("evidence", key, page, pages, texts),
    )


def votes(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Each roll call up to the day and how the actor voted, newest first."""
    cites = Citations()
    rows = [
        (vote, ballot)
        for vote, ballot in reversed(base.ballots.get(assessment.code, ()))
        if vote.date.first <= assessment.on
    ]
    pages = page_count(len(rows))
    page = min(max(page, 1), pages)
    lines: list[Line] = []
    for vote, ballot in rows[(page - 1) * PER_PAGE : page * PER_PAGE]:
        text = texts(
            "{symbol}, {date}: {title} (adopted {yes}–{no}, {abstain} abstaining)",
            symbol=vote.symbol,
            date=texts.date(vote.date),
            title=vote.title,
            yes=vote.tally.yes,
            no=vote.tally.no,
            abstain=vote.tally.abstain,
        )
        lines.append(
            Line(text, cites.cite(vote.sources), sentences.ballot(ballot, texts))
        )
    if not rows:
        lines = [
            Line(
                texts(
                    "No roll call lists this actor: it has no vote in the General "
                    "Assembly, or none was held."
                )
            )
        ]
    record = assessment.votes
    counted = texts(
        "{yes} yes, {no} no, {abstain} abstained, {absent} absent of {total}",
        yes=record.yes,
        no=record.no,
        abstain=record.abstain,
        absent=record.absent,
        total=record.total,
    )
    key = f"{assessment.code}:{assessment.on.isoformat()}"
    return Answer(
        title(assessment, base, texts),
        assessment.level,
        None,
        (Section(texts("UN votes"), tuple(lines)),),
        cites.listed(),
        (texts("Page {page} of {pages}", page=page, pages=pages), counted),
        assessment.on,
        _turn("votes", key, page, pages, texts),
    )


def method(base: Base, texts: Texts) -> Answer:
    """The rubric in words, with the numbers that conflict.yaml gives."""
    conflict = base.conflict
    pillars = tuple(
        Line(texts(p.reason), (), f"{texts(p.name)} {p.share:.0%}")
        for p in conflict.pillars.values()
    )
    weights = tuple(
        Line(texts(w.reason), (), f"{texts(word)} {w.points:g}")
        for word, w in conflict.weights.items()
    )
    ballots = tuple(
        Line(texts(w.reason), (), f"{sentences.ballot(word, texts)} {w.points:+g}")
        for word, w in conflict.ballots.items()
    )
    levels = tuple(
        Line(
            texts(level.reason),
            (),
            f"{texts(level.name)}, {texts('from {score}', score=f'{level.from_:+g}')}",
        )
        for level in conflict.levels
    )
    lead = Line(
        texts(
            "Facts that hold on the day give points to three pillars; each is "
            "clipped to ±1, and their weighted mean "
            "is the score: −1 is Russia, +1 is Ukraine."
        )
    )
    return Answer(
        texts("How Ally decides"),
        "",
        lead,
        (
            Section(texts("Pillars"), pillars),
            Section(texts("What a fact is worth"), weights),
            Section(
                texts("UN votes"), (*ballots, Line(texts(conflict.recency.reason)))
            ),
            Section(texts("Levels"), levels),
            Section(texts("Not enough known"), (Line(texts(conflict.known.reason)),)),
        ),
    )


def figures(base: Base) -> tuple[int, int]:
    """How many facts the base has, and how many different sources they cite."""
    facts = sum(len(base.facts(code)) for code in base.countries)
    sources = {
        s.url for c in base.countries.values() for e in c.events for s in e.sources
    }
    sources |= {s.url for b in base.blocs.values() for s in b.sources.values()}
    sources |= {s.url for m in base.measures.values() for s in m.sources.values()}
    sources |= {s.url for v in base.votes.values() for s in v.sources}
    sources |= {f.source.url for f in base.forecasts.values()}
    return facts, len(sources)


def about(base: Base, texts: Texts, *, version: str, today: date) -> Answer:
    """What Ally is, which base it serves, and how to report a mistake."""
    facts, sources = figures(base)
    lead = Line(
        texts(
            "Ally answers one question with its sources: where does this country "
            "stand in {conflict}?",
            conflict=texts(base.conflict.name),
        )
    )
    lines = (
        Line(
            texts(
                "{actors} actors, {facts} facts from {sources} sources, revision "
                "{revision}, reviewed {date}.",
                actors=len(base.countries),
                facts=facts,
                sources=sources,
                revision=base.revision,
                date=texts.date(base.updated),
            ),
            (),
            texts("Base"),
        ),
        Line(
            texts(
                "Conduct outweighs membership; votes count by what was voted; see "
                "the Method button."
            ),
            (),
            texts("Method"),
        ),
        Line(texts(base.conflict.naming), (), texts("Names")),
        Line(
            texts(
                "Ally stores nothing about who asks. It answers when asked; it "
                "posts by itself only where a "
                "server's moderators told it to. /privacy shows what it has of you."
            ),
            (),
            texts("Privacy"),
        ),
        Line(
            texts(
                "Tell whoever runs this bot, or open an issue where its code is "
                "kept, with a link that shows "
                "what is right. Every fact has a file, and a correction keeps the "
                "old one."
            ),
            (),
            texts("A mistake?"),
        ),
        Line(
            texts(
                "Program {version}, {date}.", version=version, date=texts.date(today)
            ),
            (),
            texts("Version"),
        ),
    )
    action = Action("ally:method:-:-:1", texts("Method"), "📐")
    return Answer(
        texts("About Ally"), "", lead, (Section("", lines),), actions=(action,)
    )


def help_page(texts: Texts) -> Answer:
    """Examples to copy."""
    lines = (
        Line(texts("where Belarus stands today"), (), "/ally country:belarus"),
        Line(
            texts("a code, a flag or a name in your language does too"),
            (),
            "/ally country:🇦🇲",
        ),
        Line(
            texts(
                "where it stood on that day; 2022, 2022-03 and 2 March 2022 are read"
            ),
            (),
            "/ally country:kazakhstan on:2022-03-02",
        ),
        Line(texts("only you see the answer"), (), "/ally country:cuba private:True"),
        Line(
            texts(
                "countries side by side; Compare, Timeline and Map are also "
                "buttons under an answer"
            ),
            (),
            "/compare first:belarus second:armenia",
        ),
        Line(
            texts("who is on which side, or who has changed since a day"),
            (),
            "/where side:russia since:2022",
        ),
        Line(
            texts("a bloc, a roll call, a forecast and what came of it"),
            (),
            "/bloc · /vote · /forecast",
        ),
        Line(
            texts("pictures, with everything they show in words"),
            (),
            "/map · /timeline",
        ),
        Line(
            texts("under Apps on a message: the countries it names"),
            (),
            texts("Where do they stand?"),
        ),
        Line(
            texts(
                "propose a fact with its source to this server's moderators; also "
                "under Apps on any message"
            ),
            (),
            "/suggest country:belarus",
        ),
        Line(
            texts(
                "for moderators: add a fact of this server's own; you see the card "
                "before it is published"
            ),
            (),
            "/entry add country:belarus",
        ),
        Line(
            texts("for moderators: what changed an entry, and taking it back"),
            (),
            "/entry history · /entry undo",
        ),
        Line(texts("for moderators: what members have proposed"), (), "/entry review"),
        Line(
            texts("who moderates, where Ally reports, who sees answers"),
            (),
            "/settings",
        ),
        Line(
            texts("what is stored about you; export it or be forgotten"), (), "/privacy"
        ),
        Line(
            texts("what Ally is, its base, and how to report a mistake"), (), "/about"
        ),
    )
    lead = Line(
        texts(
            "Ask where a country stands. Buttons under the answer show every fact "
            "behind it."
        )
    )
    return Answer(texts("How to ask"), "", lead, (Section("", lines),))


def not_found(
    query: str,
    codes: tuple[str, ...],
    base: Base,
    on: date | None,
    texts: Texts,
    *,
    private: bool,
) -> Answer:
    """A kind refusal with up to five suggestions."""
    shown = query if len(query) <= 60 else query[:59] + "…"
    when = on.isoformat() if on else "-"
    actions = tuple(
        Action(f"ally:ask:{code}:{when}:{int(private)}", texts.name(code))
        for code in codes[:5]
        if code in base.countries
    )
    if actions:
        lead = texts(
            "“{query}” could be more than one, or is not quite a name I know. Did "
            "you mean:",
            query=shown,
        )
    else:
        lead = texts(
            "I know no country called “{query}”. Try its English name, its "
            "two-letter code or its flag.",
            query=shown,
        )
    return Answer(texts("Which country?"), "", Line(lead), actions=actions)


def too_fast(seconds: int, texts: Texts) -> Answer:
    """For somebody who asks again before the server's cooldown is over."""
    lead = texts.many(
        "Ask again in {n} second; this server spaces questions out.",
        "Ask again in {n} seconds; this server spaces questions out.",
        seconds,
    )
    return Answer(texts("A moment, please"), "", Line(lead))


def bad_date(text: str, texts: Texts, *, future: bool) -> Answer:
    """Which dates are read."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    if future:
        lead = texts(
            "“{date}” is in the future; Ally knows only what has happened.", date=shown
        )
    else:
        lead = texts(
            "“{date}” is not a date that I can read. Write 2022, 2022-03, "
            "2022-03-02 or 2 March 2022.",
            date=shown,
        )
    return Answer(texts("Which day?"), "", Line(lead))
