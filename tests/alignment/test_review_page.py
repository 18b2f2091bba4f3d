"""The page of sixty judged levels and of citations opened again: ``python -m
tests.alignment.test_review_page`` writes anew what follows from the base, and ``… draw
SEED`` draws another sample.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.alignment.rubric import assess
from bot.answers import sentences
from bot.answers.base_words import rule_sentence
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from tests.support.bases import DATA, TODAY

PAGE = DATA.parent / "docs" / "review.md"
SIXTY = tuple(
    (
        "RU UA BY AM KZ KG TJ MD GE AZ MN KP CN IN "
        "US GB DE FR IT CA JP KR AU PL EE LV LT FI SE NO NL DK CZ SK HU RO BG GR AT BE "
        "ES IE TR CH QA AE SA VA IL BR ZA MX AR ID IR SY CU VE RS UZ"
    ).split()
)
DAYS = (
    date(2022, 2, 24),
    date(2022, 3, 30),
    date(2023, 6, 1),
    date(2025, 3, 15),
    date(2026, 11, 26),
)
RESULTS = ("says it", "says it in part", "does not say it", "not found")
_ROW = re.compile(r"^\| (\d+) \| .* \| ([^|]+?) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Citation:
    """A page that a fact of an actor cites."""

    code: str
    ref: str
    url: str


def drawn(base: Base, seed: int, count: int = 60) -> list[Citation]:
    """So many citations of facts beside ballots, the same for the same base and
    seed.
    """
    cited = {
        (code, fact.ref, source.url)
        for code in base.countries
        for fact in base.facts(code)
        if fact.kind != "vote"
        for source in fact.sources
    }
    return [
        Citation(*each) for each in random.Random(seed).sample(sorted(cited), count)
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _level(code: str, day: date, base: Base, texts: Texts) -> str:
    found = assess(code, base, on=day)
    level = sentences.level_name(found.level, base, texts)
    fired = " + ".join(f"`{rule.id}`" for rule in found.fired)
    return f"**{level}** ({fired})" if fired else f"**{level}**"


def levels(code: str, base: Base, texts: Texts) -> str:
    """An actor's level on the five days, equal neighbours told once."""
    told = [(_level(code, day, base, texts), day) for day in DAYS]
    spans: list[str] = []
    for level, group in groupby(told, key=lambda each: each[0]):
        days = [day for _, day in group]
        until = f" to {_day(days[-1])}" if len(days) > 1 else ""
        spans.append(f"{level} {_day(days[0])}{until}")
    return " · ".join(spans)


def rules(base: Base, texts: Texts) -> str:
    def lines() -> Iterator[str]:
        for rule in base.conflict.rules:
            toward = base.conflict.level(rule.level).toward
            said = rule_sentence(rule.id, rule.sentence, toward, base.conflict, texts)
            yield f"- `{rule.id}`: {said}"

    return "\n".join(lines())


def samples(page: str) -> list[list[tuple[str, str]]]:
    """The numbered rows of each table of citations: a number and a result."""
    found: list[list[tuple[str, str]]] = []
    for number, result in _ROW.findall(page):
        if number == "1":
            found.append([])
        found[-1].append((number, result))
    return found


def counted(rows: list[tuple[str, str]]) -> str:
    results = Counter(result.split(":")[0] for _, result in rows)
    return ", ".join(f"{results[each]} *{each}*" for each in RESULTS) + "."


def _between(page: str, key: str, text: str) -> str:
    begin, end = f"<!-- {key}: generated -->", f"<!-- end of {key} -->"
    around = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    assert len(around.findall(page)) == 1, key
    return around.sub(lambda _: f"{begin}\n\n{text}\n\n{end}", page)


def written(page: str, base: Base) -> str:
    """The page with everything that follows from the base as the base has it now."""
    texts = Texts("en", names_of(base).display)
    page = _between(page, "rules", rules(base, texts))
    first, again = samples(page)
    page = _between(page, "counted", counted(first))
    page = _between(page, "counted-again", counted(again))
    for code in SIXTY:
        page = _between(page, code, levels(code, base, texts))
    return page


def _judgements(page: str) -> dict[str, str]:
    """What somebody wrote under each actor's levels, by code."""
    written_under = re.compile(r"<!-- end of ([A-Z]{2}) -->([^#]*)")
    found = written_under.findall(page)
    return {code: " ".join(text.split()) for code, text in found}


def test_levels_and_rules_are_those_of_the_base(base: Base) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page, base), "python -m tests.alignment.test_review_page"


def test_each_of_the_sixty_is_judged_in_a_sentence() -> None:
    judged = _judgements(PAGE.read_text(encoding="utf-8"))
    assert len(set(SIXTY)) == 60
    assert list(judged) == list(SIXTY)
    for code, text in judged.items():
        assert 40 <= len(text) <= 400, code
        assert text.endswith("."), code


def test_each_of_the_citations_of_both_samples_has_a_result() -> None:
    found = samples(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 2
    for rows in found:
        assert [int(number) for number, _ in rows] == list(range(1, 61))
        assert {result.split(":")[0] for _, result in rows} <= set(RESULTS)


def test_a_seed_draws_the_same_citations_of_facts_beside_ballots(base: Base) -> None:
    sample = drawn(base, 60)
    assert sample == drawn(base, 60)
    assert sample != drawn(base, 61)
    assert len(set(sample)) == 60
    for each in sample:
        assert not each.ref.startswith("vote:")
        facts = [f for f in base.facts(each.code) if f.ref == each.ref]
        assert any(s.url == each.url for f in facts for s in f.sources)


if __name__ == "__main__":
    shipped = read_base(DATA, TODAY)
    if sys.argv[1:2] == ["draw"]:
        for citation in drawn(shipped, int(sys.argv[2])):
            print(citation.code, citation.ref, citation.url)
    else:
        now = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(written(now, shipped), encoding="utf-8")
