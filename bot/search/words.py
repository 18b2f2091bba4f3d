"""A text as the words by which it is found: without case and accents, each cut to its
stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol, cast

from bot.names.folding import MAX_QUERY, fold

_GENITIVE = re.compile(r"['’]s\b")
_AGAINST = re.compile(r"\banti[- ](?=(tank|aircraft|drone)\b)", re.IGNORECASE)
"""An anti-tank missile is no tank."""
_MODEL = re.compile(r"\b([^\W\d_]{1,5})-(\d{1,4}[a-z]?)\b")
"""The name of a thing, as MiG-29."""
_MODELS = re.compile(r"^([a-z]{0,5}\d{1,4})s$")
"""Several of one, as F16s and what of F-16s stands behind the hyphen."""
_ISE = re.compile(r"^(\w{4,})is(e|ed|es|er|ers|ing|ation|ations)$")
"""British English has an s where Snowball's rules know a z."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Letters of scripts without blanks between words: Thai, Lao, kana, Han, Hangul."""
_REMEMBERED = 16_384
"""Words that are kept with their stems, at about 200 bytes each."""
_LONGEST = 40
"""Letters of a word that are read."""
UNSAID = frozenset(
    "a about after all an and any are as at be been before being between but by can "
    "countries country did do does during ever for from had has have he her him his "
    "how i in into is it its many me most much nation nations not of on or our she "
    "show since so some state states still tell than that the their them then there "
    "these they this those to under until up us was we were what when where which "
    "while who whom whose why will with would you your".split()
)
"""English words that nothing is found by: articles, pronouns, words of questions."""
_STEMS = {
    "give": "gave given send sent deliveri deliv suppli provid donat",
    "break": "broke broken",
    "buy": "bought",
    "fight": "fought",
    "freez": "froze",
    "hold": "held",
    "leav": "left",
    "make": "made",
    "sell": "sold",
    "take": "took taken",
    "withdraw": "withdrew withdrawn",
}
"""By a stem, others that mean the same in a question: those of words of giving, and
of irregular forms.
"""
LIGHT = frozenset("announc give impos make offer put sell take".split())
"""Stems of verbs that tell little beside what was given, made or taken: tanks are
asked for, whether they were sent, promised or handed over.
"""
_SAME = {other: one for one, others in _STEMS.items() for other in others.split()}


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - as the library has it


@cache
def _english() -> _Stemmer:
    # Nobody but a search needs it, and the package loads 36 languages.
    from snowballstemmer.english_stemmer import EnglishStemmer

    return cast("_Stemmer", EnglishStemmer())


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """A folded word's stem by Snowball's English rules; recognise and recognize,
    defence and defense, froze and freeze, sent and gave have the same.
    """
    cut = _english().stemWord(_MODELS.sub(r"\1", _ISE.sub(r"\1iz\2", word)))
    cut = f"{cut[:-1]}c" if cut.endswith("ens") and len(cut) > 4 else cut
    return _SAME.get(cut, cut)


@lru_cache(_REMEMBERED)
def _folded(written: str) -> tuple[str, ...]:
    """What stands between two blanks, as folded words; pairs of letters of a script
    that puts no blanks between words.
    """
    words: list[str] = []
    for word in fold(written).split():
        if len(word) > 2 and _UNSPACED.fullmatch(word):
            words += (first + second for first, second in pairwise(word))
        else:
            words.append(word[:_LONGEST])
    return tuple(words)


def words_of(text: str) -> Iterator[str]:
    """A text's words, folded, in their order. Work is linear in the text."""
    for written in _AGAINST.sub("anti", _GENITIVE.sub("", text)).split():
        for start in range(0, len(written), MAX_QUERY):
            yield from _folded(written[start : start + MAX_QUERY])


def terms_of(text: str) -> Iterator[str]:
    """The stems by which a text is found, in the order of its words; of MiG-29 also
    what is written without a hyphen.
    """
    for word in words_of(text):
        if word not in UNSAID:
            yield stem(word)
    for model in _MODEL.finditer(text):
        yield stem(fold(f"{model[1]}{model[2]}"))
