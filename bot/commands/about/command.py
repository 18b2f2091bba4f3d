"""/about, /help and /invite."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from bot.answers.about import Links
from bot.answers.about import about as about_page
from bot.answers.about import invite as invite_page
from bot.answers.document import Answer
from bot.answers.help import help_page
from bot.answers.texts import Texts
from bot.commands.command_texts import CommandTexts
from bot.runtime.project import project_address
from bot.ui.interaction import Command
from bot.ui.page import ReplyPage
from bot.ui.reading import Reader, Readings
from bot.ui.replies import ReplyCache


def commands(readings: Readings) -> tuple[Command, ...]:
    """The commands; their replies are private."""
    replies = readings.replies
    texts = CommandTexts.of(replies)

    @readings.command(texts.command("about"))
    def about(reader: Reader) -> ReplyPage:
        def work_out(words: Texts) -> Answer:
            version, today = replies.version, reader.today
            return about_page(
                replies.base, words, version=version, today=today, links=links
            )

        links = _links(replies)
        return _page(reader, ("about", links), work_out)

    @readings.command(texts.command("help"))
    def help_(reader: Reader) -> ReplyPage:
        def work_out(words: Texts) -> Answer:
            return help_page(replies.base, words, reader.today)

        return _page(reader, "help", work_out)

    @readings.command(texts.command("invite"))
    def invite(reader: Reader) -> ReplyPage:
        links = _links(replies)
        return _page(reader, ("invite", links), lambda words: invite_page(links, words))

    return about, help_, invite


def _links(replies: ReplyCache) -> Links:
    """Where the bot is added, and where the project is at home."""
    return Links(
        install=replies.install_link,
        issues=project_address("Issues"),
        source=project_address("Source"),
    )


def _page(
    reader: Reader, question: Hashable, work_out: Callable[[Texts], Answer]
) -> ReplyPage:
    """A private page about the shipped base, the same in every server."""
    replies, locale = reader.replies, reader.locale

    def worked_out() -> Answer:
        return work_out(replies.texts(locale))

    edition = replies.base.revision
    return ReplyPage(question, worked_out, None, locale, private=True, edition=edition)
