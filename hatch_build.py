"""Compiles the shipped base and the catalogues into the package as it is built, so that
no process has to read YAML or what translators write.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = (("bot/locales", "bot/locales"), ("data/locales", "bot/_data/locales"))
"""Folders of catalogues, and where the package has them."""


class CompileHook(BuildHookInterface[Any]):
    """Writes bot/_compiled, in an editable checkout too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the package's files are gathered."""
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from bot.cli.compiling import write, write_catalogues

        written = write(root / "data", root / "bot" / "_compiled")
        if version == "editable":
            return
        places: dict[str, str] = build_data["force_include"]
        places[str(written)] = written.relative_to(root).as_posix()
        for source, place in CATALOGUES:
            folder = root / "bot" / "_compiled" / source
            for path in write_catalogues(root / source, folder):
                places[str(path)] = f"{place}/{path.name}"
        for path in (root / "data").iterdir():
            if path.name != "locales":
                places[str(path)] = f"bot/_data/{path.name}"
