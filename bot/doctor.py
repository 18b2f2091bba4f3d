"""``ally doctor``: what would keep the bot from working, each with what to do about it."""

from __future__ import annotations

import asyncio
import email.utils
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from discord.http import Route

from bot.guilds.errors import SchemaNewerError, StoreAwayError
from bot.guilds.store import Store
from bot.settings import Settings

LEAST_BYTES = 200 << 20
SKEW_SECONDS = 1.5
"""Interactions older than 2.8 s by this machine's clock are dropped; more skew than this makes that go wrong."""
_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it went well, what was seen, and what to do if it did not."""

    name: str
    well: bool
    seen: str
    advice: str = ""


async def _discord(token: str) -> list[Finding]:
    """The token, the application and the clock, in one request each."""
    headers = {"Authorization": f"Bot {token}"}
    found: list[Finding] = []
    try:
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        async with (
            aiohttp.ClientSession(headers=headers, timeout=timeout) as session,
            session.get(f"{Route.BASE}/applications/@me") as response,
        ):
            if response.status == 401:
                advice = "copy the token again from the developer portal, Bot, and set DISCORD_TOKEN"
                return [Finding("token", False, "Discord does not accept it", advice)]
            if response.status != 200:
                return [Finding("Discord", False, f"answered with status {response.status}", "try again later")]
            application = await response.json(content_type=None)
            found.append(Finding("token", True, f"accepted, for the application {application.get('name', '?')!s:.40}"))
            url = application.get("interactions_endpoint_url")
            way = f"to {url}, so use `ally serve`" if url else "over the gateway, so use `ally run`"
            found.append(Finding("interactions", True, f"Discord sends them {way}"))
            stamp = email.utils.parsedate_to_datetime(response.headers.get("Date", ""))
            skew = (datetime.now(UTC) - stamp).total_seconds()
            advice = "set the clock by NTP, or answers will be dropped as too old"
            # The header counts whole seconds, so that half a second is within what it can say.
            found.append(Finding("clock", abs(skew) <= SKEW_SECONDS, f"{skew:+.1f} s from Discord's", advice))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        advice = "look at the network, the proxy and the firewall"
        found.append(Finding("Discord", False, f"cannot be reached ({type(error).__name__})", advice))
    except ValueError:
        found.append(Finding("clock", True, "Discord did not say the time"))
    return found


async def _database(address: str) -> Finding:
    try:
        store = Store(address)
    except ValueError as error:
        return Finding("database", False, str(error), "set ALLY_DATABASE_URL")
    kind = "SQLite" if store.sqlite else "PostgreSQL"
    try:
        async with asyncio.timeout(_SECONDS):
            await store.open()
    except SchemaNewerError as error:
        return Finding("database", False, f"{kind} has schema {error.version}", "run a newer Ally on it")
    except (StoreAwayError, TimeoutError):
        return Finding("database", False, f"{kind} cannot be reached", "look at ALLY_DATABASE_URL and the server")
    finally:
        await store.close()
    return Finding("database", True, f"{kind}, its schema is up to date")


def _disk(folder: Path) -> Finding:
    there = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    free = shutil.disk_usage(there).free
    advice = "make room, or set ALLY_STATE to another disk"
    return Finding("disk", free >= LEAST_BYTES, f"{free / 2**30:.1f} GiB free in {there}", advice)


def _commands(folder: Path) -> Finding:
    there = (folder / "commands.sha256").is_file()
    seen = "registered by an earlier start" if there else "not registered yet"
    return Finding("commands", True, f"{seen}; the next start registers what has changed")


async def examine(settings: Settings) -> list[Finding]:
    """Every check but the base's, which the caller has read already."""
    found = [_disk(settings.ally_state), _commands(settings.ally_state), await _database(settings.database)]
    if settings.discord_token is None:
        advice = "make a bot at https://discord.com/developers/applications and set DISCORD_TOKEN"
        return [*found, Finding("token", False, "there is none", advice)]
    return found + await _discord(settings.discord_token.get_secret_value())
