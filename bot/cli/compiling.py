"""What is compiled into the package as it is built: the shipped base, and every
language's catalogues.
"""

from __future__ import annotations

from pathlib import Path

from bot.answers.catalogues import compiled as compiled_catalogue
from bot.knowledge.compiled import PACKAGED as BASE
from bot.knowledge.compiled import compiled
from bot.knowledge.files import digest_of, files_of
from bot.knowledge.reader import read_base
from bot.runtime.clock import SYSTEM_CLOCK


def write(data: Path, folder: Path) -> Path:
    """Compile the base in ``data`` into a folder; the file that was written.

    BaseInvalidError if the base has problems.
    """
    today = SYSTEM_CLOCK.today()
    base = read_base(data, today)
    sources = digest_of((file.name, file.path) for file in files_of(data))
    folder.mkdir(exist_ok=True)
    written = folder / BASE.name
    written.write_bytes(compiled(base, sources, today))
    return written


def write_catalogues(source: Path, folder: Path) -> list[Path]:
    """Compile every catalogue of one folder into another; the files that were written.

    A process that finds them need not read the translators' form.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for path in sorted(source.glob("*.po")):
        written.append(folder / f"{path.stem}.mo")
        written[-1].write_bytes(compiled_catalogue(path))
    return written
