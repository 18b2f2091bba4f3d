"""What the reply cache must tell apart beside the question: polls, places, editions."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.alignment.rubric import assess
from bot.answers import behind, evidence
from bot.answers.document import Answer
from bot.answers.sentences import level_name
from bot.entries.overlay import overlaid
from bot.entries.records import Entry, Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameIndex, NameLookup
from bot.store.views import ServerView, ServerViews
from bot.ui.interaction import Interaction
from bot.ui.render import texts_of
from bot.ui.replies import ReplyCache, locale_for
from tests.support.bases import TODAY
from tests.support.clocks import noon
from tests.support.databases import body
from tests.support.replies import values_of


def fresh(base: Base, names: NameIndex) -> ReplyCache:
    return ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")


def ids(cache: ReplyCache, server: ServerView | None, *, private: bool) -> list[str]:
    """The custom ids of everything that can be pressed or chosen on a card."""
    page = cache.page(
        "ask", "CU", TODAY, 1, "en-US", private=private, server=server
    ).to_components()
    return [*values_of(page, "custom_id"), *values_of(page, "value")]


@pytest.mark.parametrize("private", [False, True])
def test_a_poll_is_offered_where_a_server_allows_polls_and_everybody_sees_the_answer(
    base: Base, names: NameIndex, private: bool
) -> None:
    cache = fresh(base, names)
    allowing = ServerView(1, 1, base, names, Preferences(polls=True))
    refusing = replace(allowing, preferences=Preferences(polls=False))
    elsewhere = replace(allowing, guild=0)
    away = replace(allowing, away=True)
    # Twice, for what was made for one may not be given to another.
    for server in (allowing, refusing, elsewhere, away, None) * 2:
        offered = any(
            each.startswith("poll:") for each in ids(cache, server, private=private)
        )
        assert offered == (server is allowing and not private)


def test_a_correction_can_be_suggested_in_a_server_that_can_be_read_alone(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    server = ServerView(1, 1, base, names, Preferences())
    for each in (
        server,
        replace(server, guild=0),
        replace(server, away=True),
        None,
    ) * 2:
        offered = any("suggest" in found for found in ids(cache, each, private=True))
        assert offered == (each is server)


class Renamed:
    """An index of names that calls everybody something else."""

    def __init__(self, names: NameIndex, name: str) -> None:
        self._names, self._name = names, name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._names, attribute)

    def display(self, _code: str, _language: str = "en") -> str:
        return self._name


def test_after_a_new_base_its_names_are_used(base: Base, names: NameIndex) -> None:
    cache = fresh(base, names)
    before = str(
        cache.page("ask", "CU", TODAY, 1, "en-US", private=True).to_components()
    )
    cache.swap(base, cast("NameLookup", Renamed(names, "Blefuscu")))
    after = str(
        cache.page("ask", "CU", TODAY, 1, "en-US", private=True).to_components()
    )
    assert "Blefuscu" not in before
    assert "Blefuscu" in after
    assert "Cuba ·" not in after


BEHIND: dict[str, Callable[..., Answer]] = {
    "evidence": evidence.evidence,
    "votes": evidence.votes,
    "sources": behind.sources,
    "earlier": behind.earlier,
    "forecast": behind.foretold,
}


@pytest.mark.parametrize("kind", BEHIND)
def test_each_page_behind_a_card_is_its_own_and_leads_back(
    base: Base, names: NameIndex, kind: str
) -> None:
    cache = fresh(base, names)
    page = cache.page(kind, "BY", TODAY, 1, "en-US", private=True).to_components()
    found = BEHIND[kind](
        assess("BY", base, on=TODAY), base, cache.texts("en-US"), page=1
    )
    assert values_of(page, "content") == texts_of(found)
    back = f"ally:ask:BY:{TODAY}:1"
    buttons = [each for each in values_of(page, "custom_id") if ":menu" not in each]
    assert buttons[: len(found.actions) + 1] == [
        *(action.id for action in found.actions),
        back,
    ]


def test_how_ally_decides_is_told_of_no_actor_and_leads_back_to_one(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    page = cache.page("method", "BY", TODAY, 1, "en-US", private=True).to_components()
    found = evidence.method(base, cache.texts("en-US"))
    assert values_of(page, "content") == texts_of(found)
    assert values_of(page, "custom_id") == [f"ally:ask:BY:{TODAY}:1"]
    assert values_of(page, "label") == ["Back"]


def test_a_card_is_short_unless_the_long_answer_was_asked_for(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    short, full = (
        "\n".join(
            values_of(
                cache.page(kind, "BY", TODAY, 1, "en-US", private=True).to_components(),
                "content",
            )
        )
        for kind in ("ask", "full")
    )
    assert len(short) < len(full)


def test_each_language_and_each_day_has_a_page_of_its_own(
    base: Base, names: NameIndex
) -> None:
    days = [TODAY]
    cache = ReplyCache(ServerViews(base, names, None), lambda: days[-1], "test")

    def shown(locale: str) -> str:
        page = cache.page("votes", "BY", TODAY, 1, locale, private=True)
        return str(page.to_components())

    english, ukrainian = shown("en-US"), shown("uk")
    assert english != ukrainian
    assert (shown("uk"), shown("en-US")) == (ukrainian, english)
    assert (cache.hits, cache.misses) == (2, 2)
    days.append(TODAY + timedelta(days=1))
    shown("en-US")
    assert (cache.hits, cache.misses) == (2, 3)


@pytest.mark.parametrize(
    ("language", "of_server", "private", "expected"),
    [
        ("uk", "de", True, "fr"),
        ("", "de", True, "fr"),
        ("uk", "de", False, "uk"),
        ("", "de", False, "de"),
        ("", None, False, "fr"),
        ("uk", None, False, "uk"),
    ],
)
def test_a_private_reply_follows_the_reader_and_a_public_one_the_server(
    language: str, of_server: str | None, private: bool, expected: str
) -> None:
    theirs = SimpleNamespace(value=of_server) if of_server else None
    asked = SimpleNamespace(locale=SimpleNamespace(value="fr"), guild_locale=theirs)
    found = locale_for(
        cast("Interaction", asked), Preferences(language=language), private=private
    )
    assert found == expected


@pytest.mark.parametrize(
    ("language", "of_server", "expected"),
    [("uk", "de", "uk"), ("", "de", "de"), ("uk", None, "uk"), ("", None, "en")],
)
def test_what_nobody_asked_for_is_told_in_the_servers_language(
    base: Base, names: NameIndex, language: str, of_server: str | None, expected: str
) -> None:
    server = ServerView(1, 0, base, names, Preferences(language=language))
    assert fresh(base, names).public_texts(server, of_server).locale == expected


def test_a_page_is_kept_once_it_was_worked_out(base: Base, names: NameIndex) -> None:
    cache = fresh(base, names)
    page = cache.actor_page("votes", "BY", TODAY, 1, "en-US", private=True)
    assert cache.kept(page) is None
    made = cache.prepared(page)
    assert cache.kept(page) is made
    assert cache.prepared(page) is made


def test_what_the_base_alone_says_is_told_beside_a_level_that_a_server_changed(
    base: Base, names: NameIndex
) -> None:
    own = body("own", "It sent an army.") | {"deed": "troops", "date": "2026-01-05"}
    del own["pillar"], own["weight"]
    row = Entry(1, "event", "BR", own, "published", 1, 7, noon())
    merged = overlaid(base, [row], f"{base.revision}+1.1")
    server = ServerView(1, 1, merged, names, Preferences())
    was, now = (assess("BR", each, on=TODAY).level for each in (base, merged))
    assert was != now
    cache = fresh(base, names)
    alone = level_name(was, base, cache.texts("en-US"))
    for each, expected in ((server, True), (None, False)):
        page = cache.page("ask", "BR", TODAY, 1, "en-US", private=True, server=each)
        said = "\n".join(values_of(page.to_components(), "content"))
        assert (f"Without this server's entries: {alone}." in said) == expected


def test_nobody_is_led_to_an_install_before_it_is_known_where(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    assert (cache.install_link, cache.site) == ("", "")


@pytest.mark.asyncio
@pytest.mark.parametrize("in_thread", [False, True])
async def test_what_takes_long_is_worked_out_in_a_thread_and_nothing_else(
    base: Base, names: NameIndex, in_thread: bool
) -> None:
    cache = fresh(base, names)
    page = cache.actor_page("votes", "BY", TODAY, 1, "en-US", private=True)
    worked: list[int] = []

    def work_out() -> Answer:
        worked.append(threading.get_ident())
        return page.work_out()

    asked = page._replace(work_out=work_out, in_thread=in_thread)
    made = await cache.worked_out(asked)
    assert await cache.worked_out(asked) is made
    (thread,) = worked
    assert (thread != threading.get_ident()) == in_thread


class Held:
    """A page that takes until it is let go; counts how often it is worked out."""

    def __init__(self, cache: ReplyCache) -> None:
        page = cache.actor_page("votes", "BY", TODAY, 1, "en-US", private=True)
        self._answer = page.work_out
        self._may_end = threading.Event()
        self.fails: Exception | None = None
        self.worked = 0
        self.page = page._replace(work_out=self._work_out, in_thread=True)

    def _work_out(self) -> Answer:
        self.worked += 1
        assert self._may_end.wait(60)
        if self.fails:
            raise self.fails
        return self._answer()

    def let_go(self) -> None:
        """Let it end, now and whenever it is worked out again."""
        self._may_end.set()


@pytest.mark.asyncio
async def test_what_many_ask_for_at_once_is_worked_out_once_though_some_give_up(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    held = Held(cache)
    asked = [asyncio.create_task(cache.worked_out(held.page)) for _ in range(5)]
    await asyncio.sleep(0)
    asked[0].cancel()
    held.let_go()
    impatient, *patient = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(impatient, asyncio.CancelledError)
    assert all(view is patient[0] for view in patient)
    assert cache.kept(held.page) is patient[0]
    assert held.worked == 1


@pytest.mark.asyncio
async def test_a_page_that_fails_fails_for_all_who_wait_and_is_tried_again(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    held = Held(cache)
    held.fails = KeyError("BY")
    asked = [asyncio.create_task(cache.worked_out(held.page)) for _ in range(3)]
    await asyncio.sleep(0)
    held.let_go()
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in told] == [KeyError] * 3
    assert held.worked == 1
    held.fails = None
    assert await cache.worked_out(held.page) is cache.kept(held.page)
    assert held.worked == 2


@pytest.mark.asyncio
async def test_a_failure_that_nobody_waits_for_any_more_is_no_fault(
    base: Base, names: NameIndex, caplog: pytest.LogCaptureFixture
) -> None:
    held = Held(fresh(base, names))
    held.fails = KeyError("BY")
    asked = asyncio.create_task(fresh(base, names).worked_out(held.page))
    await asyncio.sleep(0)
    asked.cancel()
    held.let_go()
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
    # What was given up remembers where it waited, and for what.
    del asked
    gc.collect()
    assert held.worked == 1
    assert not caplog.records


def test_a_page_takes_no_others_place_unless_that_was_asked_for(
    base: Base, names: NameIndex
) -> None:
    ask = partial(fresh(base, names).actor_page, "votes", "BY", TODAY, 1, "en-US")
    assert not ask(private=True).in_place
    assert ask(private=True, in_place=True).in_place
