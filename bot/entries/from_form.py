"""What a moderator or a member typed into a form becomes an entry's content, or
findings that say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from bot.entries.records import Body, EntryKind, body_of
from bot.knowledge.dates import parse_when
from bot.knowledge.documents import CODE, Country
from bot.knowledge.facts import Base
from bot.knowledge.migrate import migrated_entry, nearest
from bot.knowledge.problems import Problem
from bot.knowledge.reader import over
from bot.names.index import fold

NAME = 60
"""Characters of an actor's name or alias that an autocomplete choice and a title have
room for.
"""
CODE_LENGTH = 30
SOURCES = 5
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

_NO_SOURCE = "a fact needs at least one citation"
_MISSING = {
    "url is missing": "a line with the page's link, https://…",
    "publisher is missing": "a line after the link",
    "title is missing": "a line after the publisher",
}

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


def _sources(text: str) -> list[dict[str, Any]]:
    """Sources as people type them: link, publisher, title and perhaps a date, a line
    each; a blank line between two.
    """
    found: list[dict[str, Any]] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        source: dict[str, Any] = {}
        for line in filter(None, (line.strip() for line in block.splitlines())):
            when = parse_when(line)
            if "://" in line and "url" not in source:
                source["url"] = line
            elif when and "published" not in source and "title" in source:
                source["published"] = str(when)
            elif line.casefold() in {"official", "weak"}:
                source[line.casefold()] = True
            elif "publisher" not in source:
                source["publisher"] = line
            elif "title" not in source:
                source["title"] = line
            else:
                source["title"] += " " + line
        if source:
            found.append(source)
    return found


def sources_text(sources: Iterable[Mapping[str, Any]]) -> str:
    """The inverse: sources as a form shows them."""
    blocks: list[str] = []
    for source in sources:
        lines = [source["url"], source["publisher"], source["title"]]
        lines += [str(source["published"])] if source.get("published") else []
        lines += [word for word in ("official", "weak") if source.get(word)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _when(text: str) -> str:
    """A day as people type it in the base's form; what cannot be read stays as it is,
    for the checker to refuse.
    """
    when = parse_when(text)
    return str(when) if when else text


def _span(text: str) -> dict[str, str]:
    parts = re.split(r"\s+(?:to|until|–|—)\s+", text.strip(), maxsplit=1)
    span = {"date": _when(parts[0].strip())}
    if len(parts) == 2:
        span["until"] = _when(parts[1].strip())
    return span


def slug(
    text: str, taken: Iterable[str] = (), *, otherwise: str = "entry", limit: int = 48
) -> str:
    """An id of a text's first words, unlike those taken."""
    words = [
        w
        for w in re.sub(r"[^a-z0-9]+", " ", fold(text)).split()
        if len(w) > 2 or w.isdigit()
    ]
    made = ""
    for word in words[:7]:
        if len(made) + len(word) + 1 > limit:
            break
        made = f"{made}-{word}" if made else word
    made = made or otherwise
    used = set(taken)
    number, each = 2, made
    while each in used:
        each, number = f"{made}-{number}", number + 1
    return each


def code_for(name: str, taken: Iterable[str]) -> str:
    """A code for a new actor, made of its name: five letters at least, as the base's
    own.
    """
    made = "-".join(re.sub(r"[^a-z0-9]+", " ", fold(name)).split())[:CODE_LENGTH].strip(
        "-"
    )
    if not re.match(CODE, made):
        made = f"actor-{made}"[:CODE_LENGTH].strip("-") if made else "actor-new"
    used = set(taken)
    number, each = 2, made
    while each in used:
        each, number = f"{made[: CODE_LENGTH - 3]}-{number}", number + 1
    return each


def _deed(fields: Mapping[str, str]) -> str:
    """The kind of deed that was chosen; a draft of the first edition had a pillar and a
    weight, and gets the kind nearest to them.
    """
    if "worth" not in fields or "deed" in fields:
        return fields.get("deed", "")
    pillar, _, weight = fields["worth"].partition("/")
    kind = nearest(pillar, weight, fields.get("toward", ""), fields.get("claim", ""))
    return kind.deed if kind else ""


def _event(draft: Draft, base: Base) -> dict[str, Any]:
    fields = draft.fields
    country = base.countries[draft.subject]
    key = draft.own or slug(
        fields.get("claim", ""), (event.id for event in country.events)
    )
    claim = " ".join(fields.get("claim", "").split())
    return {
        "id": key,
        **_span(fields.get("date", "")),
        "toward": fields.get("toward", ""),
        "deed": _deed(fields),
        "claim": claim,
        "sources": _sources(fields.get("source", "")),
    }


def _level(draft: Draft, today: date) -> dict[str, Any]:
    fields = draft.fields
    when = fields.get("date", "").strip()
    return {
        "level": fields.get("level", ""),
        "date": _when(when) if when else today.isoformat(),
        "reason": " ".join(fields.get("reason", "").split()),
        "sources": _sources(fields.get("source", "")),
    }


def _findings(problems: Iterable[Problem]) -> list[Finding]:
    found: dict[Finding, None] = {}
    for problem in problems:
        keys = [
            key
            for key in re.findall(r"[a-z_]+", problem.path)
            if key in _ABOUT and key != "kind"
        ]
        field = _ABOUT[keys[-1]] if keys else "kind" if problem.path == "kind" else ""
        if "sources" in keys:
            field = "source"
        last = problem.path.rsplit(".", 1)[-1]
        message = problem.message
        if (
            problem.rule == "value"
            and field == "source"
            and last in {"url", "publisher", "title", "published"}
        ):
            message = f"{last}: {message}"
        found[Finding(field, message.replace("`", ""), problem.hint)] = None
    listed = list(found)
    if any(f.field == "source" and f.message != _NO_SOURCE for f in listed):
        # A source with a mistake in it is not a missing one.
        listed = [f for f in listed if f.message != _NO_SOURCE]
    return [replace(f, hint=f.hint or _MISSING.get(f.message, "")) for f in listed]


def _named(name: str, field: str, code: str, known: Known) -> list[Finding]:
    found: list[Finding] = []
    if len(name) > NAME:
        found.append(
            Finding(
                field, f"“{name[:20]}…” has {len(name)} characters", f"at most {NAME}"
            )
        )
    if not fold(name):
        found.append(Finding(field, f"“{name[:20]}” has no letters", ""))
    other = known(name)
    if other and other != code:
        found.append(
            Finding(
                field, f"“{name[:NAME]}” already means {other}", "choose another name"
            )
        )
    return found


def _read_actor(
    draft: Draft, base: Base, today: date, known: Known
) -> tuple[Body | None, list[Finding]]:
    fields = draft.fields
    name = " ".join(fields.get("name", "").split())
    aliases = [
        " ".join(a.split())
        for a in re.split(r"[,\n]", fields.get("aliases", ""))
        if a.strip()
    ]
    body: dict[str, Any] = {
        "kind": fields.get("kind", ""),
        "names": {"short": name},
        "reviewed": today.isoformat(),
    }
    if aliases:
        body["aliases"] = aliases
    country, problems = over({"code": draft.subject, **body}, base, today)
    found = _findings(problems)
    if draft.subject in base.countries and not (
        draft.subject in base.added and base.added[draft.subject].actor
    ):
        found.append(
            Finding(
                "code",
                f"there is an actor {draft.subject} already",
                "choose another code",
            )
        )
    if len(draft.subject) > CODE_LENGTH:
        found.append(
            Finding("code", f"a code has at most {CODE_LENGTH} characters", "")
        )
    for field, each in [("name", name), *(("aliases", alias) for alias in aliases)]:
        found += _named(each, field, draft.subject, known)
    if len(aliases) > 10:
        found.append(Finding("aliases", f"{len(aliases)} other names", "at most 10"))
    return (None, found) if found or country is None else (body, [])


def _frame(subject: str, base: Base, today: date) -> dict[str, Any]:
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
            facts = draft.fields.get("facts", "").split()
            data |= {
                "summary": " ".join(draft.fields.get("summary", "").split()),
                "summary_facts": facts,
            }
        case "alias":
            alias = " ".join(draft.fields.get("alias", "").split())
            data["aliases"] = [alias]
            if alias in base.countries[draft.subject].aliases:
                return None, [
                    Finding(
                        "alias",
                        f"{draft.subject} is called “{alias[:NAME]}” already",
                        "",
                    )
                ]
            if clash := _named(alias, "alias", draft.subject, known):
                return None, clash
    country, problems = over(data, base, today)
    if country is None:
        return None, _findings(problems)
    if found := _limits(country):
        return None, found
    return _body(draft.kind, country), []


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
    match kind:
        case "event":
            body = migrated_entry(body)
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
