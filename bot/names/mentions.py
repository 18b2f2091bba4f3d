"""The countries that a text names: exact names in any language, without guesses and
without false friends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.names.index import NameLookup, fold

MOST = 10
LONGEST = 4_000
"""Characters of a text that are read."""
_WINDOW = 5
"""Words of the longest name that is looked for."""
_LONGEST_RUN = 12
"""Letters of the longest name in a script without blanks."""
_MOST_DOUBTFUL = 5
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "HANGUL")
"""How the Unicode names of such scripts' letters begin."""
_NOISE = re.compile(r"https?://\S+|<[@#:/][^>]{0,100}>|```.*?```|`[^`]*`", re.DOTALL)
_ARTICLE = re.compile(r"[lLdD][’'](?=\w)")
"""French and Italian write the article and the name as one word."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'.\-&][^\W\d_]+)*\.?")
_BREAK = re.compile(r"[,;:!?()]")
"""Signs between two names."""
_GENITIVE = re.compile(r"[’']s?$")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_SHORT = {
    "US",
    "USA",
    "UK",
    "UAE",
    "DRC",
    "DPRK",
    "PRC",
    "ROK",
    "CAR",
    "PNG",
    "U.S",
    "U.K",
    "U.S.A",
    "U.A.E",
}
"""Abbreviations that are read as countries; other words of two or three letters are too
often something else.
"""

_CONTEXT = {
    "TD": "n'djamena sahel africa african government army border junta republic "
    "minister lake",
    "GE": "tbilisi caucasus abkhazia ossetia armenia azerbaijan russia ukraine "
    "saakashvili kobakhidze black sea",
    "JO": "amman king middle east syria israel palestine iraq arab hashemite abdullah",
    "CL": "santiago boric andes peru argentina latin america",
    "TR": "ankara erdogan nato istanbul bosphorus turkish minister president "
    "drones syria russia ukraine",
}
"""Words that make a doubtful name a country."""
_DOUBTFUL = {"chad": "TD", "georgia": "GE", "jordan": "JO", "chili": "CL"}
"""Names that are as often a person's, a state's of the USA or a dish's."""
_KITCHEN = re.compile(
    r"\b(?:roast\w*|oven|recipe|cook\w*|grill\w*|stuffing|gravy|cranberr\w+|thanksgiving|sandwich\w*|breast|bake\w*|"
    r"tbsp|teaspoon|tablespoon|butter|dinner|bird|carve|leftover\w*)\b",
    re.IGNORECASE,
)
_BEFORE: dict[str, frozenset[str]] = {
    "new": frozenset({"MX", "GN", "GG"}),
    "northern": frozenset({"IE", "CY"}),
}
"""Words before a name that make it something else."""
_AFTER = {"pig": "GN", "pigs": "GN", "fowl": "GN", "libre": "CU", "con": "CL"}


@dataclass(frozen=True, slots=True)
class Mentions:
    """Codes in the order of the text, at most ten: those that are surely meant, and
    those to ask about.
    """

    sure: tuple[str, ...]
    doubtful: tuple[str, ...]


def _cased(text: str) -> bool:
    """Whether the first letter belongs to a script with capitals."""
    return bool(text) and text[0].lower() != text[0].upper()


class _Run(NamedTuple):
    """Letters that follow each other without a blank, and where they begin."""

    start: int
    letters: str


def _unspaced(text: str) -> Iterator[_Run]:
    """Runs of letters of scripts that put no blanks between words: Han, kana, Thai and
    the like.
    """
    start = 0
    for at, char in enumerate(f"{text} "):
        if unicodedata.name(char, "").startswith(_UNSPACED):
            continue
        if at > start:
            yield _Run(start, text[start:at])
        start = at + 1


class _Reading:
    """A text with the names that were found in it so far, by their place."""

    def __init__(self, text: str, names: NameLookup) -> None:
        self.text, self.names = text, names
        self.words = list(_WORD.finditer(text))
        self.sure: dict[int, str] = {}
        self.doubtful: dict[int, tuple[str, ...]] = {}
        self._contexts: dict[str, bool] = {}

    @cached_property
    def _folded(self) -> str:
        return f" {fold_all(self.text)} "

    @cached_property
    def _is_about_food(self) -> bool:
        return bool(_KITCHEN.search(self.text))

    def _has_context(self, code: str) -> bool:
        """Whether the text has words that make a doubtful name this country."""
        if code not in self._contexts:
            words = _CONTEXT.get(code, "").split()
            self._contexts[code] = any(
                f" {fold(word)} " in self._folded for word in words
            )
        return self._contexts[code]

    def flags(self) -> None:
        """Find flags."""
        for flag in _FLAG.finditer(self.text):
            if code := self.names.exact(flag[0]):
                self.sure[flag.start()] = code

    def spaced(self) -> None:
        """Find names that consist of whole words, the longest at each place."""
        at = 0
        while at < len(self.words):
            at += self._name_at(at)

    def unspaced(self) -> None:
        """Find names within runs of letters, the longest at each place."""
        for run in _unspaced(self.text):
            for first in range(len(run.letters)):
                if code := self._begins(run.letters[first : first + _LONGEST_RUN]):
                    self.sure.setdefault(run.start + first, code)

    def _begins(self, letters: str) -> str | None:
        """The code of the longest name, of two letters at least, that letters begin
        with.
        """
        longest: str | None = None
        for length in range(2, len(letters) + 1):
            begun = letters[:length]
            if not self.names.begins(begun):
                break
            longest = self.names.exact(begun) or longest
        return longest

    def _name_at(self, at: int) -> int:
        """Look for a name that begins at a word; returns how many words to go on by."""
        first = self.words[at][0]
        article = _ARTICLE.match(first)
        bare = first[article.end() :] if article else first
        if _cased(bare) and not bare[0].isupper():
            return 1
        for length in range(min(_WINDOW, len(self.words) - at), 0, -1):
            phrase = self._phrase(at, length)
            if phrase is None:
                continue
            for spelling in _spellings(phrase, article):
                if _may_be_name(spelling) and self._take(at, length, spelling):
                    return length
        return 1

    def _phrase(self, at: int, length: int) -> str | None:
        """So many words as they stand in the text; None where a name cannot go on."""
        phrase = self.text[self.words[at].start() : self.words[at + length - 1].end()]
        if "\n" in phrase or (length > 1 and _BREAK.search(phrase)):
            return None
        return phrase

    def _take(self, at: int, length: int, spelling: str) -> bool:
        """Whether a spelling is a name, which is then put where it belongs."""
        begin = self.words[at].start()
        code = self.names.exact(spelling)
        if code is None:
            shared = self.names.shared(spelling) if len(_bare(spelling)) > 3 else ()
            if shared:
                self.doubtful[begin] = shared
            return bool(shared)
        if not self._is_part_of_other(at, length, code):
            self._judge(begin, code, fold(_bare(spelling)))
        return True

    def _is_part_of_other(self, at: int, length: int, code: str) -> bool:
        """Whether the words around a name make it something else, as in New Mexico."""
        before = self._word(at - 1)
        after = self._word(at + length)
        if length == 1 and code in _BEFORE.get(before, frozenset()):
            return True
        return _AFTER.get(after) == code

    def _word(self, at: int) -> str:
        return self.words[at][0].casefold() if 0 <= at < len(self.words) else ""

    def _judge(self, begin: int, code: str, word: str) -> None:
        """Put a name that was found where it belongs; a dish belongs nowhere."""
        in_context = self._has_context(code)
        if word == "turkey" and self._is_about_food and not in_context:
            return
        if word in _DOUBTFUL and not in_context:
            self.doubtful[begin] = (code,)
        else:
            self.sure[begin] = code


def _bare(spelling: str) -> str:
    return spelling.rstrip(".")


def _may_be_name(spelling: str) -> bool:
    """Whether it is long enough, or one of the abbreviations that are read, in
    capitals.
    """
    bare = _bare(spelling)
    if len(bare) > 3 or not bare.isascii():
        return True
    return bare.isupper() and bare.replace(".", "") in _SHORT


def _spellings(phrase: str, article: re.Match[str] | None) -> Iterable[str]:
    """What the phrase may be without its article, full stop or ending, each once."""
    forms = [phrase[article.end() :]] if article else []
    bare = _bare(phrase)
    forms += [phrase, bare, _GENITIVE.sub("", bare)]
    # Arabic and Persian write "and" together with the next word.
    if phrase.startswith("و") and len(phrase) > 3:
        forms.append(phrase[1:])
    return dict.fromkeys(forms)


def fold_all(text: str) -> str:
    """A long text folded piece by piece, as names are compared."""
    return " ".join(fold(text[n : n + 90]) for n in range(0, len(text), 90))


def _in_order(codes: dict[int, tuple[str, ...]]) -> dict[str, None]:
    """The codes in the order of their places, each once."""
    return dict.fromkeys(code for at in sorted(codes) for code in codes[at])


def find(text: str, names: NameLookup) -> Mentions:
    """The countries that a text names. Nothing is guessed: a name stands there, or it
    is not found. Of a long text, LONGEST characters are read; work is linear in them.
    """
    reading = _Reading(_NOISE.sub(" ", text[:LONGEST]), names)
    reading.flags()
    reading.spaced()
    reading.unspaced()
    sure = _in_order({at: (code,) for at, code in reading.sure.items()})
    doubtful = (code for code in _in_order(reading.doubtful) if code not in sure)
    return Mentions(tuple(sure)[:MOST], tuple(doubtful)[:_MOST_DOUBTFUL])
