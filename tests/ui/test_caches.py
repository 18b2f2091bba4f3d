"""What is kept is kept under all that it depends on: the question, the revision of what
a server sees, the reader's locale, and whether the server's own could be read.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.answers.texts import Texts
from bot.commands.explore.pages import Filters, PageReplies
from bot.commands.explore.pictures import MapQuestion, PictureReplies
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.pictures.cache import PictureCache
from bot.store.views import ServerView, ServerViews
from bot.ui.interaction import Interaction
from bot.ui.page import LongReply, Reply, ReplyContext
from bot.ui.replies import ReplyCache
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


Ask = Callable[[ReplyContext], Reply]


def asked(pictures: PictureReplies) -> dict[str, Ask]:
    pages, everywhere = PageReplies(), Filters()
    return {
        "compare": lambda c: pages.compare(c, ["BY", "AM"], TODAY),
        "where": lambda c: pages.where(c, "all", everywhere, TODAY),
        "movers": lambda c: pages.movers(
            c, "all", Filters("150"), since=TODAY.replace(year=2022), on=TODAY
        ),
        "changes": lambda c: pages.changes(
            c, everywhere, since=TODAY.replace(year=2025), on=TODAY
        ),
        "roll": lambda c: pages.roll(c, "es-11-1", everywhere),
        "bloc": lambda c: pages.bloc(c, "csto", TODAY),
        "forecast": lambda c: pages.forecast(c, "express-2022-01-26", TODAY),
        "timeline": lambda c: pictures.timeline(c, "BY", TODAY, "dark"),
        "card": lambda c: pictures.card(c, "BY", TODAY),
        "ranking": lambda c: pictures.ranking(c, "aid", TODAY),
        "show": lambda c: pages.show(c, f"bloc:csto:{TODAY}:1"),
        "map": lambda c: pictures.map(c, MapQuestion("levels", TODAY, "150")),
    }


KINDS = tuple(
    name
    for owner in (PageReplies, PictureReplies)
    for name, member in vars(owner).items()
    if inspect.isfunction(member) and not name.startswith("_")
)


async def shown(replies: ReplyCache, reply: Reply) -> str:
    """What a reply shows."""
    if isinstance(reply, LongReply):
        sent = Sent()
        await reply.send(cast("Interaction", sent))
        return sent.text()
    return str((await replies.worked_out(reply)).to_components())


@pytest.fixture
def replies(base: Base, names: NameIndex) -> ReplyCache:
    return ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")


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
    replies: ReplyCache, context: ReplyContext, kind: str
) -> None:
    pictures = NoDrawing()
    ask = asked(PictureReplies(pictures))[kind]
    seen: dict[str, str] = {}
    for mark, locale, revision in (
        ("«1»", "en-US", "1"),
        ("«2»", "en-US", "1+guild.2"),
        ("«3»", "de", "1"),
    ):
        reply = ask(named(context, mark, locale, revision))
        seen[mark] = await shown(replies, reply)
        assert mark in seen[mark], kind
        assert not any(other in seen[mark] for other in seen if other != mark), kind
    again = await shown(replies, ask(named(context, "«4»", "en-US", "1")))
    assert again == seen["«1»"], "it was not kept"
    if pictures.kept_pictures:
        assert len(pictures.kept_pictures) == 3, "one for each revision and locale"


@pytest.mark.parametrize("kind", [each for each in KINDS if hasattr(PageReplies, each)])
async def test_an_answer_without_the_servers_own_is_not_kept_for_later(
    replies: ReplyCache, context: ReplyContext, kind: str
) -> None:
    ask = asked(PictureReplies(NoDrawing()))[kind]
    away = replace(context, server=replace(context.server, away=True))
    for each, noted in ((away, True), (context, False), (away, True)):
        text = await shown(replies, ask(each))
        assert ("cannot read this server's own entries" in text) is noted


async def test_every_kind_of_page_is_asked_about() -> None:
    assert set(asked(PictureReplies(NoDrawing()))) == set(KINDS)
