"""Bases for the tests: the shipped one, and those that a test writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

DATA = Path(__file__).resolve().parents[2] / "data"


TODAY = date(2026, 11, 26)


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")


def country(code: str, name: str, events: str = "") -> str:
    return (
        f"code: {code}\nkind: state\nnames: {{short: {name}}}\nreviewed: "
        f"2020-06-01\n{events}"
    )


def event(
    key: str,
    day: str,
    toward: str,
    *,
    pillar: str = "military",
    weight: str = "major",
    until: str = "",
) -> str:
    end = f"\n    until: {until}" if until else ""
    return (
        f"\n  - id: {key}\n    date: {day}{end}\n    toward: {toward}\n    pillar: "
        f"{pillar}\n    weight: {weight}\n"
        f"    claim: Something happened ({key}).\n"
        "    sources: "
        f"[{{publisher: Gazette, title: {key}, url: 'https://example.org/{key}'}}]"
    )


def egg_war(folder: Path) -> Path:
    """Write the base of the invented conflict into a folder."""
    conflict = (DATA / "conflict.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("id: russia-ukraine", "id: egg-war"),
        ("- id: russia\n", "- id: big-end\n"),
        ("- id: ukraine\n", "- id: little-end\n"),
        ("code: RU", "code: LI"),
        ("code: UA", "code: BL"),
        ("[RU, UA]", "[LI, BL]"),
        ("began: 2022-02-24", "began: 1720-01-01"),
        ("reviewed: 2026-11-23", "reviewed: 2020-06-01"),
        ("  - BY\n  - AM\n  - KZ\n  - CU\n", "  - LP\n  - BR\n"),
    ):
        assert old in conflict
        conflict = conflict.replace(old, new)
    write(folder, "conflict.yaml", conflict)
    for code, name in (("LI", "Lilliput"), ("BL", "Blefuscu")):
        write(folder, f"countries/{name.lower()}.yaml", country(code, name))
    events = (
        "events:"
        + event("fleet", "1721-05-05", "big-end")
        + event("eggs", "1722", "big-end", pillar="economic")
    )
    write(folder, "countries/laputa.yaml", country("LP", "Laputa", events))
    write(folder, "countries/brobdingnag.yaml", country("BR", "Brobdingnag"))
    write(
        folder,
        "votes/egg-1.yaml",
        """\
        id: egg-1
        symbol: EGG/1
        title: On which end to break an egg
        date: 1722-01-01
        toward: little-end
        tally: {yes: 1, no: 1, abstain: 1, absent: 1}
        sources: [{publisher: Assembly, title: Record, url: "https://example.org/egg-1"}]
        yes: [BL]
        no: [LI]
        abstain: [LP]
        absent: [BR]
        """,
    )
    return folder
