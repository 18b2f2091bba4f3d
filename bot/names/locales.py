"""The languages that names exist in."""

from __future__ import annotations

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


def babel_locale(discord_locale: str) -> str:
    """A Discord locale (``pt-BR``, ``no``) as Babel writes it."""
    return _DISCORD.get(discord_locale, discord_locale.replace("-", "_"))
