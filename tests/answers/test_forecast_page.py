"""The page of a forecast: what was said, once, and what came of each claim."""

from __future__ import annotations

from datetime import date

from bot.answers.forecast import PER_PAGE, forecast, quote
from bot.answers.texts import Texts, english
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import TODAY
from tests.support.egg_conflict import BIG, act, egg_base

DAY = date(1722, 6, 1)


def test_a_quote_stands_once_for_the_claims_that_share_it_and_no_word_is_cut(
    base: Base, names: NameIndex
) -> None:
    texts = Texts("en", names.display)
    for which in base.forecasts.values():
        for number in range(1, 1 + -(-len(which.named) // PER_PAGE)):
            page = forecast(which, base, texts, on=TODAY, page=number)
            quotes = [each.heading for each in page.sections if each.heading]
            assert len(set(quotes)) == len(quotes) > 0
            lines = [line.text for each in page.sections for line in each.lines]
            assert not any("…" in text for text in (*quotes, *lines))
            assert all(text.endswith(".") for text in lines if text[:1].isupper())
            whole = [quote(each.expected, whole=True) for each in which.named]
            for said in quotes:
                assert any(each.startswith(said[:-2]) for each in whole), said


def test_a_claim_is_settled_by_the_words_of_a_deed() -> None:
    named = {"expected": "It will.", "toward": BIG, "strength": "likely", "code": "LP"}
    foretold = {
        "id": "f",
        "date": "1719-01-01",
        "source": {"publisher": "P", "title": "T", "url": "https://example.org/f"},
        "named": [named | {"subject": ["veto"]}],
    }
    said = act("veto", "1721-03-03", BIG, key="veto", phrase="Vetoed it")
    base = egg_base([said], forecasts=[foretold])
    page = forecast(base.forecasts["f"], base, english(), on=DAY, page=1)
    (line,) = page.sections[-1].lines
    assert line.label.endswith("came true:")
    assert "veto" in line.text
