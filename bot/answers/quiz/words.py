"""A question of the quiz in words: what is asked, its choices, and what each of them
comes to.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.alignment.rubric import assess
from bot.answers import base_words, page_ids, sentences
from bot.answers.card_deeds import best_source, cited_best
from bot.answers.document import Action, Citations, Line
from bot.answers.quiz.pool import proofs_of_level
from bot.answers.quiz.question import (
    ActorQuestion,
    Asked,
    BallotQuestion,
    ForecastQuestion,
    LevelQuestion,
    OrderQuestion,
    Settled,
)
from bot.answers.sentences import called, level_name
from bot.answers.texts import Texts
from bot.answers.verdict import verdict_line
from bot.answers.vote import title_of
from bot.knowledge.base_changes import ActorFact
from bot.knowledge.facts import Base
from bot.names.index import flag

LETTERS = "ABCD"
"""Stand for choices that are sentences."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the four: its words on a button, and what stands for it in a list."""

    label: str
    emoji: str = ""
    sentence: str = ""
    """What a button with a letter stands for; empty where the button says it all."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A question in words."""

    question: str
    about: Line | None
    """What it is about, where the question does not say so itself."""
    choices: tuple[Choice, ...]
    right: int

    @property
    def told(self) -> bool:
        """Whether the choices are facts as they were written."""
        return any(each.sentence for each in self.choices)


def _actors(codes: tuple[str, ...], texts: Texts) -> tuple[Choice, ...]:
    return tuple(Choice(texts.name(code), flag(code)) for code in codes)


def _ballot_asked(question: BallotQuestion, texts: Texts) -> str:
    match question.ballot:
        case "yes":
            return texts("Who voted yes in this roll call?")
        case "no":
            return texts("Who voted no in this roll call?")
        case _:
            return texts("Who abstained in this roll call?")


def _roll_call(key: str, base: Base, texts: Texts) -> Line:
    vote = base.votes[key]
    body = base_words.body_short(vote.body or "", base.conflict, texts)
    when = texts.date(vote.date)
    if body:
        when = texts("{body}, {date}", body=body, date=when)
    return Line.labelled(title_of(vote, texts), when)


def _told(each: ActorFact, texts: Texts) -> str:
    """A fact's sentence, with whom it is about unless it says so itself."""
    text = each.fact.text
    if texts.name(each.code) in text:
        return f"{flag(each.code)} {text}".strip()
    return texts("{name}: {text}", name=called(each.code, texts), text=text)


def _forecast_asked(question: ForecastQuestion, texts: Texts) -> str:
    if question.came_true:
        return texts(
            "A forecast expected each of these to act for a side. For whom did it "
            "come true in full?"
        )
    return texts(
        "A forecast expected each of these to act for a side. For whom did it not "
        "come true?"
    )


def _forecast(key: str, base: Base, texts: Texts) -> Line:
    forecast = base.forecasts[key]
    return Line.labelled(forecast.source.publisher, texts.date(forecast.date))


def worded(asked: Asked, base: Base, texts: Texts) -> Worded:
    """A question in the reader's language."""
    question, date = asked.question, texts.date(asked.id.on)
    about: Line | None = None
    match question:
        case BallotQuestion():
            words = _ballot_asked(question, texts)
            about = _roll_call(question.vote, base, texts)
            choices = _actors(question.codes, texts)
        case LevelQuestion():
            name = called(question.code, texts)
            words = texts("Where does {name} stand on {date}?", name=name, date=date)
            names = [level_name(each, base, texts) for each in question.levels]
            choices = tuple(Choice(name) for name in names)
        case ActorQuestion():
            level = level_name(question.level, base, texts)
            words = texts(
                "Whose level is this on {date}: {level}?", date=date, level=level
            )
            choices = _actors(question.codes, texts)
        case OrderQuestion():
            words = texts("Which of these came first?")
            choices = tuple(
                Choice(letter, sentence=_told(each, texts))
                for letter, each in zip(LETTERS, question.told, strict=True)
            )
        case ForecastQuestion():
            words = _forecast_asked(question, texts)
            about = _forecast(question.forecast, base, texts)
            codes = tuple(each.code for each in question.settled)
            choices = _actors(codes, texts)
    return Worded(words, about, choices, question.right)


def answer_of(asked: Asked, base: Base, texts: Texts) -> str:
    """The right answer in a few words."""
    question = asked.question
    right = question.right
    match question:
        case BallotQuestion() | ActorQuestion():
            return called(question.codes[right], texts)
        case LevelQuestion():
            return level_name(question.levels[right], base, texts)
        case OrderQuestion():
            told = question.told[right]
            name, day = called(told.code, texts), texts.date(told.fact.date)
            return texts("{name}, {day}", name=name, day=day)
        case ForecastQuestion():
            return called(question.settled[right].code, texts)


def _why_level(
    code: str, asked: Asked, base: Base, cites: Citations, texts: Texts
) -> Line:
    """Why an actor stands where it does, with its best sources."""
    found = assess(code, base, on=asked.id.on)
    line = verdict_line(found, base, Citations(), texts)
    facts = proofs_of_level(found)
    numbers = tuple(dict.fromkeys(n for fact in facts for n in cited_best(fact, cites)))
    text = line.text if line else level_name(found.level, base, texts)
    return Line.labelled(called(code, texts), text, cites=numbers)


def _settled(each: Settled, cites: Citations, texts: Texts) -> Line:
    fact = sentences.fact(each.fact, texts)
    came = {
        "hit": texts("came true: {fact}", fact=fact),
        "half": texts("half came true: {fact}", fact=fact),
    }
    missed = texts("did not come true: {fact}", fact=fact)
    return Line.labelled(
        called(each.code, texts),
        came.get(each.outcome, missed),
        cites=cited_best(each.fact, cites),
    )


def proof(asked: Asked, base: Base, cites: Citations, texts: Texts) -> tuple[Line, ...]:
    """What each choice comes to, with the citations that prove the right one."""
    question = asked.question
    match question:
        case BallotQuestion():
            vote = base.votes[question.vote]
            cited = cites.cite([best_source(vote.sources)])
            rolls = {
                code: how
                for how in ("yes", "no", "abstain", "absent")
                for code in vote.roll(how)
            }
            return tuple(
                Line.labelled(
                    called(code, texts),
                    sentences.ballot(rolls[code], texts),
                    cites=cited if place == question.right else (),
                )
                for place, code in enumerate(question.codes)
            )
        case LevelQuestion():
            return (_why_level(question.code, asked, base, cites, texts),)
        case ActorQuestion():
            rows = [
                Line.labelled(called(code, texts), level_name(level, base, texts))
                for code, level in zip(question.codes, question.levels, strict=True)
                if level != question.level
            ]
            code = question.codes[question.right]
            return (_why_level(code, asked, base, cites, texts), *rows)
        case OrderQuestion():
            told = sorted(question.told, key=lambda each: each.fact.date.first)
            return tuple(
                Line.labelled(
                    texts.date(each.fact.date),
                    _told(each, texts),
                    cites=cited_best(each.fact, cites),
                )
                for each in told
            )
        case ForecastQuestion():
            right = question.settled[question.right]
            rest = [each for each in question.settled if each is not right]
            return tuple(_settled(each, cites, texts) for each in (right, *rest))


def as_written(asked: Asked, base: Base, texts: Texts) -> list[str]:
    """That facts stand as they were written, where facts are told."""
    if not isinstance(asked.question, OrderQuestion | ForecastQuestion):
        return []
    code = actors_of(asked)[0]
    return base_words.as_written(code, base, texts, summarised=False)


def actors_of(asked: Asked) -> tuple[str, ...]:
    """Whom a question is about, the right answer's actor first."""
    question = asked.question
    match question:
        case LevelQuestion():
            return (question.code,)
        case BallotQuestion() | ActorQuestion():
            codes = question.codes
        case OrderQuestion():
            codes = tuple(each.code for each in question.told)
        case ForecastQuestion():
            codes = tuple(each.code for each in question.settled)
    return (codes[question.right], *codes)


def way_on(asked: Asked, texts: Texts) -> tuple[Action, ...]:
    """The page that tells more than the answer does, where there is one."""
    question, on = asked.question, asked.id.on
    match question:
        case BallotQuestion():
            page = page_ids.roll(question.vote, "", "")
            return (Action(page, texts("The roll call")),)
        case ForecastQuestion():
            page = page_ids.forecast(question.forecast, on)
            return (Action(page, texts("The forecast")),)
        case _:
            code = actors_of(asked)[0]
            return (Action(page_ids.card(code, on), texts.name(code), flag(code)),)
