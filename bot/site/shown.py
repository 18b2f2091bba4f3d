"""What the pages of the site are put together from: lines of answers, facts, names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.answers import sentences, web_pages
from bot.answers.document import Answer, Citations, Line
from bot.answers.roster import by_region, region_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base, Fact
from bot.names.alphabet import sort_key
from bot.site.document import Edition, Link, Part, ShownLine


def lines_of(
    lines: Iterable[Line], answer: Answer, cites: Citations
) -> tuple[ShownLine, ...]:
    """An answer's lines with the numbers that its sources have on the page."""
    sources = {each.number: each.source for each in answer.citations}
    return tuple(
        ShownLine(
            line.text,
            label=line.label,
            bar=line.bar,
            side=line.side,
            cites=cites.cite(sources[number] for number in line.cites),
        )
        for line in lines
    )


def in_words(line: ShownLine, texts: Texts) -> ShownLine:
    """A line whose side does not say how much of its bar is filled, saying it."""
    if not line.bar:
        return line
    side = texts("{n} of {most} {side}", n=line.bar, most=sentences.BAR, side=line.side)
    return replace(line, side=side)


def lead_of(answer: Answer, cites: Citations) -> ShownLine | None:
    """The sentence that answers."""
    if answer.lead is None or not answer.lead.text:
        return None
    return lines_of([answer.lead], answer, cites)[0]


def sections_of(answer: Answer, cites: Citations) -> tuple[Part, ...]:
    """An answer's sections, each a part."""
    return tuple(
        Part(section.heading, lines=lines_of(section.lines, answer, cites))
        for section in answer.sections
    )


def remarks_of(answer: Answer, cites: Citations, texts: Texts) -> tuple[Part, ...]:
    """What the curators remark on an answer: no part or one."""
    if not answer.remarks:
        return ()
    return (Part(texts("Remarks"), lines=lines_of(answer.remarks, answer, cites)),)


def walked(pages: Iterable[Answer], cites: Citations) -> tuple[Part, ...]:
    """The sections of an answer that has several pages, those of one heading together,
    in the order in which they begin.
    """
    lines: dict[str, tuple[ShownLine, ...]] = {}
    for answer in pages:
        for part in sections_of(answer, cites):
            lines[part.heading] = lines.get(part.heading, ()) + part.lines
    return tuple(Part(heading, lines=those) for heading, those in lines.items())


def fact_line(
    fact: Fact, label: str, href: str, cites: Citations, texts: Texts
) -> ShownLine:
    """A fact's sentence behind a label that leads somewhere."""
    said = sentences.fact(fact, texts)
    return ShownLine(said, label=label, href=href, cites=cites.cite(fact.sources))


def actor_link(code: str, edition: Edition, texts: Texts) -> Link:
    """An actor's name with its flag and level, leading to its page."""
    return Link(
        texts.name(code),
        web_pages.actor(code, edition.base, texts),
        level=edition.levels[code],
    )


def names_by_region(
    codes: Iterable[str], edition: Edition, texts: Texts
) -> tuple[Part, ...]:
    """Actors by continent, each with the way to its page."""
    return tuple(
        Part(
            region_name(region, texts),
            links=tuple(actor_link(each.code, edition, texts) for each in group),
        )
        for region, group in groupby(
            by_region(codes, texts), key=lambda each: each.region
        )
    )


def letter_of(name: str) -> str:
    """The letter, without accents, under which a name stands in a list; ``#`` for
    none.
    """
    plain = unicodedata.normalize("NFKD", name)
    return next((sign.upper() for sign in plain if sign.isalpha()), "#")


def by_letter(links: Iterable[tuple[str, Link]], texts: Texts) -> tuple[Part, ...]:
    """Links by the first letter of the name that stands with each."""
    ordered = sorted(links, key=lambda pair: sort_key(pair[0], texts.locale))
    groups: dict[str, list[Link]] = {}
    for name, link in ordered:
        groups.setdefault(letter_of(name), []).append(link)
    return tuple(
        Part(letter, id=f"letter-{letter.casefold()}", links=tuple(those))
        for letter, those in groups.items()
    )


def newest_first(facts: Sequence[Fact]) -> list[Fact]:
    """Facts by the day on which they began."""
    return sorted(facts, key=lambda fact: (fact.begins, fact.ref), reverse=True)


def all_facts(base: Base) -> list[tuple[str, Fact]]:
    """Every fact of every actor but its ballots, with the actor's code."""
    return [
        (code, fact)
        for code in base.countries
        for fact in base.facts(code)
        if fact.kind != "vote"
    ]
