"""The pages of the quiz: a question, what is said of an answer, and the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.answers import base_words
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.quiz.maker import Quizmaster, seed_of_day
from bot.answers.quiz.question import Asked
from bot.answers.quiz.words import (
    LETTERS,
    Worded,
    actors_of,
    answer_of,
    as_written,
    proof,
    way_on,
    worded,
)
from bot.answers.roster import open_menu
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names import regions

UNSEALED = "-"
"""Stands for no seal: an answer to it counts for nobody's score."""
PICK = r"quiz:pick:(?P<id>[0-9a-z:-]{1,60}):(?P<seal>-|[a-z2-7]{8}):(?P<place>[0-3])"
"""The custom id of a choice."""
NEXT = r"quiz:next:(?P<topic>[a-z]{0,9}|\d{3})"
"""The custom id of *Next question*."""
TOP = r"quiz:(?P<top>top):1"
"""The custom id of *Scores*."""
SHOWN = 10
"""People in the list of scores."""
_OTHERS = 20
"""Questions of a day that are tried before one comes twice in a row."""

Counted = Literal["counted", "again", "enough", "full", "out", "late", "away", ""]
"""Whether an answer counts for the score: it does; it was answered before; enough for
today; the server has no room; the person wants no score; it came too late; the scores
cannot be reached; there is no score here.
"""


def topic_name(topic: str, texts: Texts) -> str:
    """A topic in words; of a region its name."""
    names = {
        "votes": texts("Roll calls"),
        "levels": texts("Where they stand"),
        "order": texts("What came first"),
        "forecasts": texts("Forecasts"),
    }
    return names.get(topic) or regions.name_of(topic, texts.locale)


def _choices(words: Worded, *, listed: bool) -> tuple[Line, ...]:
    """The choices as a list, where buttons do not say them."""
    if listed:
        return tuple(
            Line.labelled(letter, each.sentence or f"{each.emoji} {each.label}".strip())
            for letter, each in zip(LETTERS, words.choices, strict=True)
        )
    return tuple(
        Line.labelled(each.label, each.sentence)
        for each in words.choices
        if each.sentence
    )


def question_page(
    asked: Asked,
    base: Base,
    texts: Texts,
    *,
    seal: str = UNSEALED,
    listed: bool = False,
    of_day: bool = False,
) -> Answer:
    """A question with four buttons; ``listed`` writes out choices that the buttons say,
    too. ``seal`` says of whose making it is, for the score; ``of_day`` calls it the
    day's.
    """
    words = worded(asked, base, texts)
    sections = (
        Section("", (words.about,) if words.about else ()),
        Section("", _choices(words, listed=listed)),
    )
    return Answer(
        texts("Question of the day") if of_day else texts("Quiz"),
        lead=Line(words.question),
        sections=tuple(each for each in sections if each.lines),
        notes=(
            base_words.once("conflict.name", base.conflict, texts),
            *(as_written(asked, base, texts) if words.told else ()),
        ),
        on=asked.id.on,
        actions=(
            *(
                Action(
                    f"quiz:pick:{asked.id.text()}:{seal}:{n}", each.label, each.emoji
                )
                for n, each in enumerate(words.choices)
            ),
            *([_scores_button(texts)] if of_day else ()),
        ),
        linked=True,
    )


def nothing_to_ask(texts: Texts) -> Answer:
    """There is no question about a topic."""
    lead = texts("I can prove no question about that yet. Try another topic.")
    return Answer.plain(texts("Quiz"), lead, actions=(_next("", texts),))


def gone(texts: Texts, topic: str) -> Answer:
    """A question that can no longer be made as it was asked."""
    lead = texts(
        "This question is old, or my facts have changed since it was asked, so I "
        "cannot judge an answer. Here is a way to a new one."
    )
    return Answer.plain(texts("Too old"), lead, actions=(_next(topic, texts),))


def next_id(topic: str) -> str:
    """The custom id that asks another question about a topic; empty for any topic."""
    return f"quiz:next:{topic}"


def _next(topic: str, texts: Texts) -> Action:
    return Action(next_id(topic), texts("Next question"), "▶️", tone="go")


def _scores_button(texts: Texts) -> Action:
    return Action("quiz:top:1", texts("Scores"), "🏆")


def _score_note(counted: Counted, texts: Texts) -> str:
    match counted:
        case "counted":
            return texts("Counted for this server's scores.")
        case "again":
            return texts("Not counted: you have answered this question before.")
        case "enough":
            return texts("Not counted: that is enough for one day. Thank you!")
        case "full":
            return texts("Not counted: this server's scores are full for now.")
        case "out":
            return texts("Not counted: you asked in /privacy to be left out.")
        case "late":
            return texts("Not counted: only questions that I asked here count.")
        case "away":
            return texts("Not counted: I cannot reach the scores right now.")
        case "":
            return ""


def explanation(
    asked: Asked,
    place: int | None,
    base: Base,
    texts: Texts,
    *,
    counted: Counted = "",
) -> Answer:
    """What is right and why, with its citations; ``place`` is what was chosen, None for
    somebody who only wants to know.
    """
    right = place == asked.question.right
    answer = answer_of(asked, base, texts)
    if place is None:
        title = texts("The answer: {answer}", answer=answer)
    elif right:
        title = texts("✅ Right: {answer}", answer=answer)
    else:
        title = texts("❌ No, it is: {answer}", answer=answer)
    words, cites = worded(asked, base, texts), Citations()
    lines = proof(asked, base, cites, texts)
    sections = (
        Section("", (words.about,) if words.about else ()),
        Section("", lines),
    )
    score = _score_note(counted, texts)
    notes = (*([score] if score else []), *as_written(asked, base, texts))
    actions = [_next(asked.id.topic, texts), *way_on(asked, texts)]
    if counted:
        actions.append(_scores_button(texts))
    return Answer(
        title,
        lead=Line(words.question),
        sections=tuple(each for each in sections if each.lines),
        citations=cites.listed(),
        notes=notes,
        on=asked.id.on,
        actions=tuple(actions),
        menus=(open_menu(actors_of(asked), asked.id.on, texts),),
        linked=True,
    )


@dataclass(frozen=True, slots=True)
class Score:
    """What a person answered in the last 30 days in one server, and how much of it
    right.
    """

    user: int
    right: int
    answered: int


def _score(score: Score, texts: Texts) -> str:
    return texts(
        "{right} right of {answered}", right=score.right, answered=score.answered
    )


def scores(
    best: Sequence[Score], own: Score | None, place: int, texts: Texts
) -> Answer:
    """The best of a server, and the reader's own place, from 1; 0 for none."""
    lines = [
        Line.labelled(f"{number}.", _score(each, texts), by=each.user)
        for number, each in enumerate(best[:SHOWN], 1)
    ]
    if not lines:
        lines = [Line(texts("Nobody has answered yet. Be the first!"))]
    elif own and place > SHOWN:
        lines.append(Line.labelled(f"{place}.", _score(own, texts), by=own.user))
    return Answer.plain(
        texts("Quiz: scores of this server"),
        texts("Right answers of the last 30 days. Each question counts once."),
        lines=lines,
        notes=(texts("To be left out, see /privacy."),),
        actions=(_next("", texts),),
    )


def no_scores(texts: Texts) -> Answer:
    """For somebody outside a server."""
    lead = texts("Scores belong to a server; ask there.")
    return Answer.plain(texts("Only in a server"), lead, actions=(_next("", texts),))


def daily(
    base: Base, on: date, quizmaster: Quizmaster | None = None, *, last: str = ""
) -> Asked | None:
    """The question of a day before it is put into words; another one than ``last``, by
    its key, if there is another.
    """
    master = quizmaster or Quizmaster()
    asked = None
    for another in range(_OTHERS):
        asked = master.asked("", seed_of_day(on, another), base, on)
        if asked is None or asked.key != last:
            break
    return asked
