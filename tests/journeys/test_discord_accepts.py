"""Every reply of every kind, in every locale that names exist in, judged as Discord
would.

Each locale has a server of its own, in which one person uses every command with every
option, every button, menu and form, and asks for a share of the actors: together they
ask for each of them in three locales and more. The kinds that must come
are read from the bot's own commands and patterns, so a new page is a new kind.
"""

from __future__ import annotations

import pytest

from bot.knowledge.facts import Base
from bot.names.locales import LOCALES
from tests.support.crawl import expected
from tests.support.discord_api import spec_missing
from tests.support.everything import SPOKEN, commands_in, everything, templates_of
from tests.support.posted import Posted

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(bool(spec_missing()), reason=spec_missing() or "-"),
]

LEAST_SPOKEN, LEAST = 450, 180
"""Replies to a reader whose language Ally speaks, and to another one: with fifteen such
languages and 23 others more than ten thousand.
"""


@pytest.mark.parametrize("locale", LOCALES)
async def test_discord_accepts_every_reply_of_every_kind(
    posted: Posted, base: Base, locale: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = await everything(posted, locale, base)
    templates = templates_of(posted) if locale in SPOKEN else []
    kinds = expected(commands_in(locale, posted), templates)
    wrong = [f"{told}   ({asked})" for told, asked in sorted(found.problems.items())]
    wrong += [f"no reply of this kind: {kind}" for kind in kinds - found.kinds.keys()]
    wrong += [f"no reply: {asked}" for asked in found.silent]
    # A fault within is answered too, with an apology that Discord accepts.
    wrong += [each.getMessage() for each in caplog.records if "failed" in each.msg]
    assert not wrong, "\n".join(wrong)
    assert found.total >= (LEAST_SPOKEN if locale in SPOKEN else LEAST), found.total
