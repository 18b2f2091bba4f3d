"""A message with files below it, or a picture above it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import discord
from discord import ui

from bot.answers.document import Answer
from bot.ui.render import Prepared, finished, framed, row_of, texts_of


class TextFile(NamedTuple):
    """A file that is sent with a message."""

    name: str
    text: str


def with_files(
    answer: Answer, files: Sequence[TextFile]
) -> tuple[Prepared, list[discord.File]]:
    """An answer with files below it; Components V2 shows only files that a component
    names.
    """
    blocks = texts_of(answer)
    view = ui.LayoutView(timeout=None)
    view.add_item(framed(answer, blocks, None))
    for file in files:
        view.add_item(ui.File(f"attachment://{file.name}"))
    if answer.actions:
        view.add_item(row_of(answer.actions))
    attached = [
        discord.File(io.BytesIO(file.text.encode()), file.name) for file in files
    ]
    return finished(view, blocks), attached
