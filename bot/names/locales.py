"""The languages that names exist in."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DISCORD = {
    "en-US": "en",
    "en-GB": "en_GB",
    "zh-CN": "zh_Hans",
    "zh-TW": "zh_Hant",
    "no": "nb",
    "pt-BR": "pt_BR",
    "es-ES": "es",
    "es-419": "es_419",
    "sv-SE": "sv",
}
LOCALES = (
    "en",
    "id",
    "da",
    "de",
    "en_GB",
    "es",
    "es_419",
    "fr",
    "hr",
    "it",
    "lt",
    "hu",
    "nl",
    "nb",
    "pl",
    "pt_BR",
    "ro",
    "fi",
    "sv",
    "vi",
    "tr",
    "cs",
    "el",
    "bg",
    "ru",
    "uk",
    "hi",
    "th",
    "zh_Hans",
    "ja",
    "zh_Hant",
    "ko",
    "be",
    "ar",
    "fa",
    "kk",
    "hy",
    "az",
)
"""Discord's locales (/reference#locales) as CLDR writes them, and six languages of the
region.
"""


_SHAPE = re.compile(
    "(?P<language>[a-z]{2,3})(_(?P<script>[a-z]{4}))?(_(?P<region>[a-z]{2}|[0-9]{3}))?",
    re.IGNORECASE,
)
_USUAL = {
    "no": "nb",
    "pt": "pt_BR",
    "zh": "zh_Hans",
    "zh_CN": "zh_Hans",
    "zh_HK": "zh_Hant",
    "zh_MO": "zh_Hant",
    "zh_SG": "zh_Hans",
    "zh_TW": "zh_Hant",
}
"""What stands in LOCALES for a language or place that does not (CLDR's likely
subtags).
"""


def spelled(locale: str) -> str | None:
    """A locale's name (``UK_ua``) as CLDR writes it (``uk_UA``); None for what is no
    such name.
    """
    parts = _SHAPE.fullmatch(locale)
    if parts is None:
        return None
    language, script, region = parts.group("language", "script", "region")
    subtags = (language.lower(), (script or "").title(), (region or "").upper())
    return "_".join(filter(None, subtags))


def varieties(locale: str) -> Iterator[str]:
    """The locale, and what may stand for it, the nearest first: zh_Hans_CN, zh_Hans,
    zh; pt_PT, pt, pt_BR.
    """
    while locale:
        yield locale
        if usual := _USUAL.get(locale):
            yield usual
        locale = locale.rpartition("_")[0]


def cldr_locale(discord_locale: str) -> str:
    """A Discord locale (``pt-BR``, ``no``) as CLDR writes it."""
    return _DISCORD.get(discord_locale, discord_locale.replace("-", "_"))
