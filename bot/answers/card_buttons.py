"""What can be asked next under a card: four buttons and a menu."""

from __future__ import annotations

from dataclasses import replace

from bot.alignment.assessment import Assessment
from bot.alignment.levels import PARTY
from bot.answers.document import Action, Answer, Menu
from bot.answers.texts import Texts


def _menu(
    assessment: Assessment,
    key: str,
    texts: Texts,
    *,
    private: bool,
    hosted: bool,
    polls: bool,
    full: bool,
) -> Menu:
    """What is asked for less often, in one menu; what leads nowhere is left out."""
    votes, past = assessment.votes.total > 0, bool(assessment.past)
    foretold = bool(assessment.forecasts)
    options = (
        Action(f"ally:votes:{key}", texts("Votes"), enabled=votes),
        Action(f"ally:earlier:{key}", texts("Earlier"), enabled=past),
        Action(f"ally:forecast:{key}", texts("Forecast"), enabled=foretold),
        Action(f"ally:map:{key}", texts("Map")),
        Action(f"ally:full:{key}", texts("The long answer"), enabled=not full),
        Action(f"ally:method:{key}", texts("How Ally decides")),
        Action(f"ally:ask:{key}", texts("Only for me"), enabled=not private),
        Action(f"ally:share:{key}", texts("Show to everyone"), enabled=private),
        Action(
            f"poll:{assessment.code}",
            texts("What do you think? (a poll)"),
            enabled=polls and not private and assessment.level != PARTY,
        ),
        Action(
            f"suggest:{assessment.code}",
            texts("Suggest a fact"),
            enabled=hosted,
        ),
    )
    shown = tuple(option for option in options if option.enabled)
    return Menu(f"menu:{key}", texts("More"), shown)


def with_buttons(
    answer: Answer,
    assessment: Assessment,
    texts: Texts,
    *,
    private: bool,
    hosted: bool,
    polls: bool = False,
    full: bool = False,
) -> Answer:
    """A card, or with ``full`` the long answer, with what can be asked next.

    ``private`` is one that only the asker sees, ``hosted`` one in a server whose
    members may suggest, ``polls`` in one whose members may start polls.
    """
    key = f"{assessment.code}:{assessment.on.isoformat()}:1"
    cited = bool(answer.citations)
    actions = (
        Action(f"ally:evidence:{key}", texts("Why")),
        Action(f"ally:sources:{key}", texts("Sources"), enabled=cited),
        Action(f"ally:timeline:{key}", texts("Timeline")),
        Action(f"ally:compare:{key}", texts("Compare")),
    )
    menu = _menu(
        assessment,
        key,
        texts,
        private=private,
        hosted=hosted,
        polls=polls,
        full=full,
    )
    shown = tuple(action for action in actions if action.enabled)
    return replace(answer, actions=shown, menus=(menu,))
