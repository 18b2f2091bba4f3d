"""``python -m tests.support.alphabets`` writes ``bot/names/alphabets.json``: the
letters of the actors' names in each language, in the order of ICU's collation.

Node.js has ICU (https://nodejs.org/api/intl.html), and asks it; Ally itself needs
neither.
"""

from __future__ import annotations

import json
import shutil
import string
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from bot.knowledge.reader import read_base
from bot.names.alphabet import FILE
from bot.names.index import LOCALES, names_of
from tests.support.bases import DATA, TODAY

CONTRACTIONS = "ch dž lj nj cs dz dzs gy ly ny sz ty zs aa ll rr ng".split()
"""Letters of two or three signs in some language of the list."""
_LATIN = {chr(code) for code in range(0xC0, 0x17F) if chr(code).isalpha()}
_CYRILLIC = {chr(code) for code in (*range(0x400, 0x460), 0x490, 0x491)}
"""Letters that no actor's name has yet."""
_ORDER = """
const {locale, letters, pairs} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const base = new Intl.Collator(locale.replace('_', '-'), {sensitivity: 'base'});
const last = [...letters].sort(base.compare).at(-1);
const found = pairs.filter(pair => base.compare(pair, pair[0] + last.repeat(3)) > 0);
const all = [...letters, ...found].sort(base.compare);
const groups = [];
for (const each of all) {
  const group = groups.at(-1);
  if (group && base.compare(group[0], each) === 0) group.push(each);
  else groups.push([each]);
}
process.stdout.write(JSON.stringify(groups));
"""
_SORT = """
const lists = JSON.parse(require('fs').readFileSync(0, 'utf8'));
for (const [locale, names] of Object.entries(lists)) {
  names.sort(new Intl.Collator(locale.replace('_', '-')).compare);
}
process.stdout.write(JSON.stringify(lists));
"""
NODE = shutil.which("node") or ""


def _asked(script: str, question: Mapping[str, object]) -> Any:
    done = subprocess.run(
        [NODE, "-e", script],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def sorted_by_icu(names: Mapping[str, Sequence[str]]) -> Mapping[str, list[str]]:
    """By locale, names as ICU sorts them in it; one process sorts all."""
    return _asked(_SORT, names)


def alphabets() -> dict[str, list[list[str]]]:
    """By locale, the letters in order, those together that differ in an accent only."""
    base = read_base(DATA, TODAY)
    names = names_of(base)
    plain = string.ascii_letters + string.digits + " -'’.,()&"
    found: dict[str, list[list[str]]] = {}
    for locale in LOCALES:
        used = {char for code in base.countries for char in names.display(code, locale)}
        pairs = [
            form for pair in CONTRACTIONS for form in (pair, pair.title(), pair.upper())
        ]
        more = _CYRILLIC if used & _CYRILLIC else set[str]()
        letters = sorted(used | set(plain) | _LATIN | more)
        groups = _asked(_ORDER, {"locale": locale, "letters": letters, "pairs": pairs})
        found[locale] = [list(map(str, group)) for group in groups]  # type: ignore[call-overload]
    return found


def main() -> None:
    """Write the file, a line a language."""
    lines = [
        f"{json.dumps(locale)}: {json.dumps(groups, ensure_ascii=False)}"
        for locale, groups in alphabets().items()
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
