"""A server's entries laid over the shipped base, which they never change."""

from __future__ import annotations

import dataclasses
import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import ValidationError

from bot.entries.records import FORGOTTEN, Change, Entry, event_of, override_of
from bot.knowledge.canonical import canonical
from bot.knowledge.dates import PartialDate
from bot.knowledge.documents import Country, Event
from bot.knowledge.facts import Added, Base
from bot.knowledge.reader import adapter

log = logging.getLogger(__name__)


def _actor(code: str, entries: Iterable[Entry]) -> Country | None:
    """The actor that a server made under this code."""
    made = next((e for e in entries if e.kind == "actor"), None)
    if made is None:
        return None
    actor: Country = adapter("countries").validate_python({"code": code, **made.body})
    return actor


def _laid(
    known: Country, entries: Iterable[Entry], *, own: bool
) -> tuple[Country, Added]:
    events: list[tuple[Event, int]] = []
    aliases: dict[str, None] = dict.fromkeys(known.aliases)
    changed: dict[str, Any] = {}
    taken = {event.id for event in known.events}
    for entry in entries:
        if entry.kind == "event":
            event = event_of(entry.body)
            # A later edition of the base may have taken the id; what the server said
            # must not vanish for that.
            if event.id in taken:
                event = dataclasses.replace(
                    event, id=f"{event.id[:48]}-entry-{entry.number}"
                )
            events.append((event, entry.number))
        elif entry.kind == "alias":
            aliases[str(entry.body["alias"])] = None
        elif entry.kind == "summary":
            changed |= {
                "summary": entry.body["summary"],
                "summary_facts": tuple(entry.body["summary_facts"]),
            }
        elif entry.kind == "level":
            changed["override"] = override_of(entry.body)
    if "summary" in changed:
        # The day on which a server wrote its summary is the day from which it speaks.
        newest = max(entry.at.date() for entry in entries if entry.kind == "summary")
        changed["reviewed"] = PartialDate.parse(
            max(newest, known.reviewed.first).isoformat()
        )
    country = dataclasses.replace(
        known,
        aliases=tuple(aliases),
        events=(*known.events, *(event for event, _ in events)),
        **changed,
    )
    added = Added(
        actor=own,
        summary="summary" in changed,
        events=frozenset(event.id for event, _ in events),
        numbers={event.id: number for event, number in events},
    )
    return country, added


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
            event_of(entry.body)
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
    for code, own in grouped(entries).items():
        readable: list[Entry] = []
        for entry in own:
            if _readable(entry, base):
                readable.append(entry)
            else:
                log.warning(
                    "entry %d of revision %s cannot be read and is left out",
                    entry.number,
                    revision,
                )
        known = base.countries.get(code)
        try:
            country = known or _actor(code, readable)
        except ValidationError:
            country = None
        if country is None:
            log.warning(
                "the actor %s of revision %s is unknown; its entries are left out",
                code,
                revision,
            )
            continue
        countries[code], added[code] = _laid(country, readable, own=known is None)
    return base.overlaid(countries, added, revision)


def own_document(
    code: str, base: Base, entries: Iterable[Entry], today: date
) -> Country:
    """What a server says of one actor as a document of the base's own kind: its entries
    and nothing else.

    Raises KeyError for a code that neither the base nor the entries know.
    """
    published = grouped(entries).get(code, [])
    known = base.countries.get(code)
    actor = known or _actor(code, published)
    if actor is None:
        raise KeyError(code)
    bare = Country(code, actor.kind, actor.names, PartialDate.parse(today.isoformat()))
    country, _ = _laid(bare, published, own=known is None)
    return dataclasses.replace(country, reviewed=bare.reviewed)


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
    code, body = change.subject, change.body
    now = datetime.combine(today, time(), UTC)
    entry = Entry(
        change.number,
        change.kind,
        code,
        body,
        "published",
        change.revision + 1,
        FORGOTTEN,
        now,
    )
    known = base.countries.get(code)
    there = base.added.get(code, Added())
    if change.kind == "actor" or known is None:
        made = _actor(code, [entry])
        assert made
        country = (
            made
            if known is None
            else dataclasses.replace(known, kind=made.kind, names=made.names)
        )
        added = dataclasses.replace(there, actor=True)
    else:
        if change.kind == "event":
            known = dataclasses.replace(
                known, events=tuple(e for e in known.events if e.id != body["id"])
            )
        country, more = _laid(known, [entry], own=there.actor)
        added = dataclasses.replace(
            there,
            summary=there.summary or more.summary,
            events=there.events | more.events,
            numbers={**there.numbers, **more.numbers},
        )
    return base.overlaid(
        {code: country}, {**base.added, code: added}, f"{base.revision}?"
    )
