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


def country(
    code: str, name: str, events: str = "", reviewed: str = "2020-06-01"
) -> str:
    return (
        f"code: {code}\nkind: state\nnames: {{short: {name}}}\nreviewed: "
        f"{reviewed}\n{events}"
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


SHIPPED_WORDS = (
    "russia ukrain crimea kyiv moscow belarus armenia kazakh cuba donetsk es-11"
).split()
"""What no page of another base may say, in small letters."""

FOREIGN_TODAY = date(2004, 6, 1)
"""The day on which the foreign base is read."""


def foreign(folder: Path) -> Path:
    """Write a base that shares no name, day, level or actor with the shipped one: two
    invented towns that quarrel about a lighthouse, and five onlookers.
    """
    standings = ("member", "partner", "observer", "frozen", "suspended", "left")
    worth = "{{points: {0}, reason: As the towns agreed.}}"
    conflict = "\n".join(
        [
            "weights:",
            f"  decisive: {worth.format(1)}",
            f"  major: {worth.format(0.5)}",
            f"  notable: {worth.format(0.25)}",
            f"  minor: {worth.format(0.06)}",
            "standings:",
            *(f"  {each}: {worth.format(0.5)}" for each in standings),
            "ballots:",
            f"  'yes': {worth.format(1)}",
            f"  'no': {worth.format(-1)}",
            f"  abstain: {worth.format(-0.2)}",
            f"  absent: {worth.format(-0.1)}",
            "recency: {half_life_years: 2, ceiling: 0.7, full_after: 2, reason: Old.}",
            "known: {facts: 2, reason: One fact is no fact.}",
            "",
        ]
    )
    head = """\
        id: lighthouse
        name: The quarrel about the lighthouse
        question: Whose is the lighthouse?
        began: 1995-03-01
        first_day: 1990-01-01
        reviewed: 2004-05-01
        naming: Names are those on the towns' own charts.
        borders: "Coasts: the harbour office's chart. A line is no claim."
        examples: [orchard, meadow]
        sides:
          - {id: ashford, name: Ashford, sign: -1, code: ashford}
          - {id: brightwater, name: Brightwater, sign: 1, code: brightwater}
        parties: [ashford, brightwater]
        pillars:
          military: {name: Boats, share: 0.5, reason: Boats decide who lands.}
          diplomatic: {name: Letters, share: 0.3, reason: Letters are public.}
          economic: {name: Fish, share: 0.2, reason: Fish is what is sold.}
        """
    levels = """\
        levels:
          - {id: with-ashford, name: With Ashford, from: -1, reason: Much for it.}
          - {id: near-ashford, name: Near Ashford, from: -0.5, reason: A little for it.}
          - {id: between, name: Between the towns, from: -0.1, reason: For neither.}
          - {id: near-bright, name: Near Brightwater, from: 0.1, reason: A little.}
          - {id: with-bright, name: With Brightwater, from: 0.5, reason: Much for it.}
        party: One of the two towns
        unknown: Too little is written
        """
    write(folder, "conflict.yaml", dedent(head) + conflict + dedent(levels))
    for code in ("ashford", "brightwater", "harbour"):
        write(
            folder,
            f"countries/{code}.yaml",
            country(code, code.capitalize(), reviewed="2004-05-01"),
        )
    events = {
        "orchard": event("boats", "1996-05-05", "ashford", weight="decisive")
        + event("apples", "1997", "ashford", pillar="economic", until="2001-02-03"),
        "meadow": event("hay", "1995-04", "brightwater", pillar="economic")
        + event("pier", "1998-07-08", "brightwater", weight="decisive")
        + event("moor", "2002-09-10", "ashford", weight="decisive"),
        "hillside": event("stones", "1994-01-01", "ashford", weight="notable"),
        "NZ": event("wool", "1999", "brightwater", weight="decisive"),
    }
    for code, listed in events.items():
        text = country(code, code.capitalize(), "events:" + listed, "2004-05-01")
        write(folder, f"countries/{code.lower()}.yaml", text)
    for number in range(1, 9):
        write(
            folder,
            f"votes/lamp-{number}.yaml",
            f"""\
            id: lamp-{number}
            symbol: LAMP/{number}
            title: On lighting the lamp, reading {number}
            date: 199{number}-06-01
            toward: brightwater
            tally: {{yes: 3, no: 2, abstain: 1, absent: 1}}
            sources:
              - publisher: Harbour office
                title: Minutes {number}
                url: "https://example.org/lamp-{number}"
            yes: [brightwater, meadow, NZ]
            no: [ashford, orchard]
            abstain: [hillside]
            absent: [harbour]
            """,
        )
    write(
        folder,
        "blocs/market.yaml",
        """\
        id: market
        name: Market day
        pillar: economic
        toward: brightwater
        weight: minor
        reviewed: 2004-05-01
        sources:
          list: {publisher: Market, title: Stalls, url: "https://example.org/stalls"}
        members:
          - {code: meadow, standing: member, cite: [list], since: 1993}
          - {code: NZ, standing: member, cite: [list], since: 1993}
          - {code: orchard, standing: member, cite: [list], since: 1993}
          - {code: hillside, standing: left, cite: [list], until: 1999-01-01}
        """,
    )
    write(
        folder,
        "measures/toll.yaml",
        """\
        id: toll
        name: A toll on Ashford's boats
        pillar: economic
        toward: brightwater
        weight: major
        reviewed: 2004-05-01
        sources:
          list: {publisher: Gazette, title: Tolls, url: "https://example.org/tolls"}
        parts:
          - {code: meadow, date: 2000-01-01, detail: Half a crown, cite: [list]}
        """,
    )
    write(
        folder,
        "forecasts/almanac.yaml",
        """\
        id: almanac
        date: 1995-01-15
        source:
          publisher: Almanac
          title: Who will light whose lamp
          url: "https://example.org/almanac"
        named:
          - expected: Orchard will lend its boats.
            toward: ashford
            strength: likely
            code: orchard
            because: boats
          - expected: The market will stay with Brightwater.
            toward: brightwater
            strength: stated
            bloc: market
        """,
    )
    return folder
