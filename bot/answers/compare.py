"""Two to four actors beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from bot.alignment.assessment import Assessment
from bot.alignment.comparison import Agreement, Disagreement, agreement, ties
from bot.alignment.rubric import assess
from bot.answers import base_words, page_ids, sentences
from bot.answers.cited import sources_button
from bot.answers.direction import END, FROM_THE_RIGHT, runs_right_to_left
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.headline import brief
from bot.answers.paging import page_of
from bot.answers.roster import open_menu
from bot.answers.screen import fullest
from bot.answers.sentences import (
    BAR,
    HELD,
    called,
    favoured_side,
    leaning_side,
    level_name,
    own_note,
)
from bot.answers.texts import Texts
from bot.knowledge.documents import Vote
from bot.knowledge.facts import Base, Fact
from bot.knowledge.values import BALLOTS
from bot.names.index import flag

_LETTERS = re.compile(r"\(([A-Z]{2,5})\)")
MOST = 4
"""Actors that fit beside each other."""
LINES = 24
"""Lines of a phone's screen that the page may take."""
_PARTED = 3
"""Roll calls shown in which they parted."""
_TIES = 6
"""Shared facts on a page."""
_CLAIM = 90
"""Characters of a shared fact."""


def _sign(code: str, texts: Texts) -> str:
    """What stands for an actor in a row: its flag, or of one without the letters in
    brackets behind its name, or the name.
    """
    name = texts.name(code)
    short = _LETTERS.search(name)
    sign = flag(code) or (short[1] if short else name)
    # The two signs of a flag are letters written from the left (UAX 9): numbers and
    # isolates behind them would run with them.
    return f"{FROM_THE_RIGHT}{sign}{END}" if runs_right_to_left(name) else sign


def _beside(words: Mapping[str, str], texts: Texts) -> str:
    """Words for each actor in one row."""
    return f"{HELD}· ".join(
        f"{_sign(code, texts)}{HELD}{word}" for code, word in words.items()
    )


def _score(assessment: Assessment, place: int, base: Base, texts: Texts) -> str:
    """How far a pillar leans, in words."""
    pillar = assessment.pillars[place]
    if not pillar.facts:
        return sentences.empty_pillars([pillar.pillar], assessment, base, texts)
    filled = sentences.filled(pillar.score)
    side = leaning_side(pillar.score, base.conflict, texts)
    if not filled:
        return side
    return texts("{n} of {most} {side}", n=filled, most=BAR, side=side)


def _table(
    assessments: Sequence[Assessment], base: Base, texts: Texts
) -> tuple[Line, ...]:
    """Levels and pillars, a line each."""
    levels = {each.code: level_name(each.level, base, texts) for each in assessments}
    lines = [Line.labelled(texts("Level:"), _beside(levels, texts))]
    for place, pillar in enumerate(assessments[0].pillars):
        scores = {each.code: _score(each, place, base, texts) for each in assessments}
        name = base_words.pillar_name(pillar.pillar, base.conflict, texts)
        lines.append(Line.labelled(f"{name}:", _beside(scores, texts)))
    return tuple(lines)


def agreed(votes: Agreement, texts: Texts) -> str:
    """In how many shared roll calls two voted alike, in words."""
    if votes.share is None:
        return texts("no roll call in which both cast a ballot")
    return texts(
        "alike in {same} of {shared} shared roll calls",
        same=votes.same,
        shared=votes.shared,
    )


def _by_body(votes: Agreement, base: Base, texts: Texts) -> tuple[Line, ...]:
    """In how many roll calls of each body two voted alike; nothing for a single body,
    since the line of their votes has said as much.
    """
    parts = [
        texts(
            "{body} {same} of {shared}",
            body=base_words.body_short(each.body, base.conflict, texts),
            same=each.same,
            shared=each.shared,
        )
        for each in votes.bodies
    ]
    if len(parts) < 2:
        return ()
    return (Line.labelled(texts("Votes alike, by body:"), texts.row(parts)),)


def _ballots(vote: Vote, codes: Sequence[str], texts: Texts) -> str:
    """How each of several actors voted."""
    words = {
        code: sentences.ballot(ballot, texts)
        for code in codes
        for ballot in BALLOTS
        if code in vote.roll(ballot)
    }
    return _beside(words, texts)


def _parted(pairs: Sequence[Agreement]) -> list[Vote]:
    """The roll calls in which any two parted: those with yes against no first, then
    the newest.
    """

    def place(each: Disagreement) -> tuple[bool, date, str]:
        return each.opposed, each.vote.date.first, each.vote.symbol

    parted = [each for pair in pairs for each in pair.parted]
    parted.sort(key=place, reverse=True)
    return list({each.vote.id: each.vote for each in parted}.values())


def _agreed_line(pairs: Mapping[tuple[str, str], Agreement], texts: Texts) -> Line:
    """Votes agreed of shared; of several pairs, in one line."""
    if len(pairs) == 1:
        (votes,) = pairs.values()
        return Line.labelled(texts("Votes:"), agreed(votes, texts))
    counts = [
        texts(
            "{first} {second} {same} of {shared}",
            first=_sign(first, texts),
            second=_sign(second, texts),
            same=votes.same,
            shared=votes.shared,
        )
        for (first, second), votes in pairs.items()
        if votes.shared
    ]
    none = texts("no shared roll call")
    return Line.labelled(texts("Votes alike:"), " · ".join(counts) or none)


def _vote_lines(
    codes: Sequence[str],
    pairs: Mapping[tuple[str, str], Agreement],
    parted: int,
    cites: Citations,
    texts: Texts,
) -> tuple[Line, ...]:
    """Votes agreed of shared for each pair, and so many in which they parted."""
    lines = [_agreed_line(pairs, texts)]
    lines += [
        Line.labelled(
            f"{base_words.vote_short(vote, texts)}:",
            _ballots(vote, codes, texts),
            cites=cites.cite(vote.sources[:1]),
        )
        for vote in _parted(list(pairs.values()))[:parted]
    ]
    return tuple(lines)


def _since_it_began(
    assessments: Sequence[Assessment], base: Base, on: date, texts: Texts
) -> Line:
    """Each one's level before it began and now, in one line."""
    label = f"{base_words.once('times.since', base.conflict, texts)}:"
    eve = base.conflict.began.first - timedelta(days=1)
    if on <= eve:
        return Line.labelled(
            label, base_words.once("times.not_begun", base.conflict, texts)
        )
    words: dict[str, str] = {}
    for each in assessments:
        before = assess(each.code, base, on=eve).level
        now = level_name(each.level, base, texts)
        words[each.code] = texts("{level}, as before", level=now)
        if before != each.level:
            was = level_name(before, base, texts)
            words[each.code] = texts("{before} → {now}", before=was, now=now)
    return Line.labelled(label, _beside(words, texts))


def _swap_menu(codes: Sequence[str], on: date, texts: Texts) -> Menu:
    """Take one of them out for somebody else, or add somebody."""
    options = [
        Action(
            page_ids.compare_with([each for each in codes if each != code], on),
            texts("Somebody else instead of {name}", name=texts.name(code)),
            flag(code),
        )
        for code in codes
    ]
    if len(codes) < MOST:
        more = Action(page_ids.compare_with(codes, on), texts("Add a country"), "➕")
        options.append(more)
    return Menu("menu:swap", texts("Swap or add"), page_ids.that_fit(options))


def _pages(
    assessments: Sequence[Assessment], base: Base, texts: Texts, on: date
) -> Iterator[Answer]:
    """The page with more and with fewer roll calls in which they parted."""
    codes = [each.code for each in assessments]
    pairs = {
        (first, second): agreement(first, second, base, on=on)
        for first, second in combinations(codes, 2)
    }
    table = Section("", _table(assessments, base, texts))
    since = Section("", (_since_it_began(assessments, base, on, texts),))
    levels = {each.code: level_name(each.level, base, texts) for each in assessments}
    page_id = page_ids.compare(codes, on)
    alone = texts("Roll calls from which one of them stayed away are not compared.")
    bodies = ()
    if len(pairs) == 1:
        (votes,) = pairs.values()
        bodies = _by_body(votes, base, texts)
    for parted in range(_PARTED, -1, -1):
        cites = Citations()
        voted = Section("", _vote_lines(codes, pairs, parted, cites, texts))
        cited = [sources_button(page_id, texts)] if cites.listed() else []
        yield Answer(
            " · ".join(called(code, texts) for code in codes),
            sections=(table, voted, since),
            citations=cites.listed(),
            notes=(
                texts("Holds on {date}", date=texts.date(on)),
                *own_note(codes, base, texts),
            ),
            on=on,
            actions=page_ids.that_fit(
                (Action(page_ids.shared(codes, on), texts("What they share")), *cited)
            ),
            menus=(
                open_menu(codes, on, texts, levels.__getitem__),
                _swap_menu(codes, on, texts),
            ),
            linked=True,
            remarks=(Line(alone), *bodies),
        )


def comparison(codes: Sequence[str], base: Base, texts: Texts, *, on: date) -> Answer:
    """The Answer for two to four different actors; KeyError for a code that the base
    does not have.
    """
    assessments = [assess(code, base, on=on) for code in codes]
    return fullest(_pages(assessments, base, texts, on), LINES)


def _tie(
    tie: Mapping[str, Fact],
    codes: Sequence[str],
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    """A fact that all or some of them share, and the side that it favours."""
    fact = next(iter(tie.values()))
    cited = cites.cite(source for each in tie.values() for source in each.sources[:1])
    everybody = len(tie) == len(codes)
    flags = " ".join(_sign(code, texts) for code in codes if code in tie)
    who = texts("All:") if everybody else f"{flags}:"
    claim = brief(fact, _CLAIM, base, texts)
    side = favoured_side(fact.toward, base.conflict, texts)
    cited = tuple(dict.fromkeys(cited))[:2]
    return Line.labelled(who, f"{claim} · {side}", cites=cited)


def _scopes(
    shown: Sequence[Mapping[str, Fact]],
    codes: Sequence[str],
    base: Base,
    texts: Texts,
) -> tuple[Line, ...]:
    """How far the lists go in which not all of them stand: who is missing from a list
    that is not full may have done the same.
    """
    lines: list[Line] = []
    for tie in shown:
        fact = next(iter(tie.values()))
        _, _, listed = (fact.part_of or fact.ref).partition(":")
        measure = base.measures.get(listed)
        if measure and measure.scope and len(tie) < len(codes):
            name = base_words.measure_name(measure, texts)
            scope = base_words.measure_scope(measure, texts)
            lines.append(Line.labelled(f"{name}:", scope))
    return tuple(lines)


def shared(
    codes: Sequence[str], base: Base, texts: Texts, *, on: date, page: int
) -> Answer:
    """What several actors share, then what only some of them have; KeyError for a code
    that the base does not have.
    """
    cites = Citations()
    common = ties(tuple(codes), base, on=on)
    rows = page_of([*common.shared, *common.partial], page, size=_TIES)
    lines = tuple(_tie(tie, codes, base, cites, texts) for tie in rows.rows)
    scopes = _scopes(rows.rows, codes, base, texts)
    notes = [rows.note(texts)] if rows.count > 1 else []
    if scopes:
        notes.append(texts("Some lists are not full; Sources says how far they go."))
    page_id = page_ids.shared(codes, on, rows.number)
    cited = [sources_button(page_id, texts)] if cites.listed() else []
    return Answer(
        " · ".join(called(code, texts) for code in codes),
        lead=Line(texts("What they share, and what only some of them do")),
        sections=(Section("", lines or (Line(texts("Nothing listed.")),)),),
        citations=cites.listed(),
        notes=tuple(notes),
        on=on,
        actions=page_ids.that_fit(
            (
                *rows.turns(page_ids.shared(codes, on, "{page}"), texts),
                Action(page_ids.compare(codes, on), texts("Back"), "↩️"),
                *cited,
            )
        ),
        menus=(open_menu(codes, on, texts),),
        linked=True,
        remarks=scopes,
    )
