"""Whom a finished reply may be kept for: readers who are alike in all that it depends
on, and nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.entries.records import Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.store.views import ServerView, ServerViews
from bot.ui.reading import Reader
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY


def reader(base: Base, names: NameIndex, guild: int = 5, on: date = TODAY) -> Reader:
    views = ServerViews(base, names, None)
    server = ServerView(guild, 1, base, names, Preferences())
    return Reader(ReplyCache(views, lambda: on, "test"), server, "en-US", "fr")


def in_server(**changed: Any) -> Callable[[Reader], Reader]:
    return lambda one: replace(one, server=replace(one.server, **changed))


OTHERS: dict[str, Callable[[Reader], Reader]] = {
    "database away": in_server(away=True),
    "no server": in_server(guild=0),
    "private server": in_server(preferences=Preferences(private=True)),
    "other language": in_server(preferences=Preferences(language="de")),
    "long answers": in_server(preferences=Preferences(full=True)),
    "polls": in_server(preferences=Preferences(polls=True)),
    "locale": lambda one: replace(one, locale="de"),
    "locale of the server": lambda one: replace(one, server_locale="de"),
    "no locale of the server": lambda one: replace(one, server_locale=None),
    "on a private message": lambda one: replace(one, on_private=True),
}


@pytest.mark.parametrize("differs", OTHERS)
def test_readers_who_are_answered_otherwise_are_not_alike(
    base: Base, names: NameIndex, differs: str
) -> None:
    one = reader(base, names)
    assert OTHERS[differs](one).alike != one.alike


def test_readers_on_two_days_or_of_two_bases_are_not_alike(
    base: Base, names: NameIndex, lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    one = reader(base, names)
    assert reader(base, names, on=TODAY + timedelta(days=1)).alike != one.alike
    assert reader(lighthouse, lighthouse_names).alike != one.alike


def test_readers_of_two_servers_without_entries_are_alike(
    base: Base, names: NameIndex
) -> None:
    assert reader(base, names, 5).alike == reader(base, names, 6).alike


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03-01", date(2022, 3, 1)),
        (TODAY.isoformat(), TODAY),
        ((TODAY + timedelta(days=1)).isoformat(), TODAY),
        ("9999-12-31", TODAY),
        ("2022-02-30", TODAY),
        ("-", TODAY),
    ],
)
def test_a_day_of_a_custom_id_is_today_at_the_latest(
    base: Base, names: NameIndex, text: str, day: date
) -> None:
    assert reader(base, names).past_day(text) == day
