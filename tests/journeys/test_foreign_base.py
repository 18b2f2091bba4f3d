"""A base that shares nothing with the shipped one goes through every command, button,
menu and form, and no reply, form, choice or picture has a word of the shipped conflict.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answers.texts import languages
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.pictures.cache import PictureCache
from bot.store.database import Store
from bot.store.services import Services
from tests.support.bases import FOREIGN_TODAY, SHIPPED_WORDS
from tests.support.clocks import FrozenClock
from tests.support.crawl import Crawl, Found, Script, Way, expected
from tests.support.databases import body
from tests.support.everything import SCRIPT, commands_of, templates_of
from tests.support.posted import Payload, Posted, Reader, Sent, open_client, pressed

pytestmark = pytest.mark.asyncio

OF_A_FAMILY = 12
"""Buttons of one family that a reader follows."""
_COUNTRIES = ("orchard", "meadow", "zz")
_ON = ("1996-05-05", "02/03/2002", "2 March 2002", "2031", "yesterdayish", "1900")
DATED = ("compare", "where", "bloc", "forecast", "timeline", "map", "brief")
EVENT = body("harvest", "The harvest was shared.") | {
    "date": "2002-01-05",
    "toward": "ashford",
    "deed": "letter",
}
FOREIGN = Script(
    options={
        **SCRIPT.options,
        "country": _COUNTRIES,
        "first": _COUNTRIES,
        "second": ("meadow", "orchard", "zz"),
        "third": ("hillside", "zz"),
        "fourth": ("NZ", "zz"),
        "on": _ON,
        "side": ("ashford", "between", "all", "x" * 100),
        "region": ("009", "o", "nowhere"),
        "bloc": ("market", "Market day", "nothing"),
        "resolution": ("lamp-6", "LAMP/4", "1996", "nothing"),
        "show": ("levels", "bloc:market", "vote:lamp-6", "measure:toll", "nothing"),
        "search": ("harvest", "nothing"),
        "what": ("orchard", "everything", "bloc:market", "side:ashford", "nothing"),
        "text": ("harvest", "pier closed", "nothing"),
        "deed": ("letter", "nothing"),
        "as": ("nothing",),
        "source name": ("Gazette", "nothing"),
        "search side": ("ashford", "nothing"),
        **dict.fromkeys(
            ("search since", "changes since"), ("1994", "02/03/2002", "2031")
        ),
        "topic": ("votes", "levels", "order", "forecasts", "009", "nothing"),
        "where since": ("1994", "02/03/2002", "2031"),
        **{f"{command} on": ("02/03/2002", "1996", "2031") for command in DATED},
        "bloc name": ("market", "Market day", "nothing"),
        "forecast name": ("almanac", "nothing"),
        "suggest country": ("orchard", "meadow", "hillside", "NZ"),
        "entry alias name": ("Appletown", "Meadow"),
    },
    fields={
        "claim": "The council of Orchard closed its pier.",
        "date": "2 March 2002",
        "toward": "ashford",
        "deed": "letter",
        "source": "https://example.org/pier\nGazette\nPier closed\n2002-03-03",
        "country": "orchard",
        "reason": "It says so itself.",
        "with": "meadow, hillside",
        "level": "between",
        "summary": "It closed its pier.",
    },
    upload=json.dumps(
        {
            "code": "meadow",
            "kind": "state",
            "names": {"short": "Meadow"},
            "reviewed": "2004-01-01",
            "events": [EVENT],
        }
    ).encode(),
    texts=("Orchard and Meadow", "nobody at all"),
    first=SCRIPT.first,
    beside={"where since": {"region": "009"}},
    always=SCRIPT.always,
)


@dataclass(slots=True)
class Heard(Found):
    """What was sent, as text."""

    said: dict[str, str] = field(default_factory=dict[str, str])
    """The first occasion of each text with a word of the shipped conflict."""

    def take(self, kinds: Iterable[str], asked: str, sent: Sequence[Sent]) -> None:
        if not sent:
            self.silent.append(asked)
        for kind in kinds:
            self.kinds[kind] += len(sent)
        for each in sent:
            self.total += 1
            text = json.dumps(each.body, ensure_ascii=False, default=str)
            for word in SHIPPED_WORDS.findall(text):
                self.said.setdefault(word, f"{asked}: {text}")


class Sampled(Crawl):
    """Follows so many of each family of buttons: a list's pages of every region, level
    and day say the same words.
    """

    def __init__(self, posted: Posted, way: Way) -> None:
        super().__init__(posted, way)
        self.followed: Counter[str] = Counter()
        self.message: Payload = {}

    def _is_new(self, *key: str) -> bool:
        family = ", ".join(self._kinds(key[-1]))
        if self.followed[family] >= OF_A_FAMILY or not super()._is_new(*key):
            return False
        self.followed[family] += 1
        return True

    async def _press_all(self, sent: Sent, message: Payload) -> None:
        await super()._press_all(sent, message)
        self.message = message

    async def press(self, custom_id: str) -> None:
        """Press a button that stands under longer lists than this base has."""
        button = {"type": 2, "style": 2, "label": "More", "custom_id": custom_id}
        row = {"type": 1, "components": [button]}
        message = {**self.message, "components": [row]}
        asked = pressed(self.reader, message, button, [])
        await self._ask(self._kinds(custom_id), asked, custom_id)


class Looked(PictureCache):
    """Every picture is looked at as SVG, and none is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.svgs: list[str] = []

    async def picture(self, key: Hashable, svg: Callable[[], str]) -> bytes:
        self.svgs.append(svg())
        return b"png"


@pytest.fixture
def pictures() -> Looked:
    return Looked()


@pytest_asyncio.fixture
async def posted(
    lighthouse: Base, lighthouse_names: NameIndex, pictures: Looked, tmp_path: Path
) -> AsyncGenerator[Posted, None]:
    """The bot over the foreign base, on a day of its own time."""
    clock = FrozenClock()
    clock.at = datetime.combine(FOREIGN_TODAY, time(12), UTC)
    store = Store(f"sqlite:///{tmp_path / 'ally.db'}", clock=clock.now)
    services = Services(store, lighthouse, lighthouse_names)
    await store.open()
    yield await open_client(services, clock.today, pictures)
    await services.close()


LONGER = (
    "forecast:almanac:2002-02-03:1",
    "movers:all:::1994-01-01:2002-02-03:1",
    "measure:toll:2002-02-03:1",
    "entries:1:retired::0",
    "poll:orchard",
)
"""Buttons under lists that are longer than those of seven actors, and of a server that
allows more.
"""


async def test_every_reply_of_a_foreign_base_is_without_a_word_of_the_shipped_one(
    posted: Posted, pictures: Looked, caplog: pytest.LogCaptureFixture
) -> None:
    kinds: set[str] = set()
    for turn in range(3):
        guild = 2000 + turn
        posted.join(guild)
        # The words of other languages are others: German's *war* is no war.
        way = Way(
            Reader("en-US", guild),
            FOREIGN,
            templates_of(posted),
            turn,
            frozenset(languages()) - {"en"},
        )
        crawl = Sampled(posted, way)
        crawl.found = heard = Heard()
        for option in ("review_channel", "audit_channel"):
            await crawl.command("settings", {option: (7, "400")})
        await crawl.run(commands_of(posted))
        for custom_id in LONGER:
            await crawl.press(custom_id)
        assert not heard.said, "\n".join(heard.said.values())
        assert not heard.silent
        kinds |= heard.kinds.keys()
    assert not [each.getMessage() for each in caplog.records if "failed" in each.msg]
    awaited = expected(commands_of(posted), templates_of(posted))
    assert awaited <= kinds
    assert len(pictures.svgs) > 10
    for svg in pictures.svgs:
        assert not SHIPPED_WORDS.findall(svg)
