"""Forms whose whole state is their custom id, so that a form opened before a restart
can be sent after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import discord
from discord import ui

from bot.answers.entry_words import field_name
from bot.answers.texts import Texts
from bot.knowledge.text import cut
from bot.ui import limits
from bot.ui.interaction import Interaction, Label


class Option(NamedTuple):
    """One of a field's choices."""

    value: str
    label: str
    about: str = ""


class Form(ui.Modal):
    """A modal that discord.py sends and does not keep; its answer is read from the
    interaction alone.
    """

    def is_finished(self) -> bool:
        """Always: a finished modal is sent and not stored."""
        return True


def form(title: str, custom_id: str, labels: Sequence[Label]) -> Form:
    """A form of at most five labelled fields."""
    shown = limits.directed(title, limits.FORM_TITLE)
    modal = Form(title=shown, custom_id=custom_id, timeout=None)
    for label in labels:
        modal.add_item(label)
    return modal


def text_field(
    key: str,
    label: str,
    *,
    value: str = "",
    hint: str = "",
    example: str = "",
    most: int,
    long: bool = False,
    required: bool = True,
) -> Label:
    """A line or a paragraph of at most ``most`` UTF-16 units; a longer ``value`` is
    shortened, for Discord refuses the whole form otherwise.
    """
    field: ui.TextInput[ui.LayoutView] = ui.TextInput(
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        custom_id=key,
        default=cut(value, most) or None,
        placeholder=limits.directed(example, limits.PLACEHOLDER) or None,
        max_length=most,
        required=required,
    )
    return labelled(label, field, hint)


def labelled(text: str, component: ui.Item[ui.LayoutView], hint: str = "") -> Label:
    """A component under its label."""
    return ui.Label(
        text=limits.directed(text, limits.FORM_LABEL),
        component=component,
        description=limits.directed(hint, limits.FORM_HINT) or None,
    )


def choice_field(
    key: str, label: str, options: Sequence[Option], *, value: str = "", hint: str = ""
) -> Label:
    """One of a few: shown as buttons to tick up to ten, as a menu above."""
    if len(options) > limits.RADIO_OPTIONS:
        return labelled(label, menu(key, options, chosen={value}), hint)
    ticks = [
        discord.RadioGroupOption(
            label=limits.directed(option.label, limits.OPTION_TEXT),
            value=option.value,
            description=limits.directed(option.about, limits.OPTION_TEXT) or None,
            default=option.value == value,
        )
        for option in options
    ]
    return labelled(label, ui.RadioGroup(custom_id=key, options=ticks), hint)


def menu(
    key: str, options: Sequence[Option], *, chosen: Collection[str], most: int = 1
) -> ui.Select[ui.LayoutView]:
    """A menu of at most 25 options, of which one to ``most`` may be chosen."""
    return ui.Select(
        custom_id=key,
        min_values=1,
        max_values=most,
        required=True,
        options=[
            discord.SelectOption(
                label=limits.directed(option.label, limits.OPTION_TEXT),
                value=option.value,
                description=limits.directed(option.about, limits.OPTION_TEXT) or None,
                default=option.value in chosen,
            )
            for option in options[: limits.CHOICES]
        ],
    )


def reason_form(title: str, custom_id: str, texts: Texts) -> Form:
    """A form that asks why."""
    return form(
        title,
        custom_id,
        [
            text_field(
                "reason",
                field_name("reason", texts),
                most=300,
                long=True,
                hint=texts("The one who proposed it may read this."),
            )
        ],
    )


def upload_form(title: str, custom_id: str, texts: Texts) -> Form:
    """A form that takes one file."""
    upload: ui.FileUpload[ui.LayoutView] = ui.FileUpload(
        custom_id="file", min_values=1, max_values=1
    )
    hint = texts(
        "A file from /entry export. You see every change before anything is done."
    )
    return form(
        title, custom_id, [labelled(texts("YAML file, at most 1 MiB"), upload, hint)]
    )


def _leaves(components: Any) -> Iterator[Mapping[str, Any]]:
    for each in cast("Sequence[Mapping[str, Any]]", components or ()):
        if "component" in each:
            yield each["component"]
        elif "components" in each:
            yield from _leaves(each["components"])


def answers_of(interaction: Interaction) -> dict[str, str]:
    """What was filled in, by field; several choices are joined with blanks."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    answers: dict[str, str] = {}
    for leaf in _leaves(data.get("components")):
        key = str(leaf.get("custom_id", ""))
        if "values" in leaf:
            answers[key] = " ".join(map(str, leaf["values"] or ()))
        elif leaf.get("value") is not None:
            answers[key] = str(leaf["value"])
    return answers


def upload_of(interaction: Interaction) -> Mapping[str, Any] | None:
    """The attachment of an upload form, as Discord describes it."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    files = cast(
        "Mapping[str, Mapping[str, Any]]",
        data.get("resolved", {}).get("attachments", {}),
    )
    return next(iter(files.values()), None)
