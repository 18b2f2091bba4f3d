"""The quiz: two thousand questions, each proved from the base by other means than those
that made it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import Mock

import pytest
import yaml

from bot.alignment.rubric import PARTY, assess
from bot.answers.as_json import as_json
from bot.answers.document import Answer
from bot.answers.quiz import page as pages
from bot.answers.quiz.maker import Quizmaster, topics
from bot.answers.quiz.question import (
    CHOICES,
    KINDS,
    MOST_SEED,
    ActorQuestion,
    Asked,
    BallotQuestion,
    ForecastQuestion,
    LevelQuestion,
    OrderQuestion,
    QuestionId,
    read_id,
)
from bot.answers.quiz.words import worded
from bot.answers.texts import Texts
from bot.knowledge.documents import Country
from bot.knowledge.facts import Base
from bot.knowledge.reader import adapter, country_of
from bot.knowledge.text import length
from bot.names import regions
from bot.names.index import NameIndex, names_of
from bot.ui import limits
from bot.ui.render import texts_of
from tests.support.bases import DATA, FOREIGN_TODAY, SHIPPED_WORDS, TODAY
from tests.support.egg_conflict import (
    BIG,
    FIVE,
    LITTLE,
    SEVEN,
    THREE,
    act,
    egg_conflict,
    roll,
    spoken_for,
)

SEEDS = range(0, 2000 * 7919, 7919)
BALLOTS = ("yes", "no", "abstain", "absent")


@pytest.fixture(scope="session")
def quizmaster() -> Quizmaster:
    return Quizmaster()


@pytest.fixture(scope="session")
def texts(base: Base, names: NameIndex) -> Texts:
    return Texts("en", names.display, base.catalogues)


@pytest.fixture(scope="session")
def thousands(quizmaster: Quizmaster, base: Base) -> list[Asked]:
    found = [quizmaster.asked("", seed, base, TODAY) for seed in SEEDS]
    asked = [each for each in found if each]
    assert len(asked) == 2000
    return asked


@cache
def file_of(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def countries() -> Mapping[str, dict[str, Any]]:
    files = (file_of(path) for path in (DATA / "countries").glob("*.yaml"))
    return {each["code"]: each for each in files}


def is_good(sources: Iterable[Mapping[str, Any]]) -> bool:
    """Whether not all of a file's sources are weak."""
    return any(each.get("grade") != "weak" for each in sources)


def prove_ballots(question: BallotQuestion) -> None:
    """The roll call's own file says who voted how."""
    vote = file_of(DATA / "votes" / f"{question.vote}.yaml")
    assert not vote.get("partial")
    assert is_good(vote["sources"])
    assert str(vote["date"]) <= TODAY.isoformat()
    for place, code in enumerate(question.codes):
        cast = [each for each in BALLOTS if code in vote[each]]
        assert len(cast) == 1, code
        assert (cast == [question.ballot]) == (place == question.right)
        assert code not in vote.get("spoken_for", {})


class Levels:
    """Levels as `ally ask --json` prints them."""

    def __init__(self, base: Base, texts: Texts) -> None:
        self.base, self.texts = base, texts
        self._kept: dict[str, dict[str, Any]] = {}

    def printed(self, code: str) -> dict[str, Any]:
        if code not in self._kept:
            found = assess(code, self.base, on=TODAY)
            self._kept[code] = as_json(found, self.base, self.texts)
        return self._kept[code]

    def sure(self, code: str) -> str:
        printed = self.printed(code)
        assert printed["confidence"] in {"high", "medium"}
        assert printed["level"] not in {PARTY, "unknown"}
        return printed["level"]


def prove_order(question: OrderQuestion) -> None:
    """The countries' own files say on which day each thing was."""
    days: list[date] = []
    for told in question.told:
        events = countries()[told.code]["events"]
        event = next(each for each in events if each["id"] == told.fact.ref)
        assert isinstance(event["date"], date), "a whole day"
        assert is_good(event["sources"])
        assert event["claim"] == told.fact.text
        days.append(event["date"])
    first = days.pop(question.right)
    assert all(first + timedelta(days=14) <= day for day in days)
    assert len({told.code for told in question.told}) == CHOICES


def prove_forecast(question: ForecastQuestion, levels: Levels) -> None:
    """The forecast's file says what was expected; facts after it say what was done."""
    file = file_of(DATA / "forecasts" / f"{question.forecast}.yaml")
    named = {each["code"]: each for each in file["named"] if "code" in each}
    conflict = levels.base.conflict
    for place, each in enumerate(question.settled):
        claim = named[each.code]
        done = any(
            fact.deed in claim.get("subject", ())
            and fact.toward == claim["toward"]
            and file["date"] <= fact.begins <= TODAY
            for fact in levels.base.facts(each.code)
        )
        farthest = conflict.levels[0 if conflict.sign(claim["toward"]) < 0 else -1]
        if not claim.get("subject"):
            done = levels.sure(each.code) == farthest.id
        stands = (
            done or conflict.level(levels.sure(each.code)).toward == claim["toward"]
        )
        outcome = "hit" if done else ("half" if stands else "miss")
        is_right = outcome == ("hit" if question.came_true else "miss")
        assert is_right == (place == question.right), (each.code, outcome)
        assert not all(source.weak for source in each.fact.sources)
        assert each.fact.begins >= file["date"]


def prove(asked: Asked, levels: Levels) -> None:
    question = asked.question
    match question:
        case BallotQuestion():
            prove_ballots(question)
        case LevelQuestion():
            own = levels.sure(question.code)
            assert question.levels[question.right] == own
            order = [each.id for each in levels.base.conflict.levels]
            assert sorted(question.levels, key=order.index) == list(question.levels)
        case ActorQuestion():
            for place, code in enumerate(question.codes):
                is_right = levels.sure(code) == question.level
                assert is_right == (place == question.right)
        case OrderQuestion():
            prove_order(question)
        case ForecastQuestion():
            prove_forecast(question, levels)


def test_two_thousand_questions_are_right_and_their_other_choices_wrong(
    thousands: list[Asked], base: Base, texts: Texts
) -> None:
    levels = Levels(base, texts)
    for asked in thousands:
        prove(asked, levels)
    kinds = Counter(asked.id.kind for asked in thousands)
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) > 50, kinds
    assert len({asked.key for asked in thousands}) > 1000
    places = Counter(asked.question.right for asked in thousands)
    assert set(places) == set(range(CHOICES))


def blocks(page: Answer) -> str:
    return "\n".join(texts_of(page))


class Shown(NamedTuple):
    """A question, its page, and the page that answers it."""

    asked: Asked
    question: Answer
    told: Answer


@pytest.fixture(scope="session")
def shown(thousands: list[Asked], base: Base, texts: Texts) -> list[Shown]:
    return [
        Shown(
            asked,
            pages.question_page(asked, base, texts, seal="a" * 8),
            pages.explanation(asked, 1, base, texts, counted="counted"),
        )
        for asked in thousands
    ]


def test_no_two_choices_look_alike_and_all_is_within_discords_limits(
    shown: list[Shown], base: Base, texts: Texts
) -> None:
    for asked, question, told in shown:
        words = worded(asked, base, texts)
        said = [each.sentence or each.label for each in words.choices]
        assert len({each.casefold() for each in said}) == CHOICES
        assert len(question.actions) == CHOICES
        for page in (question, told):
            assert length(blocks(page)) < limits.TEXT_TOTAL
            for action in page.actions:
                assert length(action.label) <= limits.BUTTON_LABEL
                assert length(action.id) <= limits.CUSTOM_ID


def test_a_question_does_not_give_its_answer_away(shown: list[Shown]) -> None:
    for asked, page, _ in shown:
        assert not page.citations
        assert not page.menus
        if isinstance(asked.question, OrderQuestion):
            said = blocks(page)
            for told in asked.question.told:
                assert str(told.fact.date.year) not in said


def test_every_answer_has_its_citation_and_none_rests_on_a_weak_source(
    shown: list[Shown],
) -> None:
    for _, _, page in shown:
        assert page.citations
        assert not any(each.source.weak for each in page.citations)
        cited = {n for part in page.sections for line in part.lines for n in line.cites}
        assert cited == {each.number for each in page.citations}


def test_an_answer_says_whether_it_was_right_and_leads_on(
    thousands: list[Asked], base: Base, texts: Texts
) -> None:
    for asked in thousands[:200]:
        for place in range(CHOICES):
            page = pages.explanation(asked, place, base, texts)
            mark = "✅" if place == asked.question.right else "❌"
            assert page.title.startswith(mark)
            assert {"quiz:next:"} <= {each.id for each in page.actions}
            assert page.menus[0].options


def test_an_id_makes_the_same_question_in_any_process_and_only_of_its_edition(
    thousands: list[Asked], base: Base
) -> None:
    other = Quizmaster()
    for asked in thousands[:300]:
        again = read_id(asked.id.text())
        assert again == asked.id
        assert other.made(again, base) == asked
        assert other.made(again._replace(edition="0"), base) is None


def test_the_longest_id_fits_into_a_button(base: Base, texts: Texts) -> None:
    longest = QuestionId("forecasts", "forecasts", MOST_SEED, TODAY, "f" * 8)
    custom_id = f"quiz:pick:{longest.text()}:{'a' * 8}:3"
    assert len(longest.text()) == 53
    assert len(custom_id) <= limits.CUSTOM_ID
    assert read_id(longest.text()) == longest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "votes",
        "votes::1:2026-11-26:",
        "votes::1:2026-13-26:abc",
        "votes::-1:2026-11-26:abc",
        "riddles::1:2026-11-26:abc",
        "votes:15:1:2026-11-26:abc",
        "votes::1:2026-11-26:abc\n",
        "votes::" + "z" * 14 + ":2026-11-26:abc",
    ],
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        read_id(text)


@pytest.mark.parametrize("topic", KINDS)
def test_a_kind_that_is_wished_for_is_the_only_one(
    quizmaster: Quizmaster, base: Base, topic: str
) -> None:
    for seed in range(60):
        asked = quizmaster.asked(topic, seed, base, TODAY)
        assert asked
        assert asked.id.kind == topic


def test_in_a_region_the_right_answer_is_of_that_region(
    quizmaster: Quizmaster, base: Base
) -> None:
    for topic in topics(base):
        if topic in KINDS:
            continue
        for seed in range(12):
            asked = quizmaster.asked(topic, seed, base, TODAY)
            assert asked, topic
            code = pages.actors_of(asked)[0]
            assert code in regions.within(topic)


def test_nothing_of_after_the_day_is_asked_about(
    quizmaster: Quizmaster, base: Base
) -> None:
    day = date(2022, 3, 31)
    for seed in range(150):
        asked = quizmaster.asked("", seed, base, day)
        assert asked
        match asked.question:
            case BallotQuestion(vote=vote):
                assert base.votes[vote].date.last <= day
            case OrderQuestion(told=told):
                assert all(each.fact.begins <= day for each in told)
            case LevelQuestion(code=code, levels=levels, right=right):
                assert assess(code, base, on=day).level == levels[right]
            case _:
                pass


def test_the_days_question_is_the_same_everywhere_and_another_tomorrow(
    base: Base, texts: Texts
) -> None:
    today = pages.daily(base, TODAY)
    assert today == pages.daily(base, TODAY, Quizmaster())
    days = [TODAY - timedelta(days=n) for n in range(6)]
    asked = [pages.daily(base, day) for day in days]
    assert len({each.key for each in asked if each}) == len(days)


def test_the_days_question_is_another_one_than_the_last_wherever_there_is_another(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    master = Quizmaster()
    first = pages.daily(base, TODAY, master)
    assert first
    other = pages.daily(base, TODAY, master, last=first.key)
    assert other
    assert other.key != first.key
    # A base that has one question alone asks it again rather than none.
    monkeypatch.setattr(master, "asked", Mock(return_value=first))
    assert pages.daily(base, TODAY, master, last=first.key) == first


@pytest.mark.parametrize("locale", ["uk", "ar", "ja"])
def test_a_question_is_the_same_in_every_language(
    thousands: list[Asked], base: Base, names: NameIndex, locale: str
) -> None:
    words = Texts(locale, names.display, base.catalogues)
    for asked in thousands[:300]:
        said = worded(asked, base, words)
        choices = [each.sentence or each.label for each in said.choices]
        assert len(set(choices)) == CHOICES
        assert said.right == asked.question.right


def test_another_base_makes_questions_of_its_own(lighthouse: Base) -> None:
    words = Texts("en", names_of(lighthouse).display)
    quizmaster = Quizmaster()
    kinds: set[str] = set()
    for seed in range(200):
        asked = quizmaster.asked("", seed, lighthouse, FOREIGN_TODAY)
        if asked is None:
            continue
        kinds.add(asked.id.kind)
        page = pages.question_page(asked, lighthouse, words, listed=True)
        told = pages.explanation(asked, 0, lighthouse, words)
        assert not SHIPPED_WORDS.findall(blocks(page) + blocks(told))
    assert kinds


ISLES = tuple(f"isle-{letter}" for letter in "abcdefghijklmnop")
WEAK, PARTIAL, MONTH, UNSURE = "weak", "partial", "month", "unsure"


def isle_base(levels: Sequence[str]) -> Base:
    """Sixteen invented isles that dispute an egg, with all that must not be asked about
    beside what may be: weak sources, a partial roll call, a ballot that another cast,
    days that are not known, a level that is not sure, a forecast whose proof is older.
    """
    conflict = egg_conflict(tuple(levels))
    countries: dict[str, Country] = {}
    for place, code in enumerate(ISLES):
        side = (BIG, LITTLE, None)[place % 3]
        events: list[dict[str, Any]] = []
        for n, deed in enumerate(("fleet", "embargo", "toast")):
            day = date(1722, 1 + n * 3, 1 + place).isoformat()
            key = f"{deed}-of-{code}"
            said = f"{code} did its {deed} of number {place}."
            favoured = side or (BIG, LITTLE)[n % 2]
            act_ = act(deed, day, favoured, key=key, grade="quality", claim=said)
            events.append(act_ if side else act_ | {"deed": "parley"})
        events += [
            act(None, "1722-05", key=f"{MONTH}-{code}", claim=f"{MONTH} {code}."),
            act(
                None,
                "1722-06-06",
                key=f"{WEAK}-{code}",
                grade="weak",
                claim=f"{WEAK} {code}.",
            ),
        ]
        if place == len(ISLES) - 1:
            events = [act("embargo", "1710-02-03", key=UNSURE, claim="Long ago.")]
        countries[code] = country_of(
            {
                "code": code,
                "kind": "state",
                "names": {"short": code.title()},
                "reviewed": "1723-01-01",
                "events": events,
            }
        )
    cast = {
        code: ("yes", "no", "abstain", "absent")[n % 4]
        for n, code in enumerate(ISLES[:-1])
    }
    complete = spoken_for(roll("1722-02-02", **cast), ISLES[1])
    others = {code: "no" if ballot == "yes" else "yes" for code, ballot in cast.items()}
    weak = roll("1722-01-15", **others)
    weak["sources"][0]["grade"] = "weak"
    partial = roll("1722-04-04", **others) | {"partial": True}
    later = roll("1724-04-04", **others)
    votes = [complete, weak, partial, later]
    named = [
        {
            "code": code,
            "expected": "It would send a fleet.",
            "toward": BIG,
            "strength": "likely",
            "subject": ["fleet"],
            "because": f"toast-of-{code}",
        }
        for code in ISLES[:6]
    ]
    named[0]["because"] = "fleet-of-isle-a"
    forecast = {
        "id": "almanac",
        "date": "1721-05-05",
        "source": weak["sources"][0],
        "named": named,
    }
    late = forecast | {"id": "late", "date": "1723-05-05"}

    def read(kind: str, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return {d["id"]: adapter(kind).validate_python(d) for d in documents}

    for code in conflict.parties:
        countries[code] = country_of(
            {
                "code": code,
                "kind": "state",
                "names": {"short": code},
                "reviewed": "1723-01-01",
            }
        )
    return Base(
        conflict=conflict,
        countries=countries,
        votes=read("votes", votes),
        forecasts=read("forecasts", [forecast, late]),
        revision="0a0b0c0d",
    )


ISLE_DAY = date(1723, 6, 1)


@pytest.mark.parametrize("levels", [THREE, FIVE, SEVEN], ids=len)
def test_a_foreign_base_makes_every_kind_and_nothing_unproven_of_any(
    levels: Sequence[str],
) -> None:
    base = isle_base(levels)
    words = Texts("en", names_of(base).display)
    quizmaster, kinds = Quizmaster(), Counter[str]()
    for seed in range(600):
        asked = quizmaster.asked("", seed, base, ISLE_DAY)
        assert asked
        kinds[asked.id.kind] += 1
        page = pages.question_page(asked, base, words, listed=True)
        told = pages.explanation(asked, 0, base, words)
        said = blocks(page) + blocks(told)
        assert not SHIPPED_WORDS.findall(said.replace("war", ""))
        match asked.question:
            case BallotQuestion(vote=vote, codes=codes):
                assert vote == "roll-1722-02-02", "complete, good and not to come"
                assert ISLES[1] not in codes, "another cast its ballot"
            case LevelQuestion(code=code):
                assert code != ISLES[-1], "Ally is not sure of it"
            case ActorQuestion(codes=codes):
                assert ISLES[-1] not in codes
            case OrderQuestion(told=facts):
                refs = {each.fact.ref for each in facts}
                assert not [ref for ref in refs if ref.startswith((WEAK, MONTH))]
            case ForecastQuestion(forecast=forecast):
                assert forecast == "almanac", "proofs come after a forecast"
    assert set(kinds) == set(KINDS), kinds


def test_the_scores_show_the_best_and_the_readers_own_place(texts: Texts) -> None:
    best = [pages.Score(user, 40 - user, 50) for user in range(1, 11)]
    own = pages.Score(77, 1, 9)
    page = pages.scores(best, own, 23, texts)
    lines = page.sections[0].lines
    assert [line.by for line in lines] == [*range(1, 11), 77]
    assert lines[-1].label == "23."
    shown = pages.scores(best, best[2], 3, texts)
    assert len(shown.sections[0].lines) == 10
    assert "first" in pages.scores([], None, 0, texts).sections[0].lines[0].text
