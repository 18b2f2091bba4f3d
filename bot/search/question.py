"""What somebody asks for: words to find, names and days that narrow it down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.knowledge.dates import AmbiguousDay, PastDays, past_day
from bot.knowledge.facts import Base
from bot.names.folding import fold
from bot.names.index import NameLookup
from bot.names.mentions import find
from bot.names.phrases import may_stand_among_others
from bot.names.regions import called_exactly, within
from bot.search.words import UNSAID, stem, words_of

LONGEST = 400
"""Characters of a text that are read."""
MOST_WORDS = 16
"""Words of a text that are looked for."""
_LONGEST_NAME, _LONGEST_DAY = 5, 3
"""Words of a name and of a day."""
_YEAR = re.compile(r"\d{4}", re.ASCII)
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff]{2})")
_EDGES = "\"'“”„«»‘’()[]{}<>,;:!?¿¡。，、？*`~|"
_Bound = Literal["since", "after", "until", "before"]
_WORDS_OF: dict[_Bound, str] = {
    "since": "since from seit ab depuis desde od з с від dal",
    "after": "after nach après después po після после dopo",
    "until": "until till to by bis jusque hasta do до fino",
    "before": "before vor avant antes przed перед prima",
}
_BOUNDS: Mapping[str, _Bound] = {
    fold(word): bound for bound, words in _WORDS_OF.items() for word in words.split()
}
"""Words before a day, folded, that say on which side of it."""

SAYS_NOTHING = UNSAID - _BOUNDS.keys()
"""Words that a question may do without."""


class _Place(NamedTuple):
    """Words of a text from ``start`` up to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a text names: actors, or those of a region."""

    codes: frozenset[str]
    terms: tuple[str, ...]
    """The stems of the words that name them: others' facts may tell of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found."""

    terms: tuple[str, ...] = ()
    """Stems, each once."""
    named: tuple[Named, ...] = ()
    """Whom the facts must be by or about; anybody for none."""
    since: date | None = None
    until: date | None = None
    """Within which days, both included."""
    side: str = ""
    deed: str = ""
    region: str = ""
    """A side's id, a kind of deed and a UN M49 code, each empty for any."""
    words: tuple[str, ...] = ()
    """The words of the stems, as they were typed, folded."""

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for a time, a side, a kind of deed or a region."""
        return bool(self.since or self.until or self.side or self.deed or self.region)


class _Days:
    """The days that a text names, and within which days all of them lie."""

    def __init__(self) -> None:
        self._first: date | None = None
        self._last: date | None = None
        self._since: date | None = None
        self._until: date | None = None

    def add(self, bound: _Bound | None, days: PastDays) -> None:
        """Take a day, month or year with the word before it."""
        match bound:
            case "since":
                self._since = days.first
            case "after":
                self._since = days.last + timedelta(days=1)
            case "until":
                self._until = days.last
            case "before":
                self._until = days.first - timedelta(days=1)
            case None:
                self._first = min(days.first, self._first or days.first)
                self._last = max(days.last, self._last or days.last)

    @property
    def since(self) -> date | None:
        """The first of the days."""
        return self._since or self._first

    @property
    def until(self) -> date | None:
        """The last of the days."""
        return self._until or (None if self._since else self._last)


class _Reading:
    """A text, word by word, and which of its words were understood."""

    def __init__(self, text: str, names: NameLookup, base: Base, today: date) -> None:
        spread = _FLAG.sub(r" \1 ", text[:LONGEST])
        words = (word.strip(_EDGES) for word in spread.split())
        self.words = [word for word in words if word]
        self.names, self.base, self.today = names, base, today
        self.read: set[int] = set()
        """Places of words that need not be found."""

    def _free(self, most: int) -> Iterator[tuple[_Place, str]]:
        """Every run of words that are not read yet, the longest at each place first;
        what was read meanwhile is left out.
        """
        for start in range(len(self.words)):
            for length in range(min(most, len(self.words) - start), 0, -1):
                place = _Place(start, start + length)
                if self.read.isdisjoint(range(*place)):
                    yield place, " ".join(self.words[start : place.end])

    def days(self) -> _Days:
        """The days in the text; they and the words before them are read."""
        found = _Days()
        for place, text in self._free(_LONGEST_DAY):
            if (days := self._days_of(text)) is None:
                continue
            before = fold(self.words[place.start - 1]) if place.start else ""
            bound = _BOUNDS.get(before)
            self.read |= set(range(*place))
            if bound:
                self.read.add(place.start - 1)
            if days.first != self.today:
                found.add(bound, days)
        return found

    def _days_of(self, text: str) -> PastDays | None:
        """The days that some words mean; a number is a year only where the base has
        facts of that time.
        """
        if _YEAR.fullmatch(text) and int(text) < self.base.first_day.year:
            return None
        days = past_day(text, self.today)
        if isinstance(days, AmbiguousDay):
            days = days.days[0]
        return days if isinstance(days, PastDays) else None

    def named(self) -> Iterator[Named]:
        """Whom the text names."""
        parties = {side.code for side in self.base.conflict.sides}
        taken: set[int] = set()
        for place, text in self._free(_LONGEST_NAME):
            if not taken.isdisjoint(range(*place)):
                continue
            codes = self._codes_of(text)
            if not codes:
                continue
            taken |= set(range(*place))
            if codes & parties:
                # Nearly every fact is about a side: its name is a word like others.
                self._say_in_english(place, text, codes)
                continue
            self.read |= set(range(*place))
            yield Named(codes, _terms(words_of(text)))
        whole = " ".join(self.words)
        if not whole.isascii() and not taken and (codes := self._unspaced(whole)):
            self.read |= set(range(len(self.words)))
            yield Named(codes, ())

    def _say_in_english(self, place: _Place, text: str, codes: frozenset[str]) -> None:
        """Put a side's English name, as facts have it, where another one stands."""
        if not text.isascii():
            known = self.base.countries.keys() & codes
            names = (self.base.countries[code].names.short for code in known)
            self.words[place.start] = " ".join(sorted(names))
            self.read |= set(range(place.start + 1, place.end))

    def _unspaced(self, text: str) -> frozenset[str]:
        return frozenset(find(text, self.names).sure)

    def _codes_of(self, text: str) -> frozenset[str]:
        """Whom some words name, exactly and with nothing else; nobody for none."""
        name = fold(text)
        if text.isascii() and not may_stand_among_others(name):
            return frozenset()
        if code := self.names.exact(text):
            return frozenset({code})
        if shared := self.names.shared(text):
            return frozenset(shared)
        region = called_exactly(name)
        return within(region) if region else frozenset()

    def left(self) -> Iterator[str]:
        """The words that are to be found, folded."""
        left = (w for place, w in enumerate(self.words) if place not in self.read)
        yield from words_of(" ".join(left))


def _terms(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(word) for word in words if word not in UNSAID))


def read_question(
    text: str,
    names: NameLookup,
    base: Base,
    today: date,
    *,
    since: date | None = None,
    side: str = "",
    deed: str = "",
    region: str = "",
) -> Question:
    """What a text asks for. Of a long text LONGEST characters are read, and MOST_WORDS
    of its words are looked for. ``since`` and the others narrow it down besides.
    """
    reading = _Reading(text, names, base, today)
    days = reading.days()
    named = tuple(reading.named())
    words = _looked_for(list(reading.left()))
    starts = [day for day in (since, days.since) if day]
    return Question(
        terms=tuple(dict.fromkeys(map(stem, words))),
        named=named,
        since=max(starts, default=None),
        until=days.until,
        side=side,
        deed=deed,
        region=region,
        words=words,
    )


def _looked_for(words: Sequence[str]) -> tuple[str, ...]:
    telling = dict.fromkeys(word for word in words if word not in UNSAID)
    return tuple(telling)[:MOST_WORDS]
