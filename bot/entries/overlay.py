"""A server's entries laid over the shipped base, which they never change."""

from __future__ import annotations

import dataclasses
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pydantic import ValidationError

from bot.entries.records import FORGOTTEN, Body, Change, Entry, event_of, override_of
from bot.knowledge.canonical import canonical
from bot.knowledge.conflict import NEUTRAL
from bot.knowledge.dates import PartialDate
from bot.knowledge.documents import Country, Event
from bot.knowledge.facts import Added, Base
from bot.knowledge.plain import list_in
from bot.knowledge.reader import country_of

log = logging.getLogger(__name__)


def _actor(code: str, body: Body) -> Country:
    """The actor that a body describes; ValidationError if it describes none (any
    more).
    """
    return country_of({"code": code, **body})


def _server_actor(code: str, entries: Iterable[Entry]) -> Country | None:
    """The actor that a server made under this code; None if it made none, or one that
    the program can no longer read.
    """
    body = next((entry.body for entry in entries if entry.kind == "actor"), None)
    if body is None:
        return None
    try:
        return _actor(code, body)
    except ValidationError:
        return None


class _Laid(NamedTuple):
    """An actor with entries over it, and which of it is the server's."""

    country: Country
    added: Added


def _kept_apart(event: Event, number: int, taken: Collection[str]) -> Event:
    """The event under an id that is free: a later edition of the base may have taken
    its own, and what the server said must not vanish for that.
    """
    if event.id not in taken:
        return event
    return dataclasses.replace(event, id=f"{event.id[:48]}-entry-{number}")


def _summarised(country: Country, entry: Entry) -> Country:
    """The country with a server's summary. The day on which a server wrote it is the
    day from which it speaks.
    """
    day = max(entry.at.date(), country.reviewed.first)
    return dataclasses.replace(
        country,
        summary=str(entry.body["summary"]),
        summary_facts=tuple(map(str, list_in(entry.body["summary_facts"]))),
        reviewed=PartialDate.parse(day.isoformat()),
    )


def _laid(known: Country, entries: Iterable[Entry], *, is_server_actor: bool) -> _Laid:
    """Readable entries, oldest first, over an actor."""
    events: dict[int, Event] = {}
    aliases: dict[str, None] = dict.fromkeys(known.aliases)
    country = known
    has_summary = False
    taken = {event.id for event in known.events}
    for entry in entries:
        match entry.kind:
            case "event":
                event = event_of(entry.body)
                events[entry.number] = _kept_apart(event, entry.number, taken)
            case "alias":
                aliases[str(entry.body["alias"])] = None
            case "summary":
                country = _summarised(country, entry)
                has_summary = True
            case "level":
                override = override_of(entry.body)
                country = dataclasses.replace(country, override=override)
            case "actor":
                pass
    country = dataclasses.replace(
        country,
        aliases=tuple(aliases),
        events=(*known.events, *events.values()),
    )
    numbers = {event.id: number for number, event in events.items()}
    added = Added(
        actor=is_server_actor,
        summary=has_summary,
        events=frozenset(numbers),
        numbers=numbers,
    )
    return _Laid(country, added)


def grouped(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """What is published, by actor, oldest first."""
    by_code: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: e.number):
        if entry.state == "published":
            by_code[entry.subject].append(entry)
    return dict(by_code)


def _readable(entry: Entry, base: Base) -> bool:
    """Whether this program and this base still understand an entry."""
    try:
        if entry.kind == "event":
            event, conflict = event_of(entry.body), base.conflict
            sides = {NEUTRAL, *(side.id for side in conflict.sides)}
            known = event.deed is None or event.deed in conflict.deeds
            return known and event.toward in sides
        if entry.kind == "level":
            return override_of(entry.body).level in {
                level.id for level in base.conflict.levels
            }
    except ValidationError:
        return False
    return True


def overlaid(base: Base, entries: Iterable[Entry], revision: str) -> Base:
    """The base with a server's published entries over it.

    An entry that the program can no longer read, or whose actor is gone, is left out
    and logged: one of them must not silence the others.
    """
    countries: dict[str, Country] = {}
    added: dict[str, Added] = {}
    for code, published in grouped(entries).items():
        readable: list[Entry] = []
        for entry in published:
            if _readable(entry, base):
                readable.append(entry)
            else:
                log.warning(
                    "entry %d of revision %s cannot be read and is left out",
                    entry.number,
                    revision,
                )
        known = base.countries.get(code)
        actor = known or _server_actor(code, readable)
        if actor is None:
            log.warning(
                "the actor %s of revision %s is unknown; its entries are left out",
                code,
                revision,
            )
            continue
        laid = _laid(actor, readable, is_server_actor=known is None)
        countries[code], added[code] = laid.country, laid.added
    return base.overlaid(countries, added, revision)


def own_document(
    code: str, base: Base, entries: Iterable[Entry], today: date
) -> Country:
    """What a server says of one actor as a document of the base's own kind: its entries
    and nothing else. Those that the program can no longer read are left out.

    Raises KeyError for a code that neither the base nor the entries know.
    """
    published = [
        each for each in grouped(entries).get(code, []) if _readable(each, base)
    ]
    known = base.countries.get(code)
    actor = known or _server_actor(code, published)
    if actor is None:
        raise KeyError(code)
    bare = Country(code, actor.kind, actor.names, PartialDate.parse(today.isoformat()))
    laid = _laid(bare, published, is_server_actor=known is None)
    return dataclasses.replace(laid.country, reviewed=bare.reviewed)


def exported(
    codes: Iterable[str], base: Base, entries: Iterable[Entry], today: date
) -> str:
    """A server's entries about these actors in the base's own format, one YAML document
    an actor.
    """
    listed = list(entries)
    return "---\n".join(
        canonical(own_document(code, base, listed, today), "countries")
        for code in codes
    )


def replacement(code: str, base: Base, entries: Iterable[Entry], today: date) -> str:
    """One actor's whole file, the base's facts and the server's together: ready to
    stand in for the base's file.
    """
    merged = overlaid(base, entries, "").countries[code]
    reviewed = PartialDate.parse(today.isoformat())
    return canonical(
        dataclasses.replace(merged, reviewed=reviewed, override=None), "countries"
    )


def previewed(base: Base, change: Change, today: date) -> Base:
    """What a server would see if a change were published: ``base`` is what it sees
    now.
    """
    code = change.subject
    known = base.countries.get(code)
    if change.kind == "actor" or known is None:
        laid = _with_actor(base, change, known)
    else:
        laid = _with_change(base, change, known, today)
    added = {**base.added, code: laid.added}
    return base.overlaid({code: laid.country}, added, f"{base.revision}?")


def _with_actor(base: Base, change: Change, known: Country | None) -> _Laid:
    """A server's actor as the change makes it, with what it has already."""
    actor = _actor(change.subject, change.body)
    if known is not None:
        actor = dataclasses.replace(known, kind=actor.kind, names=actor.names)
    added = base.added.get(change.subject, Added())
    return _Laid(actor, dataclasses.replace(added, actor=True))


def _with_change(base: Base, change: Change, known: Country, today: date) -> _Laid:
    """A known actor with one entry more, or with one of its entries changed."""
    entry = Entry(
        change.number,
        change.kind,
        change.subject,
        change.body,
        "published",
        change.revision + 1,
        FORGOTTEN,
        datetime.combine(today, time(), UTC),
    )
    if change.kind == "event":
        others = tuple(e for e in known.events if e.id != change.body["id"])
        known = dataclasses.replace(known, events=others)
    before = base.added.get(change.subject, Added())
    laid = _laid(known, [entry], is_server_actor=before.actor)
    added = dataclasses.replace(
        before,
        summary=before.summary or laid.added.summary,
        events=before.events | laid.added.events,
        numbers={**before.numbers, **laid.added.numbers},
    )
    return _Laid(laid.country, added)
