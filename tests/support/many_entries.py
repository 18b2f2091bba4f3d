"""A server with more entries, revisions and suggestions than one page shows."""

from __future__ import annotations

from bot.entries.from_form import Draft, read
from bot.entries.records import Body, Change
from bot.store.services import Services
from tests.support.bases import TODAY
from tests.support.places import FACT, Place

ENTRIES, SUGGESTIONS = 21, 5


def body_of(services: Services, claim: str) -> Body:
    base, names = services.views.base, services.views.names
    draft = Draft("event", "BY", {**FACT, "claim": claim}, "")
    body, wrong = read(draft, base, TODAY, names.exact)
    assert body is not None, wrong
    return {**body, "id": claim.casefold().replace(" ", "-").strip(".")}


async def fill(place: Place, services: Services) -> None:
    """Entries, revisions of the first one, and suggestions."""
    guild, ada = place.guild.id, place.ada.id
    for number in range(ENTRIES):
        change = Change("event", "BY", body_of(services, f"Fact number {number}."))
        await services.writer.publish(guild, [change], author=ada, verb="add")
    first = body_of(services, "Fact number 0.")
    for number in range(1, ENTRIES):
        body = {**first, "claim": f"Fact number 0, told anew {number}."}
        change = Change("event", "BY", body, number=1, revision=number)
        await services.writer.publish(guild, [change], author=ada, verb="edit")
    for number in range(SUGGESTIONS):
        body = body_of(services, f"Proposal number {number}.")
        await services.writer.propose(guild, "BY", body, proposer=place.cleo.id)
    services.views.drop(guild)
