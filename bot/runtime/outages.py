"""How a request to another machine fails, and whether the same one to Discord may
succeed later.
"""

from __future__ import annotations

import aiohttp
import discord

OUTAGES = (aiohttp.ClientError, OSError)
"""Faults of the way there, as aiohttp has them and discord.py lets them through. A
TimeoutError is an OSError.
"""
UNSENT = (discord.HTTPException, *OUTAGES)
"""Whatever says that Discord did not do what it was asked."""
_TOO_MANY = 429


def may_succeed_later(error: BaseException) -> bool:
    """Whether it is nobody's fault here: the way to Discord failed, Discord itself did,
    or it has been asked for too much.
    """
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == _TOO_MANY
    return isinstance(error, OUTAGES)


def reason_of(error: BaseException) -> str:
    """What a log says of it: Discord's code where there is one, else what it is."""
    if isinstance(error, discord.HTTPException) and error.code:
        return f"code {error.code}"
    return type(error).__name__
