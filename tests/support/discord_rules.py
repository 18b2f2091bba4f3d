"""The rules of Discord that its OpenAPI document leaves out, each with its page of the
documentation.

Texts are counted as ``bot.ui.limits`` counts them: in UTF-16 units.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, cast

import emoji

from bot.knowledge.text import length
from bot.ui import limits

Body = Mapping[str, Any]
Placed = Iterable[tuple[str, Body]]
"""Components, each with its path."""
Role = Literal["reply", "update", "followup", "original", "message", "edit"]

SUPPRESS_EMBEDS, EPHEMERAL, SILENT, V2 = 1 << 2, 1 << 6, 1 << 12, 1 << 15
"""Flags of a message (/resources/message#message-object-message-flags)."""
_FLAGS: Mapping[Role, int] = {
    "reply": SUPPRESS_EMBEDS | EPHEMERAL | SILENT | V2,
    "followup": SUPPRESS_EMBEDS | EPHEMERAL | SILENT | V2,
    "message": SUPPRESS_EMBEDS | SILENT | V2,
    "update": SUPPRESS_EMBEDS | EPHEMERAL | V2,
    "original": SUPPRESS_EMBEDS | EPHEMERAL | V2,
    "edit": SUPPRESS_EMBEDS | V2,
}
"""Flags that may be set, by what is sent (/interactions/receiving-and-responding). An
edit names again the flags that its message has (/resources/message#edit-message).
"""
ROW, BUTTON, SELECT, TEXT, GALLERY = 1, 2, 3, 10, 12
MEDIA_KINDS = {11, GALLERY, 13}
SELECTS = {3, 5, 6, 7, 8}
V2_KINDS = {9, 10, 11, 12, 13, 14, 17}
"""Types of components (/components/reference#component-object-component-types)."""
FORM_FIELDS = 5
"""Top-level components of a modal (/components/using-modal-components)."""
LINK, PREMIUM = 5, 6
"""Styles of buttons that have no custom id (/components/reference#button)."""
_ATTACHED = "attachment://"
_FILE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
"""Names that Discord keeps as they are, so that a component finds its file."""


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1]


def _too_long(text: str, limit: int, path: str) -> Iterator[str]:
    if not text.strip():
        yield f"{path}: it is blank"
    if length(text) > limit:
        yield f"{path}: {length(text)} characters, at most {limit} are allowed"


def _ids(placed: list[tuple[str, Body]]) -> Iterator[str]:
    """Every custom id at most 100 long and unlike every other; ids too."""
    named = [each["custom_id"] for _, each in placed if each.get("custom_id")]
    for custom_id in _repeated(named):
        yield f"custom_id: {custom_id!r} stands twice"
    for number in _repeated(each["id"] for _, each in placed if each.get("id")):
        yield f"id: {number} stands twice"
    for path, each in placed:
        if each.get("custom_id"):
            yield from _too_long(
                each["custom_id"], limits.CUSTOM_ID, f"{path}.custom_id"
            )


def _options(each: Body, path: str) -> Iterator[str]:
    """Options of a select, radio group or group of boxes."""
    options = each.get("options") or ()
    for value in _repeated(option.get("value") for option in options):
        yield f"{path}.options: the value {value!r} stands twice"
    for number, option in enumerate(options):
        for key in ("label", "value", "description"):
            if option.get(key) is not None:
                where = f"{path}.options[{number}].{key}"
                yield from _too_long(option[key], limits.OPTION_TEXT, where)
        yield from _emoji(option, f"{path}.options[{number}]")
    chosen = sum(bool(option.get("default")) for option in options)
    most = each.get("max_values") or 1
    if chosen > most:
        yield f"{path}.options: {chosen} are chosen, at most {most} may be"


def _counts(each: Body, path: str) -> Iterator[str]:
    """How many may be chosen; a string select cannot want more than it has."""
    least = each["min_values"] if each.get("min_values") is not None else 1
    most = each["max_values"] if each.get("max_values") is not None else 1
    if least > most:
        yield f"{path}: min_values {least} above max_values {most}"
    if each["type"] == SELECT and most > len(each.get("options") or ()):
        yield f"{path}: max_values {most} above the number of options"


def _emoji(each: Body, path: str) -> Iterator[str]:
    """An emoji without an id is one of Unicode's; Discord refuses any other."""
    found = cast("Body", each.get("emoji") or {})
    name = found.get("name")
    if name and not found.get("id") and not emoji.is_emoji(str(name)):
        yield f"{path}.emoji: {name!r} is no emoji"


def _button(each: Body, path: str) -> Iterator[str]:
    style, link = each.get("style"), each.get("url")
    named = each.get("custom_id")
    if style == LINK and (not link or named):
        yield f"{path}: a link button has a url and no custom_id"
    if style not in {LINK, PREMIUM} and (link or not named):
        yield f"{path}: a button has a custom_id and no url"
    if style != PREMIUM and not (each.get("label") or each.get("emoji")):
        yield f"{path}: a button needs a label or an emoji"
    if each.get("label") is not None:
        yield from _too_long(each["label"], limits.BUTTON_LABEL, f"{path}.label")
    yield from _emoji(each, path)


def _row(each: Body, path: str) -> Iterator[str]:
    """At most five buttons, or one select by itself."""
    inside = [child.get("type") for child in each.get("components") or ()]
    if any(kind != BUTTON for kind in inside) and len(inside) > 1:
        yield f"{path}: a select stands alone in its row"
    if len(inside) > limits.ROW_BUTTONS:
        yield f"{path}: {len(inside)} buttons, at most {limits.ROW_BUTTONS}"


def _component(each: Body, path: str) -> Iterator[str]:
    """What holds for one component anywhere."""
    kind = each.get("type")
    if kind == ROW:
        yield from _row(each, path)
    elif kind == BUTTON:
        yield from _button(each, path)
    elif kind == TEXT:
        yield from _too_long(
            each.get("content", ""), limits.TEXT_TOTAL, f"{path}.content"
        )
    elif kind == GALLERY:
        for number, item in enumerate(each.get("items") or ()):
            if item.get("description") is not None:
                where = f"{path}.items[{number}].description"
                yield from _too_long(item["description"], limits.ALTERNATIVE, where)
    if kind in SELECTS:
        yield from _counts(each, path)
    if each.get("options"):
        yield from _options(each, path)


class MessageRules:
    """One message with its components, each at its path, and the files beside it."""

    def __init__(
        self, body: Body, role: Role, files: tuple[str, ...], placed: Placed
    ) -> None:
        self.body, self.files, self.placed = body, files, list(placed)
        self.role: Role = role
        self.flags = int(body.get("flags") or 0)
        self.edits = role in {"update", "original", "edit"}

    def problems(self) -> list[str]:
        """Everything for which Discord would refuse it."""
        found = [
            *self._kinds(),
            *self._whole(),
            *self._attachments(),
            *_ids(self.placed),
        ]
        for path, each in self.placed:
            found += _component(each, path)
        return found

    def _kinds(self) -> Iterator[str]:
        """Components V2 stand with their flag, and without content, embeds or poll."""
        second = any(each.get("type") in V2_KINDS for _, each in self.placed)
        if second and not self.flags & V2:
            yield "flags: components V2 need the flag IS_COMPONENTS_V2"
        if second or self.flags & V2:
            for key in ("content", "embeds", "poll", "sticker_ids"):
                if self.body.get(key):
                    yield f"{key}: not with components V2"
        elif not self.edits and not self._shows_something():
            yield "an empty message"
        wrong = self.flags & ~_FLAGS[self.role]
        if wrong:
            yield f"flags: {wrong} may not be set on a message of role {self.role}"
        if self.flags & V2 and not self.edits and not self.placed:
            yield "components: a message of components needs one"

    def _shows_something(self) -> bool:
        keys = ("content", "embeds", "components", "attachments", "poll", "sticker_ids")
        return any(self.body.get(key) for key in keys)

    def _whole(self) -> Iterator[str]:
        """Components and characters, nested ones included."""
        if len(self.placed) > limits.COMPONENTS:
            yield f"components: {len(self.placed)} in all, at most {limits.COMPONENTS}"
        texts = [each["content"] for _, each in self.placed if each.get("type") == TEXT]
        total = sum(map(length, texts))
        if total > limits.TEXT_TOTAL:
            yield f"components: {total} characters of text, at most {limits.TEXT_TOTAL}"

    def _attachments(self) -> Iterator[str]:
        """Every file is there, shown by a component, and keeps its name."""
        urls = [
            media.get("url", "") for _, each in self.placed for media in _media(each)
        ]
        shown = {
            each.removeprefix(_ATTACHED) for each in urls if each.startswith(_ATTACHED)
        }
        names = set(self.files)
        old = any("filename" not in each for each in self.body.get("attachments") or ())
        if not (self.edits and old):
            for name in sorted(shown - names):
                yield f"{_ATTACHED}{name}: no such file is sent"
        if self.placed:
            for name in sorted(names - shown):
                yield f"{name}: no component shows this file"
        for name in self.files:
            if not _FILE_NAME.fullmatch(name):
                yield f"{name!r}: Discord would rename this file"
        for name in _repeated(self.files):
            yield f"{name}: sent twice"


def _media(each: Body) -> list[Body]:
    """What a gallery, a file or a thumbnail shows."""
    if each.get("type") not in MEDIA_KINDS:
        return []
    own = each.get("file") or each.get("media")
    return [item.get("media") or {} for item in each.get("items") or ()] or [own or {}]


class FormRules:
    """One modal with its components, each at its path."""

    def __init__(self, data: Body, placed: Placed) -> None:
        self.data, self.placed = data, list(placed)

    def problems(self) -> list[str]:
        """Everything for which Discord would refuse it."""
        found = [*_too_long(self.data.get("title", ""), limits.FORM_TITLE, "title")]
        found += _too_long(
            self.data.get("custom_id", ""), limits.CUSTOM_ID, "custom_id"
        )
        top = self.data.get("components") or ()
        if len(top) > FORM_FIELDS:
            found.append(f"components: {len(top)} fields, at most {FORM_FIELDS}")
        found += _ids(self.placed)
        for path, each in self.placed:
            found += _component(each, path)
            found += self._field(each, path)
        return found

    def _field(self, each: Body, path: str) -> Iterator[str]:
        match each.get("type"):
            case 18:
                yield from _too_long(
                    each.get("label", ""), limits.FORM_LABEL, f"{path}.label"
                )
                if each.get("description") is not None:
                    yield from _too_long(
                        each["description"], limits.FORM_HINT, f"{path}.description"
                    )
            case 4:
                yield from self._text(each, path)
            case 21:
                count = len(each.get("options") or ())
                if not 2 <= count <= limits.RADIO_OPTIONS:
                    yield f"{path}: {count} choices, 2 to {limits.RADIO_OPTIONS} may be"
            case _:
                if each.get("required") and each.get("min_values") == 0:
                    yield f"{path}: required, yet min_values is 0"

    def _text(self, each: Body, path: str) -> Iterator[str]:
        least, most = each.get("min_length") or 0, each.get("max_length") or 4000
        characters = length(each.get("value") or "")
        if characters > most:
            yield f"{path}.value: {characters} characters, the field takes {most}"
        if 0 < characters < least:
            yield f"{path}.value: {characters} characters, the field wants {least}"
        if least > most:
            yield f"{path}: min_length {least} above max_length {most}"
        if length(each.get("placeholder") or "") > limits.PLACEHOLDER:
            yield f"{path}.placeholder: above {limits.PLACEHOLDER} characters"


def choice_problems(data: Body) -> list[str]:
    """What is wrong with the choices of an autocompletion."""
    choices = data.get("choices") or ()
    found: list[str] = []
    if len(choices) > limits.CHOICES:
        found.append(f"choices: {len(choices)}, at most {limits.CHOICES}")
    for number, choice in enumerate(choices):
        for key in ("name", "value"):
            text = str(choice.get(key, ""))
            found += _too_long(text, limits.CHOICE_NAME, f"choices[{number}].{key}")
    return found
