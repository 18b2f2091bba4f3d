"""A draft's card before it is published, with what is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers import entries as pages
from bot.answers.document import Answer
from bot.answers.sentences import shortened
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
) -> Answer:
    """The card as it would look after a change, under the name that it would have."""
    after = previewed(server.base, change, today)
    names: dict[str, str] = {}
    if change.kind == "actor":
        names[change.subject] = change.body["names"]["short"]

    def name(code: str, locale: str) -> str:
        return names.get(code) or server.names.display(code, locale)

    return pages.preview(
        change,
        server.base,
        after,
        texts.named(name),
        today=today,
        remarks=remarks,
    )


def remarks_on(change: Change, server: ServerView, texts: Texts, own: str) -> list[str]:
    """What is not wrong but worth a look. ``own`` is the id of the event that is
    edited, which resembles itself.
    """
    remarks: list[str] = []
    if server.away:
        remarks.append(
            texts(
                "Servers' entries cannot be reached at the moment: publishing has to "
                "wait."
            )
        )
    if change.kind != "event":
        return remarks
    claim, subject = change.body["claim"], change.subject
    if alike := pages.resembling(claim, server.base, subject, own):
        remarks.append(
            texts("This resembles what is there: {claim}", claim=shortened(alike))
        )
    if all(source.get("grade") == "weak" for source in change.body["sources"]):
        remarks.append(
            texts("Every source is marked weak; a better one convinces more.")
        )
    return remarks
