"""Every error of a server's entries is told in its own words: what was wrong, and what
would be right.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.entries.records import Revision, Suggestion
from bot.knowledge.facts import Base
from bot.store import errors
from bot.ui.interaction import Interaction
from bot.ui.refusals import guild_only, not_a_manager, not_a_moderator, refusal, say
from tests.support.databases import body

AT = datetime(2026, 11, 2, 3, 4, 59, tzinfo=UTC)
TEXTS = Texts("en", lambda code, _: code)


def revision(**more: Any) -> Revision:
    values: dict[str, Any] = {
        "number": 12,
        "revision": 3,
        "kind": "event",
        "subject": "BY",
        "body": body("thing", "Belarus closed a consulate."),
        "state": "published",
        "verb": "edit",
        "author": 77,
        "at": AT,
    }
    return Revision(**values | more)


def suggestion(verdict: Any, **more: Any) -> Suggestion:
    return Suggestion(
        34, "BY", body(), 5, AT, verdict, decided_by=78, decided_at=AT, **more
    )


CASES: dict[str, tuple[errors.StoreError, tuple[str, ...]]] = {
    "away": (
        errors.StoreAwayError(),
        ("Not right now", "I cannot reach", "Nothing was changed", "still here"),
    ),
    "empty": (
        errors.DatabaseEmptyError("/var/secret.db"),
        ("Not right now", "I cannot reach", "Nothing was changed"),
    ),
    "missing": (
        errors.MissingError(56),
        ("That did not work", "no #56", "/entry list"),
    ),
    "stale": (
        errors.StaleError(revision()),
        (
            "Somebody was faster",
            "#12",
            "changed",
            "Nov 2, 2026, 03:04 UTC",
            "It says now",
            "Belarus closed a consulate",
        ),
    ),
    "approved": (
        errors.DecidedError(suggestion("approved")),
        ("Somebody was faster", "34 was already approved", "Nov 2, 2026, 03:04 UTC"),
    ),
    "rejected": (
        errors.DecidedError(suggestion("rejected")),
        ("Somebody was faster", "34 was already rejected", "Nov 2, 2026, 03:04 UTC"),
    ),
    "withdrawn": (
        errors.DecidedError(suggestion("withdrawn")),
        ("No longer there", "34 was withdrawn", "Nov 2, 2026, 03:04 UTC", "forgotten"),
    ),
    "clash": (
        errors.ClashError(56),
        ("That did not work", "#56 already says this", "/entry edit"),
    ),
    "one entry": (
        errors.QuotaError("entries", 1),
        ("That did not work", "1 entry,", "Retire some"),
    ),
    "entries": (
        errors.QuotaError("entries", 500),
        ("That did not work", "500 entries,", "Retire some"),
    ),
    "waiting": (
        errors.QuotaError("waiting", 200),
        ("That did not work", "200 suggestions already wait", "Try again later"),
    ),
    "one thing": (
        errors.QuotaError("follows", 1),
        ("That did not work", "follows 1 thing,", "Stop one with /following"),
    ),
    "follows": (
        errors.QuotaError("follows", 25),
        ("That did not work", "follows 25 things,", "Stop one with /following"),
    ),
    "today": (
        errors.QuotaError("today", 10),
        ("That did not work", "You have made 10 suggestions in 24 hours"),
    ),
    "newer": (
        errors.SchemaNewerError("0099"),
        ("Not right now", "Nothing was changed;", "has to upgrade it"),
    ),
}


def words(page: Answer) -> str:
    lines = [line for section in page.sections for line in section.lines]
    shown = [page.lead, *lines]
    said = [f"{line.label}: {line.text}" for line in shown if line]
    return "\n".join([page.title, *said])


@pytest.mark.parametrize("case", CASES)
def test_each_error_says_what_was_wrong_and_nothing_of_what_is_within(
    base: Base, case: str
) -> None:
    error, expected = CASES[case]
    said = words(refusal(error, base, TEXTS))
    for each in expected:
        assert each in said
    for secret in ("secret", "0099", "Error"):
        assert secret not in said


def test_no_two_errors_are_told_in_the_same_words(base: Base) -> None:
    said = {
        case: words(refusal(error, base, TEXTS)) for case, (error, _) in CASES.items()
    }
    del said["empty"]
    assert len(set(said.values())) == len(said)


def test_every_error_is_in_the_table() -> None:
    classes = {
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.StoreError)
    }
    told = {type(error) for error, _ in CASES.values()}
    assert classes - told == {errors.StoreError}


@pytest.mark.parametrize(
    ("words", "shown"), [("w" * 300, "w" * 300), ("w" * 900, "w" * 399 + "…")]
)
def test_what_somebody_wrote_meanwhile_is_shown_up_to_400_characters(
    base: Base, words: str, shown: str
) -> None:
    latest = revision(kind="alias", body={"alias": words})
    page = refusal(errors.StaleError(latest), base, TEXTS)
    ((line,),) = (section.lines for section in page.sections)
    assert line.text == shown


@pytest.mark.parametrize("case", ["stale", "approved", "rejected"])
def test_who_was_faster_is_named(base: Base, case: str) -> None:
    page = refusal(CASES[case][0], base, TEXTS)
    assert page.lead is not None
    assert page.lead.by == {"stale": 77}.get(case, 78)


def test_a_decision_without_a_day_is_told_all_the_same(base: Base) -> None:
    undated = Suggestion(34, "BY", body(), 5, AT, "rejected")
    said = words(refusal(errors.DecidedError(undated), base, TEXTS))
    assert "34 was already rejected, on an unknown day." in said


def test_who_may_not_is_told_what_is_needed_and_what_they_can_do() -> None:
    said = words(not_a_moderator(TEXTS))
    for each in ("Only for moderators", "Manage Server", "/settings", "/suggest"):
        assert each in said
    said = words(not_a_manager(TEXTS))
    for each in (
        "Only for those who manage this server",
        "Manage Server",
        "not change",
    ):
        assert each in said
    said = words(guild_only(TEXTS))
    assert "Only in a server" in said
    assert "belong to that server; ask there" in said


class Asked:
    """Stands for an interaction: where a reply went, and who sees it."""

    def __init__(self, *, answered: bool) -> None:
        self.sent: list[tuple[str, bool]] = []
        self.response = SimpleNamespace(
            is_done=lambda: answered, send_message=self._sender("first")
        )
        self.followup = SimpleNamespace(send=self._sender("after"))

    def _sender(self, how: str) -> Callable[..., Awaitable[None]]:
        async def send(*, view: object, ephemeral: bool = False) -> None:
            assert view is not None
            self.sent.append((how, ephemeral))

        return send


@pytest.mark.asyncio
@pytest.mark.parametrize(("answered", "how"), [(False, "first"), (True, "after")])
async def test_only_who_asked_sees_a_refusal_before_or_after_the_first_reply(
    answered: bool, how: str
) -> None:
    asked = Asked(answered=answered)
    await say(cast("Interaction", asked), guild_only(TEXTS))
    assert asked.sent == [(how, True)]
