"""A server's own names over the base's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.entries.overlay import overlaid
from bot.entries.records import Body, Entry, EntryKind
from bot.knowledge.facts import Base
from bot.names.index import Actor, NameIndex
from bot.names.server_names import ServerNames

LANDONIA: Body = {
    "kind": "breakaway",
    "names": {"short": "Landonia"},
    "reviewed": "2024",
    "aliases": ["Landy", "Ruri"],
}


def entry(number: int, kind: EntryKind, subject: str, body: Body) -> Entry:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Entry(number, kind, subject, body, "published", 1, 1, at)


@pytest.fixture
def server_names(base: Base, names: NameIndex) -> ServerNames:
    """Those of a server with an actor, a name for Cuba, and one that Belarus has."""
    entries = [
        entry(1, "actor", "landonia", LANDONIA),
        entry(2, "alias", "CU", {"alias": "Cigar isle"}),
        entry(3, "alias", "CU", {"alias": "Belarus"}),
    ]
    return ServerNames(names, overlaid(base, entries, "x"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Landonia", "landonia"),
        ("LANDY", "landonia"),
        ("cigar isle", "CU"),
        ("land", "landonia"),
        ("isle", "CU"),
        ("landonya", "landonia"),
        ("Cuba", "CU"),
        ("Белоруссия", "BY"),
        ("belarus", "BY"),
    ],
)
def test_what_a_server_calls_an_actor_is_understood_and_takes_no_name_away(
    server_names: ServerNames, typed: str, code: str
) -> None:
    resolution = server_names.resolve(typed)
    assert (resolution.query, resolution.matches) == (typed, (code,))
    assert resolution.sure


def test_few_letters_of_a_name_are_asked_about(server_names: ServerNames) -> None:
    resolution = server_names.resolve("lan")
    assert (resolution.matches, resolution.sure) == (("landonia",), False)


def test_a_name_that_is_spelt_otherwise_is_offered_from_four_letters_on(
    server_names: ServerNames,
) -> None:
    assert server_names.suggest("lndy") == ("landonia",)
    assert "landonia" not in server_names.suggest("rri")


def test_the_servers_own_come_first_once_something_is_typed_and_else_last(
    server_names: ServerNames, names: NameIndex
) -> None:
    typed = server_names.suggest("lan")
    assert typed[0] == "landonia"
    assert set(typed[1:]) <= set(names.suggest("lan"))
    # The base's own fill a box in which nothing is typed, if there are enough of them.
    assert server_names.suggest("") == names.suggest("")


def test_in_a_small_base_the_servers_own_come_last_where_nothing_is_typed(
    base: Base,
) -> None:
    few = NameIndex([Actor("BY", "Belarus"), Actor("CU", "Cuba")], first=["CU", "BY"])
    entries = [entry(1, "actor", "landonia", LANDONIA)]
    server_names = ServerNames(few, overlaid(base, entries, "x"))
    assert server_names.suggest("") == ("CU", "BY", "landonia")
