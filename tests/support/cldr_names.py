"""Makes ``bot/names/cldr_names.txt`` anew.

``python -m tests.support.cldr_names FOLDER`` reads the JSON of Unicode CLDR, which npm
has as ``cldr-localenames-full``; FOLDER is its ``main``. Babel leaves out the forms
that CLDR lists beside the one in use.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from babel.languages import get_official_languages

from bot.names.folding import fold
from bot.names.index import LOCALES, territories_of

NAMES = Path(__file__).parents[2] / "bot" / "names" / "cldr_names.txt"
_SHORTEST = 4
"""Letters of the shortest name in Latin script: Croatian SAD is an English word too."""
_HEAD = """\
# Names of territories from Unicode CLDR 48.2 that the locales of the index lack: short
# and variant forms, and what each state is called in its own languages. Made by
# python -m tests.support.cldr_names; see there.
"""


def territories_in(folder: Path, locale: str) -> dict[str, str]:
    """All forms of the names of territories in one locale, by CLDR's key; nothing for a
    locale that CLDR does not have.
    """
    file = folder / locale.replace("_", "-") / "territories.json"
    if not file.exists():
        return {}
    main = json.loads(file.read_text("utf-8"))["main"][file.parent.name]
    names: dict[str, str] = main["localeDisplayNames"]["territories"]
    return names


def _forms(names: dict[str, str], code: str) -> list[str]:
    keys = (code, f"{code}-alt-short", f"{code}-alt-variant")
    return [names[key] for key in keys if key in names]


def names_of(folder: Path, code: str) -> Iterator[str]:
    """The names of one territory that the index would not have without them."""
    known = {fold(territories_of(locale).get(code, "")) for locale in LOCALES}
    official = get_official_languages(code, regional=True, de_facto=True)
    for locale in (*LOCALES, *official):
        for name in _forms(territories_in(folder, locale), code):
            folded = fold(name)
            if folded not in known and name != code and not _is_too_short(folded):
                known.add(folded)
                yield name


def _is_too_short(folded: str) -> bool:
    return folded.isascii() and len(folded.replace(" ", "")) < _SHORTEST


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser("python -m tests.support.cldr_names")
    parser.add_argument("folder", type=Path, help="main of cldr-localenames-full")
    folder: Path = parser.parse_args().folder
    lines = [_HEAD]
    for code in sorted(territories_of("en")):
        is_state = len(code) == 2 and code.isascii() and code.isalpha()
        if is_state and (names := list(names_of(folder, code))):
            lines.append(f"{code}: {', '.join(names)}\n")
    NAMES.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
