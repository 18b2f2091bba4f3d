"""What was typed travels in the private message that shows it, a draft or a search: it
outlives a restart and a database that is away, and no custom id has to hold it.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import discord
from discord import ui

from bot.answers.document import Action, Answer
from bot.knowledge.conflict import Conflict
from bot.knowledge.text import length
from bot.knowledge.yaml import YamlError, load
from bot.ui import limits
from bot.ui.render import (
    Prepared,
    add_menus,
    finished,
    framed,
    row_of,
    texts_of,
)

_FENCE = "```"
DRAFT, SEARCH = "draft", "search"
"""What a block holds; it stands at its head."""
_BLOCK = 2400
"""UTF-16 units of a block that can be read; a longer one is packed, so that a page fits
above it. Forms take at most 1,800 units, of which an unseen character becomes six.
"""
_PACKED = "# packed to fit\n"
_LINE = re.compile(r"-# \|\|`(?P<what>[a-z]+)(?P<packed> packed)?: (?P<typed>.*)`\|\|")
"""A draft that is folded away: one line of small print under a spoiler, as code, in
which nothing else is markdown.
"""
_FIRST, _BITS = 0x4E00, 14
"""A packed block holds 14 bits a character, from the first of Unicode's unified
ideographs on: each is one unit, and none means anything to markdown.
"""
_UNPACKED = 1 << 16
"""Bytes that are unpacked at most; no form holds as much."""


def _head(what: str) -> str:
    return f"```yaml\n# {what}"


def _quoted(text: str) -> str:
    """A YAML string in double quotes that neither ends a code block nor shows an
    invisible character.
    """
    shown: list[str] = []
    for char in text:
        if char in '"\\':
            shown.append("\\" + char)
        elif char == "\n":
            shown.append("\\n")
        elif (char.isprintable() or char == " ") and char != "`":
            shown.append(char)
        else:
            shown.append(
                f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
            )
    return '"' + "".join(shown) + '"'


def _written(text: str) -> str:
    """Lines under each other where that is safe, quoted otherwise."""
    lines = text.split("\n")
    plain = all(
        line == line.strip() and "`" not in line and line.isprintable()
        for line in lines
    )
    if len(lines) == 1 or not plain or not lines[0] or not lines[-1]:
        return _quoted(text)
    return "\n".join(["|-", *(f"  {line}" if line else "" for line in lines)])


def _packed(fields: Mapping[str, str]) -> str:
    """Fields in at most about eight units for seven that were typed."""
    text = json.dumps(dict(fields), ensure_ascii=False)
    raw = zlib.compress(text.encode("utf-16-le", "surrogatepass"))
    # The byte before them keeps zeros at their beginning.
    number = int.from_bytes(b"\x01" + raw)
    places = range(0, number.bit_length(), _BITS)
    return "".join(chr(_FIRST + (number >> place) % (1 << _BITS)) for place in places)


def _unpacked(text: str) -> dict[str, str]:
    """The inverse of ``_packed``; empty for anything else."""
    digits = [ord(char) - _FIRST for char in text]
    if not all(0 <= digit < 1 << _BITS for digit in digits):
        return {}
    number = sum(digit << _BITS * place for place, digit in enumerate(digits))
    raw = number.to_bytes((number.bit_length() + 7) // 8)[1:]
    try:
        written = zlib.decompressobj().decompress(raw, _UNPACKED)
        data = json.loads(written.decode("utf-16-le", "surrogatepass"))
    except (zlib.error, ValueError):
        return {}
    return _as_fields(data)


def _as_fields(data: object) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    return {key: str(value) for key, value in cast("dict[str, Any]", data).items()}


def block_of(fields: Mapping[str, str], what: str = DRAFT) -> str:
    """What was typed as a block of YAML, in which nothing can be lost or take effect;
    packed where it would leave no room for a page.
    """
    typed = {key: value for key, value in fields.items() if value}
    lines = [f"{key}: {_written(value)}" for key, value in typed.items()]
    block = "\n".join([_head(what), *lines, _FENCE])
    if length(block) <= _BLOCK:
        return block
    return f"{_head(what)}\n{_PACKED}{_packed(typed)}\n{_FENCE}"


def read_block(block: str, what: str = DRAFT) -> dict[str, str]:
    """The inverse of ``block_of``; empty for anything else."""
    if not block.startswith(_head(what) + "\n") or not block.endswith(_FENCE):
        return {}
    written = block.removeprefix(_head(what) + "\n").removesuffix(_FENCE)
    if written.startswith(_PACKED):
        return _unpacked(written.removeprefix(_PACKED).strip())
    return _loaded(written)


def line_of(fields: Mapping[str, str]) -> str:
    """A draft as one line of YAML, in small print and under a spoiler: the least room
    that it can take on a phone. Nothing in it ends the spoiler or the code in it.
    """
    typed = {key: value for key, value in fields.items() if value}
    each = [f"{key}: {_quoted(value)}" for key, value in typed.items()]
    # Within quotes, where alone there are bars; an escape is what YAML makes of it.
    written = ", ".join(each).replace("|", "\\u007c")
    line = f"-# ||`{DRAFT}: {{{written}}}`||"
    if length(line) <= _BLOCK:
        return line
    return f"-# ||`{DRAFT} packed: {_packed(typed)}`||"


def read_line(line: str, what: str = DRAFT) -> dict[str, str]:
    """The inverse of ``line_of``; empty for anything else."""
    match = _LINE.fullmatch(line)
    if match is None or match["what"] != what:
        return {}
    if match["packed"]:
        return _unpacked(match["typed"])
    return _loaded(match["typed"])


def _loaded(written: str) -> dict[str, str]:
    """What a mapping in YAML says; empty for anything else."""
    try:
        data, _ = load(written)
    except YamlError:
        return {}
    return _as_fields(data)


def _contents(components: Sequence[discord.Component]) -> Iterator[str]:
    # Containers, sections and rows have children; a text has a content.
    for each in components:
        if isinstance(each, discord.TextDisplay):
            yield each.content
        children: Sequence[discord.Component] = getattr(each, "children", ())
        yield from _contents(children)


def fields_in(message: discord.Message | None, what: str = DRAFT) -> dict[str, str]:
    """What a message of Ally's carries of this kind, in a block or folded away, or
    nothing.
    """
    if message is None:
        return {}
    for text in _contents(message.components):
        for read in (read_block, read_line):
            if fields := read(text.strip(), what):
                return fields
    return {}


def page_of(
    answer: Answer,
    fields: Mapping[str, str],
    actions: Sequence[Action],
    what: str = DRAFT,
    conflict: Conflict | None = None,
) -> Prepared:
    """A page above, what was typed below, and what can be done with it: ``actions`` and
    the page's menus. ``conflict`` says how a level on it looks.
    """
    block = block_of(fields, what)
    blocks = texts_of(answer, limits.TEXT_TOTAL - length(block))
    view = ui.LayoutView(timeout=None)
    view.add_item(framed(answer, blocks, conflict))
    view.add_item(ui.TextDisplay(block))
    if actions:
        view.add_item(row_of(actions))
    add_menus(view, answer.menus)
    return finished(view, [*blocks, block])


def draft_page(
    answer: Answer,
    fields: Mapping[str, str],
    actions: Sequence[Action],
    conflict: Conflict,
    *,
    card: Answer | None = None,
) -> Prepared:
    """What would change or is wrong, the card as it would look, the buttons, and below
    them what was typed, folded away: *Edit* shows it.
    """
    folded = line_of(fields)
    room = limits.TEXT_TOTAL - length(folded)
    blocks = texts_of(answer, room)
    view = ui.LayoutView(timeout=None)
    view.add_item(framed(answer, blocks, conflict))
    if card is not None:
        below = _card_texts(card, room - sum(map(length, blocks)))
        view.add_item(framed(card, below, conflict))
        blocks += below
    view.add_item(row_of(actions))
    view.add_item(ui.TextDisplay(folded))
    return finished(view, [*blocks, folded])


def _card_texts(card: Answer, room: int) -> list[str]:
    """A card's blocks; without its links where their addresses would not fit."""
    blocks = texts_of(card)
    if sum(map(length, blocks)) <= room:
        return blocks
    return texts_of(replace(card, linked=False, citations=()), room)
