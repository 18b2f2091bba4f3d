"""What is wrong with a catalogue of translations: found before readers find it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from bot.answers.texts import direction_of
from bot.commands.command_texts import DESCRIPTION, MENU_NAME, NAME
from bot.knowledge.text import length
from bot.ui import limits

_FILLED = re.compile(r"\{\w+\}")
_COMMAND = (
    r"(?<![\w/])/[a-z]+"
    r"(?: [a-z]+:| (?:actor|add|edit|export|list|undo)\b(?: [a-z]+:)?)?"
)
"""A command that a text names: Ally puts the language's own name in its place."""
kept_in_texts = re.compile(rf"@everyone|[⚠✅→]|\b(?:YAML|MiB)\b|{_COMMAND}")
"""What stands in a translation as it stands in the English text."""
_FROM_THE_RIGHT = str.maketrans("→", "←")
"""What points the other way where lines run from the right; Unicode mirrors no arrow
(UAX 9, rule L4).
"""
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_FORM = ("bot/commands/entries/draft_form.py", "bot/ui/forms.py")
"""Files whose messages are labels and hints of forms."""
_OPTION = re.compile(
    r"(deed|level)\.[\w-]+\.(name|about|reason)|(vote|measure)\.[\w-]+\.(short|name|phrase)"
)
"""Keys of a base's texts that stand in menus."""
_REMARK = 400
"""Characters of a text of a base that stands in no menu, as its own line may have."""
_MOST_NUMBERS = 300
"""So many numbers show which form a language's rule has for which."""
FILLING = 14
"""Characters that stand for a filled placeholder, such as a country's name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A message, by its context or its English words, and what is wrong with it."""

    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.message}: {self.what}"


@dataclass(frozen=True, slots=True)
class Status:
    """A catalogue beside its template."""

    messages: int
    missing: tuple[Message, ...]
    mistakes: tuple[Mistake, ...]


def named(message: Message) -> str:
    """A message's context, or its words."""
    return message.context or f"“{_english(message)[0]}”"


def _english(message: Message) -> tuple[str, ...]:
    words = message.id
    return (words,) if isinstance(words, str) else tuple(words)


def _said(message: Message) -> tuple[str, ...]:
    words = message.string or ""
    return (words,) if isinstance(words, str) else tuple(words)


def is_translated(message: Message) -> bool:
    """Whether every form of it has words."""
    return all(_said(message))


def _placeholders(text: str) -> set[str] | None:
    """The names in braces; None for braces that do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _forms_of_one(locale: str) -> set[int]:
    """The plural forms that stand for one number alone, which need not be written."""
    form = gettext.c2py(get_plural(locale).plural_expr)
    numbers = sorted(range(_MOST_NUMBERS), key=form)
    return {
        index for index, alike in groupby(numbers, key=form) if len(list(alike)) == 1
    }


def _filling(message: Message, locale: str) -> Iterator[str]:
    wanted = _placeholders(_english(message)[-1])
    alone = _forms_of_one(locale) if message.pluralizable else set[int]()
    for index, text in enumerate(_said(message)):
        found = _placeholders(text)
        if found is None:
            yield "a brace is not closed"
        elif found != wanted and (index not in alone or found | {"n"} != wanted):
            wanted_names = ", ".join(sorted(wanted or ())) or "none"
            yield (
                f"form {index} has other placeholders than the English text's: "
                f"{wanted_names}"
            )


def _kept(message: Message, locale: str) -> Iterator[str]:
    english = _english(message)[-1]
    wanted = set(kept_in_texts.findall(english))
    if direction_of(locale) == "rtl":
        wanted = {each.translate(_FROM_THE_RIGHT) for each in wanted}
    for text in _said(message):
        for each in sorted(wanted):
            if each not in text:
                yield f"{each} is missing; it stays as it is"
        if _UNSEEN.search(text):
            yield "it has an invisible character"
        if text != text.strip() and english == english.strip():
            yield "there is a blank at its beginning or end"
        if "\n" in text:
            yield "it has a line break"


def most_of(message: Message) -> int:
    """Characters that a translation may have where Discord has a limit; else 0. What
    names a command needs room for the language's name of it.
    """
    key = message.context or ""
    if key.startswith("menu."):
        return MENU_NAME
    if key.endswith(".description") and "/" in _english(message)[0]:
        return DESCRIPTION - FILLING
    if key.endswith(".description") or _OPTION.fullmatch(key):
        return DESCRIPTION
    if key.endswith(".scope"):
        return _REMARK
    if any(name in _FORM for name, _ in message.locations):
        short = length(_english(message)[0]) <= limits.FORM_LABEL
        return limits.FORM_LABEL if short else limits.FORM_HINT
    return 0


def _lengths(message: Message) -> Iterator[str]:
    """Discord's limits, with a country's name for each placeholder."""
    most = most_of(message)
    for text in _said(message):
        characters = length(_FILLED.sub("x" * FILLING, text))
        if most and characters > most:
            yield f"it has {characters} characters; at most {most} are shown"


def _is_name(message: Message) -> bool:
    key = message.context or ""
    return key.startswith(("command.", "option.")) and key.endswith(".name")


def _command_name(message: Message) -> Iterator[str]:
    text = _said(message)[0]
    if _is_name(message) and (not NAME.fullmatch(text) or text != text.lower()):
        yield "a command's or option's name is one word in small letters, at most 32"


def _level(key: str) -> str:
    """What a name has to be unique in: its own group of commands, or all options."""
    return key.removesuffix(".name").rpartition(".")[0]


def _is_summary(message: Message) -> bool:
    return (message.context or "").startswith("summary.")


def _alike(catalogue: Catalog) -> Iterator[Mistake]:
    """Names that two commands or two options share."""
    taken: dict[tuple[str, str], str] = {}
    for message in catalogue:
        if not _is_name(message) or not is_translated(message):
            continue
        key = message.context or ""
        other = taken.setdefault((_level(key), _said(message)[0]), key)
        if other != key:
            yield Mistake(key, f"it has the same name as {other}")


def _of_message(message: Message, locale: str, *, program: bool) -> Iterator[Mistake]:
    checks = [_kept(message, locale), _lengths(message)]
    if program:
        checks += [_filling(message, locale), _command_name(message)]
    for check in checks:
        for what in check:
            yield Mistake(named(message), what)


def _plural_header(catalogue: Catalog, locale: str) -> Iterator[Mistake]:
    rule = get_plural(locale)
    if (catalogue.num_plurals, catalogue.plural_expr) != (
        rule.num_plurals,
        rule.plural_expr,
    ):
        wanted = f"nplurals={rule.num_plurals}; plural={rule.plural_expr};"
        yield Mistake("Plural-Forms", f"the header has to be: {wanted}")


def status_of(
    catalogue: Catalog, template: Catalog, locale: str, *, program: bool
) -> Status:
    """A catalogue of a locale such as ``pt_BR`` beside its template; of a base's texts
    without ``program``, which have no placeholders.
    """
    wanted = {(each.id, each.context): each for each in template if each.id}
    if not program and not any(map(_is_summary, filter(is_translated, catalogue))):
        # Summaries are translated all or not at all.
        wanted = {key: each for key, each in wanted.items() if not _is_summary(each)}
    missing: list[Message] = []
    mistakes = list(_plural_header(catalogue, locale)) if program else []
    for message in wanted.values():
        # A plural is found by its first form.
        found = catalogue.get(message.id, message.context)
        if found is None or not is_translated(found):
            missing.append(message)
        elif found.fuzzy:
            mistakes.append(Mistake(named(message), "it is marked fuzzy, so not used"))
        else:
            found.locations = message.locations
            mistakes += _of_message(found, locale, program=program)
    for message in catalogue:
        known = (message.id, message.context) in wanted or _is_summary(message)
        if message.id and not known:
            mistakes.append(
                Mistake(named(message), "it is not in the template: run update")
            )
    mistakes += _alike(catalogue)
    return Status(len(wanted), tuple(missing), tuple(mistakes))
