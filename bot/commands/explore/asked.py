"""A command as it was asked, so that a button can ask it again for another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.knowledge.text import length
from bot.ui import limits

AGAIN = (
    r"again:(?P<command>compare|where|bloc|vote|forecast|timeline|map|search|brief"
    r"|changes)"
    r":(?P<private>[01-]):(?P<options>[^\n]*)"
)
_PRIVATE = {None: "-", False: "0", True: "1"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A command's name and all its options as they were typed, in the order of its
    parameters; ``private`` is None for what the server prefers.
    """

    command: str
    private: bool | None
    options: Mapping[str, str | None]

    def key(self, option: str, value: str | date) -> str:
        """The custom id that asks the same with another value, or day, in one option;
        empty where the options do not fit into one.
        """
        given = {**self.options, option: str(value)}
        typed = [each or "" for each in given.values()]
        key = f"again:{self.command}:{_PRIVATE[self.private]}:{'|'.join(typed)}"
        fits = length(key) <= limits.CUSTOM_ID and "\n" not in key
        return key if fits and not any("|" in each for each in typed) else ""


def read_again(options: str) -> tuple[str | None, ...]:
    """The options that a custom id carries, in their order; None for one left out."""
    return tuple(each or None for each in options.split("|"))


def read_private(mark: str) -> bool | None:
    """What a custom id says of who sees the answer."""
    return next(private for private, each in _PRIVATE.items() if each == mark)
