"""The page of a roll call, and the list of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.answers.document import Answer
from bot.answers.paging import page_count
from bot.answers.roster import PER_PAGE
from bot.answers.screen import size
from bot.answers.texts import Texts
from bot.answers.vote import LINES, RollCall, ballots, roll, roll_calls, searched
from bot.knowledge.documents import Tally, Vote
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS
from bot.names.choose import select
from bot.names.index import NameIndex
from bot.ui import limits


@pytest.fixture
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


def lead(answer: Answer) -> str:
    assert answer.lead
    return answer.lead.text


def test_the_page_of_every_roll_call_names_its_short_name_symbol_text_and_body(
    base: Base, texts: Texts
) -> None:
    for vote in base.votes.values():
        page = roll(RollCall(vote), base, texts)
        assert vote.short
        assert page.title == f"{vote.short} · {vote.symbol}"
        assert vote.body
        said = page.sections[0].lines[0].text
        assert said.startswith(base.conflict.bodies[vote.body].short)
        title = said.removesuffix("…").split(f"{texts.date(vote.date)}: ")[1]
        assert vote.title.startswith(title)


def test_a_roll_call_of_no_body_and_without_a_short_name_has_a_page(
    base: Base, texts: Texts
) -> None:
    bare = replace(base.votes["es-11-1"], body=None, short="")
    page = roll(RollCall(bare), base, texts)
    assert page.title == bare.symbol
    assert page.sections[0].lines[0].text == f"Mar 2, 2022: {bare.title}"


BEGINS = {"adopted": "Adopted: ", "not_adopted": "Not adopted: ", "vetoed": "Vetoed: "}


def test_a_page_begins_with_what_came_of_the_vote(base: Base, texts: Texts) -> None:
    assert {vote.outcome for vote in base.votes.values()} == {None, *BEGINS}
    for vote in base.votes.values():
        said = lead(roll(RollCall(vote), base, texts))
        begins = {each for each, words in BEGINS.items() if said.startswith(words)}
        assert begins == ({vote.outcome} if vote.outcome else set())
        assert f"{vote.tally.yes} yes, {vote.tally.no} no" in said
    es = lead(roll(RollCall(base.votes["es-11-1"]), base, texts))
    assert es.startswith("Adopted: 141 yes, 5 no, 35 abstained, 12 absent.")


def test_a_page_does_not_say_what_came_of_a_vote_where_the_base_does_not(
    base: Base, texts: Texts
) -> None:
    unsaid = replace(base.votes["es-11-1"], outcome=None)
    said = lead(roll(RollCall(unsaid), base, texts))
    assert said.startswith("141 yes, 5 no, 35 abstained, 12 absent.")
    assert "dopted" not in said


ADOPTED = re.compile(r"(A/RES|S/RES|A/HRC/RES)/")


def test_what_came_of_a_vote_agrees_with_the_text_s_symbol_and_the_file_s_note(
    base: Base,
) -> None:
    for vote in base.votes.values():
        note = vote.note or ""
        if ADOPTED.match(vote.symbol):
            assert vote.outcome == "adopted", vote.id
        assert (vote.outcome == "vetoed") == ("vetoed" in note), vote.id
        failed = note.startswith(("Not adopted", "Rejected."))
        assert (vote.outcome == "not_adopted") == failed, vote.id


def known(vote: Vote) -> int:
    return sum(len(vote.roll(ballot)) for ballot in BALLOTS)


def test_partial_roll_calls_say_how_many_votes_are_known_and_complete_ones_do_not(
    base: Base, texts: Texts
) -> None:
    partial = [vote for vote in base.votes.values() if vote.partial]
    assert len(partial) >= 10
    for vote in base.votes.values():
        page = roll(RollCall(vote), base, texts)
        assert ("A partial roll call" in lead(page)) is vote.partial
        if vote.partial:
            assert str(known(vote)) in lead(page).split("A partial roll call: ")[1]
            headings = [section.heading for section in page.sections]
            assert "Who broke with their bloc" not in headings


def test_a_partial_roll_call_with_the_official_count_says_known_of_how_many(
    base: Base, texts: Texts
) -> None:
    some = next(vote for vote in base.votes.values() if vote.partial)
    more = replace(some, tally=Tally(yes=100, no=20, abstain=9, absent=1))
    assert f"{known(some)} of 130 votes known" in lead(
        roll(RollCall(more), base, texts)
    )
    one = replace(some, yes=("BY",), no=(), abstain=(), absent=())
    one = replace(one, tally=Tally(yes=1, no=0, abstain=0, absent=0))
    assert "only 1 vote known" in lead(roll(RollCall(one), base, texts))


def test_the_list_of_roll_calls_has_short_names_and_the_newest_first(
    base: Base, texts: Texts
) -> None:
    listed = roll_calls(base, texts)
    words = dict(listed)
    assert words["es-11-1"] == "Invasion 2022, Mar 2, 2022: 141 yes"
    assert words["iaea-2022-11-17"].endswith("Nov 17, 2022: only 9 votes known")
    days = [base.votes[key].date.first for key, _ in listed]
    assert days == sorted(days, reverse=True)
    assert len(set(words.values())) == len(words) == len(base.votes)
    assert max(len(each) for each in words.values()) <= limits.CHOICE_NAME


def test_every_roll_call_is_found_by_its_key_symbol_short_name_and_words(
    base: Base, texts: Texts
) -> None:
    listed, also = roll_calls(base, texts), searched(base)
    for key, words in listed:
        vote = base.votes[key]
        for typed in (key, words, vote.symbol, vote.short):
            found = select(typed, listed, also)
            assert key in {found.key, *found.near}, typed
    assert select("ES-11/1", listed, also).key == "es-11-1"
    council = select("UN Security Council", listed, also).near
    assert {base.votes[key].body for key in council} == {"unsc"}


def test_every_ballot_of_every_roll_call_stands_once_on_its_pages(
    base: Base, texts: Texts
) -> None:
    for vote in base.votes.values():
        for ballot in BALLOTS:
            shown, opened = RollCall(vote), list[str]()
            count = page_count(len(vote.roll(ballot)), PER_PAGE)
            for number in range(1, count + 1):
                page = ballots(shown, ballot, base, texts, page=number)
                (menu,) = page.menus
                opened += [option.id.split(":")[2] for option in menu.options]
                text = " ".join(line.text for line in page.sections[0].lines)
                assert all(texts.name(code) in text for code in opened[-1:])
            assert sorted(opened) == sorted(vote.roll(ballot)), (vote.id, ballot)


def test_a_page_says_the_roll_calls_before_and_after_it(
    base: Base, texts: Texts
) -> None:
    order = [key for key, _ in reversed(roll_calls(base, texts))]
    for before, key, after in zip(order, order[1:], order[2:], strict=False):
        page = roll(RollCall(base.votes[key]), base, texts)
        ids = [action.id for action in page.actions]
        assert ids[-2:] == [f"roll:{before}::", f"roll:{after}::"]
        assert f"map:vote:{key}::{base.votes[key].date.first}" in ids


def test_the_rarer_of_yes_and_no_is_named_where_it_is_short(
    base: Base, texts: Texts
) -> None:
    for vote in base.votes.values():
        rarer = min(vote.yes, vote.no, key=len)
        page = roll(RollCall(vote), base, texts)
        assert size(page).lines <= LINES
        told = " ".join(line.text for line in page.sections[1].lines)
        if 0 < len(rarer) <= 5:
            assert all(texts.name(code) in told for code in rarer), vote.id
