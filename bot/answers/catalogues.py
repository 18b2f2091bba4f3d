"""Catalogues of translated messages: one gettext file a language, read when it is first
asked for.
"""

from __future__ import annotations

import gettext
import logging
import struct
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from bot.answers import po as po_files
from bot.names.locales import varieties

log = logging.getLogger(__name__)

MAX_BYTES = 8 * 1024 * 1024
"""A larger file is not read as a catalogue."""


def compiled(po: Path) -> bytes:
    """A catalogue as translators write it, in the form that gettext reads; what is
    marked fuzzy is left out. ValueError or OSError for one that cannot be read.
    """
    return po_files.compiled(po.read_bytes())


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
    what it lacks comes from what may stand for it (``pt.po``). None if there is none.
    """
    found = [each for name in varieties(locale) if (each := _read(folder, name))]
    for special, general in pairwise(found):
        special.add_fallback(general)
    return found[0] if found else None


def forget() -> None:
    """Read every catalogue again when it is next asked for."""
    catalogue.cache_clear()
