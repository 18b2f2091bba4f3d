"""Writing the files that a verb is asked for: each whole, or not at all."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file, text as UTF-8; what cannot be written leaves nothing behind, and a
    file that was there as it was. OSError names the file as it was typed.

    What is there and no file, such as a pipe, is written into as it is.
    """
    raw = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(raw)
            return
        # A link is followed, so that what it leads to is written.
        place = path.resolve()
        partial = place.with_name(f"{place.name}.partial")
        try:
            partial.write_bytes(raw)
            if place.exists():
                partial.chmod(place.stat().st_mode)
            partial.replace(place)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
