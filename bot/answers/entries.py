"""What is said about a server's own entries: previews, lists, histories, the review
queue, and changes told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from bot.alignment.rubric import assess
from bot.answers import sentences
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.stance import answer, level_name
from bot.answers.texts import Texts
from bot.entries.from_form import Finding, fields_of
from bot.entries.records import (
    Body,
    Change,
    Entry,
    Revision,
    Suggestion,
    event_of,
    headline,
    override_of,
)
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base, Fact

PER_PAGE = 8
_RESEMBLES = 86.0
_SHOWN = 160


def clipped(text: str, limit: int = _SHOWN) -> str:
    """A text's beginning, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def kind_name(kind: str, texts: Texts) -> str:
    """A kind of entry in words."""
    return {
        "event": texts("Fact"),
        "actor": texts("Actor"),
        "alias": texts("Other name"),
        "summary": texts("Summary"),
        "level": texts("Own judgement"),
    }[kind]


def field_name(field: str, texts: Texts) -> str:
    """A form's field in words."""
    names = {
        "claim": texts("Claim"),
        "date": texts("Date"),
        "toward": texts("Side"),
        "worth": texts("Pillar and weight"),
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


def sources_of(kind: str, body: Body) -> tuple[Source, ...]:
    """The sources that an entry cites; empty for names and summaries."""
    if kind == "event":
        return event_of(body).sources
    return override_of(body).sources if kind == "level" else ()


def told(kind: str, body: Body, base: Base, texts: Texts) -> str:
    """An entry's content as one sentence, as it reads on the card."""
    if kind == "event":
        each = event_of(body)
        fact = Fact(
            each.id,
            "event",
            each.pillar,
            each.toward,
            each.weight,
            each.date,
            each.until,
            each.claim,
            "",
            each.sources,
            own=True,
        )
        return sentences.fact(fact, texts)
    if kind == "level":
        level = level_name(str(body["level"]), base, texts)
        return texts(
            "{level}, since {date}: {reason}",
            level=level,
            date=str(body["date"]),
            reason=body["reason"],
        )
    return headline(Change(kind, "", body))  # type: ignore[arg-type]


def resembling(claim: str, base: Base, code: str, own: str = "") -> str | None:
    """A fact that the actor has already and that says much the same, or None."""
    from rapidfuzz import fuzz

    best, found = _RESEMBLES, None
    for event in base.countries[code].events:
        score = fuzz.token_set_ratio(claim.casefold(), event.claim.casefold())
        if event.id != own and score >= best:
            best, found = score, event.claim
    return found


def preview(
    change: Change,
    before: Base,
    after: Base,
    texts: Texts,
    *,
    today: date,
    remarks: Sequence[str],
) -> Answer:
    """The card as it would look, with what would change on it said first."""
    code = change.subject
    now = assess(code, after, on=today)
    card = answer(now, after, texts, today=today)
    lines: list[Line] = []
    if code in before.countries:
        was = assess(code, before, on=today)
        old, new = (
            level_name(was.level, before, texts),
            level_name(now.level, after, texts),
        )
        moved = (
            texts("{old} → {new}", old=old, new=new)
            if old != new
            else texts("{level}, as now", level=new)
        )
        lines.append(
            Line(f"{moved} ({was.score:+.2f} → {now.score:+.2f})", (), texts("Level"))
        )
    if change.kind == "event":
        fact = next(
            (c for c in now.contributions if c.fact.ref == change.body["id"]), None
        )
        points = (
            f"{fact.points:+.2f} " if fact else texts("(does not hold today)") + " "
        )
        pillar = texts(after.conflict.pillars[event_of(change.body).pillar].name)
        lines.append(
            Line(told("event", change.body, after, texts), (), f"{points}{pillar}")
        )
    lines += [Line(remark, (), texts("Note")) for remark in remarks]
    head = Section(texts("What would change"), tuple(lines))
    return Answer(
        card.title,
        card.level,
        card.lead,
        (head, *card.sections) if lines else card.sections,
        card.citations,
        card.notes,
        card.on,
    )


def findings(found: Sequence[Finding], texts: Texts) -> Answer:
    """What has to be put right before an entry can be published."""
    lines = tuple(
        Line(
            f"{each.message}{f' ({each.hint})' if each.hint else ''}",
            (),
            field_name(each.field, texts),
        )
        for each in found[:12]
    )
    lead = texts.many(
        "One thing to put right; nothing you typed is lost.",
        "{n} things to put right; nothing you typed is lost.",
        len(found),
    )
    return Answer(texts("Not quite yet"), "", Line(lead), (Section("", lines),))


def differences(kind: str, before: Body | None, after: Body, texts: Texts) -> list[str]:
    """What changed between two contents, a field a line."""
    if before is None:
        return []
    old, new = fields_of(kind, before), fields_of(kind, after)  # type: ignore[arg-type]
    return [
        texts(
            "{field}: {before} → {after}",
            field=field_name(key, texts),
            before=clipped(old.get(key, ""), 120) or "—",
            after=clipped(new.get(key, ""), 120) or "—",
        )
        for key in new
        if old.get(key) != new.get(key)
    ]


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


def listing(
    rows: Sequence[Entry],
    texts: Texts,
    *,
    page: int,
    search: str,
    code: str,
    state: str,
    author: int,
) -> Answer:
    """Entries that match, newest first, a page of them; the filters stand in the
    buttons.
    """
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(page, 1), pages)
    lines = tuple(
        Line(
            clipped(headline(row)),
            (),
            f"#{row.number} {texts.name(row.subject)} · {kind_name(row.kind, texts)}"
            + (f" · {texts('retired')}" if row.state == "retired" else ""),
            by=row.author,
        )
        for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    )
    if not rows:
        lines = (Line(texts("Nothing matches. /entry add makes the first entry.")),)
    rest = f"{state}:{code}:{author}:{quote(search, safe='')}"
    actions: tuple[Action, ...] = ()
    if pages > 1:
        actions = (
            Action(f"entries:{page - 1}:{rest}", texts("Previous"), "◀️", page > 1),
            Action(f"entries:{page + 1}:{rest}", texts("Next"), "▶️", page < pages),
        )
    counted = texts.many("{n} entry", "{n} entries", len(rows))
    notes = (counted, texts("Page {page} of {pages}", page=page, pages=pages))
    return Answer(
        texts("This server's entries"),
        "",
        None,
        (Section("", lines),),
        notes=notes,
        actions=actions,
    )


def history(rows: Sequence[Revision], base: Base, texts: Texts, *, page: int) -> Answer:
    """Every revision of one entry, newest first: who, when, what before, what after."""
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(page, 1), pages)
    lines: list[Line] = []
    for place in range(len(rows) - 1, -1, -1):
        row, before = rows[place], rows[place - 1] if place else None
        head = texts(
            "Revision {n}, {what} {when}",
            n=row.revision,
            what=verb_name(row.verb, texts),
            when=f"{row.at:%Y-%m-%d %H:%M} UTC",
        )
        parts: list[str] = []
        if before is None:
            parts.append(clipped(told(row.kind, row.body, base, texts), 240))
        else:
            parts += differences(row.kind, before.body, row.body, texts)
            if before.state != row.state:
                parts.append(
                    texts("retired")
                    if row.state == "retired"
                    else texts("published again")
                )
        if row.reason:
            parts.append(texts("reason: {reason}", reason=clipped(row.reason)))
        lines.append(
            Line("; ".join(parts) or texts("no difference"), (), head, by=row.author)
        )
    first = rows[0]
    actions: tuple[Action, ...] = ()
    if pages > 1:
        actions = (
            Action(
                f"history:{first.number}:{page - 1}", texts("Previous"), "◀️", page > 1
            ),
            Action(
                f"history:{first.number}:{page + 1}", texts("Next"), "▶️", page < pages
            ),
        )
    title = texts(
        "History of #{number} · {name}",
        number=first.number,
        name=texts.name(first.subject),
    )
    cites = Citations()
    last = rows[-1]
    cited = cites.cite(sources_of(last.kind, last.body))
    now = Line(clipped(told(last.kind, last.body, base, texts), 300), cited)
    note = texts(
        "/entry undo takes the newest change back, or goes back before any "
        "revision; undo can be undone too."
    )
    shown = tuple(lines[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Answer(
        title,
        "",
        now,
        (Section("", shown),),
        cites.listed(),
        (note, texts("Page {page} of {pages}", page=page, pages=pages)),
        actions=actions,
    )


def proposal(
    row: Suggestion,
    base: Base,
    texts: Texts,
    *,
    remarks: Sequence[str] = (),
    queue: str = "",
) -> Answer:
    """One suggestion with its source, and the buttons to decide it while nobody has."""
    cites = Citations()
    event = event_of(row.body)
    cited = cites.cite(event.sources)
    pillar, weight = (
        texts(base.conflict.pillars[event.pillar].name),
        texts(event.weight),
    )
    side = next(
        (texts(s.name) for s in base.conflict.sides if s.id == event.toward),
        texts("neither side"),
    )
    lines = [Line(f"{pillar}, {weight}, {side}", (), texts("Weighs"))]
    lines.append(
        Line(
            "",
            (),
            texts("Proposed {when}", when=f"{row.at:%Y-%m-%d %H:%M} UTC"),
            by=row.proposer,
        )
    )
    lines += [Line(remark, (), texts("Note")) for remark in remarks]
    key = f"{row.number}:{row.revision}"
    actions: tuple[Action, ...] = (
        Action(f"review:approve:{key}", texts("Approve"), "✅", tone="go"),
        Action(f"review:edit:{key}", texts("Edit"), "✏️"),
        Action(f"review:reject:{key}", texts("Reject"), "✖️", tone="stop"),
    )
    if row.verdict != "pending":
        text = (
            texts("Approved as entry #{n}", n=row.entry)
            if row.verdict == "approved"
            else texts("Rejected")
        )
        if row.reason:
            text = texts("{text}: {reason}", text=text, reason=clipped(row.reason, 300))
        lines.append(Line(text, (), texts("Decided"), by=row.decided_by))
        actions = ()
    title = texts(
        "Suggestion {number} · {name}", number=row.number, name=texts.name(row.subject)
    )
    return Answer(
        title,
        "",
        Line(sentences.fact(_fact(row.body), texts), cited),
        (Section("", tuple(lines)),),
        cites.listed(),
        (queue,) if queue else (),
        actions=actions,
    )


def _fact(body: Body) -> Fact:
    each = event_of(body)
    return Fact(
        each.id,
        "event",
        each.pillar,
        each.toward,
        each.weight,
        each.date,
        each.until,
        each.claim,
        "",
        each.sources,
    )


def published(rows: Sequence[Revision], base: Base, texts: Texts) -> Answer:
    """What was just done, and what can be done next."""
    row = rows[-1]
    cites = Citations()
    cited = cites.cite(sources_of(row.kind, row.body))
    text = texts(
        "#{number} {name}: {what}",
        number=row.number,
        name=texts.name(row.subject),
        what=verb_name(row.verb, texts),
    )
    said = Line(clipped(told(row.kind, row.body, base, texts), 400), cited)
    notes = (
        texts(
            "/ally shows it at once. /entry history entry:{n} · /entry undo entry:{n}",
            n=row.number,
        ),
    )
    return Answer(text, "", said, (), cites.listed(), notes)


def changed(
    verb: str,
    after: Revision | None,
    before: Revision | None,
    detail: Mapping[str, Any],
    actor: int,
    base: Base,
    texts: Texts,
) -> Answer:
    """One change for the audit channel, with what was before and what is after."""
    cites = Citations()
    if after is None:
        parts = [
            f"{key}: {detail.get('before', {}).get(key) or '—'} → {value or '—'}"
            for key, value in detail.get("after", {}).items()
        ]
        if "suggestion" in detail:
            parts = [
                texts(
                    "Suggestion {number}: {reason}",
                    number=detail["suggestion"],
                    reason=detail["reason"],
                )
            ]
        lines = tuple(Line(clipped(part, 300)) for part in parts)
        return Answer(
            verb_name(verb, texts).capitalize(),
            "",
            Line("", by=actor),
            (Section("", lines),),
        )
    title = texts(
        "#{number} {name}: {what}",
        number=after.number,
        name=texts.name(after.subject),
        what=verb_name(verb, texts),
    )
    lines = [
        Line(
            clipped(told(after.kind, after.body, base, texts), 400),
            cites.cite(sources_of(after.kind, after.body)),
            texts("After"),
        )
    ]
    if before is not None:
        lines.insert(
            0,
            Line(
                clipped(told(before.kind, before.body, base, texts), 400),
                (),
                texts("Before"),
            ),
        )
    if after.state == "retired":
        lines.append(Line(texts("retired; it no longer counts"), (), texts("State")))
    elif before is not None and before.state == "retired":
        lines.append(Line(texts("published again"), (), texts("State")))
    if after.reason:
        lines.append(Line(clipped(after.reason, 300), (), texts("Reason")))
    who = Line("", by=actor)
    return Answer(title, "", who, (Section("", tuple(lines)),), cites.listed())


def already_retired(row: Entry, texts: Texts) -> Answer:
    """For somebody who retires what is retired."""
    lead = texts(
        "#{number} is retired already. /entry undo brings it back.", number=row.number
    )
    return Answer(texts("Nothing to do"), "", Line(lead, by=row.author))
