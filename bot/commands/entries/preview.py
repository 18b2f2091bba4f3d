"""A draft's card before it is published, with what is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.preview import Preview, preview, resembling
from bot.answers.texts import Texts
from bot.entries.overlay import previewed
from bot.entries.records import Change
from bot.store.views import ServerView


def preview_of(
    change: Change,
    server: ServerView,
    texts: Texts,
    *,
    today: date,
    remarks: Sequence[str],
    own: str = "",
) -> Preview:
    """What a change would do, and the card under the name that it would have; ``own``
    is the id of the event that is edited.
    """
    after = previewed(server.base, change, today)
    names: dict[str, str] = {}
    if change.kind == "actor":
        names[change.subject] = change.body["names"]["short"]

    def name(code: str, locale: str) -> str:
        return names.get(code) or server.names.display(code, locale)

    alike = None
    if change.kind == "event":
        alike = resembling(change.body["claim"], server.base, change.subject, own)
    return preview(
        change,
        server.base,
        after,
        texts.named(name),
        today=today,
        remarks=remarks,
        alike=alike,
    )


def remarks_on(change: Change, server: ServerView, texts: Texts) -> list[str]:
    """What is not wrong but worth a look."""
    remarks: list[str] = []
    if server.away:
        remarks.append(
            texts(
                "I cannot reach the servers' entries right now: publishing has to wait."
            )
        )
    if change.kind != "event":
        return remarks
    if all(source.get("grade") == "weak" for source in change.body["sources"]):
        remarks.append(
            texts("Every source is marked weak; a better one convinces more.")
        )
    return remarks
