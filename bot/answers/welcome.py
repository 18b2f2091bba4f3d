"""What Ally says where it was just added."""

from __future__ import annotations

from bot.answers import base_words
from bot.answers.document import Answer, Line
from bot.answers.examples import examples_of, typed
from bot.answers.help import example_buttons
from bot.answers.texts import Texts
from bot.knowledge.facts import Base


def welcome(base: Base, texts: Texts) -> Answer:
    """Three things to try, with buttons that try them, and where moderators set Ally
    up.
    """
    first = examples_of(base).actors[0]
    return Answer.plain(
        texts("Ally is here"),
        texts(
            "Where does this country stand? Ally answers with sources, about "
            "{conflict}.",
            conflict=base_words.once("conflict.name", base.conflict, texts),
        ),
        lines=(
            Line.labelled(
                texts.commands("/ally country:") + typed(first, texts),
                texts("where a country stands; a flag will do too"),
            ),
            Line.labelled(
                texts.commands("/compare"),
                texts("two to four countries side by side"),
            ),
            Line.labelled(
                texts.commands("/map"), texts("where everybody stands, on a map")
            ),
        ),
        notes=(
            texts.commands(
                texts("Moderators set Ally up with /settings. All commands: /help")
            ),
            texts("Ally reads no messages."),
        ),
        actions=example_buttons(base, texts),
    )
