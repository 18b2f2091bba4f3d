"""Where each page lies on the site that ``ally site`` writes: paths below its root, as
answers and the site itself name them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

from bot.answers.texts import Texts, languages
from bot.knowledge.facts import Base

INDEX = "index"
"""The page of a language with the map of levels."""
METHOD = "method"
_LONGEST = 60
"""Characters of a publisher's name in its address."""


def language_of(texts: Texts) -> str:
    """The reader's language if the program has a catalogue of it, else English."""
    locale, known = texts.locale, languages()
    while locale and locale not in known:
        locale = locale.rpartition("_")[0]
    return locale or "en"


def folder_of(language: str) -> str:
    """The folder of a language, which is also its name in HTML (BCP 47)."""
    return language.replace("_", "-")


def page(name: str, texts: Texts) -> str:
    """A page of which each language has one."""
    return f"{folder_of(language_of(texts))}/{name}.html"


def actor(code: str, base: Base, texts: Texts) -> str:
    """An actor's page; empty for one that a server added, of which there is none."""
    shipped = base.under or base
    if code not in shipped.countries:
        return ""
    return page(f"actor/{code.lower()}", texts)


def vote(key: str, texts: Texts) -> str:
    """A roll call's page."""
    return page(f"vote/{key}", texts)


def bloc(key: str, texts: Texts) -> str:
    """A bloc's page."""
    return page(f"bloc/{key}", texts)


def measure(key: str, texts: Texts) -> str:
    """The page of a list of those who did the same."""
    return page(f"measure/{key}", texts)


def forecast(key: str, texts: Texts) -> str:
    """A forecast's page."""
    return page(f"forecast/{key}", texts)


def deed(key: str, texts: Texts) -> str:
    """The page of a kind of deed."""
    return page(f"deed/{key}", texts)


def publisher(name: str, texts: Texts) -> str:
    """A publisher's page: its name in plain letters, and eight more that tell it from
    names that are spelt alike, so that no other publisher ever changes the address.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", plain.casefold())[:_LONGEST].strip("-")
    apart = hashlib.sha256(name.encode()).hexdigest()[:8]
    key = "-".join(part for part in (plain, apart) if part)
    return page(f"source/{key}", texts)


def search(text: str, texts: Texts) -> str:
    """What is found by a text."""
    return f"{page('search', texts)}?q={quote(text, errors='replace')}"
