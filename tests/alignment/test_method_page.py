"""The page on the method says what the base says: ``python -m
tests.alignment.test_method_page`` writes its tables anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from bot.alignment.rubric import assess
from bot.answers import sentences
from bot.answers.base_words import rule_sentence
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.runtime.reload import names_of
from tests.support.bases import DATA, TODAY

PAGE = DATA.parent / "docs" / "method.md"
SEVEN = ("HU", "SK", "TR", "KZ", "IN", "CN", "BR")
DAYS = (
    date(2022, 3, 30),
    date(2023, 6, 30),
    date(2024, 12, 31),
    date(2025, 12, 31),
    date(2026, 11, 26),
)
EXAMPLE = ("TR", date(2022, 3, 30))


def _texts(base: Base) -> Texts:
    return Texts("en", names_of(base).display)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def deeds(base: Base) -> Iterator[str]:
    yield "| what happened | pillar | points | at most | years | decides |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for deed in base.conflict.deeds.values():
        pillar = base.conflict.pillars[deed.pillar].name
        years = f"{deed.lapses_after_years:g}" if deed.lapses_after_years else "–"
        decides = "yes" if deed.decides else ""
        yield (
            f"| **{deed.name}**: {deed.about} | {pillar} | {deed.points:g} | "
            f"{deed.at_most:g} | {years} | {decides} |"
        )


def _numbers(base: Base, place: int) -> str:
    """What a rule asks for, in numbers."""
    when = base.conflict.rules[place].when
    asked: list[str] = []
    if when.mean is not None:
        asked.append(f"mean above {when.mean:g}")
    if when.record is not None:
        no_vote = ", or no vote at all" if when.record_or_none else ""
        asked.append(f"record of at least {when.record:g}{no_vote}")
    if when.balance is not None:
        asked.append(f"balance of at least {when.balance:g}")
    return "; ".join(asked) or "what is left"


def rules(base: Base) -> Iterator[str]:
    texts, conflict = _texts(base), base.conflict
    yield "| level | rule | in numbers, seen from its side |"
    yield "| --- | --- | --- |"
    for place, rule in enumerate(conflict.rules):
        level = conflict.level(rule.level)
        said = rule_sentence(rule.id, rule.sentence, level.toward, conflict, texts)
        yield f"| {level.name} | {said} | {_numbers(base, place)} |"


def example(base: Base) -> Iterator[str]:
    code, day = EXAMPLE
    texts, found = _texts(base), assess(code, base, on=day)
    yield "| fact | kind of deed | points |"
    yield "| --- | --- | --- |"
    for each in found.contributions:
        if each.alone:
            text = sentences.fact(each.fact, texts)
            name = sentences.deed_name(each.fact.deed, base.conflict, texts)
            yield f"| {text} | {name} | {each.points:+.2f} |"
    yield ""
    pillars = ", ".join(
        f"{base.conflict.pillars[p.pillar].name.lower()} {p.score:+.2f}"
        for p in found.pillars
    )
    votes = sentences.record(found.record, base, texts)
    yield (
        f"The pillars are {pillars}, and their mean is {found.mean:+.2f}. It voted "
        f"{votes}: its record is {found.record.value:+.2f}. The balance is half of "
        f"that and the mean, {found.score:+.2f}."
    )
    yield ""
    (rule,) = found.fired
    level = base.conflict.level(found.level).name
    said = rule_sentence(rule.id, rule.sentence, rule.toward, base.conflict, texts)
    yield (
        "The rule for an ally of Ukraine does not hold: the arms are a token, and who "
        f"refuses sanctions is no ally. The next one holds. **{level}**: {said}"
    )


def seven(base: Base) -> Iterator[str]:
    texts = _texts(base)
    yield "| | " + " | ".join(_day(day) for day in DAYS) + " |"
    yield "| --- |" + " --- |" * len(DAYS)
    for code in SEVEN:
        cells: list[str] = []
        for day in DAYS:
            found = assess(code, base, on=day)
            level = sentences.level_name(found.level, base, texts)
            fired = " + ".join(f"`{rule.id}`" for rule in found.fired)
            cells.append(f"{level} ({fired}; {found.score:+.2f})")
        yield f"| **{texts.name(code)}** | " + " | ".join(cells) + " |"


TABLES: dict[str, Callable[[Base], Iterator[str]]] = {
    "deeds": deeds,
    "rules": rules,
    "example": example,
    "seven": seven,
}


def written(page: str, base: Base) -> str:
    """The page with each table as the base has it now."""
    for key, rows in TABLES.items():
        begin, end = f"<!-- {key}: generated -->", f"<!-- end of {key} -->"
        table = f"{begin}\n\n" + "\n".join(rows(base)) + f"\n\n{end}"
        around = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        assert around.search(page), key
        page = around.sub(lambda _, table=table: table, page)
    return page


def test_the_page_says_what_the_base_says(base: Base) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page, base), "python -m tests.alignment.test_method_page"


def test_the_pages_numbers_are_those_of_the_conflict(base: Base) -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    conflict = base.conflict
    first = conflict.first_day.first
    for said in (
        f"{len(conflict.deeds)} kinds of deed",
        *(
            f"{pillar.name.lower()} ({pillar.share:g}"
            for pillar in conflict.pillars.values()
        ),
        f"worth {conflict.contradiction.points:.2f} points or more",
        f"{_day(first)}, on which the base begins",
    ):
        assert said in page
    ballots = {word: worth.points for word, worth in conflict.record.ballots.items()}
    assert ballots == {"yes": 1, "abstain": -0.15, "absent": -0.05, "no": -1}
    assert "A yes for Ukraine counts 1, an abstention −0.15, an empty chair −0.05" in (
        page
    )
    assert (conflict.record.half_life_years, conflict.record.share) == (1, 0.5)
    assert conflict.record.alone == 1.5
    scales = {word: worth.points for word, worth in conflict.scales.items()}
    assert scales == {"token": 0.5, "usual": 1, "large": 1.5}


if __name__ == "__main__":
    shipped = read_base(DATA, TODAY)
    text = written(PAGE.read_text(encoding="utf-8"), shipped)
    PAGE.write_text(text, encoding="utf-8")
