"""How much a card says: all that it may, or less where that does not fit the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answers.screen import Size

USUAL, LARGEST = Size(12, 900), Size(15, 1200)
"""What a card may take; the larger is for actors whose deeds contradict each other."""


@dataclass(frozen=True, slots=True)
class Fullness:
    """How much a card says: sentences of its lead and their numbers, lines of a screen
    for a deed, for the votes and for a *but*, how many of the weakest pillars tell
    their deed on the line of their bar, how many of them tell none, whether a small
    *but* is said, whether a deed is left out that needs a line more or has no
    translated words, and whether one line says how sure the answer is and that facts
    are not translated.
    """

    sentences: int = 2
    deed: int = 2
    votes: int = 1
    but: int = 1
    cites: int = 1
    short: int = 0
    bare: int = 0
    small: bool = True
    terse: bool = False
    joined: bool = False

    def narrowed(self, pillars: int, *, but: bool) -> Fullness:
        """The same without what makes no difference to a card of so many pillars, and
        with or without a *but*: so no card is tried twice.
        """
        short, bare = min(self.short, pillars), min(self.bare, pillars)
        return replace(self, short=short, bare=bare, small=self.small and but)

    def better_cited(self) -> tuple[Fullness, ...]:
        """The same with more numbers behind the lead, the most first."""
        return tuple(replace(self, cites=n) for n in (3, 2) if n > self.cites)


FULLNESS = (
    Fullness(deed=3, votes=2, but=3, cites=3),
    Fullness(deed=2, votes=2, but=2, cites=3),
    Fullness(but=2, cites=3),
    Fullness(but=2),
    Fullness(),
    Fullness(short=1),
    Fullness(short=2),
    Fullness(short=2, small=False),
    Fullness(short=3),
    Fullness(short=3, small=False),
    Fullness(short=3, small=False, terse=True),
    Fullness(short=3, small=False, joined=True),
    Fullness(short=3, small=False, terse=True, joined=True),
    Fullness(sentences=1),
    Fullness(sentences=1, short=1),
    Fullness(sentences=1, short=2, small=False),
    Fullness(sentences=1, short=3, small=False),
    Fullness(sentences=1, short=3, bare=1, small=False),
    Fullness(sentences=1, short=3, bare=2, small=False),
    Fullness(sentences=1, short=3, bare=3, small=False),
)
"""From the fullest card to the tersest; the first that fits is shown. The second
sentence says what an actor withholds or how it changed, so it gives way last; only a
language longer than English has to leave out deeds, or the count of facts, besides.
"""
