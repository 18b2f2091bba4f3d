from __future__ import annotations

import subprocess
import sys

BLOCKED = """
import sys
for name in ("discord", "aiohttp", "sqlalchemy"):
    sys.modules[name] = None
import pkgutil, importlib, bot.knowledge, bot.alignment, bot.answers, bot.pictures
for room in (bot.knowledge, bot.alignment, bot.answers, bot.pictures):
    for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        importlib.import_module(module.name)
"""


def test_the_pure_rooms_import_with_discord_blocked() -> None:
    subprocess.run([sys.executable, "-c", BLOCKED], check=True)


def test_the_terminal_path_imports_no_discord() -> None:
    code = (
        "import sys; from bot.cli.main import main; main(['ask', 'belarus']); "
        "assert 'discord' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
