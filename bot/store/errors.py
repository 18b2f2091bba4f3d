"""What can go wrong with a server's entries; each error carries what a kind reply
needs, and no database's words.
"""

from __future__ import annotations

from bot.entries.records import Revision, Suggestion


class StoreError(Exception):
    """Any of the errors below."""


class StoreAwayError(StoreError):
    """The database cannot be reached now; nothing was changed."""


class DatabaseEmptyError(StoreAwayError):
    """The SQLite file is there and holds nothing, so what was in it is lost; ``path``
    names it.
    """

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is empty: restore a backup over it, or delete it to begin anew"
        )
        self.path = path


class SchemaNewerError(StoreError):
    """The database was written by a newer program; ``version`` is its schema's."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


class MissingError(StoreError):
    """The server has no entry or suggestion of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class StaleError(StoreError):
    """Somebody else changed the entry meanwhile; ``latest`` says who, when and to
    what.
    """

    def __init__(self, latest: Revision) -> None:
        super().__init__(latest.number)
        self.latest = latest


class DecidedError(StoreError):
    """Somebody else decided the suggestion meanwhile."""

    def __init__(self, suggestion: Suggestion) -> None:
        super().__init__(suggestion.number)
        self.suggestion = suggestion


class ClashError(StoreError):
    """Entry ``number`` already says this."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class QuotaError(StoreError):
    """A limit is reached: ``what`` is entries, waiting, today or follows; ``limit`` is
    how many there may be.
    """

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(what)
        self.what, self.limit = what, limit
