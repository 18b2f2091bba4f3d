"""Where the pages of blocs lead on to, and in which words the quiz asks of ballots."""

from __future__ import annotations

from datetime import date

import pytest

from bot.alignment.cohesion import divisions
from bot.answers import page_ids
from bot.answers.bloc import united
from bot.answers.pages import page_of
from bot.answers.quiz.question import Asked, BallotQuestion, QuestionId
from bot.answers.quiz.words import worded
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.values import Ballot
from bot.names.index import NameIndex
from tests.support.bases import TODAY


@pytest.fixture(scope="module")
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


@pytest.mark.parametrize("key", ["csto", "eu", "brics"])
def test_how_united_a_bloc_votes_leads_to_its_roll_calls_and_back(
    base: Base, texts: Texts, key: str
) -> None:
    page = united(key, base, texts, on=TODAY)
    assert page.on == TODAY
    (back,) = page.actions
    assert back.id == page_ids.bloc(key, TODAY)
    (menu,) = page.menus
    votes = [each.vote.id for each in divisions(base.blocs[key], base, on=TODAY)]
    assert [option.id for option in menu.options] == [
        page_ids.roll(vote, "", key) for vote in votes[:25]
    ]
    for option in menu.options:
        assert page_of(option.id, base, texts).title


ASKED: dict[Ballot, str] = {
    "yes": "Who voted yes in this roll call?",
    "no": "Who voted no in this roll call?",
    "abstain": "Who abstained in this roll call?",
}


@pytest.mark.parametrize("ballot", ASKED)
def test_the_quiz_asks_of_each_ballot_in_its_own_words(
    base: Base, texts: Texts, ballot: Ballot
) -> None:
    vote = next(iter(base.votes))
    codes = ("BY", "AM", "KZ", "MD")
    question = BallotQuestion(vote, ballot, codes, 1)
    made = QuestionId("votes", "", 1, date(2026, 11, 1), "edition")
    words = worded(Asked(made, question), base, texts)
    assert words.question == ASKED[ballot]
    assert [each.label for each in words.choices] == [
        texts.name(code) for code in codes
    ]
