"""Whether what was posted has the form of an interaction, before anything is made of
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from discord import InteractionType
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.knowledge.plain import PlainObject

_SNOWFLAKE = r"^[0-9]{1,20}$"
Snowflake = Annotated[str, Field(pattern=_SNOWFLAKE)]
"""Discord's ids: whole numbers below 2^64, sent as text (/reference#snowflakes)."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _User(_Part):
    id: Snowflake
    username: str


class _Member(_Part):
    user: _User
    roles: list[Snowflake]


class _Option(_Part):
    name: str
    type: int
    options: list[_Option] | None = None


class _Data(_Part):
    name: str | None = None
    type: int = 1
    custom_id: Annotated[str | None, Field(max_length=100)] = None
    component_type: int | None = None
    components: list[PlainObject] | None = None
    options: list[_Option] = []
    resolved: dict[str, dict[Snowflake, PlainObject]] = {}


class _Interaction(_Part):
    id: Snowflake
    application_id: Snowflake
    type: Annotated[int, Field(ge=2, le=5)]
    token: Annotated[str, Field(min_length=1, max_length=2_000)]
    version: Annotated[int, Field(ge=0)]
    data: _Data
    guild_id: Snowflake | None = None
    member: _Member | None = None
    user: _User | None = None
    locale: str | None = None
    guild_locale: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> _Interaction:
        if self.member is None and self.user is None:
            raise ValueError("nobody asked")
        if self.guild_id is not None and self.member is None:
            raise ValueError("asked in a guild by nobody of it")
        kind, data = InteractionType(self.type), self.data
        if kind is InteractionType.component:
            whole = data.custom_id is not None and data.component_type is not None
        elif kind is InteractionType.modal_submit:
            whole = data.custom_id is not None and data.components is not None
        else:
            whole = data.name is not None
        if not whole:
            raise ValueError("its data are not those of its type")
        return self


def is_interaction(payload: Mapping[str, object]) -> bool:
    """Whether a payload has what an interaction of its type must have
    (/interactions/receiving-and-responding#interaction-object).

    A ping (type 1) is none that could be answered, and is not asked about here.
    """
    try:
        _Interaction.model_validate(payload)
    except (ValidationError, RecursionError):
        return False
    return True
