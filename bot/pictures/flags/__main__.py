"""Writes ``flags.json`` from the folder of circle-flags that the command line names."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_ID = re.compile(r'(id="|url\(#|href="#)')


def drawn(svg: str) -> str:
    """What stands within a flag's root element, its ids beginning with ``ID-``."""
    found = _INNER.search(svg)
    if found is None:
        msg = "no svg element"
        raise ValueError(msg)
    return _ID.sub(r"\1ID-", found[1].strip())


def main() -> None:
    """Read the flag of every code of two letters; actors that are no states have
    none.
    """
    folder = Path(sys.argv[1])
    names = {path.stem.upper(): path for path in folder.glob("[a-z][a-z].svg")}
    flags = {code: drawn(path.read_text("utf-8")) for code, path in names.items()}
    written = json.dumps(dict(sorted(flags.items())), ensure_ascii=False, indent=0)
    Path(__file__).with_name("flags.json").write_text(f"{written}\n", "utf-8")


if __name__ == "__main__":
    main()
