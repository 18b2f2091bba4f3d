"""Bases for the tests: the shipped one, and those that a test writes."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent

from bot.knowledge.compiled import open_base
from bot.knowledge.facts import Base

DATA = Path(__file__).resolve().parents[2] / "data"
KEPT = DATA.parent / "build" / "tests"
"""What one run keeps for the next."""


TODAY = date(2026, 11, 26)


@cache
def shipped() -> Base:
    """The shipped base, read once a process, and as every process of Ally's does it:
    from its compiled form, as long as neither its files nor what reads them change.
    ``tests/knowledge/test_compiled.py`` holds that form against the files.
    """
    return open_base(DATA, TODAY, lambda: KEPT)


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
    deed: str = "arms",
    until: str = "",
) -> str:
    end = f"\n    until: {until}" if until else ""
    return (
        f"\n  - id: {key}\n    date: {day}{end}\n    toward: {toward}\n    deed: "
        f"{deed}\n"
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
        ("toward: russia\n", "toward: big-end\n"),
        ("toward: ukraine\n", "toward: little-end\n"),
        ("began: 2022-02-24", "began: 1720-01-01"),
        ("first_day: 2014-02-20", "first_day: 1700-01-01"),
        ("reviewed: 2026-11-23", "reviewed: 2020-06-01"),
        ("[BY, AM, KZ, CU]", "[LP, BR]"),
        ("example_vote: es-11-1", "example_vote: egg-1"),
        ("example_bloc: eu\n", ""),
        ("leading_forecast: express-2022-01-26\n", ""),
    ):
        assert old in conflict
        conflict = conflict.replace(old, new)
    conflict = conflict.partition("rankings:\n")[0]
    write(folder, "conflict.yaml", conflict)
    for code, name in (("LI", "Lilliput"), ("BL", "Blefuscu")):
        write(folder, f"countries/{name.lower()}.yaml", country(code, name))
    events = (
        "events:"
        + event("fleet", "1721-05-05", "big-end")
        + event("eggs", "1722", "big-end", deed="trade")
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


SHIPPED_WORDS = re.compile(
    r"russia|ukrain|crimea|kyiv|moscow|belarus|ruthenia|armenia|kazakh|\bcuba|donetsk"
    r"|es-11|general assembly|\b(?:war|wars|wartime|invasion|nato|csto|un|2014|2022)\b",
    re.IGNORECASE,
)
"""What no page, command or picture of another base may say."""

FOREIGN_TODAY = date(2004, 6, 1)
"""The day on which the foreign base is read."""


def foreign(folder: Path) -> Path:
    """Write a base that shares no name, day, level or actor with the shipped one: two
    invented towns that quarrel about a lighthouse, and five onlookers.
    """
    head = """\
        id: lighthouse
        name: The quarrel about the lighthouse
        question: Whose is the lighthouse?
        began: 1995-03-01
        first_day: 1990-01-01
        reviewed: 2004-05-01
        naming: Names are those on the towns' own charts.
        times:
          before: before the lamp went out
          during: since the lamp went out
          since: Since the lamp went out
          begins: the lamp goes out
          not_begun: The lamp still burned on that day.
        example_vote: lamp-6
        leading_forecast: almanac
        borders: "Coasts: the harbour office's chart. A line is no claim."
        examples: [orchard, meadow]
        sides:
          - {id: ashford, name: Ashford, sign: -1, code: ashford}
          - {id: brightwater, name: Brightwater, sign: 1, code: brightwater}
        parties: [ashford, brightwater]
        pillars:
          boats: {name: Boats, share: 0.5, reason: Boats decide who lands.}
          letters: {name: Letters, share: 0.3, reason: Letters are public.}
          fish: {name: Fish, share: 0.2, reason: Fish is what is sold.}
        deeds:
          crew:
            {name: Crew lent, about: Sailors on the other's boats., pillar: boats,
            points: 1, at_most: 1, phrase: "mans {side}'s boats", decides: true}
          visit:
            {name: Visit, about: A boat that called., pillar: boats, points: 0.25,
            at_most: 0.5, phrase: "calls at {side}", lapses_after_years: 3}
          letter:
            {name: Letter, about: A letter to the council., pillar: letters,
            points: 0.2, at_most: 0.4, phrase: "writes for {side}",
            lapses_after_years: 2}
          errand:
            {name: Errand, about: It carries both towns' letters., pillar: letters,
            points: 0, at_most: 0, phrase: carries letters for both}
          toll:
            {name: Toll, about: A toll on boats., pillar: fish, points: 0.5,
            at_most: 0.8, phrase: "takes a toll of {opponent}", words: [harbour dues]}
        scales:
          token: {points: 0.5, reason: Little.}
          usual: {points: 1, reason: As usual.}
          large: {points: 1.5, reason: Much.}
        standings:
          member: {points: 0.5, reason: As the towns agreed.}
          partner: {points: 0.5, reason: As the towns agreed.}
          observer: {points: 0.5, reason: As the towns agreed.}
          frozen: {points: 0, reason: As the towns agreed.}
          suspended: {points: 0, reason: As the towns agreed.}
          left: {points: 0, reason: As the towns agreed.}
        record:
          ballots:
            'yes': {points: 1, reason: As the towns agreed.}
            'no': {points: -1, reason: As the towns agreed.}
            abstain: {points: -0.2, reason: As the towns agreed.}
            absent: {points: -0.1, reason: As the towns agreed.}
          half_life_years: 2
          pillar: letters
          share: 0.4
          alone: 1.2
          reason: A reading counts half after two years.
        contradiction: {points: 0.6, sentence: "It also did much for {opponent}."}
        bodies: {harbour: {name: Harbour council, short: Council}}
        """
    levels_and_rules = """\
        levels:
          - {id: with-ashford, name: With Ashford, toward: ashford, reason: Much.}
          - {id: near-ashford, name: Near Ashford, toward: ashford, reason: A little.}
          - {id: between, name: Between the towns, toward: neutral, reason: Neither.}
          - {id: near-bright, name: Near Brightwater, toward: brightwater, reason: A.}
          - {id: with-bright, name: With Brightwater, toward: brightwater, reason: B.}
        rules:
          - {id: crew-a, level: with-ashford, sentence: "It mans boats for {side}.",
            when: {deciding: true, mean: 0.1}, contradicted: near-ashford}
          - {id: crew-b, level: with-bright, sentence: "It mans boats for {side}.",
            when: {deciding: true, mean: 0.1}, contradicted: near-bright}
          - {id: near-b, level: near-bright, sentence: "More was done for {side}.",
            when: {balance: 0.1}}
          - {id: near-a, level: near-ashford, sentence: "More was done for {side}.",
            when: {balance: 0.1}}
          - {id: between, level: between, sentence: Nothing tips the scale.}
        party: One of the two towns
        unknown: Too little is written
        """
    write(folder, "conflict.yaml", dedent(head) + dedent(levels_and_rules))
    for code in ("ashford", "brightwater", "harbour"):
        write(
            folder,
            f"countries/{code}.yaml",
            country(code, code.capitalize(), reviewed="2004-05-01"),
        )
    events = {
        "orchard": event("boats", "1996-05-05", "ashford", deed="crew")
        + event("apples", "1997", "ashford", deed="toll", until="2001-02-03"),
        "meadow": event("hay", "1995-04", "brightwater", deed="letter")
        + event("pier", "1998-07-08", "brightwater", deed="crew")
        + event("moor", "2002-09-10", "ashford", deed="crew"),
        "hillside": event("stones", "1994-01-01", "ashford", deed="visit"),
        "NZ": event("wool", "1999", "brightwater", deed="crew"),
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
            body: harbour
            short: Lamp {number}
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
        deed: visit
        toward: brightwater
        reviewed: 2004-05-01
        sources:
          list: {publisher: Market, title: Stalls, url: "https://example.org/stalls"}
        members:
          - {code: meadow, standing: member, cite: [list], since: 1993}
          - {code: NZ, standing: member, cite: [list], since: 1993}
          - {code: orchard, standing: member, cite: [list], since: 1993}
          - {code: hillside, standing: left, cite: [list], since: 1991, until: 1999}
        """,
    )
    write(
        folder,
        "measures/toll.yaml",
        """\
        id: toll
        name: A toll on Ashford's boats
        deed: toll
        toward: brightwater
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
            subject: [crew]
            because: boats
          - expected: The market will stay with Brightwater.
            toward: brightwater
            strength: stated
            bloc: market
        """,
    )
    return folder
