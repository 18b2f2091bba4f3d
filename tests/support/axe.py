"""axe-core, which looks at a page as people with disabilities meet it: fetched once.

``python -m tests.support.axe`` gets it with npm.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "axe-core"
SCRIPT = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
FETCH = "python -m tests.support.axe"
_PACKAGE = "axe-core@4.14.1"


def missing() -> str:
    """Why pages cannot be looked at here; empty if they can."""
    return "" if SCRIPT.is_file() else f"{SCRIPT} is not there; {FETCH} gets it"


def fetch() -> None:
    """Get the package; RuntimeError where npm cannot."""
    npm = shutil.which("npm")
    if npm is None:
        msg = "npm is needed to fetch axe-core"
        raise RuntimeError(msg)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    flags = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    subprocess.run([npm, "install", *flags, _PACKAGE], cwd=FOLDER, check=True)


def violations(found: str) -> list[str]:
    """What axe found, a line each, from the JSON of its violations."""
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}"
        for each in json.loads(found)
    ]


if __name__ == "__main__":
    fetch()
