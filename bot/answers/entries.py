"""What is said about a server's own entries: lists, histories, the review queue, and
changes told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answers import sentences
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.entry_words import (
    differences,
    fact_of,
    field_name,
    in_a_list,
    kind_name,
    sources_of,
    told,
    verb_name,
)
from bot.answers.finding_words import finding_text
from bot.answers.follows import follow_changed
from bot.answers.paging import page_of
from bot.answers.sentences import deed_name, done_by, favoured_side, shortened
from bot.answers.settings import settings_changed
from bot.answers.texts import Texts
from bot.entries.from_form import Finding
from bot.entries.records import Entry, Revision, Suggestion
from bot.knowledge.facts import Base
from bot.names.index import flag

PER_PAGE = 8
"""Entries or revisions on a page."""
_FINDINGS = 12
"""Mistakes told at once."""


def findings(mistakes: Sequence[Finding], texts: Texts) -> Answer:
    """What has to be put right before an entry can be published."""
    lines: list[Line] = []
    for each in mistakes[:_FINDINGS]:
        text = finding_text(each.message, texts)
        if each.hint:
            text = f"{text} ({finding_text(each.hint, texts)})"
        lines.append(Line.labelled(field_name(each.field, texts), text))
    lead = texts.many(
        "One thing to put right; nothing you typed is lost.",
        "{n} things to put right; nothing you typed is lost.",
        len(mistakes),
    )
    return Answer.plain(texts("Not quite yet"), lead, lines=lines)


def all_entries(texts: Texts) -> Action:
    """Leads to the published entries of a server."""
    return Action("entries:1:published::0", texts("This server's entries"), "📋")


def _history_menu(rows: Sequence[Entry], texts: Texts) -> Menu:
    options = [
        Action(f"history:{row.number}:1", f"#{row.number} {texts.name(row.subject)}")
        for row in rows
    ]
    return Menu("menu:open", texts("Open one of them"), tuple(options))


def listing(
    rows: Sequence[Entry],
    base: Base,
    texts: Texts,
    *,
    page: int,
    code: str,
    state: str,
    author: int,
) -> Answer:
    """Entries that match, newest first, a page of them; the filters stand in the
    buttons, but for what was typed: a search travels in the message. Where nothing
    matches, one leads to the list without filters.
    """
    shown = page_of(rows, page, size=PER_PAGE)
    lines: list[Line] = []
    for row in shown.rows:
        label = (
            f"#{row.number} {texts.name(row.subject)} · {kind_name(row.kind, texts)}"
        )
        if row.state == "retired":
            label = f"{label} · {texts('retired')}"
        text = in_a_list(row, base, texts)
        lines.append(done_by(row.author, texts, text, label))
    if not lines:
        lines = [Line(texts("No entry found. /entry add adds one."))]
    filters = f"{state}:{code}:{author}"
    pages = [shown.note(texts)] if shown.count > 1 else []
    narrowed = bool(code or author or state != "published")
    answer = Answer.plain(
        texts("This server's entries"),
        lines=lines,
        notes=(texts.many("{n} entry", "{n} entries", len(rows)), *pages),
        actions=(
            (all_entries(texts),)
            if narrowed and not rows
            else shown.turns(f"entries:{{page}}:{filters}", texts)
        ),
    )
    return replace(answer, menus=(_history_menu(shown.rows, texts),))


def _revision_line(
    row: Revision, before: Revision | None, base: Base, texts: Texts
) -> Line:
    """Who did what when, and what it changed."""
    head = texts(
        "Revision {n}: {what}, {when}",
        n=row.revision,
        what=verb_name(row.verb, texts),
        when=texts.moment(row.at),
    )
    parts: list[str] = []
    if before is None:
        parts.append(shortened(told(row.kind, row.body, base, texts), 240))
    else:
        parts += differences(row.kind, before.body, row.body, texts)
        if before.state != row.state:
            state = texts("published again")
            if row.state == "retired":
                state = texts("retired")
            # A revision that only retires has said so as what was done.
            if state != verb_name(row.verb, texts):
                parts.append(state)
    if row.reason:
        reason = shortened(row.reason)
        parts.append(texts("reason: {reason}", reason=reason))
    if not parts and before is not None and before.state == row.state:
        parts.append(texts("no difference"))
    text = "; ".join(parts)
    return done_by(row.author, texts, text, head)


def history(rows: Sequence[Revision], base: Base, texts: Texts, *, page: int) -> Answer:
    """Every revision of one entry, newest first: who, when, what before, what after.

    ``rows`` are all of them, oldest first, at least one.
    """
    first, last = rows[0], rows[-1]
    pairs = list(zip(rows, [None, *rows[:-1]], strict=True))
    shown = page_of(pairs[::-1], page, size=PER_PAGE)
    lines = tuple(_revision_line(row, old, base, texts) for row, old in shown.rows)
    title = texts(
        "History of #{number} · {name}",
        number=first.number,
        name=texts.name(first.subject),
    )
    cites = Citations()
    cited = cites.cite(sources_of(last.kind, last.body))
    note = texts(
        "/entry undo takes back the newest change, or everything "
        "since a revision. You can undo an undo."
    )
    pages = [shown.note(texts)] if shown.count > 1 else []
    return Answer(
        title,
        lead=Line(shortened(told(last.kind, last.body, base, texts), 300), cites=cited),
        sections=(Section("", lines),),
        citations=cites.listed(),
        notes=(note, *pages),
        actions=(
            *shown.turns(f"history:{first.number}:{{page}}", texts),
            *_card_button(first.subject, base, texts),
            all_entries(texts),
        ),
    )


def _card_button(code: str, base: Base, texts: Texts) -> tuple[Action, ...]:
    """Leads to the card of whom an entry is about, if there still is one."""
    if code not in base.countries:
        return ()
    return (Action(f"ally:ask:{code}:-:1", texts.name(code), flag(code)),)


def _decision(row: Suggestion, texts: Texts) -> Line:
    """What was decided about a suggestion, and why."""
    if row.verdict == "withdrawn":
        return Line.labelled(
            texts("Withdrawn"), texts("its author asked to be forgotten")
        )
    text = texts("Rejected")
    if row.verdict == "approved":
        text = texts("Approved as entry #{n}", n=row.entry)
    if row.reason:
        text = texts("{text}: {reason}", text=text, reason=shortened(row.reason, 300))
    return done_by(row.decided_by, texts, text, texts("Decided"))


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
    fact = fact_of(row.body, base, own=False)
    cited = cites.cite(fact.sources)
    deed = deed_name(fact.deed, base.conflict, texts)
    side = favoured_side(fact.toward, base.conflict, texts)
    proposed = texts("Proposed {when}", when=texts.moment(row.at))
    lines = [
        Line(texts("{deed}, for {side}", deed=deed, side=side)),
        done_by(row.proposer, texts, label=proposed),
        *(Line(f"⚠️ {remark}") for remark in remarks),
    ]
    key = f"{row.number}:{row.revision}"
    actions: tuple[Action, ...] = (
        Action(f"review:approve:{key}", texts("Approve"), "✅", tone="go"),
        Action(f"review:edit:{key}", texts("Edit"), "✏️"),
        Action(f"review:reject:{key}", texts("Reject"), "✖️", tone="stop"),
    )
    if row.verdict != "pending":
        lines.append(_decision(row, texts))
        actions = _card_button(row.subject, base, texts)
        queue = texts("/entry review shows what still waits.")
    title = texts(
        "Suggestion {number} · {name}", number=row.number, name=texts.name(row.subject)
    )
    return Answer(
        title,
        lead=Line(sentences.fact(fact, texts), cites=cited),
        sections=(Section("", tuple(lines)),),
        citations=cites.listed(),
        notes=(queue,) if queue else (),
        actions=actions,
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
    content = shortened(told(row.kind, row.body, base, texts), 400)
    shown = texts("/ally shows it at once.")
    if row.state == "retired":
        shown = texts("It no longer counts in any answer.")
    commands = " · ".join(
        f"{texts.commands(each)}{row.number}"
        for each in ("/entry history entry:", "/entry undo entry:")
    )
    return Answer(
        text,
        lead=Line(content, cites=cited),
        citations=cites.listed(),
        notes=(f"{shown} {commands}",),
        actions=(*_card_button(row.subject, base, texts), all_entries(texts)),
    )


def _without_entry(detail: Mapping[str, Any], actor: int, texts: Texts) -> Answer:
    """A change of settings, or a suggestion that was rejected."""
    if "suggestion" not in detail:
        return settings_changed(detail, actor, texts, texts("Settings changed"))
    title = texts("Suggestion rejected")
    what = texts(
        "Suggestion {number}: {reason}",
        number=detail["suggestion"],
        reason=shortened(detail["reason"], 300),
    )
    sections = (Section("", (Line(what),)),)
    return Answer(title, lead=done_by(actor, texts), sections=sections)


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
    if verb in {"follow", "unfollow"}:
        return follow_changed(verb, detail, actor, texts)
    if after is None:
        return _without_entry(detail, actor, texts)
    cites = Citations()
    title = texts(
        "#{number} {name}: {what}",
        number=after.number,
        name=texts.name(after.subject),
        what=verb_name(verb, texts),
    )
    lines: list[Line] = []
    if before is not None:
        old = shortened(told(before.kind, before.body, base, texts), 400)
        lines.append(Line.labelled(texts("Before"), old))
    new = shortened(told(after.kind, after.body, base, texts), 400)
    cited = cites.cite(sources_of(after.kind, after.body))
    lines.append(Line.labelled(texts("After"), new, cites=cited))
    if after.state == "retired":
        lines.append(
            Line.labelled(texts("State"), texts("retired; it no longer counts"))
        )
    elif before is not None and before.state == "retired":
        lines.append(Line.labelled(texts("State"), texts("published again")))
    if after.reason:
        lines.append(Line.labelled(texts("Reason"), shortened(after.reason, 300)))
    return Answer(
        title,
        lead=done_by(actor, texts),
        sections=(Section("", tuple(lines)),),
        citations=cites.listed(),
    )


def no_revision(latest: Revision, wanted: int, texts: Texts) -> Answer:
    """For somebody who undoes a revision that an entry never had."""
    lead = texts(
        "#{number} has no revision {revision}; its newest is {latest}.",
        number=latest.number,
        revision=wanted,
        latest=latest.revision,
    )
    history = Action(f"history:{latest.number}:1", texts("History"), "🕘")
    return Answer.plain(texts("Nothing to do"), lead, actions=[history])


def is_retired(number: int, texts: Texts) -> str:
    """For somebody who retires what is retired, or is about to publish it again."""
    return texts(
        "#{number} is already retired. /entry undo brings it back.", number=number
    )


def already_retired(row: Entry, texts: Texts) -> Answer:
    """For somebody who retires what is retired."""
    lead = is_retired(row.number, texts)
    return Answer(
        texts("Nothing to do"),
        lead=done_by(row.author, texts, lead),
        actions=(all_entries(texts),),
    )
