"""The words of a server's entries: kinds, fields, verbs, contents, and differences."""

from __future__ import annotations

from pydantic import ValidationError

from bot.answers import sentences
from bot.answers.sentences import OWN, level_name, shortened
from bot.answers.texts import Texts
from bot.entries.from_form import fields_of
from bot.entries.records import (
    Body,
    Change,
    Entry,
    event_of,
    headline,
    override_of,
)
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base, Fact, of_event


def kind_name(kind: str, texts: Texts) -> str:
    """A kind of entry in words."""
    return {
        "event": texts("Fact"),
        "actor": texts("Country or group"),
        "alias": texts("Other name"),
        "summary": texts("Summary"),
        "level": texts("Own judgement"),
    }[kind]


def actor_kind(kind: str, texts: Texts) -> str:
    """A kind of actor in words."""
    return {
        "state": texts.keyed("actor.state", "State"),
        "observer": texts.keyed("actor.observer", "Observer state"),
        "partially-recognised": texts.keyed(
            "actor.partially-recognised", "Partly recognised state"
        ),
        "breakaway": texts.keyed("actor.breakaway", "Breakaway entity"),
    }[kind]


def field_name(field: str, texts: Texts) -> str:
    """A form's field in words."""
    names = {
        "claim": texts("What happened"),
        "date": texts("Date"),
        "toward": texts("Side"),
        "deed": texts("Kind of act"),
        "source": texts("Source"),
        "level": texts("Level"),
        "reason": texts("Reason"),
        "summary": texts("Summary"),
        "facts": texts("Facts"),
        "name": texts("Name"),
        "aliases": texts("Other names"),
        "kind": texts("Kind"),
        "alias": texts("Other name"),
        "code": texts("Code"),
        "country": texts("Country"),
    }
    return names.get(field, field)


def verb_name(verb: str, texts: Texts) -> str:
    """What somebody did, in words."""
    return {
        "add": texts("added"),
        "edit": texts("changed"),
        "retire": texts("retired"),
        "undo": texts("undone"),
        "import": texts("imported"),
        "approve": texts("approved"),
        "reject": texts("rejected"),
        "settings": texts("settings changed"),
    }[verb]


def sources_of(kind: str, body: Body) -> tuple[Source, ...]:
    """The sources that an entry cites; empty for names and summaries, and for what the
    program can no longer read.
    """
    try:
        if kind == "event":
            return event_of(body).sources
        return override_of(body).sources if kind == "level" else ()
    except ValidationError:
        return ()


def fact_of(body: Body, base: Base, *, own: bool) -> Fact:
    """The fact that an entry of kind *event* is; ``own`` marks it as the server's."""
    return of_event(event_of(body), base.conflict, own=own)


def told(kind: str, body: Body, base: Base, texts: Texts) -> str:
    """An entry's content as one sentence, as it reads on the card; what the program or
    the base no longer understands as it is stored, so that it can still be retired.
    """
    try:
        return _told(kind, body, base, texts)
    except (ValidationError, KeyError):
        plain = (each for each in body.values() if isinstance(each, str))
        return " · ".join(plain)


def in_a_list(row: Entry, base: Base, texts: Texts) -> str:
    """An entry's content on one line of a list in which all are the server's own."""
    return shortened(told(row.kind, row.body, base, texts).removeprefix(f"{OWN} "))


def _told(kind: str, body: Body, base: Base, texts: Texts) -> str:
    if kind == "event":
        return sentences.fact(fact_of(body, base, own=True), texts)
    if kind == "level":
        level = level_name(str(body["level"]), base, texts)
        return texts(
            "{level}, since {date}: {reason}",
            level=level,
            date=texts.date(override_of(body).date),
            reason=body["reason"],
        )
    return headline(Change(kind, "", body))  # type: ignore[arg-type]


def differences(kind: str, before: Body | None, after: Body, texts: Texts) -> list[str]:
    """What changed between two contents, a field a line."""
    if before is None:
        return []
    old, new = fields_of(kind, before), fields_of(kind, after)  # type: ignore[arg-type]
    return [
        texts(
            "{field}: {before} → {after}",
            field=field_name(key, texts),
            before=shortened(old.get(key, ""), 120) or texts("empty"),
            after=shortened(new.get(key, ""), 120) or texts("empty"),
        )
        for key in new
        if old.get(key) != new.get(key)
    ]
