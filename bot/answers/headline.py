"""A fact in a few words for the card: a whole sentence, the name of its list, or the
phrase of its kind of deed. Nothing is cut off in the middle.
"""

from __future__ import annotations

import re
from datetime import date

from bot.answers import base_words, sentences
from bot.answers.texts import Texts
from bot.knowledge.facts import Base, Fact

_SENTENCE_END = re.compile(r"(?<=\w\w[.!?])(?<!\bSt\.)(?<!\bDr\.)\s+(?=[^\sa-z])")
"""Between two sentences; *St.* and *Dr.* end none."""
_ABBREVIATION = re.compile("[A-Z]{2,6}")
"""What a bloc is called for short."""


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order."""
    return tuple(_SENTENCE_END.split(text.strip()))


def _list_name(ref: str | None, base: Base, texts: Texts) -> str:
    """The name of the list that tells a fact; nothing for one that stands alone."""
    kind, _, key = (ref or "").partition(":")
    if kind == "measure" and key in base.measures:
        return base_words.measure_name(base.measures[key], texts)
    return ""


def _phrase(fact: Fact, base: Base, texts: Texts) -> str:
    conflict = base.conflict
    if fact.deed is None:
        return ""
    said = base_words.deed_phrase(fact.deed, fact.toward, conflict, texts)
    return texts.capital(said)


def _shortest(fact: Fact, base: Base, texts: Texts) -> list[str]:
    """What fits beside a bar on one line of a phone: the bloc by its abbreviation, the
    name of the kind of deed.
    """
    ways: list[str] = []
    kind, _, key = fact.ref.partition(":")
    if kind == "bloc" and key in base.blocs:
        names = filter(_ABBREVIATION.fullmatch, base.blocs[key].aliases)
        ways += [texts("In the {bloc}", bloc=name) for name in names][:1]
    if fact.deed is not None:
        ways.append(sentences.deed_name(fact.deed, base.conflict, texts))
    return ways


def headlines(fact: Fact, base: Base, texts: Texts) -> tuple[str, ...]:
    """Ways to say a fact, without its date, from the fullest to the shortest; at least
    one.
    """
    if fact.kind == "bloc":
        name = base_words.list_name(fact, texts)
        ways = [
            texts(
                "{standing} of the {bloc}",
                standing=sentences.standing(fact.detail, texts),
                bloc=name,
            ),
            name,
        ]
    elif fact.kind == "measure":
        name = base_words.list_name(fact, texts)
        ways = [f"{name}: {fact.detail}", name]
    else:
        listed = _list_name(fact.part_of, base, texts)
        ways = [fact.text, sentences_of(fact.text)[0], listed]
    ways = [way.strip().removesuffix(".") for way in ways if way.strip()]
    ways.sort(key=len, reverse=True)
    # The phrase of its kind says least, so it comes last, however short a list's name.
    ways += [_phrase(fact, base, texts), *_shortest(fact, base, texts)]
    mark = f"{sentences.OWN} " if fact.own else ""
    return tuple(dict.fromkeys(f"{mark}{way}" for way in ways if way))


def brief(
    fact: Fact, most: int, base: Base, texts: Texts, *, dated: bool = True
) -> str:
    """The fullest way to say a fact, perhaps with its day, in at most so many
    characters, a roll call by its short name; the shortest where none is so short.
    """
    ways = list(headlines(fact, base, texts))
    if fact.kind == "vote":
        ways = [sentences.ballot_in(fact, texts)]
    if dated:
        when = texts.date(fact.date)
        ways = [texts("{text} ({date})", text=way, date=when) for way in ways]
    return next((way for way in ways if len(way) <= most), ways[-1])


def cause(fact: Fact | None, on: date, most: int, base: Base, texts: Texts) -> str:
    """What changed a level on a day: a fact that began, ended or lapsed on it, or only
    that votes grew older.
    """
    if fact is None:
        return texts("older votes came to count for less")
    if fact.ends != on:
        return brief(fact, most, base, texts, dated=fact.begins != on)
    claim = brief(fact, most, base, texts)
    if fact.lapsed(on):
        return texts("no longer counts: {fact}", fact=claim)
    return texts("ended: {fact}", fact=claim)
