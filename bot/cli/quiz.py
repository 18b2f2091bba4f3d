"""``ally quiz``: a question made of the facts, and its answer."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace

from bot.answers.quiz.maker import Quizmaster, seed_of_day, topics
from bot.answers.quiz.page import explanation, question_page, topic_name
from bot.cli.common import CommandError
from bot.cli.context import Context
from bot.cli.pages import print_page
from bot.names.regions import in_english
from bot.runtime.exit_code import ExitCode


def quiz(args: argparse.Namespace) -> ExitCode:
    """``ally quiz``; the day's question where no seed is given."""
    context = Context.of(args)
    base, texts = context.base, context.texts
    topic = ""
    if args.topic:
        options = [(each, topic_name(each, texts)) for each in topics(base)]
        topic = context.option(args.topic, options, texts("topics"), in_english())
    on = context.day(args.on)
    seed = seed_of_day(on) if args.seed is None else args.seed
    asked = Quizmaster().asked(topic, seed, base, on)
    if asked is None:
        raise CommandError(
            texts("I can prove no question about that yet. Try another topic.")
        )
    page = question_page(asked, base, texts, listed=True)
    if not args.answers and not args.json:
        page = replace(page, notes=(*page.notes, _answered(args)))
    print_page(page, context, args)
    if args.answers:
        print_page(explanation(asked, None, base, texts), context, args)
    return ExitCode.OK


def _answered(args: argparse.Namespace) -> str:
    """The command that says the answer too, as a terminal takes it."""
    words = ["ally", "quiz"]
    for option in ("topic", "on", "lang", "seed"):
        if (value := getattr(args, option)) is not None:
            words += [f"--{option}", str(value)]
    return shlex.join([*words, "--answers"])
