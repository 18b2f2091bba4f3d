"""What is kept of a person, and forgetting them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.document import Action, Answer, Line, Section
from bot.answers.texts import Texts


def kept(
    counts: Mapping[str, int], texts: Texts, *, anything: bool, left_out: bool
) -> Answer:
    """What is stored about a person, and what they can do about it; ``left_out`` of the
    quiz's scores.
    """
    lead = texts("Ally keeps nothing about people who only ask: no name, no message.")
    labels = {
        "revisions": texts("Changes you made"),
        "approvals": texts("Entries you proposed"),
        "suggestions": texts("Suggestions you made"),
        "decisions": texts("Suggestions you decided"),
        "answers": texts("Quiz questions you answered"),
        "follows": texts("Follows you set up"),
        "servers": texts("Servers in which that was"),
    }
    kept_of_all = (
        Line.labelled(
            texts("Entries and follows"),
            texts("the Discord id of who made them, to say who did what"),
        ),
        Line.labelled(
            texts("The quiz in a server"), texts("for 30 days, who answered what")
        ),
    )
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
    quiz = Action("privacy:leave:1", texts("No quiz scores for me"), "🙈")
    if left_out:
        lines += (Line(texts("You are left out of the quiz's scores.")),)
        quiz = Action("privacy:join:1", texts("Keep my quiz scores"), "🏆")
    actions += (quiz,)
    return Answer(
        texts("What is stored about you"),
        lead=Line(lead),
        sections=(
            Section("", lines),
            Section(texts("What Ally stores about people"), kept_of_all),
        ),
        actions=actions,
    )


def sure_to_forget(texts: Texts) -> Answer:
    """The question before somebody is forgotten."""
    lead = texts(
        "Your id will be replaced by “forgotten” everywhere. The "
        "facts stay, because they belong to the servers. Your answers to the quiz "
        "are deleted. This cannot be undone."
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
    return Answer.plain(texts("Forgotten"), lead, notes=(again(texts),))


def again(texts: Texts) -> str:
    """Where to look what is stored now."""
    return texts("/privacy shows what is stored about you.")
