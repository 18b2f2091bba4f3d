"""``python -m bot`` is the command line ``ally``."""

import sys

from bot.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
