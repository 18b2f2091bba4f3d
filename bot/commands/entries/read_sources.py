"""What the pages of sources say of themselves, where a moderator typed their addresses
alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.commands.entries.draft_form import SOURCE
from bot.entries.bare_sources import bare_addresses, filled_in
from bot.entries.page_metadata import PageMetadata, page_metadata
from bot.knowledge.text import length
from bot.runtime.page_reader import PageReader, UnreadablePageError
from bot.ui.interaction import Interaction

log = logging.getLogger(__name__)


async def read_sources(
    reader: PageReader,
    interaction: Interaction,
    fields: Mapping[str, str],
    *,
    again: bool,
) -> Mapping[str, str]:
    """The fields with sources filled in from their pages; as they were where nothing
    could be read. Reading takes longer than a first reply may, so the interaction is
    deferred before: ``again`` where the reply replaces a message.
    """
    text = fields.get("source", "")
    addresses = bare_addresses(text)
    if not addresses:
        return fields
    if again:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
    read = await asyncio.gather(*(_read(reader, each) for each in addresses))
    pages = dict(zip(addresses, read, strict=True))
    source = filled_in(text, {each: page for each, page in pages.items() if page})
    return fields if length(source) > SOURCE else {**fields, "source": source}


async def _read(reader: PageReader, address: str) -> PageMetadata | None:
    try:
        html = await reader.read(address)
    except UnreadablePageError:
        log.info("the page of a source could not be read")
        return None
    return await asyncio.to_thread(page_metadata, html)


def read_notes(
    before: Mapping[str, str], after: Mapping[str, str], texts: Texts
) -> list[str]:
    """What was read, to be looked at and put right; empty where nothing was."""
    if before.get("source") == after.get("source"):
        return []
    source = shortened(" · ".join(after["source"].split("\n")), 300)
    return [
        texts(
            "I read this from the page: {source}. Press Edit if it is wrong.",
            source=source,
        )
    ]
