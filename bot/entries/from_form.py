"""What a moderator or a member typed into a form becomes an entry's content, or
findings that say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.entries.form_days import span_of, when_of
from bot.entries.form_sources import sources_from, sources_text
from bot.entries.ids import CODE_LENGTH, slug
from bot.entries.records import Body, Change, EntryKind, body_of
from bot.knowledge.documents import Country
from bot.knowledge.facts import Base
from bot.knowledge.migrate import migrated_entry, nearest
from bot.knowledge.plain import PlainObject, list_in, object_in
from bot.knowledge.problems import Problem
from bot.knowledge.reader import over
from bot.knowledge.text import cut
from bot.names.index import fold

NAME = 60
"""Characters of an actor's name or alias that an autocomplete choice and a title have
room for.
"""
SOURCES = 5
"""Sources of one entry; more do not fit a form."""
MOST_ALIASES = 10
"""Other names that a form takes at once."""
_ABOUT: dict[str, str] = {
    "claim": "claim",
    "date": "date",
    "until": "date",
    "toward": "toward",
    "deed": "deed",
    "scale": "deed",
    "part_of": "deed",
    "sources": "source",
    "summary": "summary",
    "summary_facts": "facts",
    "level": "level",
    "reason": "reason",
    "code": "code",
    "kind": "kind",
    "names": "name",
    "aliases": "aliases",
}
"""A key of the document to the field of the form that it came from."""

_TYPED = {"id", "date", "until", "toward", "deed", "claim", "sources"}
"""Keys of an event that its form fills in; all others stay as they were."""
_ALIASES = re.compile(r"[,\n]")
_NO_SOURCE = "a fact needs at least one citation"
_SOURCE_KEYS = {"url", "publisher", "title", "published"}
_KEY = re.compile(r"[a-z_]+")
_SHOWN = 20
"""Units of a long name that a finding repeats."""
_MISSING = {
    "url is missing": (
        "Where is it?",
        "write the page's address on a line of its own, https://…",
    ),
    "publisher is missing": (
        "Who published it?",
        "write the name on the line below the address",
    ),
    "title is missing": (
        "What is its title?",
        "write it on the line below the publisher",
    ),
}
"""What is asked where a line of a source is missing, and where to write it."""

Known = Callable[[str], str | None]
"""Takes a name and gives the code of the actor that is called exactly so."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, field by field, not yet judged. ``own`` is the event's id when an
    entry is edited.
    """

    kind: EntryKind
    subject: str
    fields: Mapping[str, str]
    own: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right, and the form's field that it is in."""

    field: str
    message: str
    hint: str = ""


def deed_of(fields: Mapping[str, str]) -> str:
    """The kind of deed that was chosen; a draft of the first edition had a pillar and a
    weight, and gets the kind nearest to them.
    """
    if "worth" not in fields or "deed" in fields:
        return fields.get("deed", "")
    pillar, _, weight = fields["worth"].partition("/")
    kind = nearest(pillar, weight, fields.get("toward", ""), fields.get("claim", ""))
    return kind.deed if kind else ""


def _kept(own: str, claim: str, country: Country) -> PlainObject:
    """What an event that is edited says and a form has no room for. Its short phrase
    says the same as its claim, and goes with it.
    """
    before = next((event for event in country.events if event.id == own), None)
    if before is None:
        return {}
    kept = {key: text for key, text in body_of(before).items() if key not in _TYPED}
    if before.claim != claim:
        kept.pop("phrase", None)
    return kept


def _event(draft: Draft, base: Base) -> PlainObject:
    fields = draft.fields
    country = base.countries[draft.subject]
    claim = " ".join(fields.get("claim", "").split())
    key = draft.own or slug(claim, (event.id for event in country.events))
    return {
        "id": key,
        **span_of(fields.get("date", "")),
        "toward": fields.get("toward", ""),
        "deed": deed_of(fields),
        **_kept(draft.own, claim, country),
        "claim": claim,
        "sources": sources_from(fields.get("source", "")),
    }


def _level(draft: Draft, today: date) -> PlainObject:
    fields = draft.fields
    when = fields.get("date", "").strip()
    return {
        "level": fields.get("level", ""),
        "date": when_of(when) if when else today.isoformat(),
        "reason": " ".join(fields.get("reason", "").split()),
        "sources": sources_from(fields.get("source", "")),
    }


def _field_of(problem: Problem) -> str:
    """The field of the form that a problem is in; empty for none."""
    keys = [key for key in _KEY.findall(problem.path) if key in _ABOUT]
    if "sources" in keys:
        return "source"
    if problem.path == "kind":
        return "kind"
    # Within a document, `kind` is a key of its frame and no field of the form.
    named = [key for key in keys if key != "kind"]
    return _ABOUT[named[-1]] if named else ""


def _finding(problem: Problem) -> Finding:
    field = _field_of(problem)
    key = problem.path.rsplit(".", 1)[-1]
    message = problem.message
    if problem.rule == "value" and field == "source" and key in _SOURCE_KEYS:
        message = f"{key}: {message}"
    message, hint = message.replace("`", ""), problem.hint
    if message in _MISSING:
        message, hint = _MISSING[message]
    return Finding(field, message, hint)


def _findings(problems: Iterable[Problem]) -> list[Finding]:
    """Each problem once, in the words and fields of the form."""
    findings = list(dict.fromkeys(map(_finding, problems)))
    if any(f.field == "source" and f.message != _NO_SOURCE for f in findings):
        # A source with a mistake in it is not a missing one.
        return [f for f in findings if f.message != _NO_SOURCE]
    return findings


def named(name: str, field: str, code: str, known: Known) -> list[Finding]:
    """What keeps an actor from being called so."""
    findings: list[Finding] = []
    shown = cut(name, _SHOWN)
    if len(name) > NAME:
        message = f"“{shown}” has {len(name)} characters"
        findings.append(Finding(field, message, f"at most {NAME}"))
    if not fold(name):
        findings.append(Finding(field, f"“{shown}” has no letters", ""))
    other = known(name)
    if other and other != code:
        message = f"“{cut(name, NAME)}” already means {other}"
        findings.append(Finding(field, message, "choose another name"))
    return findings


def names_in(change: Change) -> list[tuple[str, str]]:
    """The names that a change gives to its actor, each by the form's field."""
    body = change.body
    match change.kind:
        case "alias":
            return [("alias", str(body["alias"]))]
        case "actor":
            more = list_in(body.get("aliases"))
            short = object_in(body["names"])["short"]
            return [
                ("name", str(short)),
                *(("aliases", str(each)) for each in more),
            ]
        case _:
            return []


def _read_actor(
    draft: Draft, base: Base, today: date, known: Known
) -> tuple[Body | None, list[Finding]]:
    fields = draft.fields
    name = " ".join(fields.get("name", "").split())
    aliases = [" ".join(a.split()) for a in _ALIASES.split(fields.get("aliases", ""))]
    aliases = [alias for alias in aliases if alias]
    names: PlainObject = {"short": name}
    before = base.countries.get(draft.subject)
    if before and before.names.short == name and before.names.official:
        # A form has no room for it; another name has another one.
        names["official"] = before.names.official
    body: PlainObject = {
        "kind": fields.get("kind", ""),
        "names": names,
        "reviewed": today.isoformat(),
    }
    if aliases:
        body["aliases"] = aliases
    country, problems = over({"code": draft.subject, **body}, base, today)
    findings = [*_findings(problems), *_code_findings(draft.subject, base)]
    findings += named(name, "name", draft.subject, known)
    for alias in aliases[:MOST_ALIASES]:
        findings += named(alias, "aliases", draft.subject, known)
    if len(aliases) > MOST_ALIASES:
        message = f"{len(aliases)} other names"
        findings.append(Finding("aliases", message, f"at most {MOST_ALIASES}"))
    return (None, findings) if findings or country is None else (body, [])


def _code_findings(code: str, base: Base) -> list[Finding]:
    """What keeps a server's new actor from having this code."""
    findings: list[Finding] = []
    is_known = code in base.countries
    if is_known and not (code in base.added and base.added[code].actor):
        message = f"there is an actor {code} already"
        findings.append(Finding("code", message, "choose another code"))
    if len(code) > CODE_LENGTH:
        message = f"a code has at most {CODE_LENGTH} characters"
        findings.append(Finding("code", message, ""))
    return findings


def _frame(subject: str, base: Base, today: date) -> PlainObject:
    country = base.countries[subject]
    return {
        "code": subject,
        "kind": country.kind,
        "names": {"short": country.names.short},
        "reviewed": today.isoformat(),
    }


def read(
    draft: Draft, base: Base, today: date, known: Known
) -> tuple[Body | None, list[Finding]]:
    """The content that a draft stands for, or every finding.

    ``base`` is what the server sees now, its own entries included. Raises KeyError for
    an actor that it does not have.
    """
    if draft.kind == "actor":
        return _read_actor(draft, base, today, known)
    data = _frame(draft.subject, base, today)
    match draft.kind:
        case "event":
            data["events"] = [_event(draft, base)]
        case "level":
            data["override"] = _level(draft, today)
        case "summary":
            data["summary"] = " ".join(draft.fields.get("summary", "").split())
            data["summary_facts"] = draft.fields.get("facts", "").split()
        case "alias":
            alias = " ".join(draft.fields.get("alias", "").split())
            if findings := _alias_findings(alias, draft.subject, base, known):
                return None, findings
            data["aliases"] = [alias]
    country, problems = over(data, base, today)
    if country is None:
        return None, _findings(problems)
    if findings := _limits(country):
        return None, findings
    return _body(draft.kind, country), []


def _alias_findings(alias: str, code: str, base: Base, known: Known) -> list[Finding]:
    """What keeps an alias from being added to an actor: its own name too, in any
    language; but what the server added may be spelt anew.
    """
    called = base.countries[code].aliases
    shipped = base.under.countries.get(code) if base.under else base.countries[code]
    by_server = {fold(each) for each in called} - {
        fold(each) for each in (shipped.aliases if shipped else ())
    }
    is_known = known(alias) == code and fold(alias) not in by_server
    if is_known or alias in called:
        message = f"{code} is called “{cut(alias, NAME)}” already"
        return [Finding("alias", message, "")]
    return named(alias, "alias", code, known)


def _limits(country: Country) -> list[Finding]:
    things = [*country.events, *([country.override] if country.override else [])]
    too_many = any(len(thing.sources) > SOURCES for thing in things)
    return (
        [Finding("source", f"more than {SOURCES} sources", f"keep the best {SOURCES}")]
        if too_many
        else []
    )


def _body(kind: EntryKind, country: Country) -> Body:
    match kind:
        case "event":
            return body_of(country.events[0])
        case "level":
            assert country.override
            return body_of(country.override)
        case "summary":
            return {
                "summary": country.summary,
                "summary_facts": list(country.summary_facts),
            }
        case _:
            return {"alias": country.aliases[0]}


def fields_of(kind: EntryKind, body: Body) -> dict[str, str]:
    """An entry's content as the fields of its form."""
    if kind in {"event", "level"}:
        body = cast("Body", migrated_entry(body))
    match kind:
        case "event":
            until = f" to {body['until']}" if body.get("until") else ""
            return {
                "claim": body["claim"],
                "date": f"{body['date']}{until}",
                "toward": body["toward"],
                "deed": body.get("deed") or "",
                "source": sources_text(body["sources"]),
            }
        case "level":
            return {
                "level": body["level"],
                "date": str(body["date"]),
                "reason": body["reason"],
                "source": sources_text(body["sources"]),
            }
        case "summary":
            return {
                "summary": body["summary"],
                "facts": " ".join(cast("list[str]", body["summary_facts"])),
            }
        case "actor":
            names = cast("Mapping[str, str]", body["names"])
            return {
                "name": names["short"],
                "kind": body["kind"],
                "aliases": ", ".join(body.get("aliases", ())),
            }
        case "alias":
            return {"alias": body["alias"]}
