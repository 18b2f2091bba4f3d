"""An Answer as Discord components: laid out once, within the limits, ready to be sent
many times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.answers import palette
from bot.answers.direction import END, ISOLATES, closed, isolated, laid_out
from bot.answers.document import Action, Answer, Citation, Line, Menu
from bot.answers.sentences import BAR
from bot.knowledge.addresses import linked, shown_host, without_invites
from bot.knowledge.conflict import Conflict
from bot.knowledge.text import cut, length
from bot.ui import limits
from bot.ui.interaction import Box, Row

_STYLE = {
    "plain": discord.ButtonStyle.secondary,
    "go": discord.ButtonStyle.success,
    "stop": discord.ButtonStyle.danger,
}
_TITLE = 70
_KEPT = ISOLATES | {
    "\N{ZERO WIDTH JOINER}",
    "\N{NO-BREAK SPACE}",
    "\N{NARROW NO-BREAK SPACE}",
    "\N{RIGHT-TO-LEFT MARK}",
    END,
}
"""Signs that are shown although they are not printable; CLDR has the mark between the
parts of an Arabic date.
"""

_MARKDOWN = re.compile(r"([\\*_~`|\[\]<>])")
_BEGINS = frozenset("#>-")
"""What is markdown at the beginning of a line alone."""
_NUMBERED = re.compile(r"^(\d+)\.")


def escape(text: str) -> str:
    """Text that Discord shows as it is: no markdown, mention, link or emoji code comes
    of it. What is written from right to left is isolated from what stands beside it.
    """
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable() or c in _KEPT)
    text = without_invites(closed(text))
    escaped = _MARKDOWN.sub(r"\\\1", text)
    if escaped[:1] in _BEGINS:
        escaped = f"\\{escaped}"
    elif escaped[:1].isdecimal():
        escaped = _NUMBERED.sub(r"\1\\.", escaped)
    return isolated(escaped.replace("@", "@\u200b").replace("://", ":\u200b//"))


def _link(url: str, words: str) -> str:
    # Titles that look like an address would make Discord refuse the masked link.
    words = (
        escape(words.replace("http", "").replace("[", "(").replace("]", ")")) or "page"
    )
    address = linked(url)
    return f"[{words}]({address})" if address else words


Numbers = Mapping[int, str]
"""How each number of a citation looks in an answer whose numbers are links."""


def _numbers(answer: Answer) -> Numbers | None:
    """The numbers as links, weak sources marked; None for an answer with a list."""
    if not answer.linked:
        return None
    return {each.number: _number(each) for each in answer.citations}


def _number(cited: Citation) -> str:
    mark = "⚠" if cited.source.weak else ""
    words, address = f"[{cited.number}{mark}]", linked(cited.source.url)
    return f"[{words}]({address})" if address else escape(words)


def _cites(line: Line, numbers: Numbers | None) -> str:
    if numbers is None:
        return "".join(f" `[{n}]`" for n in line.cites)
    shown = " ".join(numbers[n] for n in line.cites)
    return f" {shown}" if shown else ""


def _card_line(line: Line, numbers: Numbers) -> str:
    """A line of a card: bars in words, so that it reads well aloud."""
    head = f"**{escape(line.label)}**" if line.label else ""
    head = " ".join(part for part in (head, escape(line.side)) if part)
    gap = " · " if line.side and line.text else " "
    return f"{head}{gap}{escape(line.text)}".strip() + _cites(line, numbers)


def _line(line: Line, numbers: Numbers | None = None) -> str:
    if numbers is not None:
        return _card_line(line, numbers)
    head = f"**{escape(line.label)}**" if line.label else ""
    if line.bar is not None:
        marks = "▰" * line.bar + "▱" * (BAR - line.bar)
        head = " ".join(part for part in (head, marks, escape(line.side)) if part)
    gap = " — " if head else ""
    if line.bar is not None:
        gap = "\n"
    places = [f"<@&{role}>" for role in line.roles]
    places += [f"<#{line.channel}>"] if line.channel else []
    said = " ".join(part for part in (escape(line.text), *places) if part)
    said += _cites(line, None)
    who = _who(line)
    return f"{head}{gap}{' · '.join(part for part in (said, who) if part)}"


def _who(line: Line) -> str:
    # A mention shows the name as it is now; nobody is pinged, for no message of Ally's
    # allows mentions.
    return "" if line.by is None else f"<@{line.by}>"


def _citation(cited: Citation, *, linked: bool) -> str:
    source = cited.source
    host = escape(shown_host(source.url))
    title = cut(source.title, _TITLE)
    mark = "⚠ " if source.weak else ""
    when = f", {source.published}" if source.published else ""
    publisher = escape(cut(source.publisher, 50))
    shown = _link(source.url, title) if linked else escape(title)
    return f"-# `[{cited.number}]` {mark}{publisher}: {shown} · {host}{when}"


def _title(answer: Answer) -> str:
    """The title; a link where the page of the site has a whole address."""
    if not answer.web.startswith("https://"):
        return escape(answer.title)
    return _link(answer.web, answer.title)


def at_site(answer: Answer, site: str) -> Answer:
    """An answer whose title leads to its page on a site; ``site`` is the site's
    address, without a slash at its end, or empty.
    """
    web = f"{site}/{answer.web}" if site and answer.web else ""
    return answer if web == answer.web else replace(answer, web=web)


def _said(answer: Answer) -> list[str]:
    """The title with the first sentence, then each section."""
    numbers = _numbers(answer)
    head = f"### {_title(answer)}"
    if answer.lead and (answer.lead.text or answer.lead.by is not None):
        head += f"\n{_line(answer.lead, numbers)}"
    blocks = [head]
    for section in answer.sections:
        heading = [f"**{escape(section.heading)}**"] if section.heading else []
        lines = (_line(line, numbers) for line in section.lines)
        blocks.append("\n".join([*heading, *lines]))
    return blocks


def _sources(citations: Sequence[Citation], room: int) -> list[str]:
    """A line for each source; those with the longest addresses without their link, as
    many as do not fit into the room.
    """
    linked = [_citation(each, linked=True) for each in citations]
    taken = sum(length(each) + 1 for each in linked)
    if taken <= room:
        return linked
    plain = [_citation(each, linked=False) for each in citations]
    saved = [
        length(one) - length(other) for one, other in zip(linked, plain, strict=True)
    ]
    for _, worst in sorted(zip(saved, range(len(saved)), strict=True), reverse=True):
        if taken <= room:
            break
        linked[worst] = plain[worst]
        taken -= saved[worst]
    return linked


def texts_of(answer: Answer, total: int = limits.TEXT_TOTAL) -> list[str]:
    """The blocks of text, within a total; the longest addresses lose their link before
    a fact is lost.
    """
    blocks = [laid_out(block) for block in _said(answer)]
    notes = laid_out("\n".join(f"-# {escape(note)}" for note in answer.notes))
    if answer.linked:
        return _fitting([*blocks, *([notes] if notes else [])], total)
    room = total - sum(map(length, blocks)) - length(notes)
    sources = _sources(answer.citations, room)
    if sources:
        blocks.append("\n".join(sources))
    if notes:
        blocks.append(notes)
    return _fitting(blocks, total)


def _fitting(blocks: list[str], total: int) -> list[str]:
    left, kept = total, list[str]()
    for block in blocks:
        if left < 2:
            break
        kept.append(cut(block, left))
        left -= length(kept[-1])
    return kept


def row_of(actions: Sequence[Action]) -> Row:
    """A row of at most five buttons."""
    row: Row = ui.ActionRow()
    for action in actions:
        row.add_item(_button(action))
    return row


def _button(action: Action) -> ui.Button[ui.LayoutView]:
    label, emoji = cut(action.label, limits.BUTTON_LABEL), action.emoji or None
    if action.url:
        return ui.Button(label=label, emoji=emoji, url=action.url)
    return ui.Button(
        label=label,
        emoji=emoji,
        custom_id=action.id,
        disabled=not action.enabled,
        style=_STYLE[action.tone],
    )


def menu_row(menu: Menu) -> Row:
    """A row with a menu of at most 25 choices; a choice's value is its id."""
    row: Row = ui.ActionRow()
    select: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=menu.id, placeholder=limits.directed(menu.label, limits.PLACEHOLDER)
    )
    for option in menu.options[: limits.CHOICES]:
        select.add_option(
            label=limits.directed(option.label, limits.OPTION_TEXT),
            value=option.id,
            emoji=option.emoji or None,
        )
    row.add_item(select)
    return row


class Prepared(ui.LayoutView):
    """A message laid out once. It keeps no state, so discord.py need not keep it: its
    buttons are dynamic items.
    """

    def __init__(self, components: list[dict[str, Any]], text: int) -> None:
        super().__init__(timeout=None)
        self._components = components
        self._text = text
        self.bodies: dict[str, bytes] = {}
        """The finished first responses that show it, by their kind; see ``bodies``."""

    def to_components(self) -> list[dict[str, Any]]:
        """The payload, which nobody changes."""
        return self._components

    def content_length(self) -> int:
        """Characters over all text displays."""
        return self._text

    def is_finished(self) -> bool:
        """Always: a finished view is sent and not stored."""
        return True

    def has_components_v2(self) -> bool:
        """Always."""
        return True


def colour_of(level: str, conflict: Conflict) -> int | None:
    """The colour of a level's frame; None for a page that names no level."""
    colour = palette.colour_of(level, conflict)
    return int(colour[1:], 16) if colour else None


def prepare(answer: Answer, conflict: Conflict | None = None) -> Prepared:
    """Lay an Answer out. ``conflict`` says how the level looks; without it the frame
    has no colour.
    """
    blocks = texts_of(answer)
    view = ui.LayoutView(timeout=None)
    view.add_item(framed(answer, blocks, conflict))
    add_rows(view, answer.actions)
    add_menus(view, answer.menus)
    return finished(view, blocks)


def add_rows(view: ui.LayoutView, actions: Sequence[Action]) -> None:
    """Buttons below what a view has, at most five in a row."""
    for start in range(0, len(actions), limits.ROW_BUTTONS):
        view.add_item(row_of(actions[start : start + limits.ROW_BUTTONS]))


def add_menus(view: ui.LayoutView, menus: Sequence[Menu]) -> None:
    """Menus below what a view has, each in a row of its own; one without choices is
    left out.
    """
    for menu in menus:
        if menu.options:
            view.add_item(menu_row(menu))


def framed(answer: Answer, blocks: list[str], conflict: Conflict | None) -> Box:
    """An answer's blocks of text in a frame of its level's colour, a rule after the
    first and before the last; a card has none, so that it fits on a screen.
    """
    colour = colour_of(answer.level, conflict) if conflict else None
    box: Box = ui.Container(accent_colour=colour)
    for number, block in enumerate(blocks):
        if number and number in {1, len(blocks) - 1} and not answer.linked:
            box.add_item(ui.Separator())
        box.add_item(ui.TextDisplay(block))
    return box


def finished(view: ui.LayoutView, blocks: list[str]) -> Prepared:
    """A view that is laid out and need not be kept; ``blocks`` are all of its texts."""
    return Prepared(view.to_components(), sum(map(length, blocks)))
