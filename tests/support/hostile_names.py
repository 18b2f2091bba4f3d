"""Names that nobody's country has, and that are dear to compare: what expands when it
is folded, what nearly is a name, what repeats, and what other programs would obey.
"""

from __future__ import annotations

HOSTILE_NAMES = (
    "a" * 100,
    "x " * 50,
    "republic " * 11,
    "the republic of the " * 5,
    "de la republique de " * 5,
    "saint " * 16,
    "belarus and " * 8,
    "belarsu, ukrane, russa, polnad, franc, germny, itlay, spian, chnia, jpaan",
    "saint vincnet and the grenadnes",
    "a, b, c" * 14,
    "korea " * 16,
    "aaaa bbbb " * 10,
    "і" * 100,
    "ß" * 100,
    "﷽" * 100,
    "ﷺ" * 100,
    "𝕬" * 100,
    "한" * 100,
    "漢" * 100,
    "นอร์เว์ย" * 12,
    "e̸̢̛" * 30,
    "🇧🇾" * 50,
    "1" * 40,
    "*_~`" * 25,
    "@everyone " * 10,
    "[a](http://x.y/)" * 6,
    "\n" * 100,
    "\u202e" * 100,
)
