"""Results in a file, a line each, so that a run that was stopped goes on where it was.

The file is only ever added to: its first line of a mutant says whether the tests that
there were then had noticed it, its last one whether they do now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant
from tests.mutation.trials import Trial


class Kept:
    """The results in a file that need not exist yet."""

    def __init__(self, root: Path, file: Path) -> None:
        self._root = root
        self._file = file
        self._lines: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        if file.exists():
            for line in file.read_text("utf-8").splitlines():
                self._take(json.loads(line))

    def _take(self, line: Mapping[str, Any]) -> None:
        self._lines.setdefault((line["room"], line["mutant"]), []).append(line)

    def _code(self, mutant: Mutant) -> str:
        """The digest of the file in which the mutant stands."""
        source = (self._root / mutant.key.file).read_bytes()
        return hashlib.sha256(source).hexdigest()[:20]

    def add(self, trial: Trial) -> None:
        """Write down what a trial said, at once."""
        mutant = trial.mutant
        line = {
            "room": trial.room,
            "place": f"{mutant.key.file}:{mutant.first} {mutant.key.operator}",
            "mutant": mutant.name,
            "code": self._code(mutant),
            "outcome": trial.outcome,
            "processor": round(trial.processor, 2),
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self._take(line)

    def trial(self, room: str, mutant: Mutant) -> Trial | None:
        """The last trial of a mutant while its file is as it was; None without one."""
        lines = self._lines.get((room, mutant.name), [])
        if not lines or lines[-1]["code"] != self._code(mutant):
            return None
        first, last = lines[0]["outcome"], lines[-1]
        return Trial(room, mutant, last["outcome"], last["processor"], first)
