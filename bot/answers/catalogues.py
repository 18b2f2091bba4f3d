"""Catalogues of translated messages: one gettext file a language, read when it is first
asked for.
"""

from __future__ import annotations

import gettext
import logging
import struct
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

log = logging.getLogger(__name__)

MAX_BYTES = 8 * 1024 * 1024
"""A larger file is not read as a catalogue."""


def _names(locale: str) -> Iterator[str]:
    """The locale, and what it is a variety of: zh_Hans_CN, zh_Hans, zh."""
    while locale:
        yield locale
        locale = locale.rpartition("_")[0]


def compiled(po: Path) -> bytes:
    """A catalogue as translators write it, in the form that gettext reads; what is
    marked fuzzy is left out. ValueError or OSError for one that cannot be read.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with po.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _read(folder: Path, name: str) -> gettext.GNUTranslations | None:
    """The catalogue of one name: the compiled file if there is one, else the
    translators'. One that cannot be read is left out, with a line in the log.
    """
    for path in (folder / f"{name}.mo", folder / f"{name}.po"):
        try:
            if path.stat().st_size > MAX_BYTES:
                log.warning("the catalogue %s is too large", path)
                continue
            raw = path.read_bytes() if path.suffix == ".mo" else compiled(path)
            return gettext.GNUTranslations(BytesIO(raw))
        except FileNotFoundError:
            continue
        # gettext lets struct's error pass for a file that ends too early, and a
        # LookupError for an encoding that there is not.
        except (OSError, ValueError, LookupError, struct.error) as error:
            log.warning("the catalogue %s cannot be read: %s", path, error)
    return None


@lru_cache(maxsize=256)
def catalogue(folder: Path, locale: str) -> gettext.GNUTranslations | None:
    """The catalogue of a locale such as ``pt_BR`` in a folder of files ``pt_BR.po``;
    what it lacks comes from the language's (``pt.po``). None if there is neither.
    """
    found = [each for name in _names(locale) if (each := _read(folder, name))]
    for special, general in pairwise(found):
        special.add_fallback(general)
    return found[0] if found else None


def forget() -> None:
    """Read every catalogue again when it is next asked for."""
    catalogue.cache_clear()
