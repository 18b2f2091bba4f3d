"""The real bot in a simulated Discord, and what its readers see, as a browser draws
it.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import simcord
from PIL import Image
from simcord import interactions

from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.store.database import Store
from bot.store.services import Services
from tests.shots.browser import Screen, Tab, browser
from tests.shots.scenes import Shown
from tests.support.bases import DATA, TODAY
from tests.support.clocks import FrozenClock
from tests.support.places import Place, client_of, reply

_READY = """(() => {{
  const shown = document.querySelector('{0}');
  if (!shown || document.fonts.status !== 'loaded') return null;
  const images = [...shown.querySelectorAll('img')];
  if (!images.every(each => each.complete && each.naturalWidth)) return null;
  const box = shown.getBoundingClientRect();
  if (!box.height) return null;
  return {{x: box.x + scrollX, y: box.y + scrollY,
           width: box.width, height: box.height}};
}})()"""
"""Where on the page something stands; nothing until it is wholly there."""
_ALONE = """(() => {{
  const shown = document.querySelector('{0}');
  document.body.replaceChildren(shown);
  for (const each of [document.documentElement, document.body]) {{
    each.style.cssText = 'overflow: visible; height: auto; display: block; margin: 0';
  }}
  shown.style.cssText = '{1}';
  return true;
}})()"""
"""Takes the preview's own frame away: what is left is shown in whole."""
_MESSAGE = "#focused-content:not([hidden])"
_MESSAGE_STYLE = "width: auto; max-width: 860px; margin: 0; box-shadow: none"
_FORM = ".modal-dialog"
_FORM_STYLE = "width: auto; max-width: 480px; max-height: none; margin: 0"


@dataclass(frozen=True, slots=True)
class Studio:
    """A server in the simulated Discord, and a browser's tab."""

    place: Place
    tab: Tab

    async def taken(self, scene: Shown, *screens: Screen) -> list[Image.Image]:
        """What a reader sees of a scene, a message or a form, on each screen."""
        result = await scene(self.place)
        shown, style = _MESSAGE, _MESSAGE_STYLE
        target: Any = result
        if result.modal is None:
            target = reply(result)
        else:
            shown, style = _FORM, _FORM_STYLE
        page = self.place.env.preview(
            self.place.channel,
            viewers=[self.place.ada],
            # A form needs a message behind it.
            layout="message" if result.modal is None else "channel",
            width=960,
        )
        async with page as preview:
            await preview.show(target)
            return [
                await self._seen(preview.url, screen, shown, style)
                for screen in screens
            ]

    async def _seen(
        self, url: str, screen: Screen, shown: str, style: str
    ) -> Image.Image:
        await self.tab.open(url, screen)
        await self.tab.until(_READY.format(shown))
        await self.tab.script(_ALONE.format(shown, style))
        # What moves comes to rest.
        await asyncio.sleep(0.4)
        png = await self.tab.shot(await self.tab.until(_READY.format(shown)))
        return Image.open(io.BytesIO(png)).convert("RGB")


@asynccontextmanager
async def studio() -> AsyncGenerator[Studio]:
    """The bot with the base that ships on the tests' day, ready to be asked."""
    base = read_base(DATA, TODAY)
    clock = FrozenClock()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/ally.db", clock=clock.now)
        services = Services(store, base, names_of(base))
        await services.open()
        try:
            async with (
                simcord.run(client_of(services), settle_timeout=60.0) as env,
                browser() as tab,
            ):
                env.backend.bot_user.name = "Ally"
                yield Studio(Place(env), tab)
        finally:
            await services.close()


def speak(locale: str) -> None:
    """Let every reader of the simulated Discord, which knows English alone, have a
    language, as Discord writes it.
    """
    made = _PAYLOAD

    def payload(*args: Any, **options: Any) -> Any:
        record, body = made(*args, **options)
        body["locale"] = locale
        body["guild_locale"] = locale
        return record, body

    interactions.base_payload = payload


_PAYLOAD = interactions.base_payload
