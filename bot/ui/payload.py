"""An interaction's payload, as far as a question that only reads needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from discord import InteractionType

from bot.runtime.admission import command_called
from bot.ui.permissions import lets_write

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
"""One of Discord's ids, a whole number as text (/reference#snowflakes)."""
_EPHEMERAL = 1 << 6
"""The flag of a message that one person sees (/resources/message#message-object)."""


class _User(msgspec.Struct):
    id: _Id
    username: str


class _Member(msgspec.Struct):
    user: _User
    roles: list[str]
    permissions: str = "0"


class TypedOption(msgspec.Struct):
    """An option as Discord sends it, or a subcommand with options of its own."""

    name: str
    type: int
    value: str | bool | int | float | None = None
    options: list[TypedOption] = []
    focused: bool = False


class _Data(msgspec.Struct):
    name: str = ""
    type: int = 1
    custom_id: Annotated[str, msgspec.Meta(max_length=100)] = ""
    component_type: int = 0
    options: list[TypedOption] = []
    values: list[str] = []


class _Channel(msgspec.Struct):
    type: int | None = None


class _Message(msgspec.Struct):
    flags: int = 0


class Payload(msgspec.Struct):
    """An interaction that a command, a button, a menu or a half-typed option made
    (/interactions/receiving-and-responding#interaction-object).
    """

    id: _Id
    application_id: _Id
    type: int
    token: Annotated[str, msgspec.Meta(min_length=1)]
    version: int
    data: _Data
    guild_id: _Id | None = None
    member: _Member | None = None
    user: _User | None = None
    locale: str = "en-US"
    guild_locale: str | None = None
    message: _Message | None = None
    channel: _Channel | None = None

    @property
    def guild(self) -> int | None:
        """The server's id."""
        return int(self.guild_id) if self.guild_id else None

    @property
    def is_on_private(self) -> bool:
        """Whether what was pressed is seen by the presser alone."""
        return self.message is not None and bool(self.message.flags & _EPHEMERAL)

    @property
    def may_write(self) -> bool:
        """Whether the asker may write where they ask; ValueError for permissions that
        are no number.
        """
        if self.member is None or self.guild_id is None:
            return True
        kind = self.channel.type if self.channel else None
        return lets_write(int(self.member.permissions), kind)

    def pressed(self) -> str:
        """The custom id of the button, or the first choice of the menu."""
        data = self.data
        return data.values[0] if data.values else data.custom_id

    def called(self) -> tuple[str, Sequence[TypedOption]]:
        """A command's full name and what was typed into its options."""
        return command_called(self.data.name, self.data.options, getattr)


def read_payload(raw: Mapping[str, Any]) -> Payload:
    """A payload's parts; ValueError for what no interaction of Discord's is."""
    payload = msgspec.convert(raw, Payload)
    if payload.member is None and (payload.user is None or payload.guild_id):
        raise ValueError("nobody asked")
    if payload.type == InteractionType.component.value and not (
        payload.data.custom_id and payload.data.component_type
    ):
        raise ValueError("nothing was pressed")
    return payload
