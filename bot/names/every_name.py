"""All that an actor is called, in every language, for a search that runs elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.knowledge.facts import Base
from bot.names._gazetteer import ALIASES
from bot.names.folding import fold
from bot.names.index import LOCALES
from bot.names.listed import listed_names
from bot.names.territories import territories_of


def every_name(base: Base) -> Mapping[str, tuple[str, ...]]:
    """By code, an actor's names as ``fold`` writes them, each once, in a fixed order.

    Several actors may have the same name, as both Koreas are called Korea.
    """
    names: dict[str, dict[str, None]] = {code: {} for code in base.countries}

    def add(code: str, called: Iterable[str]) -> None:
        if code in names:
            names[code] |= {folded: None for name in called if (folded := fold(name))}

    for code, country in base.countries.items():
        official = country.names.official
        add(code, [country.names.short, *([official] if official else [])])
        add(code, [*country.aliases, *ALIASES.get(code, "").split(", "), code])
    for locale in LOCALES:
        territories = territories_of(locale)
        for code in names:
            if len(code) == 2:
                add(code, [territories.get(code, "")])
    for code, called in listed_names():
        add(code, called)
    return {code: tuple(those) for code, those in names.items()}
