"""What is kept is kept under all that it depends on: the question, the revision of what
a server sees, the reader's locale, and whether the server's own could be read.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.answers.texts import Texts
from bot.commands.explore.context import ReplyContext
from bot.commands.explore.pages import Filters, PageReplies
from bot.commands.explore.pictures import MapQuestion, PictureReplies
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.pictures.cache import PictureCache
from bot.store.views import ServerView, ServerViews
from bot.ui.interaction import Interaction
from tests.support.bases import TODAY

pytestmark = pytest.mark.asyncio


class Sent:
    """Stands for an interaction; keeps what it was answered with."""

    def __init__(self) -> None:
        self.views: list[Any] = []
        self.response = self

    async def send_message(self, *, view: Any, **_: Any) -> None:
        self.views.append(view)

    async def defer(self, **_: Any) -> None:
        return

    async def edit_original_response(self, *, view: Any, **_: Any) -> None:
        self.views.append(view)

    def text(self) -> str:
        return str(self.views[-1].to_components())


Ask = Callable[[Interaction, ReplyContext], Awaitable[None]]


def asked(pages: PageReplies, pictures: PictureReplies) -> dict[str, Ask]:
    everywhere = Filters()
    return {
        "compare": lambda i, c: pages.compare(i, c, ["BY", "AM"], TODAY),
        "where": lambda i, c: pages.where(i, c, "all", everywhere, TODAY),
        "movers": lambda i, c: pages.movers(
            i, c, "all", Filters("150"), since=TODAY.replace(year=2022), on=TODAY
        ),
        "roll": lambda i, c: pages.roll(i, c, "es-11-1", everywhere),
        "bloc": lambda i, c: pages.bloc(i, c, "csto", TODAY),
        "forecast": lambda i, c: pages.forecast(i, c, "express-2022-01-26", TODAY),
        "timeline": lambda i, c: pictures.timeline(i, c, "BY", TODAY, "dark"),
        "map": lambda i, c: pictures.map(i, c, MapQuestion("levels", TODAY, "150")),
    }


KINDS = tuple(
    name
    for owner in (PageReplies, PictureReplies)
    for name, member in vars(owner).items()
    if inspect.iscoroutinefunction(member) and not name.startswith("_")
)


@pytest.fixture
def context(base: Base, names: NameIndex) -> ReplyContext:
    server = ServerViews(base, names, None).kept(None)
    assert server is not None
    return ReplyContext(server, Texts("en", names.display), "en-US", private=False)


def named(context: ReplyContext, mark: str, locale: str, revision: str) -> ReplyContext:
    """The same question from a server of another revision, or in another locale, with
    a mark in every name, so that what was kept for others is seen.
    """
    base = replace(context.base, revision=revision)
    server: ServerView = replace(context.server, base=base)

    def name(code: str, _locale: str) -> str:
        return f"{mark}{code}"

    return ReplyContext(server, Texts("en", name), locale, private=False)


class NoDrawing(PictureCache):
    """Draws nothing, and keeps what it was given under the question."""

    def __init__(self) -> None:
        self.kept_pictures: dict[Any, bytes] = {}

    def kept(self, key: Any) -> bytes | None:
        return self.kept_pictures.get(key)

    async def picture(self, key: Any, svg: Callable[[], str]) -> bytes:
        self.kept_pictures[key] = svg().encode()
        return self.kept_pictures[key]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_kept_for_one_revision_or_locale_is_shown_to_no_other(
    context: ReplyContext, kind: str
) -> None:
    pictures = NoDrawing()
    ask = asked(PageReplies(), PictureReplies(pictures))[kind]
    seen: dict[str, str] = {}
    for mark, locale, revision in (
        ("«1»", "en-US", "1"),
        ("«2»", "en-US", "1+guild.2"),
        ("«3»", "de", "1"),
    ):
        sent = Sent()
        await ask(cast("Interaction", sent), named(context, mark, locale, revision))
        seen[mark] = sent.text()
        assert mark in seen[mark], kind
        assert not any(other in seen[mark] for other in seen if other != mark), kind
    again = Sent()
    await ask(cast("Interaction", again), named(context, "«4»", "en-US", "1"))
    assert again.text() == seen["«1»"], "it was not kept"
    if pictures.kept_pictures:
        assert len(pictures.kept_pictures) == 2, "a picture for each revision"


@pytest.mark.parametrize("kind", [each for each in KINDS if hasattr(PageReplies, each)])
async def test_an_answer_without_the_servers_own_is_not_kept_for_later(
    context: ReplyContext, kind: str
) -> None:
    ask = asked(PageReplies(), PictureReplies(NoDrawing()))[kind]
    away = replace(context, server=replace(context.server, away=True))
    for each, noted in ((away, True), (context, False), (away, True)):
        sent = Sent()
        await ask(cast("Interaction", sent), each)
        assert ("cannot read this server's own entries" in sent.text()) is noted


async def test_every_kind_of_page_is_asked_about() -> None:
    assert set(asked(PageReplies(), PictureReplies(NoDrawing()))) == set(KINDS)
