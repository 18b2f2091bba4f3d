"""Forms whose whole state is their custom id, so that a form opened before a restart
can be sent after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

import discord
from discord import ui

from bot.alignment.rubric import assess
from bot.answers import sentences
from bot.answers.entry_words import field_name
from bot.answers.texts import Texts
from bot.entries.from_form import CODE_LENGTH, NAME, Draft
from bot.knowledge.facts import Base
from bot.ui import limits

KINDS = ("state", "observer", "partially-recognised", "breakaway")
_FACTS = 25

Option = tuple[str, str, str]
"""Value, label and description of a choice."""


class Form(ui.Modal):
    """A modal that discord.py sends and does not keep; its answer is read from the
    interaction alone.
    """

    def is_finished(self) -> bool:
        """Always: a finished modal is sent and not stored."""
        return True


def form(title: str, custom_id: str, labels: Sequence[ui.Label[Any]]) -> Form:
    """A form of at most five labelled fields."""
    made = Form(
        title=limits.cut(title, limits.FORM_TITLE), custom_id=custom_id, timeout=None
    )
    for label in labels:
        made.add_item(label)
    return made


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
) -> ui.Label[Any]:
    """A line or a paragraph of text."""
    field: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        custom_id=key,
        default=value[:most] or None,
        placeholder=limits.cut(example, limits.PLACEHOLDER) or None,
        max_length=most,
        required=required,
    )
    return _label(label, field, hint)


def _label(text: str, component: ui.Item[Any], hint: str = "") -> ui.Label[Any]:
    return ui.Label(
        text=limits.cut(text, limits.FORM_LABEL),
        component=component,
        description=limits.cut(hint, limits.FORM_HINT) or None,
    )


def choice_field(
    key: str, label: str, options: Sequence[Option], *, value: str = "", hint: str = ""
) -> ui.Label[Any]:
    """One of a few: shown as buttons to tick up to ten, as a menu above."""
    if len(options) <= limits.RADIO_OPTIONS:
        ticks = [
            discord.RadioGroupOption(
                label=limits.cut(name, limits.OPTION_TEXT),
                value=each,
                description=limits.cut(about, limits.OPTION_TEXT) or None,
                default=each == value,
            )
            for each, name, about in options
        ]
        return _label(label, ui.RadioGroup(custom_id=key, options=ticks), hint)
    return _label(label, _menu(key, options, {value}, 1), hint)


def _menu(
    key: str, options: Sequence[Option], chosen: set[str], most: int
) -> ui.Select[Any]:
    return ui.Select(
        custom_id=key,
        min_values=1,
        max_values=most,
        required=True,
        options=[
            discord.SelectOption(
                label=limits.cut(name, limits.OPTION_TEXT),
                value=each,
                description=limits.cut(about, limits.OPTION_TEXT) or None,
                default=each in chosen,
            )
            for each, name, about in options[: limits.CHOICES]
        ],
    )


def _sides(base: Base, texts: Texts) -> list[Option]:
    sides = [(side.id, texts(side.name), "") for side in base.conflict.sides]
    return [
        *sides,
        (
            "neutral",
            texts("neither side"),
            texts("it is worth telling, and gives no points"),
        ),
    ]


def _deeds(base: Base, texts: Texts) -> list[Option]:
    """Every kind of deed, in the base's order; one menu holds them all."""
    return [
        (key, texts(deed.name), texts(deed.about))
        for key, deed in base.conflict.deeds.items()
    ]


def _facts(code: str, base: Base, texts: Texts, today: date) -> list[Option]:
    """The actor's facts to choose from, the strongest first."""
    found = assess(code, base, on=today)
    # One measure may hold several parts of an actor; a menu's values must differ.
    facts = {
        fact.ref: fact for fact in (*(c.fact for c in found.contributions), *found.past)
    }
    return [
        (ref, sentences.fact(fact, texts, dated=False), ref)
        for ref, fact in facts.items()
    ][:_FACTS]


def _source_field(value: str, texts: Texts) -> ui.Label[Any]:
    return text_field(
        "source",
        texts("Source"),
        value=value,
        most=1200,
        long=True,
        hint=texts(
            "A line each: link, publisher, title, date if known. A blank line "
            "before a second source."
        ),
        example="https://…\nReuters\nTitle of the page\n2024-03-02",
    )


def draft_form(
    draft: Draft,
    custom_id: str,
    base: Base,
    texts: Texts,
    *,
    today: date,
    ask_country: bool = False,
) -> Form:
    """The form of a kind of entry, filled in with what the draft holds."""
    has = draft.fields.get
    name = texts.name(draft.subject) if draft.subject else ""
    match draft.kind:
        case "event":
            labels = [
                text_field(
                    "claim",
                    field_name("claim", texts),
                    value=has("claim", ""),
                    most=400,
                    long=True,
                    hint=texts("One neutral sentence in your own words."),
                    example=texts("The government expelled two diplomats."),
                ),
                text_field(
                    "date",
                    field_name("date", texts),
                    value=has("date", ""),
                    most=60,
                    hint=texts(
                        "When it began to hold, as exactly as the source says; "
                        "“to” when it ended."
                    ),
                    example="2024-03-02   ·   2024-03   ·   2 March 2024 to 2025-01",
                ),
                choice_field(
                    "toward",
                    texts("Which side does it favour?"),
                    _sides(base, texts),
                    value=has("toward", ""),
                ),
                choice_field(
                    "deed",
                    field_name("deed", texts),
                    _deeds(base, texts),
                    value=has("deed", ""),
                ),
            ]
            if ask_country:
                labels.insert(
                    0,
                    text_field(
                        "country",
                        field_name("country", texts),
                        value=has("country", ""),
                        most=100,
                        example=texts("belarus, BY or 🇧🇾"),
                    ),
                )
            else:
                labels.append(_source_field(has("source", ""), texts))
            title = (
                texts("A fact about {name}", name=name)
                if name
                else texts("Propose as evidence")
            )
        case "level":
            levels = [
                (level.id, texts(level.name), texts(level.reason))
                for level in base.conflict.levels
            ]
            labels = [
                choice_field(
                    "level",
                    field_name("level", texts),
                    levels,
                    value=has("level", ""),
                    hint=texts(
                        "It is shown beside the computed level, never instead of it."
                    ),
                ),
                text_field(
                    "reason",
                    field_name("reason", texts),
                    value=has("reason", ""),
                    most=400,
                    long=True,
                ),
                text_field(
                    "date",
                    field_name("date", texts),
                    value=has("date", ""),
                    most=40,
                    required=False,
                    hint=texts("From when; today if left empty."),
                    example="2024-03-02",
                ),
                _source_field(has("source", ""), texts),
            ]
            title = texts("Own judgement of {name}", name=name)
        case "summary":
            options = _facts(draft.subject, base, texts, today)
            labels = [
                text_field(
                    "summary",
                    field_name("summary", texts),
                    value=has("summary", ""),
                    most=400,
                    long=True,
                    hint=texts("One or two sentences that the facts below bear out."),
                ),
                _label(
                    texts("Facts that bear it out"),
                    _menu(
                        "facts",
                        options,
                        set(has("facts", "").split()),
                        min(5, len(options)),
                    ),
                ),
            ]
            title = texts("Summary of {name}", name=name)
        case "actor":
            kinds = [(kind, texts(kind), "") for kind in KINDS]
            labels = [
                text_field(
                    "name",
                    field_name("name", texts),
                    value=has("name", ""),
                    most=NAME,
                    example="Ruritania",
                ),
                choice_field(
                    "kind", field_name("kind", texts), kinds, value=has("kind", "state")
                ),
                text_field(
                    "aliases",
                    field_name("aliases", texts),
                    value=has("aliases", ""),
                    most=400,
                    required=False,
                    hint=texts("With commas between them."),
                    example="Rurit, Kingdom of Ruritania",
                ),
            ]
            if not draft.own:
                labels.append(
                    text_field(
                        "code",
                        field_name("code", texts),
                        value=has("code", ""),
                        most=CODE_LENGTH,
                        required=False,
                        example="ruritania",
                        hint=texts(
                            "As ISO has it, or small letters; made from the name "
                            "if empty."
                        ),
                    )
                )
            title = texts("An actor of this server")
        case "alias":
            labels = [
                text_field(
                    "alias",
                    field_name("alias", texts),
                    value=has("alias", ""),
                    most=NAME,
                )
            ]
            title = texts("Another name for {name}", name=name)
    return form(title, custom_id, labels)


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
    upload: ui.FileUpload[Any] = ui.FileUpload(
        custom_id="file", min_values=1, max_values=1
    )
    hint = texts(
        "A file as /entry export gives it; you see every change before anything is "
        "done."
    )
    return form(
        title, custom_id, [_label(texts("YAML file, at most 1 MiB"), upload, hint)]
    )


def _leaves(components: Any) -> Iterator[Mapping[str, Any]]:
    for each in cast("Sequence[Mapping[str, Any]]", components or ()):
        if "component" in each:
            yield each["component"]
        elif "components" in each:
            yield from _leaves(each["components"])


def answers_of(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """What was filled in, by field; several choices are joined with blanks."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    found: dict[str, str] = {}
    for leaf in _leaves(data.get("components")):
        key = str(leaf.get("custom_id", ""))
        if "values" in leaf:
            found[key] = " ".join(map(str, leaf["values"] or ()))
        elif leaf.get("value") is not None:
            found[key] = str(leaf["value"])
    return found


def upload_of(interaction: discord.Interaction[Any]) -> Mapping[str, Any] | None:
    """The attachment of an upload form, as Discord describes it."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    files = cast(
        "Mapping[str, Mapping[str, Any]]",
        data.get("resolved", {}).get("attachments", {}),
    )
    return next(iter(files.values()), None)
