"""A server's settings: what is set, and what a change of them did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.answers.document import Action, Answer, Line, Menu, Section
from bot.answers.sentences import done_by
from bot.answers.texts import Texts, language_name, languages
from bot.entries.records import Preferences

Setting = Literal[
    "roles",
    "review_channel",
    "audit_channel",
    "private",
    "full",
    "cooldown",
    "language",
    "polls",
    "zone",
]
COOLDOWNS = (0, 5, 10, 30, 60, 300, 900, 3600)
"""Seconds between two questions of one person that can be chosen."""
FOLLOW = "-"
"""Stands for no language of its own in a custom id."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What the settings name and the server no longer has."""

    roles: Collection[int] = ()
    channels: Collection[int] = ()


def _waits(seconds: int, texts: Texts) -> str:
    if not seconds:
        return texts("People may ask again at once.")
    if seconds % 60:
        return texts.many(
            "Each person waits {n} second between two questions.",
            "Each person waits {n} seconds between two questions.",
            seconds,
        )
    return texts.many(
        "Each person waits {n} minute between two questions.",
        "Each person waits {n} minutes between two questions.",
        seconds // 60,
    )


def _language(code: str, texts: Texts) -> str:
    if code not in languages():
        return texts("Answers follow the language of the server.")
    return texts("Answers for everyone: {language}", language=language_name(code))


def zone_name(zone: str) -> str:
    """A time zone as it is shown; empty stands for UTC."""
    return zone.replace("_", " ") if zone else "UTC"


def _audience(private: bool, texts: Texts) -> str:  # noqa: FBT001 - a stored value
    if private:
        return texts("Only the person who asks sees the answer.")
    return texts("Everyone in the channel sees the answer.")


def _zone(zone: str, texts: Texts) -> str:
    return texts("Time zone: {zone}", zone=zone_name(zone))


def _length(full: bool, texts: Texts) -> str:  # noqa: FBT001 - a stored value
    if full:
        return texts("Answers are long, with all their sources.")
    return texts("Answers are short cards.")


def _polls(allowed: bool, texts: Texts) -> str:  # noqa: FBT001 - a stored value
    if allowed:
        return texts("Members may start a poll under an answer.")
    return texts("There are no polls under answers.")


def _names(key: str, texts: Texts) -> str:
    return {
        "roles": texts("Roles that moderate"),
        "review_channel": texts("Channel for suggestions"),
        "audit_channel": texts("Channel for changes"),
        "private": texts("Who sees answers"),
        "full": texts("Length of answers"),
        "cooldown": texts("Waiting time"),
        "language": texts("Language"),
        "polls": texts("Polls"),
        "zone": texts("Time zone"),
    }.get(key, key)


def _value(key: str, value: Any, label: str, texts: Texts) -> Line:
    """What a setting is or was, in words; a stored null is its default."""
    match key:
        case "roles":
            roles = tuple(value or ())
            return Line(
                "" if roles else texts.keyed("roles.none", "none"),
                label=label,
                roles=roles,
            )
        case "review_channel" | "audit_channel":
            channel = int(value or 0)
            return Line(
                "" if channel else texts.keyed("channel.none", "none"),
                label=label,
                channel=channel,
            )
        case "private":
            return Line.labelled(label, _audience(bool(value), texts))
        case "full":
            return Line.labelled(label, _length(bool(value), texts))
        case "cooldown":
            return Line.labelled(label, _waits(int(value or 0), texts))
        case "language":
            return Line.labelled(label, _language(str(value or ""), texts))
        case "polls":
            return Line.labelled(label, _polls(bool(value), texts))
        case "zone":
            return Line.labelled(label, zone_name(str(value or "")))
        case _:
            return Line.labelled(label, str(value))


def settings_changed(
    detail: Mapping[str, Any], actor: int, texts: Texts, title: str
) -> Answer:
    """A change of settings for the channel of changes: each with what it was.

    ``detail`` has the settings that were changed, in ``before`` and ``after``.
    """
    before = detail.get("before", {})
    sections = tuple(
        Section(
            _names(key, texts),
            (
                _value(key, value, texts("Now"), texts),
                _value(key, before.get(key), texts("Before"), texts),
            ),
        )
        for key, value in detail.get("after", {}).items()
    )
    return Answer(title, lead=done_by(actor, texts), sections=sections)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Texts, and what stands below each: the selects of roles and channels are the
    caller's.
    """

    title: str
    notes: tuple[str, ...]
    """What just happened or went wrong; perhaps nothing."""
    moderators: str
    suggestions: str
    changes: str
    answers: str
    menus: tuple[Menu, ...]
    buttons: tuple[Action, ...]
    footer: str
    no_role: str
    no_channel: str


def settings(
    preferences: Preferences,
    texts: Texts,
    *,
    lost: Lost | None = None,
    notes: tuple[str, ...] = (),
) -> SettingsPage:
    """What is set, what is lost, and every choice."""
    gone = lost or Lost()
    return SettingsPage(
        title=texts("Settings of this server"),
        notes=(*notes, *(f"⚠️ {each}" for each in _losses(preferences, gone, texts))),
        moderators=texts(
            "Whoever manages this server moderates Ally. Roles that may too:"
        ),
        suggestions=texts("Channel for what members suggest:"),
        changes=texts("Channel that is told of every change:"),
        answers=" ".join(
            (
                _audience(preferences.private, texts),
                _length(preferences.full, texts),
                _waits(preferences.cooldown, texts),
                _language(preferences.language, texts),
                _polls(preferences.polls, texts),
                *([_zone(preferences.zone, texts)] if preferences.zone else []),
            )
        ),
        menus=(_cooldowns(preferences, texts), _languages(preferences, texts)),
        buttons=_buttons(preferences, texts),
        footer=texts(
            "Roles need one more step: allow /entry for them under Server Settings, "
            "Integrations, Ally."
        ),
        no_role=texts("No role"),
        no_channel=texts("No channel"),
    )


def _losses(preferences: Preferences, lost: Lost, texts: Texts) -> list[str]:
    said: list[str] = []
    if any(role in lost.roles for role in preferences.roles):
        n = sum(role in lost.roles for role in preferences.roles)
        said.append(
            texts.many(
                "{n} role that was chosen here no longer exists.",
                "{n} roles that were chosen here no longer exist.",
                n,
            )
        )
    if preferences.review_channel in lost.channels:
        said.append(
            texts(
                "The channel for suggestions is gone or closed to me. Choose another."
            )
        )
    if preferences.audit_channel in lost.channels:
        said.append(
            texts("The channel for changes is gone or closed to me. Choose another.")
        )
    return said


def _cooldowns(preferences: Preferences, texts: Texts) -> Menu:
    return Menu(
        "menu:settings:cooldown",
        texts("Change the waiting time"),
        tuple(
            Action(f"settings:cooldown:{seconds}", _waits(seconds, texts))
            for seconds in COOLDOWNS
            if seconds != preferences.cooldown
        ),
    )


def _languages(preferences: Preferences, texts: Texts) -> Menu:
    follow = Action(
        f"settings:language:{FOLLOW}",
        texts("Follow the language of the server"),
    )
    options = [follow] if preferences.language else []
    options += [
        Action(f"settings:language:{code}", language_name(code))
        for code in languages()
        if code != preferences.language
    ]
    return Menu("menu:settings:language", texts("Change the language"), tuple(options))


def _buttons(preferences: Preferences, texts: Texts) -> tuple[Action, ...]:
    audience = Action("settings:private:1", texts("Only the asker sees answers"), "🔒")
    if preferences.private:
        audience = Action("settings:private:0", texts("Everyone sees answers"), "📢")
    length = Action("settings:full:1", texts("Long answers"), "📄")
    if preferences.full:
        length = Action("settings:full:0", texts("Short answers"), "🗂️")
    polls = Action("settings:polls:1", texts("Allow polls"), "📊")
    if preferences.polls:
        polls = Action("settings:polls:0", texts("No polls"), "📊")
    return audience, length, polls
