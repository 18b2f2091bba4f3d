"""The countries that a text names: exact names in any language, without guesses and
without false friends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.names.index import NameLookup, fold

MOST = 10
LONGEST = 4_000
"""Characters of a text that are read."""
_WINDOW = 5
_NOISE = re.compile(r"https?://\S+|<[@#:/][^>]{0,100}>|```.*?```|`[^`]*`", re.DOTALL)
_ARTICLE = re.compile(r"[lLdD][’'](?=\w)")
"""French and Italian write the article and the name as one word."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'.\-&][^\W\d_]+)*\.?")
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
_BEFORE = {
    "new": {"MX", "GN", "GG"},
    "guinea": set[str](),
    "northern": {"IE", "CY"},
    "south": set[str](),
}
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


def _unspaced(text: str) -> Iterator[str]:
    """Runs of letters of scripts that put no blanks between words: Han, kana, Thai and
    the like.
    """
    run = ""
    for char in text:
        name = unicodedata.name(char, "")
        if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "HANGUL")):
            run += char
        elif run:
            yield run
            run = ""
    if run:
        yield run


class _Found:
    def __init__(self, text: str) -> None:
        self.text, self.folded = text, f" {fold_all(text)} "
        self.sure: dict[int, str] = {}
        self.doubtful: dict[int, tuple[str, ...]] = {}

    def judge(self, place: int, code: str, phrase: str) -> None:
        """Put a name that was found where it belongs."""
        word = fold(phrase)
        if (
            code == "TR"
            and word == "turkey"
            and _KITCHEN.search(self.text)
            and not self._context(code)
        ):
            return
        if word in _DOUBTFUL and not self._context(code):
            self.doubtful[place] = (code,)
        else:
            self.sure[place] = code

    def _context(self, code: str) -> bool:
        return any(
            f" {fold(word)} " in self.folded for word in _CONTEXT.get(code, "").split()
        )


def fold_all(text: str) -> str:
    """A long text folded piece by piece, as names are compared."""
    return " ".join(fold(text[n : n + 90]) for n in range(0, len(text), 90))


def find(text: str, names: NameLookup) -> Mentions:
    """The countries that a text names. Nothing is guessed: a name stands there, or it
    is not found.
    """
    text = _NOISE.sub(" ", text[:LONGEST])
    found = _Found(text)
    for flag in _FLAG.finditer(text):
        if code := names.exact(flag[0]):
            found.sure[flag.start()] = code
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        at += _here(words, at, text, names, found)
    for run in _unspaced(text):
        start = text.find(run)
        for first in range(len(run)):
            for last in range(min(len(run), first + 12), first + 1, -1):
                if code := names.exact(run[first:last]):
                    found.sure.setdefault(start + first, code)
                    break
    sure = tuple(dict.fromkeys(code for _, code in sorted(found.sure.items())))[:MOST]
    asked = [code for _, codes in sorted(found.doubtful.items()) for code in codes]
    return Mentions(sure, tuple(dict.fromkeys(c for c in asked if c not in sure))[:5])


def _here(
    words: list[re.Match[str]], at: int, text: str, names: NameLookup, found: _Found
) -> int:
    """Look for a name that begins at a word; returns how many words to go on by."""
    article = _ARTICLE.match(words[at][0])
    first = words[at][0][article.end() :] if article else words[at][0]
    if _cased(first) and not first[0].isupper():
        return 1
    for length in range(min(_WINDOW, len(words) - at), 0, -1):
        begin, end = words[at].start(), words[at + length - 1].end()
        phrase = text[begin:end]
        if "\n" in phrase or (length > 1 and re.search(r"[,;:!?()]", phrase)):
            continue
        forms = [phrase[article.end() :]] if article else []
        forms += [
            phrase,
            phrase.rstrip("."),
            re.sub(r"[’']s?$", "", phrase.rstrip(".")),
        ]
        # Arabic and Persian write "and" together with the next word.
        forms += [phrase[1:]] if phrase.startswith("و") and len(phrase) > 3 else []
        for spelling in dict.fromkeys(forms):
            bare = spelling.rstrip(".")
            if (
                len(bare) <= 3
                and bare.isascii()
                and bare.replace(".", "").upper() not in _SHORT
            ):
                continue
            if len(bare) <= 3 and bare.isascii() and not bare.isupper():
                continue
            before = words[at - 1][0].casefold() if at else ""
            after = words[at + length][0].casefold() if at + length < len(words) else ""
            code = names.exact(spelling)
            if code is None:
                asked = names.shared(spelling) if len(bare) > 3 else ()
                if asked:
                    found.doubtful[begin] = asked
                    return length
                continue
            if (length == 1 and code in _BEFORE.get(before, set[str]())) or _AFTER.get(
                after
            ) == code:
                return length
            found.judge(begin, code, bare)
            return length
    return 1
