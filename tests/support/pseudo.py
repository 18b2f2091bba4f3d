"""A language that shows what was forgotten: every message in brackets, with an accent
on each letter, and a third longer; made from the templates.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.answers.texts import CATALOGUES
from bot.cli.catalogue_check import FILLING, kept_in_texts, most_of
from bot.cli.i18n import PROGRAM, TEMPLATE
from tests.support.bases import DATA

OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.35
"""How much longer than English the longest languages are."""
LOCALE = "sv"
"""A language of Discord's without a catalogue of its own; like English, it has two
plural forms.
"""
DISCORD_LOCALE = "sv-SE"
_FILLER = "åäö"
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçďéƒĝĥíĵķĺɱñóṕɋŕśťúṽẃẋýźÁƁÇĎÉƑĜĤÍĴĶĹṀÑÓṔɊŔŚŤÚṼẂẊÝŹ",
)
_FILLED = re.compile(r"\{\w+\}")
_KEPT = re.compile(rf"(\{{\w+\}}|{kept_in_texts.pattern})")
"""Placeholders and what else stands in every translation."""
_NAME = re.compile(r"(?:command|option)\..*\.name")


def accented(text: str) -> str:
    """The text with other letters, but for what a translation keeps."""
    parts = _KEPT.split(text)
    parts[::2] = [part.translate(_ACCENTS) for part in parts[::2]]
    return "".join(parts)


def pseudo(text: str, message: Message) -> str:
    """A message in accents and brackets; a command's name in accents alone."""
    if message.context and _NAME.fullmatch(message.context):
        return accented(text)
    longer = len(_FILLED.sub("", text)) * LONGER - len(OPEN + CLOSE)
    if most := most_of(message):
        room = most - len(_FILLED.sub("x" * FILLING, text)) - len(OPEN + CLOSE)
        longer = min(longer, room)
    return (
        f"{OPEN}{accented(text)}{(_FILLER * len(text))[: max(0, int(longer))]}{CLOSE}"
    )


def catalogue_of(template: Path) -> Catalog:
    """A template's messages in the language."""
    with template.open("rb") as file:
        found = read_po(file, locale=LOCALE)
    for message in found:
        if not message.id:
            continue
        words = (message.id,) if isinstance(message.id, str) else message.id
        said = tuple(pseudo(each, message) for each in words)
        message.string = said if message.pluralizable else said[0]
    return found


def write(program: Path, base: Path) -> None:
    """Write both catalogues into two folders."""
    for folder, template in (
        (program, CATALOGUES / PROGRAM),
        (base, DATA / "locales" / TEMPLATE),
    ):
        file = BytesIO()
        write_mo(file, catalogue_of(template))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{LOCALE}.mo").write_bytes(file.getvalue())


if __name__ == "__main__":
    write(CATALOGUES, DATA / "locales")
