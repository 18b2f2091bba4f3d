"""Makes what Ally needs of CLDR out of Babel, which is no part of it when it runs:
names of territories, and how languages write days, numbers and lists.

``python -m tests.support.cldr_tables`` writes both tables, for the locales of
``bot/names/locales.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from babel import Locale
from babel.dates import get_era_names
from babel.dates import tokenize_pattern as tokens_of

from bot.answers import locale_forms
from bot.names import territories
from bot.names.locales import LOCALES

_PLAIN_DAY = "d MMMM y"
_WIDTHS = {3: "abbreviated", 4: "wide"}
_NUMBERS = {"y", "M", "MM", "d", "dd"}
"""Fields that ``LocaleForms.date`` fills by itself."""


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _template(pattern: str, locale: Locale) -> str:
    """A pattern of CLDR's as a template; an era is the one that we live in."""
    parts: list[str] = []
    for kind, value in tokens_of(pattern):
        if kind == "chars":
            parts.append(_escaped(cast("str", value)))
            continue
        letter, count = cast("tuple[str, int]", value)
        if letter == "G":
            parts.append(_escaped(get_era_names("abbreviated", locale)[1]))
        else:
            parts.append(f"{{{letter * count}}}")
    return "".join(parts)


def written_pattern(locale: Locale) -> str:
    """How somebody types a day: as CLDR writes it in long, without the word for *year*
    that may stand behind it; where that has a comma, without one, for examples stand in
    rows.
    """
    pattern: str = locale.date_formats["long"].pattern
    if "," in pattern:
        return _PLAIN_DAY
    upto, year, behind = pattern.rpartition("y")
    return upto + year if not set(behind) & set("Md") else pattern


def _month_fields(pattern: str) -> Iterator[str]:
    for kind, value in tokens_of(pattern):
        if kind == "field":
            field = value[0] * cast("int", value[1])
            if field not in _NUMBERS and field[0] in "ML":
                yield field


def _months(field: str, locale: Locale) -> list[str]:
    context = "format" if field[0] == "M" else "stand-alone"
    names = cast("Any", locale.months)[context][_WIDTHS[len(field)]]
    return [names[number] for number in range(1, 13)]


def forms_in(code: str) -> Mapping[str, object]:
    """One locale's row of the table of forms."""
    locale = Locale.parse(code)
    skeleton: Any = locale.datetime_skeletons["yMMM"]
    patterns = {
        "day": locale.date_formats["medium"].pattern,
        "long_day": locale.date_formats["long"].pattern,
        "written_day": written_pattern(locale),
        "month": skeleton.pattern,
    }
    fields = sorted(
        {f for pattern in patterns.values() for f in _month_fields(pattern)}
    )
    symbols = locale.number_symbols["latn"]
    percent: Any = locale.percent_formats[None]
    joints = locale.list_patterns["standard"]
    name = locale.get_display_name(code) or code
    return {
        "locale": code,
        "name": name[:1].upper() + name[1:],
        "direction": locale.text_direction,
        **{kind: _template(pattern, locale) for kind, pattern in patterns.items()},
        "months": {field: _months(field, locale) for field in fields},
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "percent": f"{percent.prefix[0]}{{}}{percent.suffix[0]}",
        "lists": {
            "two": joints["2"],
            "start": joints["start"],
            "middle": joints["middle"],
            "end": joints["end"],
        },
    }


def territories_in(code: str) -> Mapping[str, str]:
    """CLDR's names of territories in one locale, as Babel has them."""
    return dict(cast("Mapping[str, str]", Locale.parse(code).territories))


def _rows(rows: Sequence[object]) -> str:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    return "\n".join(lines) + "\n"


def tables() -> dict[str, str]:
    """What stands in each table's file, by the file's name."""
    return {
        territories.FILE.name: _rows(
            [[each, territories_in(each)] for each in LOCALES]
        ),
        locale_forms.FILE.name: _rows([forms_in(each) for each in LOCALES]),
    }


def main() -> None:
    """Write both."""
    made = tables()
    for file in (territories.FILE, locale_forms.FILE):
        file.write_text(made[file.name], "utf-8")
        print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
