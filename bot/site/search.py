"""What the search in the browser looks through: names in every language, and facts."""

from __future__ import annotations

import json
from typing import Any

from bot.answers import sentences, web_pages
from bot.answers.texts import Texts
from bot.names.every_name import every_name
from bot.site.document import Edition


def _json(value: Any) -> bytes:
    """A value in as few bytes as JSON takes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def names_index(edition: Edition, texts: Texts) -> bytes:
    """For each actor: its page below the language's folder, its name, its level's id
    and name, and all its names in every language.
    """
    base, every = edition.base, every_name(edition.base)
    return _json(
        [
            [
                web_pages.actor(code, base, texts).partition("/")[2],
                texts.name(code),
                edition.levels[code],
                sentences.level_name(edition.levels[code], base, texts),
                every[code],
            ]
            for code in texts.alphabetical(base.countries)
        ]
    )


def facts_index(edition: Edition) -> bytes:
    """For each fact that the base tells in a sentence: the actor's code in small
    letters, the day as its source knows it, and the sentence. Facts stand in the
    language in which they were written, so that all languages share them.
    """
    base = edition.base
    return _json(
        [
            [code.lower(), str(event.date), event.claim]
            for code, country in base.countries.items()
            for event in country.events
        ]
    )
