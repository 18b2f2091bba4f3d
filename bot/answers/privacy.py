"""What is kept of a person, and forgetting them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.document import Action, Answer, Line
from bot.answers.texts import Texts


def kept(counts: Mapping[str, int], texts: Texts, *, anything: bool) -> Answer:
    """What is stored about a person, and what they can do about it."""
    lead = texts(
        "Ally keeps nothing about people who only ask. Of people who change or "
        "propose entries, or set up follows, it keeps the "
        "Discord id, to say who did what; no name, no message, nothing else."
    )
    labels = {
        "revisions": texts("Changes you made"),
        "approvals": texts("Entries you proposed"),
        "suggestions": texts("Suggestions you made"),
        "decisions": texts("Suggestions you decided"),
        "follows": texts("Follows you set up"),
        "servers": texts("Servers in which that was"),
    }
    lines = tuple(
        Line.labelled(label, str(counts[key])) for key, label in labels.items()
    )
    actions: tuple[Action, ...] = ()
    if anything:
        actions = (
            Action("privacy:export:1", texts("Export"), "📤"),
            Action("privacy:ask:1", texts("Forget me"), "🧹", tone="stop"),
        )
    else:
        lines = (Line(texts("Nothing is stored about you.")),)
    return Answer.plain(
        texts("What is stored about you"), lead, lines=lines, actions=actions
    )


def sure_to_forget(texts: Texts) -> Answer:
    """The question before somebody is forgotten."""
    lead = texts(
        "Your id will be replaced by “forgotten” everywhere. The "
        "facts stay, because they belong to the servers. This "
        "cannot be undone."
    )
    actions = (
        Action("privacy:forget:1", texts("Forget me"), "🧹", tone="stop"),
        Action("privacy:keep:1", texts("Keep everything")),
    )
    return Answer.plain(texts("Are you sure?"), lead, actions=actions)


def forgotten(changed: int, texts: Texts) -> Answer:
    """Somebody was forgotten."""
    lead = texts.many(
        "Your id stood in {n} place and is gone.",
        "Your id stood in {n} places and is gone.",
        changed,
    )
    return Answer.plain(texts("Forgotten"), lead)
