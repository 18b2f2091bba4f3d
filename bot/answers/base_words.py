"""The texts of a base that readers see, each with the key under which the base's own
catalogue translates it.

A base's catalogue is `locales/<language>.po` beside its files. A phrase that names
sides stands there once for each side, filled in, so that a language may decline their
names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.answers.texts import Texts
from bot.knowledge.conflict import NEUTRAL, Body, Conflict, Level, Ranking, Side
from bot.knowledge.documents import Bloc, Measure, Vote
from bot.knowledge.facts import Base, Fact


class Keyed(NamedTuple):
    """A text of the base in English, and its key."""

    key: str
    text: str


def _side(side: Side) -> Keyed:
    return Keyed(f"side.{side.id}", side.name)


def _level(level: Level) -> Keyed:
    return Keyed(f"level.{level.id}.name", level.name)


def _level_reason(level: Level) -> Keyed:
    return Keyed(f"level.{level.id}.reason", level.reason)


def _pillar(key: str, conflict: Conflict) -> Keyed:
    return Keyed(f"pillar.{key}.name", conflict.pillars[key].name)


def _pillar_reason(key: str, conflict: Conflict) -> Keyed:
    return Keyed(f"pillar.{key}.reason", conflict.pillars[key].reason)


def _deed(key: str, conflict: Conflict) -> Keyed:
    return Keyed(f"deed.{key}.name", conflict.deeds[key].name)


def _deed_about(key: str, conflict: Conflict) -> Keyed:
    return Keyed(f"deed.{key}.about", conflict.deeds[key].about)


def _deed_phrase(key: str, conflict: Conflict) -> Keyed:
    return Keyed(f"deed.{key}.phrase", conflict.deeds[key].phrase)


def _deed_short(key: str, conflict: Conflict) -> Keyed:
    return Keyed(f"deed.{key}.short", conflict.deeds[key].short)


def _body(key: str, body: Body) -> Keyed:
    return Keyed(f"body.{key}.name", body.name)


def _body_short(key: str, body: Body) -> Keyed:
    return Keyed(f"body.{key}.short", body.short)


def _ballot_reason(word: str, conflict: Conflict) -> Keyed:
    reasons = {str(key): each.reason for key, each in conflict.record.ballots.items()}
    return Keyed(f"ballot.{word}.reason", reasons[word])


def _bloc(bloc: Bloc) -> Keyed:
    return Keyed(f"bloc.{bloc.id}.name", bloc.name)


def _bloc_phrase(bloc: Bloc) -> Keyed:
    return Keyed(f"bloc.{bloc.id}.phrase", bloc.phrase or "")


def _measure_phrase(measure: Measure) -> Keyed:
    return Keyed(f"measure.{measure.id}.phrase", measure.phrase or "")


def _measure(measure: Measure) -> Keyed:
    return Keyed(f"measure.{measure.id}.name", measure.name)


def _scope(measure: Measure) -> Keyed:
    return Keyed(f"measure.{measure.id}.scope", measure.scope or "")


def _vote(vote: Vote) -> Keyed:
    return Keyed(f"vote.{vote.id}.short", vote.short)


def _summary(code: str, base: Base) -> Keyed:
    return Keyed(f"summary.{code}", base.countries[code].summary or "")


def _event_phrase(phrase: str) -> Keyed:
    # Many actors did the same in the same words, which are translated once.
    words = re.sub(r"\W+", "-", phrase.casefold()).strip("-")
    return Keyed(f"event.{words}.phrase", phrase)


def _event_phrases(base: Base) -> Iterator[Keyed]:
    for country in base.countries.values():
        for event in country.events:
            yield _event_phrase(event.phrase or "")


def _rule(rule: str, sentence: str) -> Keyed:
    return Keyed(f"rule.{rule}.sentence", sentence)


def _whole(conflict: Conflict) -> dict[str, Keyed]:
    """What the conflict says once, by its key."""
    times = conflict.times
    said = {
        "conflict.name": conflict.name,
        "conflict.naming": conflict.naming,
        "conflict.borders": conflict.borders or "",
        "level.party.name": conflict.party,
        "level.unknown.name": conflict.unknown,
        "record.reason": conflict.record.reason,
        "times.before": times.before,
        "times.during": times.during,
        "times.since": times.since,
        "times.begins": times.begins,
        "times.not_begun": times.not_begun,
    }
    return {key: Keyed(key, text) for key, text in said.items()}


def _ranking_words(ranking: Ranking) -> tuple[Keyed, Keyed, Keyed]:
    """A ranking's name, its unit, and what is said about it."""
    head = f"ranking.{ranking.id}"
    return (
        Keyed(f"{head}.name", ranking.name),
        Keyed(f"{head}.unit", ranking.unit),
        Keyed(f"{head}.about", ranking.about),
    )


def _about(each: Keyed, toward: str, conflict: Conflict) -> Keyed:
    """A phrase with the sides' names in it: ``{side}`` is the one that ``toward``
    names, ``{opponent}`` the other; of neither, both say *neither side*.
    """
    if "{" not in each.text:
        return each
    sign = conflict.sign(toward)
    side = opponent = "neither side"
    if sign:
        side, opponent = conflict.side(sign).name, conflict.side(-sign).name
    filled = each.text.format(side=side, opponent=opponent)
    return Keyed(f"{each.key}.{toward if sign else NEUTRAL}", filled)


def said(each: Keyed, texts: Texts) -> str:
    """A text in the reader's language."""
    return texts.of_base(each.key, each.text) if each.text else ""


def once(key: str, conflict: Conflict, texts: Texts) -> str:
    """What the conflict says once, such as ``times.before``; KeyError for another
    key.
    """
    return said(_whole(conflict)[key], texts)


def side_name(side: Side, texts: Texts) -> str:
    """A side's name."""
    return said(_side(side), texts)


def ranking_name(ranking: Ranking, texts: Texts) -> str:
    """What is ranked."""
    return said(_ranking_words(ranking)[0], texts)


def ranking_unit(ranking: Ranking, texts: Texts) -> str:
    """What a ranking's figures are, written after a number."""
    return said(_ranking_words(ranking)[1], texts)


def ranking_about(ranking: Ranking, texts: Texts) -> str:
    """Where a ranking's figures come from."""
    return said(_ranking_words(ranking)[2], texts)


def level_words(level: Level, texts: Texts) -> tuple[str, str]:
    """A level's name, and what it means."""
    return said(_level(level), texts), said(_level_reason(level), texts)


def pillar_name(key: str, conflict: Conflict, texts: Texts) -> str:
    """A pillar's name."""
    return said(_pillar(key, conflict), texts)


def pillar_reason(key: str, conflict: Conflict, texts: Texts) -> str:
    """Why a pillar weighs what it weighs."""
    return said(_pillar_reason(key, conflict), texts)


def deed_words(key: str, conflict: Conflict, texts: Texts) -> tuple[str, str]:
    """The name of a kind of deed, and what belongs there."""
    return said(_deed(key, conflict), texts), said(_deed_about(key, conflict), texts)


def deed_phrase(key: str, toward: str, conflict: Conflict, texts: Texts) -> str:
    """What somebody does by a deed for a side, or for neither."""
    return said(_about(_deed_phrase(key, conflict), toward, conflict), texts)


def deed_short(key: str, conflict: Conflict, texts: Texts) -> str:
    """A kind of deed in the fewest words, or its name."""
    short = said(_deed_short(key, conflict), texts)
    return short or said(_deed(key, conflict), texts)


def rule_sentence(
    rule: str, sentence: str, toward: str, conflict: Conflict, texts: Texts
) -> str:
    """What a rule says of the side that it is about; the contradiction's id is
    ``contradiction``.
    """
    return said(_about(_rule(rule, sentence), toward, conflict), texts)


def body_short(key: str, conflict: Conflict, texts: Texts) -> str:
    """A body's short name; nothing for a body that the base does not name."""
    body = conflict.bodies.get(key)
    return said(_body_short(key, body), texts) if body else ""


def ballot_reason(word: str, conflict: Conflict, texts: Texts) -> str:
    """Why a ballot counts what it counts."""
    return said(_ballot_reason(word, conflict), texts)


def bloc_name(bloc: Bloc, texts: Texts) -> str:
    """A bloc's name."""
    return said(_bloc(bloc), texts)


def bloc_phrase(bloc: Bloc, texts: Texts) -> str:
    """What full members of a bloc are, in a few words; perhaps nothing."""
    return said(_bloc_phrase(bloc), texts)


def measure_phrase(measure: Measure, texts: Texts) -> str:
    """What each actor in a list did, in a few words; perhaps nothing."""
    return said(_measure_phrase(measure), texts)


def measure_name(measure: Measure, texts: Texts) -> str:
    """A measure's name."""
    return said(_measure(measure), texts)


def measure_scope(measure: Measure, texts: Texts) -> str:
    """How far a measure's list goes; nothing where it is full."""
    return said(_scope(measure), texts)


def vote_short(vote: Vote, texts: Texts) -> str:
    """A roll call's short name, or its symbol."""
    return said(_vote(vote), texts) or vote.symbol


def vote_name(fact: Fact, texts: Texts) -> str:
    """The short name of the roll call that a fact is a ballot of; nothing where it has
    none.
    """
    if not fact.short:
        return ""
    return texts.of_base(f"{fact.ref.replace(':', '.', 1)}.short", fact.short)


def summary_of(code: str, base: Base, texts: Texts) -> str:
    """An actor's written summary; nothing for one without."""
    return said(_summary(code, base), texts)


_FACTS_AS_WRITTEN = Keyed("note.facts", "Facts in English.")
_SUMMARY_ALONE_TRANSLATED = Keyed(
    "note.summary", "Summary translated; facts in English."
)
_TRANSLATED = Keyed("note.translated", "Summary translated.")


def _noted(note: Keyed, texts: Texts) -> list[str]:
    """A note on translations, where the base has a catalogue of the language."""
    told = said(note, texts)
    return [told] if told != note.text else []


def as_written(code: str, base: Base, texts: Texts, *, summarised: bool) -> list[str]:
    """What is told once to a reader in whose language the base has a catalogue: that
    facts stand as they were written, and whether the summary is translated.
    """
    written = base.countries[code].summary or ""
    if not summarised or summary_of(code, base, texts) == written:
        return facts_as_written(texts)
    return _noted(_SUMMARY_ALONE_TRANSLATED, texts)


def facts_as_written(texts: Texts) -> list[str]:
    """That facts stand as they were written: told once to a reader in whose language
    the base has a catalogue.
    """
    return _noted(_FACTS_AS_WRITTEN, texts)


def summary_note(texts: Texts) -> list[str]:
    """That a summary is translated, where nothing else of an answer is as written."""
    return _noted(_TRANSLATED, texts)


def event_phrase(fact: Fact, texts: Texts) -> str:
    """What a card says of an event in a few words; nothing for one without them, or
    for what a list tells.
    """
    return said(_event_phrase(fact.phrase), texts)


def list_name(fact: Fact, texts: Texts) -> str:
    """The name of the bloc or measure that a fact is part of, as a fact of the kind
    ``bloc`` or ``measure`` has it for its text.
    """
    return texts.of_base(f"{fact.ref.replace(':', '.', 1)}.name", fact.text)


def _of_conflict(conflict: Conflict) -> Iterator[Keyed]:
    yield from _whole(conflict).values()
    yield from map(_side, conflict.sides)
    for level in conflict.levels:
        yield from (_level(level), _level_reason(level))
    for key in conflict.pillars:
        yield from (_pillar(key, conflict), _pillar_reason(key, conflict))
    for word in conflict.record.ballots:
        yield _ballot_reason(word, conflict)
    towards = (*(side.id for side in conflict.sides), NEUTRAL)
    for key in conflict.deeds:
        yield from (_deed(key, conflict), _deed_about(key, conflict))
        yield _deed_short(key, conflict)
        phrase = _deed_phrase(key, conflict)
        for toward in towards:
            yield _about(phrase, toward, conflict)
    for rule in conflict.rules:
        toward = conflict.level(rule.level).toward
        yield _about(_rule(rule.id, rule.sentence), toward, conflict)
    against = _rule("contradiction", conflict.contradiction.sentence)
    for toward in towards[:2]:
        yield _about(against, toward, conflict)
    for key, body in conflict.bodies.items():
        yield from (_body(key, body), _body_short(key, body))
    for ranking in conflict.rankings:
        yield from _ranking_words(ranking)


def messages(base: Base) -> tuple[Keyed, ...]:
    """Every text of a base that readers see and that a catalogue may translate, each
    once, in the base's order.
    """
    listed = [
        *_of_conflict(base.conflict),
        _FACTS_AS_WRITTEN,
        _SUMMARY_ALONE_TRANSLATED,
        _TRANSLATED,
        *map(_bloc, base.blocs.values()),
        *map(_bloc_phrase, base.blocs.values()),
        *map(_measure, base.measures.values()),
        *map(_measure_phrase, base.measures.values()),
        *map(_scope, base.measures.values()),
        *map(_vote, base.votes.values()),
        *(_summary(code, base) for code in base.countries),
        *_event_phrases(base),
    ]
    return tuple(dict.fromkeys(each for each in listed if each.text))
