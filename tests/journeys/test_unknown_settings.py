"""What is not known to be public is private: a server's settings that cannot be read,
and answers that take too long for Discord.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.service.client import Client
from bot.service.promises import MAY_BE_PUBLIC
from bot.store.services import Services
from bot.store.views import ServerView
from tests.support.clocks import FrozenClock
from tests.support.places import Place, client_of, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio

OPTIONS: dict[str, dict[str, Any]] = {
    "ally": {"country": "belarus"},
    "bloc": {"name": "csto"},
    "brief": {"country": "belarus"},
    "changes": {},
    "compare": {"first": "belarus", "second": "armenia"},
    "forecast": {},
    "map": {},
    "quiz play": {},
    "search": {"text": "sanctions"},
    "source": {"name": "unn"},
    "timeline": {"country": "armenia"},
    "vote": {"resolution": "ES-11/1"},
    "where": {},
}


def away(services: Services, guild: int) -> None:
    """The database away after a restart: nothing of a server is in memory."""
    services.views.drop(guild)
    services.views.away = True


@pytest.mark.parametrize("command", sorted(MAY_BE_PUBLIC))
async def test_while_a_servers_settings_are_unknown_no_answer_is_seen_by_others(
    place: Place, services: Services, command: str
) -> None:
    away(services, place.guild.id)
    result = await place.cleo.slash(place.channel, command, **OPTIONS[command])
    assert result.ephemeral, text_of(result.response)


async def test_while_a_servers_settings_are_unknown_the_cooldown_holds(
    place: Place, services: Services
) -> None:
    away(services, place.guild.id)
    assert "Belarus" in await place.ally()
    assert "Belarus · Ally" not in await place.ally()


async def test_who_asks_for_everybody_to_see_it_is_answered_in_public(
    place: Place, services: Services
) -> None:
    away(services, place.guild.id)
    result = await place.cleo.slash(
        place.channel, "ally", country="belarus", private=False
    )
    assert not result.ephemeral


class TestSlow:
    """On the gateway; the simulation's time does not pass in the endpoint's way, which
    tests/runtime/test_promises.py covers.
    """

    @pytest.fixture
    def simcord_bot(self, services: Services, clock: FrozenClock) -> Client:
        client = client_of(services, Client, clock.today)
        client._gateway_feed._defer_after = 0.2
        return client

    @pytest.mark.parametrize("setting", [True, False])
    async def test_with_private_answers_a_slow_one_is_promised_and_shown_in_private(
        self,
        place: Place,
        services: Services,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        setting: bool,
    ) -> None:
        await place.settings(press="settings:private:1")
        if not setting:
            await place.settings(press="settings:private:0")
        views = services.views
        view = await views.view(place.guild.id)
        assert view.preferences.private == setting
        kept = views.kept
        known: list[bool] = []

        async def slow(_: int | None) -> ServerView:
            # Longer than the promise waits.
            await asyncio.sleep(0.6)
            known.append(True)
            return view

        def unknown_at_first(guild: int | None) -> ServerView | None:
            return kept(guild) if known else None

        monkeypatch.setattr(views, "kept", unknown_at_first)
        monkeypatch.setattr(views, "view", slow)
        with caplog.at_level(logging.INFO):
            result = await place.cleo.slash(place.channel, "ally", country="belarus")
            await asyncio.sleep(0.8)
        assert "promised" in caplog.text
        shown = reply(result) if setting else result.followups[0]
        assert "Belarus · Ally of Russia" in text_of(shown)
        assert shown.ephemeral == setting
