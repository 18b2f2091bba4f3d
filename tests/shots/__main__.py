"""``python -m tests.shots [NAME…]``: docs/pictures made anew, from the real bot in a
simulated Discord, as a phone 390 points wide shows it and as a desktop of 1,280 does.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import simcord
from PIL import Image

from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.store.database import Store
from bot.store.services import Services
from tests.shots.browser import DESKTOP, PHONE, Screen, Tab, browser
from tests.support.bases import DATA, TODAY
from tests.support.clocks import FrozenClock
from tests.support.places import Place, client_of, reply

TARGET = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = (96, 48, 24)
"""Of a picture's palette: the most with which it is small enough."""
SMALLER = 0.65
"""What is left of the width of a picture that is too large with the fewest colours."""
LARGEST = 150_000
"""Bytes that a picture may take."""

Shown = Callable[[Place], Awaitable[Any]]


def _asks(command: str, **options: Any) -> Shown:
    async def shown(place: Place) -> Any:
        return await place.ada.slash(place.channel, command, **options)

    return shown


async def _preview(place: Place) -> Any:
    return await place.preview(
        "kazakhstan", claim="Kazakhstan's government closed a Russian consulate."
    )


SHOTS: dict[str, Shown] = {
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
"""What is asked for each picture, by its name."""

_MESSAGE = "document.querySelector('#focused-content:not([hidden])')"
_READY = f"""(() => {{
  const message = {_MESSAGE};
  if (!message || document.fonts.status !== 'loaded') return null;
  const images = [...message.querySelectorAll('img')];
  if (!images.every(each => each.complete)) return null;
  const box = message.getBoundingClientRect();
  if (!box.height) return null;
  return {{x: box.x + scrollX, y: box.y + scrollY,
           width: box.width, height: box.height}};
}})()"""


_ALONE = """(() => {
  const message = document.querySelector('#focused-content');
  document.body.replaceChildren(message);
  for (const each of [document.documentElement, document.body]) {
    each.style.cssText = 'overflow: visible; height: auto; display: block; margin: 0';
  }
  message.style.cssText = 'width: auto; max-width: 860px; margin: 0; box-shadow: none';
  return true;
})()"""
"""Takes the preview's own frame away: what is left is the message, in whole."""


def _saved(image: Image.Image, colours: int) -> bytes:
    out = io.BytesIO()
    few = image.quantize(
        colours,
        # Of many colours MAXCOVERAGE takes the mean with a picture's ground.
        method=Image.Quantize.FASTOCTREE,
        dither=Image.Dither.NONE,
    )
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def small(png: bytes) -> bytes:
    """The same picture with as many colours and pixels as make it small enough."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        found = _saved(image, colours)
        if len(found) <= LARGEST:
            return found
    size = (round(image.width * SMALLER), round(image.height * SMALLER))
    image.thumbnail(size, Image.Resampling.LANCZOS)
    return _saved(image, COLOURS[-1])


async def _taken(tab: Tab, url: str, screen: Screen) -> bytes:
    await tab.open(url, screen)
    await tab.until(_READY)
    await tab.script(_ALONE)
    # What moves comes to rest.
    await asyncio.sleep(0.4)
    return await tab.shot(await tab.until(_READY))


async def _shots(names: list[str]) -> None:
    base = read_base(DATA, TODAY)
    clock = FrozenClock()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/ally.db", clock=clock.now)
        services = Services(store, base, names_of(base))
        await services.open()
        try:
            async with (
                simcord.run(client_of(services)) as env,
                browser() as tab,
            ):
                env.backend.bot_user.name = "Ally"
                place = Place(env)
                for name in names:
                    await _shot(name, place, tab)
        finally:
            await services.close()


async def _shot(name: str, place: Place, tab: Tab) -> None:
    result = await SHOTS[name](place)
    page = place.env.preview(
        place.channel, viewers=[place.ada], layout="message", width=960
    )
    async with page as preview:
        await preview.show(reply(result))
        for screen in (PHONE, DESKTOP):
            png = small(await _taken(tab, preview.url, screen))
            path = TARGET / f"{name}{screen.name}.png"
            path.write_bytes(png)
            much = "  too large" if len(png) > LARGEST else ""
            print(f"{path.name:24}{len(png):>9,}{much}")


def main() -> int:
    """Make every picture, or those that the command line names."""
    names = sys.argv[1:] or list(SHOTS)
    asyncio.run(_shots(names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
