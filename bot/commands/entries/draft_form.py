"""The form of each kind of entry, filled in with what a draft holds."""

from __future__ import annotations

from datetime import date

from bot.alignment.rubric import assess
from bot.answers import base_words, sentences
from bot.answers.entry_words import actor_kind, field_name
from bot.answers.examples import examples_of, spellings
from bot.answers.texts import Texts
from bot.entries.from_form import NAME, Draft, deed_of
from bot.entries.ids import CODE_LENGTH
from bot.knowledge.facts import Base
from bot.ui import limits
from bot.ui.forms import (
    Form,
    Option,
    choice_field,
    form,
    labelled,
    menu,
    text_field,
)
from bot.ui.interaction import Label

KINDS = ("state", "observer", "partially-recognised", "breakaway")
SOURCE = 1200
"""Units that a field of sources takes."""
_BEAR_OUT = 5
"""Facts that a summary may rest on."""


def draft_form(
    draft: Draft,
    custom_id: str,
    base: Base,
    texts: Texts,
    *,
    today: date,
    ask_country: bool = False,
) -> Form:
    """The form of a kind of entry, filled in with what the draft holds.

    ``ask_country`` asks for the country instead of the source, which is known.
    """
    name = texts.name(draft.subject) if draft.subject else ""
    match draft.kind:
        case "event":
            labels = _event(draft, base, texts, ask_country=ask_country)
            title = texts("Propose as evidence")
            if name:
                title = texts("A fact about {name}", name=name)
        case "level":
            labels = _level(draft, base, texts)
            title = texts("Own judgement of {name}", name=name)
        case "summary":
            labels = _summary(draft, base, texts, today)
            title = texts("Summary of {name}", name=name)
        case "actor":
            labels = _actor(draft, texts)
            title = texts("A country or group of this server")
        case "alias":
            labels = [_field(draft, "alias", texts, most=NAME)]
            title = texts("Another name for {name}", name=name)
    return form(title, custom_id, labels)


def _field(
    draft: Draft,
    key: str,
    texts: Texts,
    *,
    most: int,
    hint: str = "",
    example: str = "",
    long: bool = False,
    required: bool = True,
) -> Label:
    return text_field(
        key,
        field_name(key, texts),
        value=draft.fields.get(key, ""),
        most=most,
        hint=hint,
        example=example,
        long=long,
        required=required,
    )


def _source(draft: Draft, texts: Texts) -> Label:
    return _field(
        draft,
        "source",
        texts,
        most=SOURCE,
        long=True,
        hint=texts(
            "One line each: link, publisher, title, date. Leave a blank "
            "line before the next source."
        ),
        example="https://…\nReuters\nTitle of the page\n2024-03-02",
    )


def _sides(base: Base, texts: Texts) -> list[Option]:
    sides = [
        Option(side.id, base_words.side_name(side, texts))
        for side in base.conflict.sides
    ]
    about = texts("It is worth telling and gives no points.")
    return [*sides, Option("neutral", texts("neither side"), about)]


def _deeds(base: Base, texts: Texts) -> list[Option]:
    """Every kind of deed in the base's order; one menu holds them all."""
    return [
        Option(key, *base_words.deed_words(key, base.conflict, texts))
        for key in base.conflict.deeds
    ]


def _event(draft: Draft, base: Base, texts: Texts, *, ask_country: bool) -> list[Label]:
    claim = _field(
        draft,
        "claim",
        texts,
        most=400,
        long=True,
        hint=texts("One neutral sentence in your own words."),
        example=texts("The government expelled two diplomats."),
    )
    day = _field(
        draft,
        "date",
        texts,
        most=60,
        hint=texts(
            "When did it happen? If it has ended, add the day of its end as in the "
            "example."
        ),
        example="2024-03 · "
        + texts("{since} to {until}", since="2024-03-02", until="2025-01"),
    )
    toward = choice_field(
        "toward",
        texts("Which side does it favour?"),
        _sides(base, texts),
        value=draft.fields.get("toward", ""),
    )
    deed = choice_field(
        "deed",
        field_name("deed", texts),
        _deeds(base, texts),
        value=deed_of(draft.fields),
    )
    if not ask_country:
        return [claim, day, toward, deed, _source(draft, texts)]
    example = spellings(examples_of(base).actors[0], texts)
    country = _field(draft, "country", texts, most=100, example=example)
    return [country, claim, day, toward, deed]


def _level(draft: Draft, base: Base, texts: Texts) -> list[Label]:
    levels = [
        Option(level.id, *base_words.level_words(level, texts))
        for level in base.conflict.levels
    ]
    level = choice_field(
        "level",
        field_name("level", texts),
        levels,
        value=draft.fields.get("level", ""),
        hint=texts("It is shown beside Ally's own level, never instead of it."),
    )
    day = _field(
        draft,
        "date",
        texts,
        most=40,
        required=False,
        hint=texts("From when; today if left empty."),
        example="2024-03-02",
    )
    reason = _field(draft, "reason", texts, most=400, long=True)
    return [level, reason, day, _source(draft, texts)]


def _facts(code: str, base: Base, texts: Texts, today: date) -> list[Option]:
    """The actor's facts to choose from, the strongest first."""
    assessment = assess(code, base, on=today)
    counted = (each.fact for each in assessment.contributions)
    # One measure may hold several parts of an actor; a menu's values must differ.
    facts = {fact.ref: fact for fact in (*counted, *assessment.past)}
    return [
        Option(ref, sentences.fact(fact, texts, dated=False), ref)
        for ref, fact in facts.items()
    ][: limits.CHOICES]


def _summary(draft: Draft, base: Base, texts: Texts, today: date) -> list[Label]:
    summary = _field(
        draft,
        "summary",
        texts,
        most=400,
        long=True,
        hint=texts("One or two sentences that the facts below support."),
    )
    options = _facts(draft.subject, base, texts, today)
    chosen = draft.fields.get("facts", "").split()
    facts = menu("facts", options, chosen=chosen, most=min(_BEAR_OUT, len(options)))
    return [summary, labelled(texts("Facts that support it"), facts)]


def _actor(draft: Draft, texts: Texts) -> list[Label]:
    kinds = [Option(kind, actor_kind(kind, texts)) for kind in KINDS]
    labels = [
        _field(draft, "name", texts, most=NAME, example="Ruritania"),
        choice_field(
            "kind",
            field_name("kind", texts),
            kinds,
            value=draft.fields.get("kind", "state"),
        ),
        _field(
            draft,
            "aliases",
            texts,
            most=400,
            required=False,
            hint=texts("With commas between them."),
            example="Rurit, Kingdom of Ruritania",
        ),
    ]
    if draft.own:
        return labels
    hint = texts(
        "Two capital letters, or small letters. If you leave it empty, I make one."
    )
    code = _field(
        draft,
        "code",
        texts,
        most=CODE_LENGTH,
        required=False,
        example="ruritania",
        hint=hint,
    )
    return [*labels, code]
