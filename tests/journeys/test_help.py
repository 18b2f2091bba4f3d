"""/help and /about lead on: each of their buttons and choices does what it says."""

from __future__ import annotations

import pytest

from tests.support.following import client
from tests.support.forged import said
from tests.support.places import Place, reply
from tests.support.replies import choices_of, take

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("command", ["help", "about"])
async def test_every_button_runs_and_only_the_presser_sees_its_answer(
    place: Place, command: str
) -> None:
    # As when it serves: what draws was started, and the facts were indexed.
    await client(place)._picture_cache.warm()
    await client(place).warm()
    shown = reply(await place.cleo.slash(place.channel, command))
    assert shown.ephemeral
    rows = [each for each in shown.components if each["type"] == 1]
    buttons = [
        each
        for row in rows
        for each in row["components"]
        if each["type"] == 2 and "custom_id" in each
    ]
    assert buttons
    choices = choices_of(shown)
    assert bool(choices) == (command == "help")
    for choice in choices:
        fresh = reply(await place.cleo.slash(place.channel, command))
        result = await take(place.cleo, fresh, choice)
        answer = said(result)
        assert answer.strip(), choice
        assert "Something went wrong" not in answer, choice
        assert "Sorry" not in answer, choice
    for button in buttons:
        fresh = reply(await place.cleo.slash(place.channel, command))
        result = await place.cleo.click(fresh, custom_id=button["custom_id"])
        answer = said(result)
        assert "Something went wrong" not in answer, button["label"]
        assert "Sorry" not in answer, button["label"]
        assert answer.strip(), button["label"]
