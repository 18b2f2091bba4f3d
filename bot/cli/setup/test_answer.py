"""A first answer, posted into a channel by the bot itself."""

from __future__ import annotations

import argparse

import discord

from bot.alignment.rubric import assess
from bot.answers.card import card
from bot.answers.examples import examples_of
from bot.answers.texts import Texts
from bot.cli.common import CommandError, clock_of, read
from bot.cli.output import write
from bot.cli.reasons import reason
from bot.names.index import names_of
from bot.runtime.exit_code import ExitCode
from bot.runtime.outages import OUTAGES
from bot.ui.interaction import SILENT
from bot.ui.render import prepare


async def send_test_answer(args: argparse.Namespace, token: str, channel: int) -> None:
    """Post the card of the base's first example; CommandError says why it could not be
    posted.
    """
    base, today = read(args), clock_of(args).today()
    texts = Texts("en", names_of(base).display, base.catalogues)
    example = examples_of(base).actors[0]
    answer = card(assess(example, base, on=today), base, texts, today=today)
    view = prepare(answer, base.conflict)
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
            where = client.get_partial_messageable(channel)
            await where.send(view=view, allowed_mentions=SILENT)
        except (discord.Forbidden, discord.NotFound):
            msg = (
                f"Ally cannot post in channel {channel}: add it by the link above, and "
                "let it view the channel and send messages there. All else is done."
            )
            raise CommandError(msg) from None
        except (discord.DiscordException, *OUTAGES) as error:
            msg = f"The test answer was not sent ({reason(error)}); try again."
            raise CommandError(msg, ExitCode.UNAVAILABLE) from None
    write(f"Sent a test answer to channel {channel}.")
