"""What several tests of answers look at, composed once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from bot.alignment.rubric import assess
from bot.answers.card import plain_card
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import TODAY


@pytest.fixture(scope="session")
def cards_in(base: Base, names: NameIndex) -> Callable[[str], Mapping[str, Answer]]:
    """Every actor's card of today in a language."""

    @cache
    def composed(locale: str) -> Mapping[str, Answer]:
        texts = Texts(locale, names.display, base.catalogues)
        return {
            code: plain_card(assess(code, base, on=TODAY), base, texts)
            for code in base.countries
        }

    return composed
