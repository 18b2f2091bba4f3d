"""Cards and rankings as pictures: sent with all that they show in words, leading on."""

from __future__ import annotations

import pytest

from bot.ui import limits
from tests.support.places import Place, reply
from tests.support.replies import choices_of, ids_of, text_of, values_of

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("private", [True, False])
async def test_a_card_is_sent_as_a_picture_and_leads_on(
    place: Place, private: bool
) -> None:
    result = await place.cleo.slash(
        place.channel, "ally", country="armenia", picture=True, private=private
    )
    message = reply(result)
    assert message.ephemeral is private
    (file,) = message.attachments
    assert file.filename == "card.png"
    (said,) = values_of(message.components, "description")
    for words in ("Armenia: Neutral", "Military: 2 of 5 Russia", "Votes: ", "2026"):
        assert words in said
    assert len(said) <= limits.ALTERNATIVE
    assert any(each.startswith("ally:sources:AM") for each in ids_of(message))
    assert any(each.startswith("ally:map:AM") for each in choices_of(message))


async def test_what_is_no_country_is_refused_before_a_picture(place: Place) -> None:
    result = await place.cleo.slash(
        place.channel, "ally", country="atlantis", picture=True
    )
    assert not reply(result).attachments
    assert reply(result).ephemeral


async def test_a_bloc_has_its_page_where_a_picture_was_wanted(place: Place) -> None:
    result = await place.cleo.slash(place.channel, "ally", country="csto", picture=True)
    assert "Collective Security Treaty Organization" in text_of(reply(result))


@pytest.mark.parametrize("typed", ["aid", "Military aid for Ukraine"])
async def test_a_ranking_is_a_chart_with_its_places_in_words(
    place: Place, typed: str
) -> None:
    result = await place.cleo.slash(place.channel, "where", **{"as": typed})
    message = reply(result)
    (file,) = message.attachments
    assert file.filename == "ranking.png"
    (said,) = values_of(message.components, "description")
    assert "Denmark 2.95" in said
    assert "1 · 🇩🇰 Denmark" in text_of(message)
    opened = await place.cleo.click(message, label="🇩🇰 Denmark")
    assert "Ally of Ukraine" in text_of(reply(opened))


async def test_a_ranking_that_there_is_not_is_refused(place: Place) -> None:
    result = await place.cleo.slash(place.channel, "where", **{"as": "rice"})
    assert "rankings" in text_of(reply(result))
    assert not reply(result).attachments


async def test_a_ranking_is_offered_while_it_is_typed(place: Place) -> None:
    offered = await place.cleo.autocomplete(place.channel, "where", "as", "mil")
    assert [each["value"] for each in offered] == ["aid"]
