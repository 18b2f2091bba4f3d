from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

import bot
from bot.answers.texts import Texts

ROOT = Path(bot.__file__).parent
TEMPLATE = ROOT / "locales" / "ally.pot"


def template() -> bytes:
    """The catalogue template of every message in the code, without dates, so that it
    only changes with a message.
    """
    catalogue = Catalog(project="ally", version="1", charset="utf-8")
    keyed = ((1, "c"), 2)
    keywords: dict[str, Any] = {
        "texts": None,
        "many": (1, 2),
        "finding": None,
        "keyed": keyed,
        "keyed_message": keyed,
    }
    for name, _line, message, comments, context in extract_from_dir(
        ROOT, keywords=keywords
    ):
        catalogue.add(
            message,
            None,
            [(f"bot/{name}", 0)],
            auto_comments=comments,
            context=context,
        )
    found = BytesIO()
    write_po(
        found,
        catalogue,
        sort_output=False,
        omit_header=True,
        include_lineno=False,
        width=100,
    )
    return found.getvalue()


def test_the_template_has_every_message_of_the_code() -> None:
    fresh = template()
    assert fresh.count(b"msgid") > 60
    assert TEMPLATE.read_bytes() == fresh, "run: python -m tests.answers.test_texts"


def test_placeholders_are_named() -> None:
    assert not re.search(rb"msgid .*(\{\}|\{\d|%s)", template())


def test_an_unknown_locale_is_english() -> None:
    assert Texts("xx-YY").locale == "en"
    assert Texts("en")("Which day?") == "Which day?"


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
