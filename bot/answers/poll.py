"""What is said around a poll of what readers think; it never touches a level."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.document import Answer
from bot.answers.palette import level_mark
from bot.answers.sentences import called, level_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base


@dataclass(frozen=True, slots=True)
class PollChoice:
    """An answer of a poll."""

    text: str
    emoji: str


@dataclass(frozen=True, slots=True)
class PollPage:
    """A poll before Discord makes it: the levels in their order."""

    question: str
    choices: tuple[PollChoice, ...]


def poll(code: str, base: Base, texts: Texts) -> PollPage:
    """What readers think of an actor's level; KeyError for a code that the base does
    not have.
    """
    conflict = base.conflict
    name = called(base.countries[code].code, texts)
    return PollPage(
        texts("What do you think: where does {name} stand?", name=name),
        tuple(
            PollChoice(level_name(each.id, base, texts), level_mark(each.id, conflict))
            for each in conflict.levels
        ),
    )


def no_polls(texts: Texts) -> Answer:
    """The server does not allow polls."""
    lead = texts("This server has no polls. Its managers can allow them in /settings.")
    return Answer.plain(texts("No polls here"), lead)


def may_not_ask(texts: Texts) -> Answer:
    """The presser may not make polls in this channel."""
    lead = texts("You need the permission Create Polls in this channel.")
    return Answer.plain(texts("No polls here"), lead)


def bot_may_not_ask(texts: Texts) -> Answer:
    """Ally may not make polls in this channel."""
    lead = texts("Ally needs the permissions Send Messages and Create Polls here.")
    return Answer.plain(texts("No polls here"), lead)


def asked_today(code: str, texts: Texts) -> Answer:
    """There is one already."""
    lead = texts(
        "{name}: this channel has had its poll today. There can be another tomorrow.",
        name=called(code, texts),
    )
    return Answer.plain(texts("One poll a day"), lead)


def too_many(texts: Texts) -> Answer:
    """The server had many."""
    lead = texts("This server has started many polls today. Try again tomorrow.")
    return Answer.plain(texts("Enough polls for today"), lead)
