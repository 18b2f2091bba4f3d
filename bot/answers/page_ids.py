"""Custom ids of pages: each says the whole question, so that its button or choice in a
menu can be answered after a restart. ``bot/commands/explore/pages.py`` reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.document import Action
from bot.knowledge.text import length

LONGEST = 100
"""Characters of a custom id (Discord's /components/reference#button)."""


def of_actor(kind: str, code: str, on: date, page: int | str = 1) -> str:
    """A page of a kind about an actor on a day, for the presser alone."""
    return f"ally:{kind}:{code}:{on.isoformat()}:{page}"


def card(code: str, on: date) -> str:
    """An actor's card on a day, for the presser alone."""
    return of_actor("ask", code, on)


def timeline(code: str, on: date) -> str:
    """An actor's timeline as a picture."""
    return of_actor("timeline", code, on)


def turns(code: str, on: date, page: int | str = 1) -> str:
    """An actor's changes of level in words."""
    return f"turns:{code}:{on.isoformat()}:{page}"


def where(side: str, region: str, bloc: str, on: date, page: int | str = 1) -> str:
    """Who is on a side or level; ``region`` and ``bloc`` are empty for everywhere."""
    return f"where:{side}:{region}:{bloc}:{on.isoformat()}:{page}"


def movers(
    side: str, region: str, bloc: str, since: date, on: date, page: int | str = 1
) -> str:
    """Who has changed between two days and is on a side or level now."""
    days = f"{since.isoformat()}:{on.isoformat()}"
    return f"movers:{side}:{region}:{bloc}:{days}:{page}"


def roll(key: str, region: str, bloc: str) -> str:
    """A roll call's first page."""
    return f"roll:{key}:{region}:{bloc}"


def ballots(key: str, ballot: str, region: str, bloc: str, page: int | str = 1) -> str:
    """Who cast a ballot in a roll call."""
    return f"ballots:{key}:{ballot}:{region}:{bloc}:{page}"


def bloc(key: str, on: date, page: int | str = 1) -> str:
    """A bloc and its members."""
    return f"bloc:{key}:{on.isoformat()}:{page}"


def unity(key: str, on: date) -> str:
    """How united a bloc votes, by year."""
    return f"unity:{key}:{on.isoformat()}"


def measure(key: str, on: date, page: int | str = 1) -> str:
    """Who takes part in a measure."""
    return f"measure:{key}:{on.isoformat()}:{page}"


def compare(codes: Sequence[str], on: date) -> str:
    """Several actors beside each other."""
    return f"compare:{','.join(codes)}:{on.isoformat()}"


def shared(codes: Sequence[str], on: date, page: int | str = 1) -> str:
    """What several actors share."""
    return f"shared:{','.join(codes)}:{on.isoformat()}:{page}"


def compare_with(codes: Sequence[str], on: date) -> str:
    """Asks with whom else these actors are to be compared."""
    return f"with:{','.join(codes)}:{on.isoformat()}"


def forecast(key: str, on: date, page: int | str = 1) -> str:
    """A forecast, scored."""
    return f"forecast:{key}:{on.isoformat()}:{page}"


def changes(
    view: str, region: str, bloc: str, since: date, on: date, page: int | str = 1
) -> str:
    """What has changed between two days; ``view`` is one of ``changes.VIEWS``."""
    days = f"{since.isoformat()}:{on.isoformat()}"
    return f"changes:{view}:{region}:{bloc}:{days}:{page}"


def map_of(show: str, region: str, on: date) -> str:
    """A map as a picture; ``show`` is a key of ``bot.pictures.world.shows``."""
    return f"map:{show}:{region}:{on.isoformat()}"


def search(
    text: str,
    on: date,
    *,
    side: str = "",
    deed: str = "",
    region: str = "",
    since: date | None = None,
    page: int | str = 1,
) -> str:
    """Facts that a text asks for; ``side``, ``deed`` and ``region`` are empty for any,
    and of a text without line breaks.
    """
    begin = since.isoformat() if since else ""
    return f"search:{side}:{deed}:{region}:{begin}:{on.isoformat()}:{page}:{text}"


def publisher(key: str, on: date, page: int | str = 1) -> str:
    """What rests on a publisher or a host, by a key of ``bot.search.sources``."""
    return f"source:{on.isoformat()}:{page}:{key}"


def sources(page_id: str, page: int | str = 1) -> str:
    """The sources of another page."""
    return f"cited:{page}:{page_id}"


def that_fit(actions: Sequence[Action]) -> tuple[Action, ...]:
    """Those that are enabled and whose ids are no longer than Discord takes."""
    return tuple(
        action for action in actions if action.enabled and length(action.id) <= LONGEST
    )
