"""Comparisons against hand counts, courses and blocs on a tiny base."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.alignment.cohesion import division, members
from bot.alignment.comparison import agreement, ties
from bot.alignment.forecasts import claims
from bot.alignment.over_time import moved
from bot.answers.compare import agreed, comparison
from bot.answers.texts import Texts
from bot.answers.where import levels_of
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.knowledge.text import length
from bot.names.index import NameIndex
from bot.ui import limits
from bot.ui.render import texts_of
from tests.support.bases import TODAY, write
from tests.support.egg_conflict import BIG, LITTLE, egg_base, measure


@pytest.mark.parametrize(
    ("first", "second"), [("BY", "AM"), ("HU", "SK"), ("KZ", "UZ")]
)
def test_agreement_is_what_a_hand_count_of_the_rolls_gives(
    base: Base, first: str, second: str
) -> None:
    shared = same = 0
    opposed: set[str] = set()
    for vote in base.votes.values():
        if vote.partial:
            continue
        cast = {
            code: next(
                (b for b in ("yes", "no", "abstain") if code in vote.roll(b)), None
            )  # type: ignore[arg-type]
            for code in (first, second)
        }
        if cast[first] and cast[second]:
            shared += 1
            same += cast[first] == cast[second]
            if set(cast.values()) == {"yes", "no"}:
                opposed.add(vote.id)
    found = agreement(first, second, base, on=TODAY)
    assert (found.shared, found.same) == (shared, same)
    assert {p.vote.id for p in found.parted if p.opposed} == opposed
    assert [p.opposed for p in found.parted] == sorted(
        (p.opposed for p in found.parted), reverse=True
    )


def test_two_pairs_were_counted_by_hand(base: Base) -> None:
    # Read off the two columns of ballots, row by row, on 23 November 2026. Belarus and
    # Armenia: no and no in the eleven rolls to A/RES/76/179, then no against an
    # abstention or a yes in fourteen, and one empty chair (ES-11/3).
    whole = {k: v for k, v in base.votes.items() if v.body == "unga" and not v.partial}
    assembly = replace(base, votes=whole)
    found = agreement("BY", "AM", assembly, on=TODAY)
    assert (found.shared, found.same) == (25, 11)
    # Hungary and Slovakia: yes and yes in 26 rolls but for ES-11/7, ES-11/8 and
    # A/RES/80/111.
    found = agreement("HU", "SK", assembly, on=TODAY)
    assert (found.shared, found.same) == (26, 23)
    assert {p.vote.symbol for p in found.parted} == {
        "A/RES/ES-11/7",
        "A/RES/ES-11/8",
        "A/RES/80/111",
    }


def test_agreement_is_counted_in_each_body_in_which_both_voted(base: Base) -> None:
    codes = list(base.countries)[::7]
    for first, second in pairwise(codes):
        found = agreement(first, second, base, on=TODAY)
        assert sum(each.shared for each in found.bodies) == found.shared
        assert sum(each.same for each in found.bodies) == found.same
        for each in found.bodies:
            of_body = {k: v for k, v in base.votes.items() if v.body == each.body}
            alone = agreement(first, second, replace(base, votes=of_body), on=TODAY)
            assert (alone.shared, alone.same) == (each.shared, each.same)
    # China and the United States sit in the Assembly and in the Council.
    both = agreement("CN", "US", base, on=TODAY)
    assert {"unga", "unsc"} <= {each.body for each in both.bodies}


def test_a_roll_call_is_shared_from_its_own_day_on(base: Base) -> None:
    for vote in base.votes.values():
        if vote.partial or {"PL", "DE"} & vote.spoken_for.keys():
            continue
        if not {"PL", "DE"} <= {*vote.yes, *vote.no, *vote.abstain}:
            continue
        alone = replace(base, votes={vote.id: vote})
        day = vote.date.first
        assert agreement("PL", "DE", alone, on=day).shared == 1
        assert agreement("PL", "DE", alone, on=day - timedelta(days=1)).shared == 0


def test_agreement_says_how_often_of_how_many(base: Base, names: NameIndex) -> None:
    texts = Texts("en", names.display)
    found = agreement("BY", "AM", base, on=TODAY)
    assert f"{found.same} of {found.shared} " in agreed(found, texts)
    none = agreement("BY", "AM", replace(base, votes={}), on=TODAY)
    assert not re.search(r"\d", agreed(none, texts))


def test_a_comparison_says_with_its_sources_in_which_bodies(
    base: Base, names: NameIndex
) -> None:
    texts = Texts("en", names.display)
    some = comparison(["CN", "US"], base, texts, on=TODAY).remarks[-1].text
    for body in ("UN General Assembly", "UN Security Council"):
        assert re.search(rf"{body} \d+ of \d+", some)
    bare = replace(base, conflict=replace(base.conflict, bodies={}))
    nobody = comparison(["CN", "US"], bare, texts, on=TODAY).remarks
    assert "UN" not in nobody[-1].text
    # Of one body the line above has said as much.
    one = comparison(["BY", "AM"], base, texts, on=TODAY).remarks
    assert "UN General Assembly" not in one[-1].text


def test_agreement_is_symmetric_and_counts_no_empty_chair(base: Base) -> None:
    one, other = (
        agreement("UZ", "VE", base, on=TODAY),
        agreement("VE", "UZ", base, on=TODAY),
    )
    assert (one.shared, one.same) == (other.shared, other.same)
    absent = sum("UZ" in v.absent or "VE" in v.absent for v in base.votes.values())
    assert 0 < one.shared <= len(base.votes) - absent


def test_ties_are_shared_only_on_one_side_and_while_they_hold(base: Base) -> None:
    found = ties(("BY", "AM"), base, on=TODAY)
    assert "bloc:eaeu" in {next(iter(t.values())).ref for t in found.shared}
    partial = {next(iter(t.values())).ref: set(t) for t in found.partial}
    # Armenia froze its part in the CSTO in 2024: the bloc is Belarus's alone then, and
    # both's before.
    assert partial["bloc:csto"] == {"BY"}
    before = ties(("BY", "AM"), base, on=date(2022, 1, 1))
    assert "bloc:csto" in {next(iter(t.values())).ref for t in before.shared}


def test_who_moved_has_the_fact_that_moved_them_and_the_newest_first(
    base: Base,
) -> None:
    found = moved(base, since=date(2022, 2, 23), on=TODAY, codes=base.countries)
    assert [move.on for move in found] == sorted(
        (move.on for move in found), reverse=True
    )
    assert all(move.before != move.after for move in found)
    armenia = next(move for move in found if move.code == "AM")
    assert (armenia.before, armenia.after) == ("ally-russia", "neutral")
    assert armenia.cause.told is not None


def test_a_bloc_has_a_line_from_two_thirds_and_rebels_are_those_beside_it(
    tiny: Path,
) -> None:
    seats = "".join(
        f"  - {{code: {code}, standing: member, since: 1701, cite: [a]}}\n"
        for code in ("BL", "LI", "LP", "BR")
    )
    write(
        tiny,
        "blocs/egg-league.yaml",
        "id: egg-league\nname: Egg League\ntoward: neutral\n"
        "reviewed: 2020-01-01\nsources: {a: {publisher: G, title: "
        "T, url: 'https://example.org/l'}}\n"
        f"members:\n{seats}",
    )
    found = read_base(tiny, TODAY)
    split = division(found.blocs["egg-league"], found.votes["egg-1"])
    assert split is not None
    assert (split.cast, split.line, split.rebels) == (3, None, ())
    assert len(members(found.blocs["egg-league"], on=TODAY)) == 4


def test_the_articles_seven_are_scored(base: Base) -> None:
    article = base.forecasts["express-2022-01-26"]
    found = claims(article, base, on=date(2022, 12, 31))
    outcomes = {claim.codes[0]: claim.scored.outcome for claim in found}
    assert len(found) == len(article.named)
    assert outcomes["BY"] == outcomes["donetsk-pr"] == outcomes["luhansk-pr"] == "hit"
    # They lean to the side that was named, and did not do what was foretold.
    assert outcomes["AM"] == outcomes["KG"] == outcomes["TJ"] == "half"
    assert outcomes["US"] == outcomes["GB"] == "hit"
    now = claims(article, base, on=TODAY)
    assert {c.codes[0]: c.scored.outcome for c in now}["AM"] == "miss"


def test_a_side_is_its_two_levels(base: Base) -> None:
    assert levels_of("russia", base) == ("ally-russia", "leans-russia")
    assert levels_of("ukraine", base) == ("leans-ukraine", "ally-ukraine")
    with pytest.raises(KeyError):
        levels_of("mars", base)


@pytest.mark.parametrize(
    "codes",
    [
        ["BY", "AM"],
        ["US", "GB", "FR", "DE"],
        ["BY", "RU", "UA"],
        ["TV", "VA", "donetsk-pr"],
    ],
)
def test_a_comparison_fits_one_message(
    base: Base, names: NameIndex, codes: list[str]
) -> None:
    for locale in ("en", "hu", "ru"):
        answer = comparison(codes, base, Texts(locale, names.display), on=TODAY)
        blocks = texts_of(answer)
        assert sum(map(length, blocks)) <= limits.TEXT_TOTAL
        assert not blocks[-1].endswith("…")
        assert answer.notes[0].split()[0] in blocks[-1]


@pytest.mark.parametrize("other", [BIG, LITTLE])
def test_parts_of_one_list_for_different_sides_are_no_tie(other: str) -> None:
    parts = (
        {"code": "LP", "date": "1721"},
        {"code": "BR", "date": "1721", "toward": other},
    )
    made = egg_base(measures=[measure("guests", "toast", *parts, toward=BIG)])
    found = ties(("LP", "BR"), made, on=date(1722, 6, 1))
    assert len(found.shared) == (other == BIG)
    assert len(found.partial) == (0 if other == BIG else 2)
