"""Short pages around polls, scores and questions: what each says and leads to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest

from bot.alignment.comparison import agreement
from bot.alignment.rubric import assess
from bot.answers import behind, forecast, page_ids, poll, texts
from bot.answers.bloc import bloc
from bot.answers.compare import comparison
from bot.answers.document import Answer
from bot.answers.help import not_found
from bot.answers.palette import TONES, luminance
from bot.answers.publisher import publisher
from bot.answers.quiz import page as quiz
from bot.answers.quiz.question import Asked, BallotQuestion, QuestionId
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.search.sources import Publishers, key_of
from tests.support.bases import TODAY

TEXTS = Texts("en", lambda code, _: {"BY": "Belarus"}.get(code, code))


def said(page: Answer) -> tuple[str, str]:
    assert page.lead is not None
    return page.title, page.lead.text


@pytest.mark.parametrize(
    ("of", "title", "says"),
    [
        (poll.no_polls, "No polls here", "managers can allow them in /settings"),
        (poll.may_not_ask, "No polls here", "You need the permission Create"),
        (poll.bot_may_not_ask, "No polls here", "Ally needs the permissions"),
        (
            partial(poll.asked_today, "BY"),
            "One poll a day",
            "Belarus: this channel has",
        ),
        (poll.too_many, "Enough polls for today", "Try again tomorrow"),
    ],
    ids=["not here", "not by them", "not by Ally", "one today", "many today"],
)
def test_why_there_is_no_poll_is_said(
    of: Callable[[Texts], Answer], title: str, says: str
) -> None:
    found = said(of(TEXTS))
    assert found[0] == title
    assert says in found[1]


def test_a_poll_asks_about_every_level_in_its_order(base: Base) -> None:
    page = poll.poll("BY", base, TEXTS)
    assert page.question.startswith("What do you think: where does ")
    assert "Belarus" in page.question
    assert len(page.choices) == len(base.conflict.levels)
    for choice, level in zip(page.choices, base.conflict.levels, strict=True):
        assert choice.text == level.name
        assert choice.emoji


@pytest.mark.parametrize(
    ("of", "title", "topic"),
    [
        (quiz.nothing_to_ask, "Quiz", ""),
        (partial(quiz.gone, topic="votes"), "Too old", "votes"),
        (quiz.no_scores, "Only in a server", ""),
    ],
    ids=["nothing to ask", "gone", "no scores"],
)
def test_without_a_question_there_is_a_way_to_one(
    of: Callable[[Texts], Answer], title: str, topic: str
) -> None:
    page = of(TEXTS)
    assert said(page)[0] == title
    assert said(page)[1]
    assert [each.id for each in page.actions] == [f"quiz:next:{topic}"]


def test_scores_name_the_best_and_the_readers_own_place() -> None:
    best = [quiz.Score(n, 20 - n, 20) for n in range(1, quiz.SHOWN + 3)]
    own = best[-1]
    page = quiz.scores(best, own, quiz.SHOWN + 2, TEXTS)
    lines = page.sections[0].lines
    numbers = [*range(1, quiz.SHOWN + 1), quiz.SHOWN + 2]
    assert [line.label for line in lines] == [f"{n}." for n in numbers]
    assert [line.by for line in lines] == numbers
    assert lines[0].text == "19 right of 20"
    inside = quiz.scores(best, best[1], 2, TEXTS)
    assert len(inside.sections[0].lines) == quiz.SHOWN
    ((nobody,),) = (
        section.lines for section in quiz.scores([], None, 0, TEXTS).sections
    )
    assert nobody.text == "Nobody has answered yet. Be the first!"


@pytest.mark.parametrize(
    ("colour", "light"),
    [
        ("#000000", 0.0),
        ("#0a0a0a", 0.003035),
        ("#0b0b0b", 0.003347),
        ("#808080", 0.215861),
        ("#ff0000", 0.2126),
        ("#00ff00", 0.7152),
        ("#0000ff", 0.0722),
        ("#ffffff", 1.0),
    ],
)
def test_luminance_is_as_wcag_defines_it(colour: str, light: float) -> None:
    assert luminance(colour) == pytest.approx(light, abs=1e-5)


def test_no_two_tones_are_one_colour() -> None:
    assert len(set(TONES.values())) == len(TONES)


def test_each_terser_form_of_a_forecast_says_no_more_than_the_one_before() -> None:
    forms = forecast._FULLNESS
    assert len(set(forms)) == len(forms)
    for fuller, terser in pairwise(forms):
        assert fuller.members >= terser.members
        assert fuller.whole >= terser.whole
        if fuller.whole == terser.whole:
            assert fuller.because > terser.because


def test_a_placeholder_of_a_translation_is_filled_or_the_english_is_told() -> None:
    filled = texts._filled
    assert filled("{n} golosów", "{n} votes", {"n": 5}) == "5 golosów"
    for wrong in ("{m} golosów", "{} golosów", "{n.x} golosów", "{n golosów"):
        assert filled(wrong, "{n} votes", {"n": 5}) == "5 votes"


def test_sources_of_an_actor_of_whom_nothing_is_told_say_so(base: Base) -> None:
    empty = replace(
        base,
        countries={
            "BY": replace(base.countries["BY"], events=(), summary="", summary_facts=())
        },
        votes={},
        measures={},
        blocs={},
        forecasts={},
    )
    found = assess("BY", empty, on=TODAY)
    page = behind.sources(found, empty, TEXTS, page=1)
    assert [line.text for line in page.sections[0].lines] == ["No entry yet."]


def test_pages_of_a_publisher_lead_to_one_another(base: Base) -> None:
    publishers = Publishers()
    counts = Counter(
        source.publisher
        for country in base.countries.values()
        for event in country.events
        for source in event.sources
    )
    ((name, _),) = counts.most_common(1)
    key = key_of(name)
    page = publisher(key, base, TEXTS, on=TODAY, publishers=publishers, page=2)
    turns = [each.id for each in page.actions]
    for number in (1, 3):
        assert page_ids.publisher(key, TODAY, number) in turns


def test_a_question_lists_its_choices_only_where_that_is_asked_for(
    base: Base,
) -> None:
    question = BallotQuestion(
        next(iter(base.votes)), "yes", ("BY", "AM", "KZ", "MD"), 1
    )
    asked = Asked(QuestionId("votes", "", 1, TODAY, "edition"), question)
    short = quiz.question_page(asked, base, TEXTS)
    long = quiz.question_page(asked, base, TEXTS, listed=True)
    assert short.actions == long.actions
    listed = [line.label for line in long.sections[-1].lines]
    assert listed == ["A", "B", "C", "D"]
    assert long.sections[:-1] == short.sections


def test_votes_alike_are_counted_by_body_only_where_they_are_of_several(
    base: Base,
) -> None:
    def by_body(*codes: str) -> list[str]:
        remarks = comparison(codes, base, TEXTS, on=TODAY).remarks
        return [line.text for line in remarks if line.label.endswith("by body:")]

    assert len(agreement("BY", "AM", base, on=TODAY).bodies) == 1
    assert by_body("BY", "AM") == []
    assert len(agreement("RU", "UA", base, on=TODAY).bodies) == 2
    assert len(by_body("RU", "UA")) == 1


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ("nato", "Being a member counts for neither side."),
        ("csto", "Being a member counts for Russia: Military ties."),
    ],
)
def test_a_bloc_says_first_where_its_members_stand_and_last_what_a_seat_counts(
    base: Base, key: str, counts: str
) -> None:
    page = bloc(key, base, TEXTS, on=TODAY, page=1)
    assert page.lead is not None
    count, _, levels = page.lead.text.partition(": ")
    assert re.fullmatch(r"\d+ members on Nov \d+, 2026", count)
    numbers = [int(each.rpartition(" ")[2]) for each in levels.split(", ")]
    assert numbers == sorted(numbers, reverse=True)
    assert sum(numbers) == int(count.split()[0])
    assert counts in page.notes


def test_names_that_may_have_been_meant_are_offered_with_their_flags(
    base: Base,
) -> None:
    page = not_found("korea", ("KR", "KP"), base, None, TEXTS, private=True)
    assert [each.emoji for each in page.actions[:2]] == ["🇰🇷", "🇰🇵"]


def test_a_bloc_of_which_one_member_voted_otherwise_is_not_said_to_vote_all_alike(
    base: Base,
) -> None:
    page = bloc("eu", base, TEXTS, on=TODAY, page=1)
    said = [line.text for section in page.sections for line in section.lines]
    assert any("99% of the ballots alike" in text for text in said)
