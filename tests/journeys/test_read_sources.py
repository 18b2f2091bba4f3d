"""A moderator gives a source's address alone: where the operator allows it, Ally reads
the rest from the page and shows it to be put right; elsewhere Ally asks for it.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.runtime.page_reader import PageReader, UnreadablePageError
from bot.service.client import Client
from bot.store.services import Services
from bot.ui.replies import ReplyCache
from tests.support.clocks import FrozenClock
from tests.support.places import Place, filled, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio

ADDRESS = "https://news.example.org/consulate"
PAGE = b"""<meta property="og:site_name" content="Gazette">
<meta property="og:title" content="Consulate closed, @everyone">
<meta property="article:published_time" content="2024-03-03T08:00:00Z">"""


class Known(PageReader):
    """Knows one page, and counts what it is asked for."""

    asked = 0

    async def read(self, url: str) -> bytes:
        """The page, or why not."""
        type(self).asked += 1
        if url != ADDRESS:
            raise UnreadablePageError
        return PAGE


@pytest.fixture
def allowed() -> bool:
    return True


@pytest.fixture
def simcord_bot(
    services: Services, clock: FrozenClock, way: type[Client], allowed: bool
) -> Client:
    Known.asked = 0
    replies = ReplyCache(services.views, clock.today, "test")
    pages = Known("test") if allowed else None
    return way(replies, services, clock=None, pages=pages)


def values_in(form: Any) -> dict[str, str]:
    fields = [label["component"] for label in form["components"]]
    return {each["custom_id"]: each.get("value") or "" for each in fields}


async def test_what_the_page_says_is_shown_corrected_and_published(
    place: Place,
) -> None:
    preview = reply(await place.preview(source=ADDRESS))
    assert "I read this from the page" in text_of(preview)
    assert "Gazette · Consulate closed" in text_of(preview)
    form = await place.ada.click(preview, label="Edit")
    source = values_in(form.modal)["source"]
    assert source == f"{ADDRESS}\nGazette\nConsulate closed, @everyone\n2024-03-03"
    corrected = source.replace(", @everyone", "")
    await place.ada.submit_modal(form, filled(source=corrected))
    assert "I read this" not in text_of(preview)
    assert Known.asked == 1
    await place.ada.click(preview, label="Publish")
    assert "#1 Belarus: added" in text_of(preview)


async def test_an_address_left_alone_in_an_edited_draft_is_read_too(
    place: Place,
) -> None:
    preview = reply(await place.preview(source="nothing yet"))
    form = await place.ada.click(preview, label="Edit")
    await place.ada.submit_modal(form, filled(source=ADDRESS))
    assert "I read this from the page" in text_of(preview)


async def test_a_page_that_cannot_be_read_is_asked_about(place: Place) -> None:
    preview = reply(await place.preview(source="https://example.org/other"))
    assert "Who published it?" in text_of(preview)
    assert "What is its title?" in text_of(preview)
    assert "https://example.org/other" in text_of(preview)


async def test_what_members_propose_opens_no_page(place: Place) -> None:
    shown = await place.cleo.slash(place.channel, "suggest", country="belarus")
    preview = await place.cleo.submit_modal(shown, filled(source=ADDRESS))
    assert "Who published it?" in text_of(reply(preview))
    assert not Known.asked


@pytest.mark.parametrize("allowed", [False])
async def test_where_the_operator_has_not_allowed_it_ally_asks(place: Place) -> None:
    preview = await place.preview(source=ADDRESS)
    assert "Who published it?" in text_of(reply(preview))
    assert not Known.asked
