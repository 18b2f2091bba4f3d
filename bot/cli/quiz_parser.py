"""The command line of ``ally quiz``."""

from __future__ import annotations

from bot.cli.parser import Verb, json_option, number_from
from bot.cli.search_parser import LANGUAGE


def add_quiz(verb: Verb) -> None:
    """Add the verb."""
    quiz = verb(
        "quiz",
        "quiz:quiz",
        "ask a question made of the facts; the day's if no seed is given",
        "ally quiz --topic europe --seed 7 --answers",
    )
    for option, metavar, about in (
        ("topic", "TOPIC", "votes, levels, order, forecasts, or a region"),
        ("on", "DATE", "as of a past day"),
        ("lang", "LANGUAGE", LANGUAGE),
    ):
        quiz.add_argument(f"--{option}", metavar=metavar, help=about)
    quiz.add_argument(
        "--seed",
        type=number_from(0, 2**63 - 1),
        metavar="N",
        help="another question for each number, the same for the same",
    )
    quiz.add_argument(
        "--answers", action="store_true", help="with the answer and its sources"
    )
    json_option(quiz)
