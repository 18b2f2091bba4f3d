"""A slow reply is seen by those who would have seen a quick one, and no promise is left
unkept, whatever was asked and however it is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from discord import app_commands

from bot.entries.records import Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.runtime.admission import Admission, InteractionTrace
from bot.runtime.discord_internals import json_only
from bot.runtime.first_reply import _HttpAdapter
from bot.runtime.late_reply import EPHEMERAL, Promises
from bot.runtime.metrics import Metrics
from bot.service.client import Client
from bot.service.promises import MAY_BE_PUBLIC, promises_over
from bot.store.database import Store
from bot.store.services import Services
from bot.store.views import ServerView, ServerViews
from bot.ui.replies import ReplyCache
from tests.support.clocks import FrozenClock

pytestmark = pytest.mark.asyncio

MESSAGE, LATER, UPDATE_LATER, UPDATE, FORM = 4, 5, 6, 7, 9
SORRY = {"content": "too late", "flags": EPHEMERAL}
COMMAND: dict[str, Any] = {"id": "1", "application_id": "2", "token": "t", "type": 2}
PRESSES = {
    "a button on a public message": COMMAND | {"type": 3, "message": {"flags": 0}},
    "a button on a private message": COMMAND | {"type": 3, "message": {"flags": 64}},
    "a form from a public message": COMMAND | {"type": 5, "message": {"flags": 0}},
    "a form from a private message": COMMAND | {"type": 5, "message": {"flags": 64}},
}
ASKED = {"a command": COMMAND, "a form of a command": COMMAND | {"type": 5}, **PRESSES}


class Discord:
    """Where replies end: what is shown to whom, and whether somebody still waits."""

    def __init__(self) -> None:
        self.original: str | None = None
        """Who sees the promise, None if it shows nothing."""
        self.waits = self.closed = False
        """Whether the promise is open, and whether it says that it is not."""
        self.shown: list[tuple[str, str]] = []
        """What was shown, and to whom: everybody, the asker, or those who saw what was
        pressed.
        """

    def promise(self, body: Mapping[str, Any]) -> None:
        self.waits = True
        if body["type"] == LATER:
            self.original = "asker" if body["data"]["flags"] else "everybody"

    async def edit_original_interaction_response(
        self, _application: Any, _token: str, *, payload: dict[str, Any], **_: Any
    ) -> None:
        self.waits = False
        if payload["content"] != "…":
            self.shown.append((payload["content"], self.original or "pressed"))
        else:
            self.closed = True

    async def delete_original_interaction_response(self, *_: Any, **__: Any) -> None:
        assert self.original, "what was pressed must not be deleted"
        assert not self.waits, "what follows would find nothing"
        self.original, self.closed = None, False

    async def execute_webhook(
        self, _application: Any, _token: str, *, payload: dict[str, Any], **_: Any
    ) -> dict[str, Any]:
        whom = "asker" if payload.get("flags", 0) & EPHEMERAL else "everybody"
        # The first message after a promise that is open takes its place.
        if self.waits and self.original:
            whom = self.original
        self.waits = False
        self.shown.append((payload["content"], whom))
        return {"id": "9"}

    async def edit_webhook_message(
        self, _application: Any, _token: str, number: int, **more: Any
    ) -> None:
        assert number == 9
        self.shown.append((more["payload"]["content"], "edited"))


class Late:
    """One interaction whose reply was promised."""

    def __init__(self, payload: dict[str, Any], *, public: bool) -> None:
        self.discord = Discord()
        self.trace = InteractionTrace(Admission(Metrics()), 1, "command", "x")
        promises = Promises(lambda _: public, lambda _: SORRY)
        self._adapter = _HttpAdapter(payload, self.discord, promises, self.trace)
        self.discord.promise(self._adapter.promise())
        self._adapter.sent.set()

    async def reply(self, kind: int, flags: int = 0, text: str = "hello") -> None:
        body = {"type": kind, "data": {"content": text, "flags": flags}}
        await self._adapter.create_interaction_response(
            1, "t", session=cast("Any", None), params=json_only(body)
        )

    async def edit(self, text: str) -> None:
        await self._adapter.edit_original_interaction_response(
            2, "t", session=None, payload={"content": text}
        )


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("known_public", [True, False])
@pytest.mark.parametrize("flags", [0, EPHEMERAL])
@pytest.mark.parametrize("drawn", [False, True])
async def test_a_slow_reply_is_seen_by_those_whom_a_quick_one_was_meant_for(
    asked: str, known_public: bool, flags: int, drawn: bool
) -> None:
    late = Late(ASKED[asked], public=known_public)
    if drawn:
        await late.reply(LATER, flags)
        await late.edit("hello")
    else:
        await late.reply(MESSAGE, flags)
    assert late.discord.shown == [("hello", "asker" if flags else "everybody")]
    assert not late.discord.waits
    assert not late.discord.closed


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("known_public", [True, False])
async def test_a_form_that_comes_late_ends_in_a_message_to_the_asker_and_counts_as_late(
    asked: str, known_public: bool
) -> None:
    late = Late(ASKED[asked], public=known_public)
    await late.reply(FORM)
    assert late.discord.shown == [("too late", "asker")]
    assert not late.discord.waits
    assert not late.discord.closed
    assert late.trace.outcome == "late"


@pytest.mark.parametrize("asked", PRESSES)
async def test_a_slow_update_changes_what_was_pressed(asked: str) -> None:
    late = Late(PRESSES[asked], public=False)
    await late.reply(UPDATE)
    assert late.discord.shown == [("hello", "pressed")]
    assert late.trace.outcome == "ok"


@pytest.mark.parametrize("asked", PRESSES)
async def test_a_slow_show_to_everyone_is_shown_to_everyone_and_counts_as_late(
    asked: str,
) -> None:
    late = Late(PRESSES[asked], public=False)
    await late.reply(MESSAGE)
    assert late.discord.shown == [("hello", "everybody")]
    assert late.trace.outcome == "late"


async def test_what_came_beside_a_promise_is_what_is_changed_afterwards() -> None:
    late = Late(PRESSES["a button on a public message"], public=False)
    await late.reply(LATER, EPHEMERAL)
    await late.edit("drawing")
    await late.edit("drawn")
    assert late.discord.shown == [("drawing", "asker"), ("drawn", "edited")]


@pytest.mark.parametrize("asked", ASKED)
async def test_a_promise_is_private_unless_its_reply_is_known_to_be_public(
    asked: str,
) -> None:
    late = Late(ASKED[asked], public=False)
    assert late.discord.original in {"asker", None}


def payload_for(name: str, private: bool | None = None) -> dict[str, Any]:
    """A command's, by its full name, and its option ``private``."""
    options: list[dict[str, Any]] = []
    if private is not None:
        options = [{"name": "private", "type": 5, "value": private}]
    name, *under = name.split()
    for each in reversed(under):
        options = [{"name": each, "type": 1, "options": options}]
    data = {"name": name, "type": 1, "options": options}
    return COMMAND | {"guild_id": "200", "data": data}


@pytest.mark.parametrize("name", sorted(MAY_BE_PUBLIC))
@pytest.mark.parametrize("private", [None, True, False])
@pytest.mark.parametrize("setting", [None, True, False])
async def test_only_the_option_or_a_setting_that_is_known_makes_a_promise_public(
    base: Base,
    names: NameIndex,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    private: bool | None,
    setting: bool | None,
) -> None:
    views = ServerViews(base, names, None)
    view = None
    if setting is not None:
        view = ServerView(200, 1, base, names, Preferences(private=setting))

    def kept(_: int | None) -> ServerView | None:
        return view

    monkeypatch.setattr(views, "kept", kept)
    promises = promises_over(ReplyCache(views, FrozenClock().today, "test"))
    expected = (setting is False) if private is None else not private
    assert promises.public(payload_for(name, private)) == expected


async def test_what_may_be_public_are_the_commands_that_ask_whether_to_be_private(
    base: Base, names: NameIndex, tmp_path: Path
) -> None:
    # Every feature that there is with a database, which is not opened.
    store = Store(f"sqlite:///{tmp_path / 'ally.db'}", clock=FrozenClock().now)
    services = Services(store, base, names)
    client = Client(ReplyCache(services.views, FrozenClock().today, ""), services)
    asking = {
        command.qualified_name
        for command in client.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        and any(each.name == "private" for each in command.parameters)
    }
    assert asking == MAY_BE_PUBLIC
    promises = client.promises
    everything = {each.qualified_name for each in client.tree.walk_commands()}
    for name in (*(everything - asking), "x"):
        assert not promises.public(payload_for(name, private=False))


async def test_a_late_form_is_told_in_the_readers_locale_and_to_nobody_else(
    base: Base, names: NameIndex
) -> None:
    replies = ReplyCache(ServerViews(base, names, None), FrozenClock().today, "test")
    message = promises_over(replies).form_too_late(COMMAND | {"locale": "nl"})
    assert cast("int", message["flags"]) & EPHEMERAL
    assert "once more" in str(message["components"])
