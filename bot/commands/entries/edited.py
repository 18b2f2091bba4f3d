"""What is stored of the entry that a draft is to change."""

from __future__ import annotations

from typing import NamedTuple

from bot.commands.entries.task import Task
from bot.store.errors import MissingError
from bot.store.reader import EntryReader


class Edited(NamedTuple):
    """An entry that a draft is to change; as it is for a draft that changes none."""

    own: str = ""
    """The id of an event, which an edit must not change; empty for anything else."""
    is_retired: bool = False
    """Whether publishing the draft would bring it back."""


async def edited_by(task: Task, guild: int, reader: EntryReader) -> Edited:
    """The entry that a task edits, if it does.

    Raises MissingError if what is stored under the task's number is of another kind or
    about another actor: a custom id comes from outside; other StoreErrors if it cannot
    be read.
    """
    if task.verb == "approve":
        row = await reader.suggestion(guild, task.number)
        if (task.kind, task.subject) != ("event", row.subject):
            raise MissingError(task.number)
        return Edited()
    if task.verb != "edit":
        return Edited()
    entry = await reader.entry(guild, task.number)
    if (task.kind, task.subject) != (entry.kind, entry.subject):
        raise MissingError(task.number)
    own = str(entry.body["id"]) if task.kind == "event" else ""
    return Edited(own, is_retired=entry.state == "retired")
