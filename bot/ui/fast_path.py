"""The fast path of whatever only reads: from the payload to the finished bytes of the
reply, without discord.py's objects.

It answers what is declared (`ui/reading.py`) and can be answered at once. What is not
(a cooldown, a name to ask about, a server to read first, a survey that nobody asked for
yet) takes the long way through discord.py, to the very same functions.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from discord import AppCommandOptionType, AppCommandType, InteractionType
from discord.app_commands import Parameter

from bot.ui.bodies import choices_body, message_body, update_body
from bot.ui.interaction import Command
from bot.ui.page import LongReply, RefusedError, Reply
from bot.ui.payload import Payload, TypedOption, read_payload
from bot.ui.reading import Declared, Reader, ReadingButton, Readings, declared
from bot.ui.render import Prepared
from bot.ui.routes import MENU

log = logging.getLogger(__name__)

_COMMAND = InteractionType.application_command.value
_PRESSED = InteractionType.component.value
_TYPING = InteractionType.autocomplete.value
_TYPED = AppCommandType.chat_input.value
KEPT_BYTES = 8 << 20
"""Bytes of finished replies that are kept; one has at most 12,000."""
_VALUES: Mapping[AppCommandOptionType, type] = {
    AppCommandOptionType.string: str,
    AppCommandOptionType.boolean: bool,
    AppCommandOptionType.integer: int,
}

OptionValue: TypeAlias = str | bool | int | float | None


@dataclass(frozen=True, slots=True)
class _Option:
    """An option as it was declared."""

    name: str
    """The parameter's."""
    kind: type
    choices: frozenset[OptionValue]

    def fits(self, value: OptionValue) -> bool:
        """Whether discord.py would hand this value on as it is."""
        return type(value) is self.kind and (not self.choices or value in self.choices)


class _CommandTable:
    """One command: how its options are read, and what answers them."""

    def __init__(self, command: Command, declares: Declared) -> None:
        self.build, self.offers = declares.build, declares.offers
        self._options: dict[str, _Option] = {}
        self._defaults: dict[str, OptionValue] = {}
        self._required: set[str] = set()
        for each in command.parameters:
            self._add(each)

    def _add(self, parameter: Parameter) -> None:
        name = parameter.name
        self._options[str(parameter.display_name)] = _Option(
            name,
            _VALUES.get(parameter.type, type(None)),
            frozenset(choice.value for choice in parameter.choices),
        )
        if parameter.required:
            self._required.add(name)
        else:
            self._defaults[name] = parameter.default

    def parameter(self, option: str) -> str:
        """The parameter's name of an option; KeyError for none of this command's."""
        return self._options[option].name

    def given(self, typed: Iterable[TypedOption]) -> dict[str, OptionValue] | None:
        """The options by their parameters' names, defaults among them; None for what
        discord.py should judge.
        """
        given = dict(self._defaults)
        for each in typed:
            option = self._options.get(each.name)
            if option is None or not option.fits(each.value):
                return None
            given[option.name] = each.value
        return given if self._required <= given.keys() else None


class _ButtonTable:
    """What answers buttons, by the pattern of their custom ids."""

    def __init__(self, buttons: Mapping[str, ReadingButton]) -> None:
        self._of_family: dict[str, list[tuple[re.Pattern[str], ReadingButton]]] = {}
        for pattern, button in buttons.items():
            family = pattern.partition(":")[0]
            routes = self._of_family.setdefault(family, [])
            routes.append((re.compile(pattern), button))

    def find(self, custom_id: str) -> tuple[re.Match[str], ReadingButton] | None:
        """The button of a custom id, and how the id matches it."""
        for pattern, button in self._of_family.get(custom_id.partition(":")[0], ()):
            if match := pattern.fullmatch(custom_id):
                return match, button
        return None


class _KeptBodies:
    """Finished bodies in bounded memory. Those of the last turn that nobody asked for
    in this one are forgotten at its end; to find one costs one hash of its key.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._now: dict[Hashable, bytes] = {}
        self._before: dict[Hashable, bytes] = {}
        self._size = 0

    def get(self, key: Hashable) -> bytes | None:
        """The body of a key, if it is still there."""
        body = self._now.get(key)
        if body is None and (body := self._before.get(key)) is not None:
            self.keep(key, body)
        return body

    def keep(self, key: Hashable, body: bytes) -> None:
        """Keep a body."""
        self._size += len(body)
        if self._size > self._half:
            self._before, self._now, self._size = self._now, {}, len(body)
        self._now[key] = body


class FastPath:
    """Answers payloads of declared commands, buttons and options; ``taken`` counts
    them.
    """

    def __init__(
        self,
        readings: Readings,
        commands: Iterable[Command],
        buttons: Mapping[str, ReadingButton],
    ) -> None:
        self._replies = readings.replies
        self._commands = {
            command.qualified_name: _CommandTable(command, declares)
            for command in commands
            if (declares := declared(command)).build or declares.offers
        }
        self._buttons = _ButtonTable(buttons)
        self._menu = re.compile(MENU)
        self._bodies = _KeptBodies(KEPT_BYTES)
        self._ways: Mapping[int, Callable[[Payload], bytes | None]] = {
            _COMMAND: self._command,
            _PRESSED: self._press,
            _TYPING: self._choices,
        }
        self.taken = 0

    def reply(self, raw: Mapping[str, Any]) -> bytes | None:
        """The body of the first response, as Discord wants it, or None for what must
        take the long way.
        """
        way = self._ways.get(raw["type"])
        if way is None:
            return None
        try:
            body = way(read_payload(raw))
        except (ValueError, RefusedError):
            # It is no interaction, or is refused: the long way says so.
            return None
        except Exception as error:  # noqa: BLE001 - the long way fails too, or not; it has a place for an apology
            log.warning("the short way failed: %s", type(error).__name__)
            return None
        self.taken += body is not None
        return body

    def _reader(self, payload: Payload) -> Reader | None:
        """Who asks; None if their server has to be read first."""
        server = self._replies.views.kept(payload.guild)
        if server is None:
            return None
        return Reader(
            self._replies,
            server,
            payload.locale,
            payload.guild_locale,
            payload.is_on_private,
            payload.may_write,
        )

    def _command(self, payload: Payload) -> bytes | None:
        name, typed = payload.called()
        table, reader = self._commands.get(name), self._reader(payload)
        if payload.data.type != _TYPED or table is None or table.build is None:
            return None
        if reader is None or reader.server.preferences.cooldown:
            return None
        build = table.build

        def answered(reader: Reader) -> bytes | None:
            given = table.given(typed)
            return None if given is None else self._body(build(reader, **given))

        question = (name, *((each.name, each.value) for each in typed))
        return self._kept(question, reader, answered)

    def _press(self, payload: Payload) -> bytes | None:
        custom_id, reader = payload.data.custom_id, self._reader(payload)
        if self._menu.fullmatch(custom_id):
            custom_id = payload.pressed()
        route = self._buttons.find(custom_id)
        if route is None or reader is None:
            return None
        match, button = route
        if reader.server.preferences.cooldown and button.counted(match):
            return None

        def answered(reader: Reader) -> bytes | None:
            return self._body(button.build(reader, match))

        return self._kept(custom_id, reader, answered)

    def _choices(self, payload: Payload) -> bytes | None:
        name, typed = payload.called()
        table, reader = self._commands.get(name), self._reader(payload)
        option = next((each for each in typed if each.focused), None)
        if table is None or reader is None or option is None:
            return None
        offers = table.offers.get(table.parameter(option.name))
        current = option.value
        if offers is None or not isinstance(current, str):
            return None

        def answered(reader: Reader) -> bytes:
            return choices_body(offers(reader, current))

        return self._kept((offers, current), reader, answered)

    def _kept(
        self,
        question: Hashable,
        reader: Reader,
        answered: Callable[[Reader], bytes | None],
    ) -> bytes | None:
        """The body for a question of somebody's, kept for whoever would be answered the
        same.
        """
        key = (question, reader.alike)
        body = self._bodies.get(key)
        if body is None:
            body = answered(reader)
            if body is not None:
                self._bodies.keep(key, body)
        return body

    def _body(self, reply: Reply) -> bytes | None:
        if isinstance(reply, LongReply):
            return None
        view: Prepared | None = self._replies.kept(reply)
        if view is None:
            if reply.in_thread:
                return None
            view = self._replies.prepared(reply)
        if reply.in_place:
            return update_body(view)
        return message_body(view, ephemeral=reply.private)
