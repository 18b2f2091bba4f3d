"""The site in a real browser: for those who see little, have no mouse, a small phone or
no script.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.answers import web_pages
from bot.answers.texts import english
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from tests.shots.browser import DESKTOP, PHONE, Screen, Tab, browser, chromium
from tests.site.sites import Files, made
from tests.support import axe
from tests.support.bases import FOREIGN_TODAY, TODAY, foreign
from tests.support.made_once import made_once

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(chromium() is None, reason="the package chromium is missing"),
]

KINDS = (
    "en/index",
    "en/search",
    "en/news",
    "en/method",
    "en/votes",
    "en/blocs",
    "en/measures",
    "en/deeds",
    "en/forecasts",
    "en/actor/by",
    "en/actor/hu",
    "en/vote/es-11-1",
    "en/bloc/csto",
    "en/measure/sanctions-ru",
    "en/forecast/express-2022-01-26",
    "en/deed/blocked",
    web_pages.publisher("The Kyiv Independent", english()).removesuffix(".html"),
    "404",
)
"""A page of each kind."""
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
VIOLATIONS = ".then((all) => JSON.stringify(all.violations))"
COLOURS = "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"
"""The rules about colours that axe-core runs by itself (its documentation, Rules)."""
LOADED = "performance.getEntriesByType('resource').map((each) => each.name)"
REACHABLE = """
[...document.querySelectorAll(
  "a[href], button, input, summary, [tabindex='0']")].filter(
  (each) => each.checkVisibility({visibilityProperty: true}) && !each.hidden
).length
"""
FOCUSED = """
(() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const every = [...document.querySelectorAll("*")];
  const drawn = here.querySelector("path, circle");
  const style = getComputedStyle(here);
  const line = drawn ? getComputedStyle(drawn).strokeWidth : style.outlineWidth;
  const seen = drawn ? parseFloat(line) > 30 : style.outlineStyle !== "none";
  return [every.indexOf(here), seen, here.outerHTML.slice(0, 90)];
})()
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing; a page that there is not is the site's own."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


def _put(files: Files, folder: Path) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


@pytest.fixture(scope="module")
def served(
    base: Base, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the shipped base's site; that of the small one lies in
    ``small/``.
    """
    make = functools.partial(made, base, TODAY, url="")
    _put(made_once(tmp_path_factory, "site-without-address", make), folder)
    small = read_base(foreign(folder / "data"), FOREIGN_TODAY)
    _put(made(small, FOREIGN_TODAY, url=""), folder / "small")
    handler = functools.partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


async def visit(tab: Tab, url: str, screen: Screen = PHONE) -> None:
    """Open a page and wait until it is whole."""
    await tab.open(url, screen)
    await tab.until(f"location.href === {url!r} && document.readyState === 'complete'")


async def prefer(tab: Tab, scheme: str) -> None:
    """Be a reader who prefers dark or light pages."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    await tab.call("Emulation.setEmulatedMedia", features=features)


async def press(tab: Tab, key: str, code: int) -> None:
    """Press a key and let it go."""
    about = {"key": key, "code": key, "windowsVirtualKeyCode": code}
    text = {"text": "\r"} if key == "Enter" else {}
    await tab.call("Input.dispatchKeyEvent", type="keyDown", **about, **text)
    await tab.call("Input.dispatchKeyEvent", type="keyUp", **about)


@pytest.mark.skipif(bool(axe.missing()), reason=axe.missing() or "axe is there")
async def test_no_kind_of_page_has_anything_that_axe_finds_or_policy_refuses(
    served: str,
) -> None:
    script = axe.SCRIPT.read_text("utf-8")
    found: dict[str, list[str]] = {}
    async with browser() as tab:
        await tab.call("Page.enable")
        await tab.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        for kind in KINDS:
            await prefer(tab, "light")
            await visit(tab, f"{served}/{kind}.html")
            await tab.script(
                "document.querySelectorAll('details').forEach("
                "(each) => { each.open = true; })"
            )
            await tab.call("Runtime.evaluate", expression=script)
            light = await tab.script(f"axe.run(){VIOLATIONS}")
            # Of all that axe looks at, only colours are others in the dark.
            await prefer(tab, "dark")
            dark = await tab.script(f"axe.run({COLOURS}){VIOLATIONS}")
            refused = await tab.script("window.refused")
            loaded = await tab.script(LOADED)
            elsewhere = [each for each in loaded if not each.startswith(served)]
            violations = [*axe.violations(light), *axe.violations(dark)]
            if wrong := [*violations, *refused, *elsewhere]:
                found[kind] = wrong
    assert not found


async def test_no_page_is_wider_than_its_screen(served: str) -> None:
    wide: dict[str, int] = {}
    async with browser() as tab:
        for kind in KINDS:
            await visit(tab, f"{served}/{kind}.html", DESKTOP)
            for screen in (DESKTOP, PHONE, Screen("", 320, 2, mobile=True)):
                await tab.be(screen)
                shown = "document.documentElement.clientWidth"
                await tab.until(f"{shown} === {screen.width}")
                width = await tab.script("document.documentElement.scrollWidth")
                if width > screen.width:
                    wide[f"{kind} at {screen.width}"] = width
    assert not wide


async def walked(tab: Tab) -> int:
    """How many places the Tab key reaches before it comes back to one or leaves."""
    places: set[int] = set()
    while True:
        await press(tab, "Tab", 9)
        focused = await tab.script(FOCUSED)
        if focused is None or focused[0] in places:
            return len(places)
        place, seen, html = focused
        assert seen, html
        places.add(place)


async def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(
    served: str,
) -> None:
    async with browser() as tab:
        for page in ("index", "actor/meadow", "vote/lamp-6", "search"):
            await visit(tab, f"{served}/small/en/{page}.html", DESKTOP)
            wanted = await tab.script(REACHABLE)
            assert await walked(tab) == wanted > 20, page


async def test_the_first_key_offers_to_skip_to_the_content(served: str) -> None:
    async with browser() as tab:
        await visit(tab, f"{served}/small/en/index.html")
        await press(tab, "Tab", 9)
        await press(tab, "Enter", 13)
        assert await tab.until("location.hash === '#content'")
        assert await tab.script("document.activeElement.id") == "content"


async def test_the_switch_turns_dark_and_light_and_the_next_page_remembers(
    served: str,
) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    async with browser() as tab:
        await prefer(tab, "light")
        await visit(tab, f"{served}/small/en/index.html")
        light = await tab.script(paper)
        assert await tab.script("document.getElementById('theme').textContent") == (
            "Dark"
        )
        await tab.script("document.getElementById('theme').click()")
        dark = await tab.script(paper)
        await visit(tab, f"{served}/small/en/search.html")
        assert await tab.script(paper) == dark != light
        await prefer(tab, "dark")
        await tab.script("document.getElementById('theme').click()")
        assert await tab.script(paper) == light


async def test_a_name_in_any_language_or_a_word_of_a_fact_is_found(
    served: str,
) -> None:
    async with browser() as tab:
        for typed, page in (
            ("Weißrussland", "actor/by.html"),
            ("ألمانيا", "actor/de.html"),
            ("日本", "actor/jp.html"),
            ("ΕΛΛΆΔΑ", "actor/gr.html"),
            ("oreshnik", "actor/by.html"),
        ):
            await visit(tab, f"{served}/en/method.html")
            await tab.script("document.getElementById('q').focus()")
            await tab.call("Input.insertText", text=typed)
            await press(tab, "Enter", 13)
            await tab.until("location.pathname === '/en/search.html'")
            link = f"document.querySelector('#results a[href$=\"{page}\"]')"
            assert await tab.until(f"{link} !== null"), typed


async def test_what_is_waited_for_may_be_on_the_next_page(served: str) -> None:
    async with browser() as tab:
        await visit(tab, f"{served}/small/en/index.html")
        await tab.script("setTimeout(() => location.assign('search.html'), 50)")
        # It is asked where the page is left before it can say anything.
        later = "location.pathname.endsWith('search.html')"
        await tab.until(f"new Promise((say) => setTimeout(() => say({later}), 500))")


async def test_nonsense_is_told_to_be_found_nowhere_and_is_never_markup(
    served: str,
) -> None:
    async with browser() as tab:
        await visit(tab, f"{served}/en/search.html?q=%3Cimg%20src%3Dx%3Eqqq")
        said = "document.getElementById('results').textContent.includes('Nothing')"
        assert await tab.until(said)
        assert await tab.script("document.querySelector('#results img')") is None


async def test_a_day_between_two_changes_opens_the_card_of_the_change_before(
    served: str,
) -> None:
    async with browser() as tab:
        await visit(tab, f"{served}/en/actor/by.html#day-2020-05-05")
        opened = "[...document.querySelectorAll('details[open]')].map((e) => e.id)"
        assert await tab.until(f"{opened}.length") == 1
        assert (await tab.script(opened))[0] < "day-2020-05-05"


async def test_without_a_script_every_page_is_whole(served: str) -> None:
    async with browser() as tab:
        await tab.call("Emulation.setScriptExecutionDisabled", value=True)
        await visit(tab, f"{served}/en/actor/by.html")
        assert await tab.script("document.querySelectorAll('details').length") >= 2
        shown = "document.body.innerText"
        assert "Ally of Russia" in await tab.script(shown)
        assert await tab.script("document.getElementById('theme').hidden")
        await visit(tab, f"{served}/en/search.html")
        letters = "document.querySelectorAll('#letters a').length"
        assert await tab.script(letters) > 200
