"""What an import would do, and why a file was not imported."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.document import Action, Answer, Line
from bot.answers.entries import all_entries
from bot.answers.entry_words import differences, kind_name, told
from bot.answers.finding_words import finding_text
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.entries.import_plan import Plan
from bot.entries.records import Change
from bot.knowledge.facts import Base
from bot.knowledge.problems import Problem

SHOWN = 12
"""Changes or problems on the page; the attached file has all of them."""


def _and_more(rows: int, texts: Texts) -> list[str]:
    """That the attached file has more than the page: no note or one."""
    if rows <= SHOWN:
        return []
    return [texts("… and {n} more; the attached file has all of them.", n=rows - SHOWN)]


def change_line(change: Change, base: Base, texts: Texts) -> str:
    """One planned change on one line: plus for new, tilde for changed."""
    about = f"{texts.name(change.subject)} · {kind_name(change.kind, texts)}"
    if not change.number:
        content = shortened(told(change.kind, change.body, base, texts), 200)
        return f"+ {about}: {content}"
    parts = differences(change.kind, change.before, change.body, texts)
    content = "; ".join(parts) or texts("published again")
    return f"~ #{change.number} {about}: {content}"


def planned(plan: Plan, base: Base, texts: Texts, digest: str) -> Answer:
    """What an import would do, before it does it; ``digest`` names the plan in its
    buttons' ids.
    """
    new = sum(not change.number for change in plan.changes)
    counted = texts(
        "{new} new, {changed} changed, {same} there already. Nothing has been done "
        "yet.",
        new=new,
        changed=len(plan.changes) - new,
        same=plan.same,
    )
    if not plan.changes:
        return Answer.plain(
            texts("Nothing to import"), counted, actions=(all_entries(texts),)
        )
    apply = texts.many("Import {n} entry", "Import {n} entries", len(plan.changes))
    return Answer.plain(
        texts("What the import would change"),
        counted,
        lines=(
            Line(shortened(change_line(change, base, texts), 220))
            for change in plan.changes[:SHOWN]
        ),
        notes=_and_more(len(plan.changes), texts),
        actions=(
            Action(f"import:apply:{digest}", apply, "📥", tone="go"),
            Action(f"import:cancel:{digest}", texts("Cancel"), "✖️"),
        ),
    )


def _problem_text(problem: Problem, texts: Texts) -> str:
    text = finding_text(shortened(problem.message, 200), texts)
    if problem.path:
        text = f"{problem.path}: {text}"
    if problem.hint:
        text = f"{text} ({finding_text(shortened(problem.hint, 120), texts)})"
    return text


def refused(problems: Sequence[Problem], texts: Texts) -> Answer:
    """Why a file was not imported, with the lines."""
    return Answer.plain(
        texts("Not imported"),
        texts.many(
            "One problem; nothing was changed.",
            "{n} problems; nothing was changed.",
            len(problems),
        ),
        lines=(
            Line.labelled(
                texts("Line {n}", n=problem.line), _problem_text(problem, texts)
            )
            for problem in problems[:SHOWN]
        ),
        notes=(*_and_more(len(problems), texts), _again(texts)),
    )


def _again(texts: Texts) -> str:
    return texts("To try again: /entry import")


def not_imported(why: str, texts: Texts) -> Answer:
    """A file was not read."""
    return Answer.plain(texts("Not imported"), why, notes=(_again(texts),))


def cancelled(texts: Texts) -> Answer:
    """What a file would change is not wanted."""
    return Answer.plain(
        texts("Cancelled"), texts("Nothing was changed."), notes=(_again(texts),)
    )


def imported(count: int, texts: Texts) -> Answer:
    """So many entries were imported."""
    lead = texts.many(
        "{n} entry was imported; /ally shows it at once.",
        "{n} entries were imported; /ally shows them at once.",
        count,
    )
    return Answer.plain(texts("Imported"), lead, actions=(all_entries(texts),))


def plain_changes(plan: Plan, base: Base, texts: Texts) -> str:
    """Every planned change, a line each."""
    return "\n".join(change_line(change, base, texts) for change in plan.changes) + "\n"


def plain_problems(problems: Sequence[Problem]) -> str:
    """Every problem, a line each."""
    return "\n".join(map(str, problems)) + "\n"
