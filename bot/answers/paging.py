"""The one pager: which rows of a long list a page shows, and the buttons that turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.answers.document import Action
from bot.answers.texts import Texts

Row = TypeVar("Row")


def page_count(rows: int, size: int) -> int:
    """How many pages of ``size`` rows hold that many; no row is one page."""
    return max(1, -(-rows // size))


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number in [1, ``count``], and how many there
    are.
    """

    rows: tuple[Row, ...]
    number: int
    count: int

    def note(self, texts: Texts) -> str:
        """Which page of how many, in words."""
        return texts("Page {page} of {pages}", page=self.number, pages=self.count)

    def turns(self, id_with_page: str, texts: Texts) -> tuple[Action, ...]:
        """*Previous* and *Next*, each disabled at its end; none for a single page.

        ``id_with_page`` is a custom id in which ``{page}`` stands for a page's number.
        """
        if self.count == 1:
            return ()
        return (
            Action(
                id_with_page.replace("{page}", str(self.number - 1)),
                texts("Previous"),
                emoji="◀️",
                enabled=self.number > 1,
            ),
            Action(
                id_with_page.replace("{page}", str(self.number + 1)),
                texts("Next"),
                emoji="▶️",
                enabled=self.number < self.count,
            ),
        )


def page_that_fits(
    rows: Sequence[Row], number: int, *, most: int, fits: Callable[[Page[Row]], bool]
) -> Page[Row]:
    """As ``page_of``, but each page has only as many rows, of at most ``most``, as
    ``fits`` lets through, and at least one. The count of a page that is tried is that
    of pages of ``most``.
    """
    count, pages, start = page_count(len(rows), most), list[tuple[Row, ...]](), 0
    while start < len(rows) or not pages:
        tried = rows[start : start + most]
        while len(tried) > 1 and not fits(Page(tuple(tried), len(pages) + 1, count)):
            tried = tried[:-1]
        pages.append(tuple(tried))
        start += max(1, len(tried))
    number = min(max(number, 1), len(pages))
    return Page(pages[number - 1], number, len(pages))


def page_of(rows: Sequence[Row], number: int, *, size: int) -> Page[Row]:
    """The page of that number; below the first is the first, beyond the last is the
    last.
    """
    count = page_count(len(rows), size)
    number = min(max(number, 1), count)
    return Page(tuple(rows[(number - 1) * size : number * size]), number, count)
