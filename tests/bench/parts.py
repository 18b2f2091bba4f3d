"""What the parts of one answer cost in processor time, without Discord or a network:
admission with its count and its line in the log, the way from the payload to the bytes,
a signature.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable

from nacl.signing import SigningKey

from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.runtime.admission import InteractionTrace
from bot.runtime.clock import ServerClock
from bot.runtime.discord_internals import read_json
from bot.runtime.logs import TextLines
from bot.service.client import Client
from bot.service.http import Signatures
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.bench.base import Row
from tests.support.bases import DATA, TODAY
from tests.support.payloads import id_at, interaction

TIMES = 5_000
_KEY = SigningKey(b"k" * 32)


def each(work: Callable[[int], object], first: int = 0) -> float:
    """Microseconds of processor time that one call takes; ``work`` gets its number."""
    for number in range(first, first + 200):
        work(number)
    begun = time.thread_time()
    for number in range(first + 200, first + 200 + TIMES):
        work(number)
    return (time.thread_time() - begun) / TIMES * 1e6


def _listening() -> None:
    """Have the log written as a process does, to nowhere."""
    handler = logging.StreamHandler(open(os.devnull, "w"))  # noqa: SIM115, PTH123 - until the process ends
    handler.setFormatter(TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


async def _measured() -> list[tuple[str, float]]:
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "bench")
    client = Client(replies, clock=ServerClock())
    _listening()
    command = interaction("1", "ally", {"country": "belarus"})
    typing = interaction("1", "ally", {"country": "bel"})
    typing["type"] = 4
    typing["data"]["options"][0]["focused"] = True
    frame, now = json.dumps(command).encode(), time.time()

    def admitted(number: int) -> None:
        key = str(id_at(now) + number)
        trace = client.admission.admit(command | {"id": key})
        assert isinstance(trace, InteractionTrace)
        with client.admission.handling(trace):
            pass

    def checked(number: int) -> None:
        stamp, text = str(int(now)), b"%d" % number + frame
        signed = _KEY.sign(stamp.encode() + text).signature.hex()
        signing.append((signed, stamp, text))

    signing: list[tuple[str, str, bytes]] = []
    for number in range(TIMES + 200):
        checked(number)
    signatures = Signatures(_KEY.verify_key.encode().hex(), ServerClock())
    admission = each(admitted)
    begun = time.thread_time()
    client.admission.flush()
    admission += (time.thread_time() - begun) / TIMES * 1e6
    return [
        ("reading a payload's JSON", each(lambda _: read_json(frame))),
        ("admission, its count and its line in the log", admission),
        (
            "from the payload to the bytes, /ally",
            each(lambda _: client.fast_path.reply(command)),
        ),
        (
            "the same for a country half typed",
            each(lambda _: client.fast_path.reply(typing)),
        ),
        (
            "checking a signature (HTTP)",
            each(lambda number: signatures.fault(*signing[number])),
        ),
    ]


def measure() -> list[Row]:
    found = asyncio.run(_measured())
    return [(what, f"{took:.1f} µs", "", "") for what, took in found]
