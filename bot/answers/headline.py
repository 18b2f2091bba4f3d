"""A fact in a few words for the card: a sentence, its beginning, what its list or its
kind of deed says. Nothing is cut off in the middle of a thought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.alignment.causes import Cause
from bot.answers import base_words, sentences
from bot.answers.texts import Texts
from bot.knowledge.conflict import NEUTRAL
from bot.knowledge.facts import Base, Fact

_SENTENCE_END = re.compile(
    r"(?<=\w\w[.!?؟])(?<!\bSt\.)(?<!\bDr\.)\s+(?=[^\sa-z])|(?<=[。！？])\s*(?=[^\s」』）])"
)
"""Between two sentences; *St.* and *Dr.* end none."""
_ADDED = re.compile(r"; |, (?=which\b|who\b|whose\b|where\b|by the count\b|\d|below\b)")
"""Before what a sentence adds to what was done."""


_THEN = 40
"""Characters of what stands behind a fact after which another one stopped counting."""


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order."""
    return tuple(_SENTENCE_END.split(text.strip()))


def first_clause(text: str) -> str:
    """A sentence without what it adds to what was done; whole where it adds nothing."""
    return _ADDED.split(sentences_of(text)[0], maxsplit=1)[0]


def _is_sum(fact: Fact, base: Base) -> bool:
    """Whether a fact is a sum of many deeds, as a tracker counts them in a year."""
    kind, _, key = fact.ref.partition(":")
    return kind == "measure" and key in base.measures and base.measures[key].sums


def _list_phrase(fact: Fact, base: Base, texts: Texts) -> str:
    """What the list that tells a fact says of each actor in it; nothing where this
    actor did something else.
    """
    kind, _, key = (fact.part_of or fact.ref).partition(":")
    if kind == "measure" and key in base.measures:
        measure = base.measures[key]
        same = (fact.deed, fact.toward) == (measure.deed, measure.toward)
        return base_words.measure_phrase(measure, texts) if same else ""
    if kind == "bloc" and key in base.blocs and fact.detail == "member":
        return base_words.bloc_phrase(base.blocs[key], texts)
    return ""


def _deed_phrase(fact: Fact, base: Base, texts: Texts) -> str:
    """What its kind of deed says of a fact; nothing of one for neither side where the
    phrase names a side, for *hosts neither side's forces* says that there are none.
    """
    if fact.deed is None:
        return ""
    if fact.toward == NEUTRAL and "{" in base.conflict.deeds[fact.deed].phrase:
        return ""
    said = base_words.deed_phrase(fact.deed, fact.toward, base.conflict, texts)
    return texts.capital(said)


def _marked(fact: Fact, ways: Iterable[str]) -> tuple[str, ...]:
    """Ways to say a fact, each once and without its last stop, marked where a server
    added it.
    """
    mark = f"{sentences.OWN} " if fact.own else ""
    said = (way.strip().removesuffix(".") for way in ways)
    return tuple(dict.fromkeys(f"{mark}{way}" for way in said if way))


def in_full(fact: Fact, base: Base, texts: Texts) -> tuple[str, ...]:
    """Ways to say what was done, from the fullest to the shortest: the whole sentence,
    its beginning, a few words of the fact's own or of its list.
    """
    ways = [base_words.event_phrase(fact, texts), _list_phrase(fact, base, texts)]
    match fact.kind:
        case "bloc":
            standing = sentences.standing(fact.detail, texts)
            name = base_words.list_name(fact, texts)
            ways.append(texts("{standing} of the {bloc}", standing=standing, bloc=name))
        case "measure" if not _is_sum(fact, base):
            name = base_words.list_name(fact, texts)
            ways += [f"{name}: {fact.detail}", "" if fact.deed else name]
        case _:
            told = fact.detail if fact.kind == "measure" else fact.text
            ways += [told, sentences_of(told)[0], first_clause(told)]
    ways.sort(key=len, reverse=True)
    return _marked(fact, ways)


def in_short(fact: Fact, base: Base, texts: Texts) -> tuple[str, ...]:
    """What its kind of deed says of a fact, and the same in the fewest words; nothing
    for what is not counted.
    """
    if fact.deed is None:
        return ()
    short = base_words.deed_short(fact.deed, base.conflict, texts)
    return _marked(fact, [_deed_phrase(fact, base, texts), short])


def is_as_written(words: str, fact: Fact) -> bool:
    """Whether a way to say a fact has words in which it was written, which are not
    translated.
    """
    written = (fact.phrase, fact.text, fact.detail)
    return any(part and (part in words or words in part) for part in written)


def headlines(fact: Fact, base: Base, texts: Texts) -> tuple[str, ...]:
    """Ways to say a fact, without its date, from the fullest to the shortest; at least
    one.
    """
    ways = (*in_full(fact, base, texts), *in_short(fact, base, texts))
    return tuple(dict.fromkeys(ways))


def day_of(fact: Fact, base: Base, texts: Texts) -> str:
    """When a fact was, in words; of a sum, its year."""
    return str(fact.date.year) if _is_sum(fact, base) else texts.date(fact.date)


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
        when = day_of(fact, base, texts)
        ways = [texts("{text} ({date})", text=way, date=when) for way in ways]
    return next((way for way in ways if len(way) <= most), ways[-1])


def cause_in_words(found: Cause, on: date, most: int, base: Base, texts: Texts) -> str:
    """What changed a level on a day, in about ``most`` characters: a fact that began,
    ended or lapsed on it, or only that votes grew older.
    """
    fact, led = found.fact, found.led
    if fact is None:
        return texts("older votes came to count for less")
    if fact.ends != on:
        return brief(fact, most, base, texts, dated=fact.begins != on)
    if led:
        claim = brief(led, most - _THEN, base, texts)
        return texts("{fact}; then an older deed stopped counting", fact=claim)
    claim = brief(fact, most, base, texts)
    if fact.lapsed(on):
        return texts("no longer counts: {fact}", fact=claim)
    return texts("ended: {fact}", fact=claim)
