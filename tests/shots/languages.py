"""One contact sheet a language: what a reader of it sees on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.shots.browser import PHONE
from tests.shots.scenes import IN_LANGUAGES
from tests.shots.small import small
from tests.shots.studio import Studio, speak

TARGET = Path(__file__).parents[2] / "docs" / "pictures" / "languages"
LANGUAGES = {"uk": "uk", "ru": "ru", "de": "de", "fr": "fr", "ja": "ja", "ar": "ar"}
"""The languages that docs/translating.md shows, as CLDR and as Discord writes them;
Arabic, which is no language of Discord's, is asked for in the same way here.
"""
LARGEST = 300_000
"""Bytes that a contact sheet may take."""
COLUMNS = 3
_GAP = 24
_GROUND = (24, 24, 28)


def sheet(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures in three columns, each put where most room is left."""
    width = max(each.width for each in pictures)
    heights = [_GAP] * COLUMNS
    places: list[tuple[int, int]] = []
    for each in pictures:
        column = heights.index(min(heights))
        places.append((_GAP + column * (width + _GAP), heights[column]))
        heights[column] += each.height + _GAP
    size = (_GAP + COLUMNS * (width + _GAP), max(heights))
    whole = Image.new("RGB", size, _GROUND)
    for each, place in zip(pictures, places, strict=True):
        whole.paste(each, place)
    return whole


async def contact_sheet(language: str, studio: Studio, apart: Path | None) -> Path:
    """Write the sheet of a language, each of its pictures besides into the folder
    ``apart``, if there is one; where the sheet was written.
    """
    speak(LANGUAGES.get(language, language))
    pictures: list[Image.Image] = []
    try:
        for name, scene in IN_LANGUAGES.items():
            (picture,) = await studio.taken(scene, PHONE)
            if apart:
                picture.save(apart / f"{language}-{name}.png")
            pictures.append(picture)
    finally:
        speak("en-US")
    TARGET.mkdir(parents=True, exist_ok=True)
    path = TARGET / f"{language}.png"
    path.write_bytes(small(sheet(pictures), LARGEST))
    return path
