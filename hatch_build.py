"""Compiles the shipped base and the names of territories into the package as it is
built, so that no process has to read YAML or CLDR.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileHook(BuildHookInterface[Any]):
    """Writes bot/_compiled, in an editable checkout too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the package's files are gathered."""
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from bot.cli.compiling import write

        written = write(root / "data", root / "bot" / "_compiled")
        if version == "editable":
            return
        from bot.cli.compiling import write_catalogues

        for source, place in (
            ("bot/locales", "bot/locales"),
            ("data/locales", "bot/_data/locales"),
        ):
            folder = root / "bot" / "_compiled" / source
            for path in write_catalogues(root / source, folder):
                build_data["force_include"][str(path)] = f"{place}/{path.name}"
        for path in written:
            name = path.relative_to(root).as_posix()
            build_data["force_include"][str(path)] = name
