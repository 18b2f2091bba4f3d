"""Making questions: the same id always makes the same question, and every wrong choice
is provably wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from cachetools import LRUCache

from bot.answers.quiz.pool import Pool
from bot.answers.quiz.question import (
    CHOICES,
    KINDS,
    MOST_SEED,
    ActorQuestion,
    Asked,
    BallotQuestion,
    ForecastQuestion,
    Kind,
    LevelQuestion,
    OrderQuestion,
    Question,
    QuestionId,
    edition_of,
)
from bot.knowledge.base_changes import ActorFact
from bot.knowledge.facts import Base
from bot.knowledge.values import Ballot
from bot.names import regions

_RULES = 1
"""Counted up when questions are made in another way: an id must not come to mean
another question.
"""
_WRONG = CHOICES - 1
_NEAR = 8
"""Of so many plausible wrong choices, three are taken."""
_TRIES = 60
"""Beginnings that are tried before a kind of question is given up."""
_APART = timedelta(days=14)
"""What comes first lies so far before the rest."""
_TOGETHER = timedelta(days=3 * 365)
"""… and no farther than this."""
_LATER = 40
"""Later things among which the wrong choices of an order are looked for."""
_DAYS = 10_000_000
"""More than there are days in a calendar: seeds of two days never meet."""
_POOLS = 8
"""Days whose pools are kept; each has a few thousand short texts."""
OLDEST = timedelta(days=7)
"""For so long after it was asked a question is answered."""
_OFTEN: Mapping[Kind, int] = {"votes": 4, "levels": 4, "order": 4, "forecasts": 1}
"""How often each kind comes beside the others; of forecasts there are few."""

Thing = TypeVar("Thing")


def _shuffled(things: Collection[Thing], dice: Random) -> list[Thing]:
    return dice.sample(list(things), len(things))


def _nearest(
    code: str, others: Sequence[str], pool: Pool, dice: Random
) -> tuple[str, ...]:
    """Three of the others that have most regions and blocs in common with an actor."""
    own = pool.groups[code]
    mixed = _shuffled(others, dice)
    mixed.sort(key=lambda other: -len(own & pool.groups[other]))
    return tuple(dice.sample(mixed[:_NEAR], _WRONG))


def _placed(
    right: Thing, wrong: Sequence[Thing], dice: Random
) -> tuple[tuple[Thing, ...], int]:
    """The four choices in a random order, and the place of the right one."""
    place = dice.randrange(CHOICES)
    return (*wrong[:place], right, *wrong[place:]), place


def _first(found: Iterator[Question | None]) -> Question | None:
    for _, each in zip(range(_TRIES), found, strict=False):
        if each is not None:
            return each
    return None


def _votes(pool: Pool, area: str, dice: Random) -> Iterator[Question | None]:
    codes = pool.within(area)
    asked: list[Ballot] = ["no", "abstain", "yes"]
    for roll in _shuffled(pool.rolls, dice):
        ballot = dice.choice(asked)
        cast = sorted(roll.ballots)
        right = [each for each in cast if roll.ballots[each] == ballot]
        wrong = [each for each in cast if roll.ballots[each] != ballot]
        right = [each for each in right if each in codes]
        if not right or len(wrong) < _WRONG:
            yield None
            continue
        code = dice.choice(right)
        four, place = _placed(code, _nearest(code, wrong, pool, dice), dice)
        yield BallotQuestion(roll.vote, ballot, four, place)


def _level_of(code: str, pool: Pool, dice: Random) -> Question | None:
    """Ask where an actor stands; the four levels come in their own order."""
    order = [level.id for level in pool.base.conflict.levels]
    if len(order) < CHOICES:
        return None
    level = pool.levels[code]
    place = order.index(level)
    others = _shuffled([each for each in order if each != level], dice)
    others.sort(key=lambda each: abs(order.index(each) - place))
    four = sorted([level, *others[:_WRONG]], key=order.index)
    return LevelQuestion(code, tuple(four), four.index(level))


def _actor_at(code: str, pool: Pool, dice: Random) -> Question | None:
    """Ask who stands where this actor does."""
    level = pool.levels[code]
    others = [each for each, its in sorted(pool.levels.items()) if its != level]
    if len(others) < _WRONG:
        return None
    four, place = _placed(code, _nearest(code, others, pool, dice), dice)
    levels = tuple(pool.levels[each] for each in four)
    return ActorQuestion(level, four, levels, place)


def _levels(pool: Pool, area: str, dice: Random) -> Iterator[Question | None]:
    codes = pool.within(area)
    by_level: dict[str, list[str]] = {}
    for code, level in sorted(pool.levels.items()):
        if code in codes:
            by_level.setdefault(level, []).append(code)
    while by_level:
        # Each level as often as another, however many stand on it.
        code = dice.choice(by_level[dice.choice(sorted(by_level))])
        ways = _shuffled((_level_of, _actor_at), dice)
        yield ways[0](code, pool, dice) or ways[1](code, pool, dice)


def _order(pool: Pool, area: str, dice: Random) -> Iterator[Question | None]:
    codes = pool.within(area)
    told = [each for each in pool.told if each.code in codes]
    for start in _shuffled(range(len(told)), dice):
        first = told[start]
        later = _later(first, told[start + 1 :])
        if len(later) < _WRONG:
            yield None
            continue
        wrong = dice.sample(later, _WRONG)
        four, place = _placed(first, wrong, dice)
        yield OrderQuestion(four, place)


def _later(first: ActorFact, told: Sequence[ActorFact]) -> list[ActorFact]:
    """What others did clearly later and not much later, one thing each."""
    day, later = first.fact.date.first, dict[str, ActorFact]()
    texts = {first.fact.text}
    for each in told:
        when = each.fact.date.first
        if when > day + _TOGETHER or len(later) >= _LATER:
            break
        is_new = each.code not in later and each.fact.text not in texts
        if each.code != first.code and when >= day + _APART and is_new:
            later[each.code] = each
            texts.add(each.fact.text)
    return list(later.values())


def _forecasts(pool: Pool, area: str, dice: Random) -> Iterator[Question | None]:
    codes = pool.within(area)
    # What came true in full, or did not at all; what half came true is neither.
    rights = [
        (forecast, each)
        for forecast, rows in sorted(pool.settled.items())
        for each in rows
        if each.code in codes and each.outcome in {"hit", "miss"}
    ]
    for forecast, right in _shuffled(rights, dice):
        came_true = right.outcome == "hit"
        contrary = {"half", "miss"} if came_true else {"hit"}
        wrong = [each for each in pool.settled[forecast] if each.outcome in contrary]
        if len(wrong) < _WRONG:
            yield None
            continue
        four, place = _placed(right, dice.sample(wrong, _WRONG), dice)
        yield ForecastQuestion(forecast, came_true, four, place)


_MAKERS: Mapping[Kind, Callable[[Pool, str, Random], Iterator[Question | None]]] = {
    "votes": _votes,
    "levels": _levels,
    "order": _order,
    "forecasts": _forecasts,
}


class Quizmaster:
    """Makes questions of one base after another; the pools of a few days are kept."""

    def __init__(self) -> None:
        self._pools: LRUCache[tuple[str, date], Pool] = LRUCache(_POOLS)

    def pool(self, base: Base, on: date) -> Pool:
        """What there is to ask about on a day."""
        key = base.revision, on
        pool = self._pools.get(key)
        if pool is None or pool.base is not base:
            pool = self._pools[key] = Pool(base, on)
        return pool

    def made(self, about: QuestionId, base: Base) -> Asked | None:
        """The question of an id; None where the base offers none, or is of another
        edition.
        """
        if about.edition != edition_of(base.revision):
            return None
        pool = self.pool(base, about.on)
        name = f"{_RULES} {about.kind} {about.area} {about.seed} {about.on}"
        dice = Random(name)  # noqa: S311 - what is asked is no secret
        question = _first(_MAKERS[about.kind](pool, about.area, dice))
        return None if question is None else Asked(about, question)

    def asked(self, topic: str, seed: int, base: Base, on: date) -> Asked | None:
        """A question about a topic: a kind of question, or a region by its UN M49 code,
        or anything for an empty text. None where there is nothing to ask.
        """
        seed %= MOST_SEED + 1
        area = topic if topic in regions.ALL_REGIONS else ""
        anything = topic in {"", area}
        kinds: list[Kind] = [kind for kind in KINDS if anything or topic == kind]
        urn: list[Kind] = [kind for kind in kinds for _ in range(_OFTEN[kind])]
        dice = Random(f"{seed} {area}")  # noqa: S311 - the same
        edition = edition_of(base.revision)
        for kind in dict.fromkeys(_shuffled(urn, dice)):
            about = QuestionId(kind, topic, seed, on, edition)
            if asked := self.made(about, base):
                return asked
        return None


def topics(base: Base) -> tuple[str, ...]:
    """What can be asked about, kinds of question first, then the regions of the base's
    actors; about some there may be no question in the end.
    """
    there = {
        "votes": bool(base.votes),
        "levels": True,
        "order": True,
        "forecasts": bool(base.forecasts),
    }
    kinds = [kind for kind in KINDS if there[kind]]
    codes = base.countries.keys()
    areas = [
        area
        for area in regions.ALL_REGIONS
        if len(codes & regions.within(area)) >= CHOICES
    ]
    return (*kinds, *areas)


def seed_of_day(on: date, another: int = 0) -> int:
    """The seed of the day's question, the same everywhere; ``another`` counts the
    questions that come instead of it.
    """
    return on.toordinal() + another * _DAYS
