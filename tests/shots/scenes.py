"""What is asked in the simulated Discord for each picture, by its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.support.places import Place

Shown = Callable[[Place], Awaitable[Any]]


def _asks(command: str, **options: Any) -> Shown:
    async def shown(place: Place) -> Any:
        return await place.ada.slash(place.channel, command, **options)

    return shown


async def _preview(place: Place) -> Any:
    return await place.preview(
        "kazakhstan", claim="Kazakhstan's government closed a Russian consulate."
    )


SHOTS: Mapping[str, Shown] = {
    "belarus": _asks("ally", country="belarus"),
    "full": _asks("ally", country="belarus", full=True),
    "shared": _asks("ally", country="armenia", picture=True),
    "where": _asks("where", side="leans-ukraine"),
    "aid": _asks("where", **{"as": "aid"}),
    "vote": _asks("vote", resolution="es-11-1"),
    "bloc": _asks("bloc", name="csto"),
    "compare": _asks("compare", first="belarus", second="armenia"),
    "map": _asks("map"),
    "timeline": _asks("timeline", country="armenia"),
    "forecast": _asks("forecast"),
    "preview": _preview,
    "search": _asks("search", text="who expelled diplomats in 2022"),
    "source": _asks("source", name="TASS"),
    "settings": _asks("settings"),
    "help": _asks("help"),
}
"""The pictures of docs/pictures."""

IN_LANGUAGES: Mapping[str, Shown] = {
    "belarus": SHOTS["belarus"],
    "where": _asks("where", side="leans-russia"),
    "form": _asks("entry add", country="kazakhstan"),
    "error": _asks("ally", country="belarus", on="2022-13"),
    "map": SHOTS["map"],
    "timeline": SHOTS["timeline"],
}
"""The scenes of a language's contact sheet, in their order there."""
