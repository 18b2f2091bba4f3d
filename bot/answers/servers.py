"""What is said about a server's settings, about imports, and about what is kept of a
person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers.document import Action, Answer, Line, Section
from bot.answers.entries import clipped, differences, kind_name, told
from bot.answers.texts import Texts
from bot.entries.import_plan import Plan
from bot.entries.records import Change, Preferences
from bot.knowledge.facts import Base
from bot.knowledge.problems import Problem

SHOWN = 12


def settings(
    preferences: Preferences, texts: Texts, *, changed: bool = False
) -> Answer:
    """A server's settings and how to change each."""
    none = texts("none")
    lines = (
        Line(
            "" if preferences.roles else none,
            (),
            texts("Moderator roles"),
            roles=preferences.roles,
        ),
        Line(
            "" if preferences.review_channel else none,
            (),
            texts("Review channel"),
            channel=preferences.review_channel,
        ),
        Line(
            "" if preferences.audit_channel else none,
            (),
            texts("Audit channel"),
            channel=preferences.audit_channel,
        ),
        Line(
            texts("only the one who asked")
            if preferences.private
            else texts("everyone in the channel"),
            (),
            texts("Who sees /ally's answers unless the asker says otherwise"),
        ),
        Line(
            texts.many(
                "{n} second between two questions of one person",
                "{n} seconds between two questions of one person",
                preferences.cooldown,
            )
            if preferences.cooldown
            else none,
            (),
            texts("Cooldown"),
        ),
    )
    notes = (
        texts(
            "For example: /settings add_role:@Editors · /settings "
            "audit_channel:#log · /settings private:True"
        ),
        texts(
            "Whoever may manage the server moderates Ally. For other roles, also "
            "allow /entry for them under Server "
            "Settings, Integrations, Ally."
        ),
    )
    title = texts("Settings changed") if changed else texts("Settings of this server")
    return Answer(title, "", None, (Section("", lines),), notes=notes)


def change_line(change: Change, base: Base, texts: Texts) -> str:
    """One planned change on one line: plus for new, tilde for changed."""
    name = texts.name(change.subject)
    if not change.number:
        what = clipped(told(change.kind, change.body, base, texts), 200)
        return f"+ {name} · {kind_name(change.kind, texts)}: {what}"
    parts = differences(change.kind, change.before, change.body, texts) or [
        texts("published again")
    ]
    return (
        f"~ #{change.number} {name} · {kind_name(change.kind, texts)}: "
        f"{'; '.join(parts)}"
    )


def planned(plan: Plan, base: Base, texts: Texts, digest: str) -> Answer:
    """What an import would do, before it does it."""
    new = sum(not change.number for change in plan.changes)
    counted = texts(
        "{new} new, {changed} changed, {same} there already. Nothing has been done "
        "yet.",
        new=new,
        changed=len(plan.changes) - new,
        same=plan.same,
    )
    if not plan.changes:
        return Answer(texts("Nothing to import"), "", Line(counted))
    lines = tuple(
        Line(clipped(change_line(change, base, texts), 220))
        for change in plan.changes[:SHOWN]
    )
    notes = [
        texts(
            "… and {n} more; the attached file has all of them.",
            n=len(plan.changes) - SHOWN,
        )
    ]
    actions = (
        Action(
            f"import:apply:{digest}",
            texts.many("Import {n} entry", "Import {n} entries", len(plan.changes)),
            "📥",
            tone="go",
        ),
        Action(f"import:cancel:{digest}", texts("Cancel"), "✖️"),
    )
    title = texts("What the import would change")
    shown = notes if len(plan.changes) > SHOWN else []
    return Answer(
        title,
        "",
        Line(counted),
        (Section("", lines),),
        notes=tuple(shown),
        actions=actions,
    )


def refused(problems: Sequence[Problem], texts: Texts) -> Answer:
    """Why a file was not imported, with the lines."""
    lines = tuple(
        Line(
            f"{p.path + ': ' if p.path else ''}{clipped(p.message, 200)}"
            + (f" ({clipped(p.hint, 120)})" if p.hint else ""),
            (),
            texts("Line {n}", n=p.line),
        )
        for p in problems[:SHOWN]
    )
    lead = texts.many(
        "One problem; nothing was changed.",
        "{n} problems; nothing was changed.",
        len(problems),
    )
    notes = (
        (
            texts(
                "… and {n} more; the attached file has all of them.",
                n=len(problems) - SHOWN,
            ),
        )
        if len(problems) > SHOWN
        else ()
    )
    return Answer(
        texts("Not imported"), "", Line(lead), (Section("", lines),), notes=notes
    )


def kept(counts: Mapping[str, int], texts: Texts, *, anything: bool) -> Answer:
    """What is stored about a person, and what they can do about it."""
    lead = texts(
        "Ally keeps nothing about people who only ask. Of people who change or "
        "propose entries it keeps the "
        "Discord id, to say who did what; no name, no message, nothing else."
    )
    labels = {
        "revisions": texts("Changes you made"),
        "approvals": texts("Entries you proposed"),
        "suggestions": texts("Suggestions you made"),
        "decisions": texts("Suggestions you decided"),
        "servers": texts("Servers in which that was"),
    }
    lines = tuple(Line(str(counts[key]), (), label) for key, label in labels.items())
    actions: tuple[Action, ...] = ()
    if anything:
        actions = (
            Action("privacy:export:1", texts("Export"), "📤"),
            Action("privacy:ask:1", texts("Forget me"), "🧹", tone="stop"),
        )
    else:
        lines = (Line(texts("Nothing is stored about you.")),)
    return Answer(
        texts("What is stored about you"),
        "",
        Line(lead),
        (Section("", lines),),
        actions=actions,
    )


def sure_to_forget(texts: Texts) -> Answer:
    """The question before somebody is forgotten."""
    lead = texts(
        "Your id will be replaced by “forgotten” everywhere. The facts stay, for "
        "they are the servers'. "
        "This cannot be taken back."
    )
    actions = (
        Action("privacy:forget:1", texts("Forget me"), "🧹", tone="stop"),
        Action("privacy:keep:1", texts("Keep everything")),
    )
    return Answer(texts("Are you sure?"), "", Line(lead), actions=actions)


def forgotten(changed: int, texts: Texts) -> Answer:
    """Somebody was forgotten."""
    lead = texts.many(
        "Your id stood in {n} place and is gone.",
        "Your id stood in {n} places and is gone.",
        changed,
    )
    return Answer(texts("Forgotten"), "", Line(lead))


def plain_changes(plan: Plan, base: Base, texts: Texts) -> str:
    """Every planned change, a line each."""
    return "\n".join(change_line(change, base, texts) for change in plan.changes) + "\n"


def plain_problems(problems: Sequence[Problem]) -> str:
    """Every problem, a line each."""
    return "\n".join(map(str, problems)) + "\n"
