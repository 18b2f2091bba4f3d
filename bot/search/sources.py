"""Publishers and hosts, and what rests on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from threading import Lock

from cachetools import LRUCache

from bot.knowledge.addresses import shown_host
from bot.knowledge.citations import citations_of
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.choose import by_itself
from bot.names.folding import fold
from bot.search.index import Item, items_of, roll_calls_of

LONGEST_KEY = 75
"""Length of a key: what a custom id has room for beside a day and a page."""
_KEPT = 8
"""Bases, with servers' entries or without, whose publishers stay counted."""


_shown_host = lru_cache(maxsize=8192)(shown_host)
"""The base has some thousands of addresses, and each page of a source asks for all."""


def host_of(source: Source) -> str:
    """The host of a source's page as readers see it, without ``www.``."""
    return _shown_host(source.url)


def _sources_of(base: Base) -> Iterator[Source]:
    """Every source that facts or roll calls of a base rest on, each as often as it is
    given.
    """
    for cited in citations_of(base):
        # What somebody expected is no fact, and is not found here.
        if cited.kind != "forecast":
            yield cited.source


def key_of(name: str) -> str:
    """A name's beginning, no longer than LONGEST_KEY: by it the name is asked for."""
    kept = name[:LONGEST_KEY]
    while length(kept) > LONGEST_KEY:
        kept = kept[:-1]
    return kept


class Publishers:
    """The publishers and hosts of bases, counted once for each. Threads may share
    it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._names: LRUCache[str, Mapping[str, str]] = LRUCache(_KEPT)

    def names(self, base: Base) -> tuple[str, ...]:
        """Names of publishers and of hosts, each once, those that are given most often
        first.
        """
        return tuple(self._folded(base))

    def containing(self, text: str, base: Base) -> list[str]:
        """Those of them in which a text stands, first those in which it does by itself;
        all for none.
        """
        wanted, folded = fold(text), self._folded(base)
        if not wanted:
            return list(folded)
        alone = by_itself(wanted)
        names = [name for name in folded if wanted in folded[name]]
        return sorted(names, key=lambda name: not alone.search(folded[name]))

    def _folded(self, base: Base) -> Mapping[str, str]:
        """Each name, and how it is compared."""
        with self._lock:
            names = self._names.get(base.revision)
            if names is None:
                counted = Counter[str]()
                for source in _sources_of(base):
                    counted[source.publisher] += 1
                    counted[host_of(source)] += 1
                del counted[""]
                names = {name: fold(name) for name, _ in counted.most_common()}
                self._names[base.revision] = names
            return names

    def called(self, key: str, base: Base) -> str:
        """The publisher or host of a key; KeyError for none."""
        names = self._folded(base)
        if key in names:
            return key
        for name in names:
            if key and key_of(name) == key:
                return name
        raise KeyError(key)


def rests_on(name: str, source: Source) -> bool:
    """Whether a source is a publisher's, or its page a host's."""
    return name == source.publisher or name == host_of(source)


def resting_on(name: str, base: Base) -> list[Item]:
    """Every fact and roll call that has a source of a publisher or host, the newest
    first.
    """
    items = [*items_of(base, base.countries), *roll_calls_of(base)]
    found = [item for item in items if any(rests_on(name, s) for s in item.sources)]
    return sorted(found, key=lambda item: item.key)
