"""What is found: within what was asked for, in one server's entries alone, and in a
base of any conflict.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from bot.entries.overlay import overlaid
from bot.entries.records import Entry
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.names.folding import fold
from bot.names.index import NameIndex
from bot.names.regions import within
from bot.names.server_names import ServerNames
from bot.search.find import Indexes
from bot.search.index import Item, items_of, roll_calls_of
from bot.search.question import Question, read_question
from bot.search.sources import Publishers, key_of, resting_on, rests_on
from bot.search.words import stem
from tests.search.test_question import HOSTILE
from tests.support.bases import FOREIGN_TODAY, TODAY
from tests.support.own_events import own_event


@pytest.fixture(scope="module")
def indexes() -> Indexes:
    return Indexes()


def refs(items: tuple[Item, ...]) -> set[str]:
    return {each.what.ref for each in items if isinstance(each.what, Fact)}


def everything(base: Base) -> list[Item]:
    return [*items_of(base, base.countries), *roll_calls_of(base)]


def same(items: Iterable[Item]) -> Counter[str]:
    """Items by what they are; a roll call cannot be counted by itself."""
    return Counter(f"{each.code} {each.what}" for each in items)


def test_no_question_gives_every_fact_and_roll_call_once_newest_first(
    base: Base, indexes: Indexes
) -> None:
    found = indexes.find(Question(), base)
    assert same(found) == same(everything(base))
    days = [each.date.first for each in found]
    assert days == sorted(days, reverse=True)


def questions(base: Base) -> Iterator[Question]:
    words = ("", "sanctions", "aid ukraine")
    for deed in base.conflict.deeds:
        yield Question(deed=deed)
    for side in base.conflict.sides:
        for text in words:
            terms = tuple(text.split())
            yield Question(terms=terms, side=side.id, since=date(2023, 1, 1))
            yield Question(terms=terms, side=side.id, region="002")
            yield Question(terms=terms, until=date(2021, 12, 31), deed="sanctions")


def is_asked_for(item: Item, question: Question) -> bool:
    what = item.what
    return (
        question.side in {"", what.toward}
        and question.deed in {"", item.deed}
        and (not question.region or item.code in within(question.region))
        and (question.since is None or item.date.last >= question.since)
        and (question.until is None or item.date.first <= question.until)
    )


def test_what_is_found_is_of_the_side_kind_region_and_time_that_are_asked_for(
    base: Base, indexes: Indexes
) -> None:
    for question in questions(base):
        found = indexes.find(question, base)
        assert all(is_asked_for(each, question) for each in found), question
        if not question.terms:
            wanted = (i for i in everything(base) if is_asked_for(i, question))
            assert same(found) == same(wanted), question


def test_a_word_is_found_in_every_fact_that_has_it(
    base: Base, indexes: Indexes
) -> None:
    for word in ("oreshnik", "himars", "zuppi", "csto"):
        found = refs(indexes.find(Question(terms=(stem(word),)), base))
        for code in base.countries:
            for event in base.countries[code].events:
                if word in event.claim.casefold():
                    assert event.id in found, (word, event.id)


def test_what_has_only_the_common_words_of_a_question_is_not_found(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    for rare in ("leopard", "oreshnik", "zuppi"):
        question = read_question(f"{rare} ukraine", names, base, TODAY)
        found = indexes.find(question, base)
        assert found
        assert all(rare in str(each.what).casefold() for each in found)


def over(base: Base, guild: int, *entries: Entry) -> Base:
    return overlaid(base, entries, f"{base.revision}+{guild}.1")


def test_a_servers_entries_are_found_in_that_server_alone(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    first = over(base, 1, own_event(1, "BY", "sent-quokkas", "It sent ten quokkas."))
    second = over(base, 2, own_event(1, "AM", "sent-emus", "It sent ten emus."))
    for where, own in (
        (base, set[str]()),
        (first, {"sent-quokkas"}),
        (second, {"sent-emus"}),
    ):
        for word in ("quokkas", "emus"):
            question = read_question(word, ServerNames(names, where), where, TODAY)
            found = refs(indexes.find(question, where))
            assert found == own & {f"sent-{word}"}, (word, own)
    again = over(base, 1)
    assert not indexes.find(Question(terms=("quokka",)), again)


def test_a_servers_entry_takes_the_place_of_what_it_tells_again(
    base: Base, indexes: Indexes
) -> None:
    """An own event that names a list's part is found instead of it, not beside it."""
    measure, part = next(
        (each, part)
        for each in base.measures.values()
        for part in each.parts
        if part.toward is None
        and not each.sums
        and len(each.parts) > 5
        and any(f.ref == f"measure:{each.id}" for f in base.facts(part.code))
    )
    told = own_event(
        1,
        part.code,
        "told-again",
        "It sent quokkas.",
        part_of=measure.id,
        toward=measure.toward,
        day=str(part.date),
    )
    there = over(base, 3, told)
    before = [i for i in indexes.find(Question(), base) if i.code == part.code]
    after = [i for i in indexes.find(Question(), there) if i.code == part.code]
    assert len(after) == len(before)
    assert "told-again" in refs(tuple(after))


def test_every_fact_of_another_conflict_is_found_by_its_own_words(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    indexes = Indexes()
    for typed, code, deed in (
        ("toll", "meadow", "toll"),
        ("crown", "meadow", "toll"),
        ("harbour dues", "meadow", "toll"),
        ("who lent crew", "orchard", "crew"),
        ("crew 1998", "meadow", "crew"),
        ("nz", "NZ", "crew"),
    ):
        question = read_question(typed, lighthouse_names, lighthouse, FOREIGN_TODAY)
        found = indexes.find(question, lighthouse)
        assert any((each.code, each.deed) == (code, deed) for each in found), typed


def test_another_edition_of_the_base_is_indexed_anew(
    base: Base, lighthouse: Base
) -> None:
    indexes = Indexes()
    assert indexes.find(Question(terms=("csto",)), base)
    assert not indexes.find(Question(terms=("csto",)), lighthouse)
    assert indexes.find(Question(terms=("csto",)), base)


def test_a_mistyped_word_is_read_as_the_one_that_is_spelt_nearly_so(
    base: Base, indexes: Indexes
) -> None:
    for typed, meant in (("sanctons", "sanction"), ("diplomts", "diplomat")):
        question = Question(terms=(typed,), words=(typed,))
        assert indexes.respelt(question, base).terms == (meant,)
    for typed in ("xyzzyq", "un", "лукашенко"):
        question = Question(terms=(typed,), words=(typed,))
        assert indexes.respelt(question, base).words == (typed,)
    known = Question(terms=("sanction",), words=("sanctions",))
    assert indexes.respelt(known, base) is known


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_whatever_is_typed_is_answered_soon(
    text: str, base: Base, names: NameIndex, indexes: Indexes
) -> None:
    indexes.find(Question(), base)
    begun = time.process_time()
    question = read_question(text, names, base, TODAY)
    indexes.find(indexes.respelt(question, base), base)
    assert time.process_time() - begun < 1.0


def test_each_publisher_and_host_has_all_that_rests_on_it(base: Base) -> None:
    publishers = Publishers()
    names = publishers.names(base)
    assert len(names) == len(set(names)) > 1000
    items = everything(base)
    for name in names[::97]:
        assert publishers.called(key_of(name), base) == name
        wanted = (i for i in items if any(rests_on(name, s) for s in i.sources))
        assert same(resting_on(name, base)) == same(wanted)
    for key in ("", "no such publisher"):
        with pytest.raises(KeyError):
            publishers.called(key, base)


def test_publishers_are_offered_by_themselves_first_and_often_named_before_others(
    base: Base,
) -> None:
    publishers = Publishers()
    names = publishers.names(base)
    assert publishers.containing("", base) == list(names)
    found = publishers.containing("UN", base)
    assert set(found) == {name for name in names if "un" in fold(name)}
    alone = [bool(re.search(r"\bun\b", fold(name))) for name in found]
    assert alone == sorted(alone, reverse=True)
    assert 3 < alone.count(True) < len(found)
    for which in (True, False):
        these = [
            name
            for name, is_alone in zip(found, alone, strict=True)
            if is_alone is which
        ]
        assert these == sorted(these, key=names.index)


def test_the_publishers_of_a_servers_entries_are_listed_there_alone(base: Base) -> None:
    publishers = Publishers()
    there = over(base, 1, own_event(1, "BY", "sent-quokkas", "It sent ten quokkas."))
    assert "Quokka Post" in publishers.names(there)
    assert "quokka.example.org" in publishers.names(there)
    assert not {"Quokka Post", "quokka.example.org"} & set(publishers.names(base))
    assert refs(tuple(resting_on("Quokka Post", there))) == {"sent-quokkas"}
