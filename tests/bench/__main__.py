"""Run all measurements in one go and print one table."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from tests.bench import (
    base,
    gateway,
    growth,
    http,
    languages,
    loop,
    memory,
    names,
    pictures,
    search,
    servers,
    start,
)


def main() -> None:
    table = Table("what", "figure", "ratio", "goal")
    for room in (
        start,
        base,
        names,
        search,
        gateway,
        http,
        loop,
        memory,
        languages,
        pictures,
        servers,
        growth,
    ):
        for row in room.measure():
            table.add_row(*row)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
