"""What the checks of knowledge and entries find, in the reader's language.

The checks know no language. Each of their sentences that a form or an import can come
to stands here once, as a message for the catalogues; one that does not stays English.
"""

from __future__ import annotations

import re
from functools import cache

from bot.answers.texts import Texts
from bot.knowledge.dates import PartialDate


def finding(message: str) -> str:
    """A sentence of the checks; the calls are what the template is made of."""
    return message


_OF_TEXTS = (
    finding("text stands on one line, without control characters"),
    finding("text has no invisible or direction-changing characters"),
    finding("text is not empty and has no blanks around it"),
    finding("string should have at least {n} character"),
    finding("string should have at least {n} characters"),
    finding("string should have at most {n} characters"),
    finding("string should match pattern {pattern}"),
    finding("“{name}” has {n} characters"),
    finding("“{name}” has no letters"),
    finding("at most {n}"),
    finding("{word} is none of {expected}"),
    finding("did you mean {word}?"),
    finding("{key} is missing"),
    finding("unknown key {key}"),
)
_OF_DAYS = (
    finding("a date is written 2020, 2020-03 or 2020-03-02"),
    finding("{typed} is not a date: write 2020, 2020-03 or 2020-03-02"),
    finding("{typed} is not a day of the calendar"),
    finding("year {year} is out of range"),
    finding("{day} is in the future"),
    finding("ends on {end}, before it begins on {begin}"),
    finding("{day} is before the base's first day, {first}"),
)
_OF_SOURCES = (
    finding("a fact needs at least one citation"),
    finding("Where is it?"),
    finding("write the page's address on a line of its own, https://…"),
    finding("Who published it?"),
    finding("write the name on the line below the address"),
    finding("What is its title?"),
    finding("write it on the line below the publisher"),
    finding("more than {n} sources"),
    finding("keep the best {n}"),
    finding("a web address begins with https:// or http:// and names a host"),
    finding("a web address has no user name, blanks, quotes or angle brackets"),
    finding("a web address has no blanks and no invisible characters"),
    finding("a web address leads to a page that everybody can open"),
    finding("a number as a host is written in full, as 192.0.2.1 is"),
    finding("the host of a web address is no valid name"),
    finding("an invite to a server is no source"),
)
_OF_NAMES = (
    finding("“{name}” already means {code}"),
    finding("choose another name"),
    finding("{code} is called “{name}” already"),
    finding("{n} other names"),
    finding("there is an actor {code} already"),
    finding("choose another code"),
    finding("a code has at most {n} characters"),
)
_OF_WHOLES = (
    finding("a summary names the facts that bear it out"),
    finding("add summary_facts"),
    finding("{word} is no side of this conflict"),
    finding("{word} is no level of this conflict"),
    finding("{word} is no kind of deed"),
    finding("no fact is called {name}"),
)
_OF_FILES = (
    finding("more than {n} documents"),
    finding("at most {n} are read; import a part at a time"),
    finding("the file is empty"),
    finding("not YAML: {what}"),
    finding("input should be a dictionary or an instance of {kind}"),
    finding("see docs/data.md for an example"),
    finding("{code} stands twice"),
    finding("it is on line {line} already"),
    finding("{name} is no name"),
    finding("letters, at most {n} of them"),
    finding("the code has {n} characters"),
    finding("the name is not the base's"),
    finding("the base calls {code} {name}; add an alias, or choose another code"),
    finding("the base has an event {name} that differs"),
    finding("give this one another id; the base's own facts are changed upstream"),
)
# What is more special stands before what it is a case of.
SENTENCES = (*_OF_DAYS, *_OF_SOURCES, *_OF_WHOLES, *_OF_NAMES, *_OF_FILES, *_OF_TEXTS)
_DAYS = frozenset({"day", "first", "begin", "end"})
"""Placeholders that days fill."""
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern for each sentence; what fills a placeholder is on one line."""
    return tuple(
        (re.compile(_PLACEHOLDER.sub(r"(?P<\1>.*)", re.escape(message))), message)
        for message in SENTENCES
    )


def _part_of_source(key: str, texts: Texts) -> str | None:
    """A line of a source in words."""
    return {
        "url": texts.keyed("source.url", "address"),
        "publisher": texts.keyed("source.publisher", "publisher"),
        "title": texts.keyed("source.title", "title"),
        "published": texts.keyed("source.published", "date"),
    }.get(key)


def finding_text(english: str, texts: Texts) -> str:
    """A sentence of the checks in the reader's language, where it is known. One that
    begins with a line of a source (``url: …``) has that in words.
    """
    key, colon, rest = english.partition(": ")
    part = _part_of_source(key, texts) if colon else None
    if part is not None:
        return f"{part}: {finding_text(rest, texts)}"
    for pattern, message in _patterns():
        if found := pattern.fullmatch(english.replace("`", "")):
            values = {
                name: _day(value, texts) if name in _DAYS else value
                for name, value in found.groupdict().items()
            }
            if texts.locale == "en" and _DAYS.isdisjoint(values):
                return english
            return texts(message, **values)
    return english


def _day(written: str, texts: Texts) -> str:
    """A day in the reader's form; what is none stays as it is."""
    try:
        return texts.date(PartialDate.parse(written))
    except ValueError:
        return written
