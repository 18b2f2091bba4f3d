"""/brief: a page in words and, where the library for it is there, as PDF below them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import simcord
from pypdf import PdfReader

from bot.commands.explore import briefs
from bot.pictures.cache import NotDrawnError, PictureCache
from bot.pictures.paper import pdf_of
from tests.support.places import Place, reply
from tests.support.replies import text_of, values_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn, in this process."""
    pages: list[str] = []

    async def draw(
        _: PictureCache, __: object, text: Callable[[], str], ___: object
    ) -> bytes:
        pages.append(text())
        return pdf_of(pages[-1])

    monkeypatch.setattr(PictureCache, "drawn", draw)
    return pages


async def asked(place: Place, **options: Any) -> simcord.InteractionResult:
    return await place.cleo.slash(place.channel, "brief", **options)


async def test_a_brief_comes_in_words_with_the_page_below_them(
    place: Place, drawn: list[str]
) -> None:
    message = reply(await asked(place, country="belarus"))
    text = text_of(message)
    for heading in ("Strongest deeds", "What speaks against it", "Votes most like it"):
        assert heading in text
    assert len(drawn) == 1
    (file,) = message.attachments
    assert file.filename == "by.pdf"
    document = PdfReader(io.BytesIO(await file.read()))
    assert len(document.pages) == 1
    (shown,) = values_of(message.components, "url")
    assert shown.endswith("/by.pdf")


async def test_a_brief_that_cannot_be_drawn_comes_in_words(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> bytes:
        raise NotDrawnError

    monkeypatch.setattr(PictureCache, "drawn", fails)
    message = reply(await asked(place, country="belarus", private=True))
    assert message.ephemeral
    assert "Strongest deeds" in text_of(message)
    assert not message.attachments


async def test_without_the_library_a_brief_comes_in_words(
    place: Place, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefs, "can_print", lambda: False)
    message = reply(await asked(place, country="belarus"))
    assert "Strongest deeds" in text_of(message)
    assert not drawn
    assert not message.attachments


async def test_a_country_that_is_not_known_is_refused_kindly(
    place: Place, drawn: list[str]
) -> None:
    message = reply(await asked(place, country="atlantis"))
    assert message.ephemeral
    assert not drawn
