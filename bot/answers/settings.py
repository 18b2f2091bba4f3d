"""A server's settings."""

from __future__ import annotations

from bot.answers.document import Answer, Line, Section
from bot.answers.texts import Texts
from bot.entries.records import Preferences


def settings(
    preferences: Preferences, texts: Texts, *, changed: bool = False
) -> Answer:
    """A server's settings and how to change each."""
    none = texts("none")
    roles, review, audit = (
        preferences.roles,
        preferences.review_channel,
        preferences.audit_channel,
    )
    audience = texts("everyone in the channel")
    if preferences.private:
        audience = texts("only the one who asked")
    cooldown = none
    if preferences.cooldown:
        cooldown = texts.many(
            "{n} second between two questions of one person",
            "{n} seconds between two questions of one person",
            preferences.cooldown,
        )
    lines = (
        Line("" if roles else none, label=texts("Moderator roles"), roles=roles),
        Line("" if review else none, label=texts("Review channel"), channel=review),
        Line("" if audit else none, label=texts("Audit channel"), channel=audit),
        Line.labelled(
            texts("Who sees /ally's answers unless the asker says otherwise"), audience
        ),
        Line.labelled(texts("Cooldown"), cooldown),
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
    return Answer(title, sections=(Section("", lines),), notes=notes)
