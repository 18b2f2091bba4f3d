"""Looks once a day for a newer edition of the base, where the operator named an address
for it; off otherwise.
"""

from __future__ import annotations

import asyncio
import logging
import random

from bot import __version__
from bot.knowledge.edition import EditionKnownError, EditionRefusedError
from bot.runtime.clock import Clock
from bot.runtime.edition_source import EditionSource, EditionUnreachableError, fetch
from bot.runtime.editions import Editions, editions_of
from bot.runtime.settings import Settings

log = logging.getLogger("bot")

FIRST_SECONDS = (10.0, 600.0)
"""How long after its start a process looks first, by chance: not all at once."""
BETWEEN_SECONDS = (1_800.0, 5_400.0)
"""How often it asks whether a look is due."""
_dice = random.SystemRandom()


async def look(editions: Editions, source: EditionSource, clock: Clock) -> None:
    """Fetch a newer edition if a look is due and no other process has taken it; what
    goes wrong stands in the log, and the base that answers goes on answering.
    """
    try:
        if not await asyncio.to_thread(editions.take_turn, clock.now()):
            return
        manifest = await fetch(editions, source, clock.today())
    except EditionUnreachableError as error:
        log.warning("no newer edition could be looked for: %s", error)
    except EditionKnownError:
        log.info("there is no newer edition of the base")
    except EditionRefusedError as error:
        log.warning("the edition at ALLY_BASE_URL was not taken: %s", error)
    except OSError as error:
        log.warning("an edition could not be written: %s", error.strerror)
    else:
        log.info("edition %d was fetched", manifest.number)


async def keep_looking(settings: Settings, clock: Clock) -> None:
    """Look for newer editions until cancelled; nothing without ALLY_BASE_URL."""
    editions = editions_of(settings)
    if editions is None or not settings.ally_base_url or not settings.ally_base_key:
        return
    agent = f"Ally/{__version__}"
    source = EditionSource(settings.ally_base_url, settings.ally_base_key, agent)
    await asyncio.sleep(_dice.uniform(*FIRST_SECONDS))
    while True:
        await look(editions, source, clock)
        await asyncio.sleep(_dice.uniform(*BETWEEN_SECONDS))
