"""Why something far away could not be reached, in words for an operator."""

from __future__ import annotations

import os

import aiohttp
import discord


def reason(error: BaseException) -> str:
    """What went wrong on the way to another machine, or there; without what was asked
    or sent.
    """
    match error:
        case discord.HTTPException():
            return f"it answered with status {error.status}"
        case TimeoutError():
            return "no answer came in time"
        case aiohttp.ClientConnectorDNSError():
            return "the name of its machine cannot be looked up"
        case aiohttp.ClientSSLError():
            return "its certificate is not good"
        case aiohttp.ClientProxyConnectionError():
            return "the proxy cannot be reached"
        case OSError() if error.errno:
            # Its own words may be Python's: Connect call failed ('127.0.0.1', 1).
            return os.strerror(error.errno).lower()
        case ValueError() | aiohttp.ClientPayloadError():
            return "it answered with what nobody understands"
        case _:
            return "the connection broke"
