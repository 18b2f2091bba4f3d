"""Makes the fonts of pictures from Noto's: ``python -m bot.pictures.subset FOLDER``.

``FOLDER`` has somewhere below it the files of Debian's packages ``fonts-noto-core``
(20201225) and ``fonts-noto-cjk`` (20220127), as ``dpkg -x`` unpacks them. It needs
fontTools, which the extra ``test`` installs; Ally itself does not.

Han characters are those that China, Taiwan and Japan teach first (GB 2312 and Big5
level 1, JIS X 0208 level 1), in one face, for a face a region would be three times as
large; Hangul are those of KS X 1001.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, scaleUpem

_UNITS = 500
"""Units of an em of the Han characters, half of what they are drawn with: a tenth of a
pixel at the sizes of a picture, and a fifth smaller.
"""


def _block(*bounds: tuple[int, int]) -> str:
    """Every character of these ranges, both ends included."""
    return "".join(chr(n) for low, high in bounds for n in range(low, high + 1))


def _rows(encoding: str, first: int, last: int, *, low: int = 0xA1) -> str:
    """The characters of these rows of a two-byte encoding."""
    codes = (
        bytes([row, cell])
        for row in range(first, last + 1)
        for cell in range(low, 0xFF)
    )
    return "".join(code.decode(encoding, "ignore") for code in codes)


_WESTERN = _block(
    (0x20, 0x2AF),
    (0x2B0, 0x36F),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20C0),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
)
_EVERYWHERE = _block((0x20, 0x7E), (0xA0, 0xA0), (0x200C, 0x200F), (0x2066, 0x2069))
"""In every face that has them: a face without a blank cannot set two words in a row."""
_ARABIC = _block((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
_HAN = (
    _rows("gb2312", 0xB0, 0xD7)
    + _rows("big5", 0xA4, 0xC6, low=0x40)
    + _rows("euc_jp", 0xB0, 0xCF)
    + _block((0x3000, 0x30FF), (0xFF00, 0xFFEF))
)
_HANGUL = _rows("euc_kr", 0xB0, 0xC8)


@dataclass(frozen=True, slots=True)
class Face:
    """One font to make: from which file, what of it, and where."""

    source: str
    target: str
    characters: str
    number: int = 0
    """Its place in a collection."""
    units: int = 0
    """Units of an em, or 0 for as many as it has."""


FACES = (
    Face("NotoSans-Regular.ttf", "sans.ttf", _WESTERN),
    Face("NotoSans-Bold.ttf", "sans-bold.ttf", _WESTERN),
    Face("NotoSansArabic-Regular.ttf", "arabic.ttf", _ARABIC),
    Face("NotoSansArmenian-Regular.ttf", "armenian.ttf", _block((0x530, 0x58F))),
    Face("NotoSansGeorgian-Regular.ttf", "georgian.ttf", _block((0x10A0, 0x10FF))),
    Face("NotoSansHebrew-Regular.ttf", "hebrew.ttf", _block((0x590, 0x5FF))),
    Face("NotoSansDevanagari-Regular.ttf", "devanagari.ttf", _block((0x900, 0x97F))),
    Face("NotoSansThai-Regular.ttf", "thai.ttf", _block((0xE00, 0xE7F))),
    Face("NotoSansCJK-Regular.ttc", "han.otf", _HAN, number=2, units=_UNITS),
    Face("NotoSansCJK-Regular.ttc", "hangul.otf", _HANGUL, number=1, units=_UNITS),
)


def _options() -> Options:
    options: Any = Options()
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    return options


def subset(folder: Path, target: Path, faces: Iterable[Face] = FACES) -> None:
    """Write each face's font into ``target``."""
    for face in faces:
        source = next(folder.rglob(face.source))
        font: Any = TTFont(source, fontNumber=face.number)
        chosen: Any = Subsetter(_options())
        chosen.populate(text=face.characters + _EVERYWHERE)
        chosen.subset(font)
        if face.units:
            scale: Any = scaleUpem
            scale.scale_upem(font, face.units)
        font.save(target / face.target)


def main() -> None:
    """Read the fonts below the folder named on the command line and write those of
    pictures.
    """
    subset(Path(sys.argv[1]), Path(__file__).with_name("fonts"))


if __name__ == "__main__":
    main()
