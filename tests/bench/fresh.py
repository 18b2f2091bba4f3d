"""What is worked out when it is asked for, each time anew: a question of the quiz with
its page, and what has changed between two days.
"""

from __future__ import annotations

import random
from datetime import timedelta

from bot.answers import page_ids
from bot.answers.changes import VIEWS
from bot.answers.pages import page_of
from bot.answers.quiz.maker import Quizmaster
from bot.answers.quiz.page import explanation, question_page
from bot.answers.texts import english
from bot.knowledge.reader import read_base
from tests.bench.base import Row
from tests.bench.names import spread
from tests.support.bases import DATA, TODAY

QUESTIONS, PERIODS = 400, 100


def measure() -> list[Row]:
    base, texts = read_base(DATA, TODAY), english()
    quizmaster, dice = Quizmaster(), random.Random(1)

    def quiz(seed: str) -> None:
        asked = quizmaster.asked("", int(seed), base, TODAY)
        assert asked is not None
        question_page(asked, base, texts)
        explanation(asked, 0, base, texts, counted="")

    def changes(days: str) -> None:
        since = TODAY - timedelta(days=int(days))
        page_of(page_ids.changes(VIEWS[0], "", "", since, TODAY), base, texts)

    first = spread(quiz, ["0"])[0]
    half, most = spread(quiz, [str(dice.randrange(2**40)) for _ in range(QUESTIONS)])
    periods = [str(dice.randint(1, 1_500)) for _ in range(PERIODS)]
    usual, slow = spread(changes, periods)
    return [
        ("the first question of the quiz", f"{first / 1000:.0f} ms", "", "in a thread"),
        (
            "a question of the quiz and what is said of an answer, p50 / p99",
            f"{half / 1000:.1f} / {most / 1000:.1f} ms",
            "",
            "in a thread",
        ),
        (
            "what has changed in up to four years, p50 / p99",
            f"{usual / 1000:.1f} / {slow / 1000:.1f} ms",
            "",
            "in a thread",
        ),
    ]
