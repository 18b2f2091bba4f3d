"""Plain data as YAML and JSON have it, for what is read before it is understood."""

from __future__ import annotations

from typing import cast

PlainObject = dict[str, object]
"""An object as it was read or is to be sent: names to plain values of any kind."""


def object_in(value: object) -> PlainObject:
    """The value if it is an object; an empty one in place of anything else."""
    return cast("PlainObject", value) if isinstance(value, dict) else {}


def list_in(value: object) -> list[object]:
    """The value if it is a list; an empty one in place of anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def objects_in(value: object) -> list[PlainObject]:
    """The objects of a list; of anything else, none."""
    items = list_in(value)
    return [cast("PlainObject", each) for each in items if isinstance(each, dict)]
