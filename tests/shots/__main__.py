"""``python -m tests.shots [NAME…]``: docs/pictures made anew, from the real bot in a
simulated Discord, as a phone 390 points wide shows it and as a desktop of 1,280 does.
``python -m tests.shots --lang [LANGUAGE…]``: the contact sheets of languages.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.shots import languages
from tests.shots.browser import DESKTOP, PHONE
from tests.shots.scenes import SHOTS
from tests.shots.small import LARGEST, small
from tests.shots.studio import Studio, studio

TARGET = Path(__file__).parents[2] / "docs" / "pictures"


def _told(path: Path, most: int) -> None:
    much = path.stat().st_size
    print(f"{path.name:24}{much:>9,}{'  too large' if much > most else ''}", flush=True)


async def _shot(name: str, place: Studio) -> None:
    screens = (PHONE, DESKTOP)
    pictures = await place.taken(SHOTS[name], *screens)
    for screen, picture in zip(screens, pictures, strict=True):
        path = TARGET / f"{name}{screen.name}.png"
        path.write_bytes(small(picture))
        _told(path, LARGEST)


async def _all(names: Sequence[str], spoken: Sequence[str], apart: Path | None) -> None:
    async with studio() as place:
        for name in names:
            await _shot(name, place)
        for language in spoken:
            path = await languages.contact_sheet(language, place, apart)
            _told(path, languages.LARGEST)


def main() -> int:
    """Make every picture, or those that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.shots")
    parser.add_argument("name", nargs="*", help=f"one of {', '.join(SHOTS)}")
    parser.add_argument(
        "--lang",
        nargs="*",
        metavar="LANGUAGE",
        help="contact sheets of these languages, or of all that are shown",
    )
    parser.add_argument(
        "--apart", type=Path, metavar="FOLDER", help="each picture of a sheet, too"
    )
    args = parser.parse_args()
    spoken = args.lang or list(languages.LANGUAGES)
    if args.lang is None:
        asyncio.run(_all(args.name or list(SHOTS), (), None))
    else:
        asyncio.run(_all(args.name, spoken, args.apart))
    return 0


if __name__ == "__main__":
    sys.exit(main())
