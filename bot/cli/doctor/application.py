"""What Discord says of the application: token, way in, installation and clock."""

from __future__ import annotations

import email.utils
from dataclasses import dataclass

import aiohttp
from discord.http import Route

from bot.cli.doctor.finding import SECONDS, Finding
from bot.cli.reasons import reason
from bot.knowledge.plain import PlainObject, list_in, object_in
from bot.runtime.clock import Clock
from bot.runtime.install_link import install_link
from bot.runtime.outages import OUTAGES
from bot.runtime.settings import Settings

SKEW_SECONDS = 60.0
"""Answers do not depend on this machine's clock, but their day does, and so do the
times of servers' entries.
"""


@dataclass(frozen=True, slots=True)
class ApplicationReply:
    """What Discord replied about the application."""

    status: int
    application: PlainObject
    date: str
    """Its header Date, empty if there is none."""


async def ask_about_application(token: str) -> ApplicationReply:
    """What Discord says of the application behind a token.

    Raises aiohttp.ClientError, TimeoutError, OSError or ValueError if it cannot be
    reached, or says what nobody understands.
    """
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    headers = {"Authorization": f"Bot {token}"}
    async with (
        aiohttp.ClientSession(headers=headers, timeout=timeout) as session,
        session.get(f"{Route.BASE}/applications/@me") as response,
    ):
        application: PlainObject = {}
        if response.status == 200:
            body = await response.json(content_type=None)
            application = object_in(body)
            if not application:
                msg = "no application"
                raise ValueError(msg)
        return ApplicationReply(
            response.status, application, response.headers.get("Date", "")
        )


async def application_findings(
    token: str, settings: Settings, clock: Clock
) -> tuple[bool, list[Finding]]:
    """Whether Discord knows the token, and what it says of installation, way in and
    clock.
    """
    try:
        reply = await ask_about_application(token)
    except (*OUTAGES, ValueError) as error:
        seen = f"cannot be reached ({reason(error)})"
        advice = "look at the network, the proxy and the firewall"
        return False, [Finding("Discord", "wrong", seen, advice)]
    if reply.status == 401:
        advice = (
            "copy the token again from the developer portal, Bot, and set DISCORD_TOKEN"
        )
        return False, [Finding("token", "wrong", "Discord does not accept it", advice)]
    if reply.status != 200:
        seen = f"answered with status {reply.status}"
        return False, [Finding("Discord", "wrong", seen, "try again later")]
    name = str(reply.application.get("name", "?"))[:40]
    return True, [
        Finding("token", "ok", f"accepted, for the application {name}"),
        _way_in(reply.application, settings),
        _installation(reply.application),
        *_link(reply.application),
        clock_finding(reply.date, clock),
    ]


def _way_in(application: PlainObject, settings: Settings) -> Finding:
    url, key = application.get("interactions_endpoint_url"), settings.ally_public_key
    if key and key.lower() != str(application.get("verify_key", "")).lower():
        return Finding(
            "interactions",
            "wrong",
            "ALLY_PUBLIC_KEY is another application's",
            "leave it empty, or copy it from the developer portal, General Information",
        )
    if url:
        return Finding(
            "interactions", "ok", f"Discord sends them to {url}, so use `ally serve`"
        )
    return Finding(
        "interactions", "ok", "Discord sends them over the gateway, so use `ally run`"
    )


def _installation(application: PlainObject) -> Finding:
    kinds = object_in(application.get("integration_types_config"))
    served = application.get("approximate_guild_count")
    count = (
        f"in about {served} servers"
        if served is not None
        else "in servers that Discord does not count"
    )
    if kinds and "0" not in kinds:
        return Finding(
            "installation",
            "wrong",
            "the application cannot be installed in servers",
            "developer portal, Installation: tick Guild Install",
        )
    guild = object_in(kinds.get("0"))
    scopes = list_in(object_in(guild.get("oauth2_install_params")).get("scopes"))
    if kinds and "applications.commands" not in scopes:
        return Finding(
            "installation",
            "note",
            f"{count}; the install link has no scope applications.commands",
            "developer portal, Installation: choose the scopes "
            "applications.commands and bot",
        )
    if application.get("bot_public") is False:
        return Finding(
            "installation",
            "note",
            f"{count}; only its owner can install it",
            "developer portal, Bot: Public Bot, if others shall",
        )
    personal = " and by people for themselves" if "1" in kinds else ""
    return Finding(
        "installation", "ok", f"{count}; can be installed in servers{personal}"
    )


def _link(application: PlainObject) -> list[Finding]:
    """Where the bot is added to a server."""
    number = str(application.get("id", ""))
    if not number.isdecimal():
        return []
    return [Finding("install link", "ok", install_link(int(number)))]


def clock_finding(stamp: str, clock: Clock) -> Finding:
    """How far this machine's clock is from the header Date of a reply."""
    try:
        skew = (clock.now() - email.utils.parsedate_to_datetime(stamp)).total_seconds()
    except (ValueError, TypeError):  # No date, or one without a zone.
        return Finding("clock", "note", "Discord did not say the time")
    seen = f"{skew:+.1f} s from Discord's"
    if abs(skew) > SKEW_SECONDS:
        advice = (
            "set it by NTP: the day of answers and the times of entries come from it"
        )
        return Finding("clock", "wrong", seen, advice)
    return Finding("clock", "ok", seen)
