"""What blocs are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.facts import Base
from bot.names.blocs import bloc_called, blocs_begun
from bot.names.folding import fold
from bot.names.index import NameIndex


def test_every_bloc_is_known_by_every_name_of_its_own(base: Base) -> None:
    for bloc in base.blocs.values():
        for name in (bloc.name, *bloc.aliases):
            for text in (name, name.upper(), f"the {name}", f" {name} "):
                assert bloc_called(text, base) == bloc.id, text


def test_no_name_of_a_bloc_means_an_actor(base: Base, names: NameIndex) -> None:
    for bloc in base.blocs.values():
        for name in (bloc.name, *bloc.aliases):
            assert not names.resolve(name).sure, name
            assert names.exact(name) is None, name


@pytest.mark.parametrize("text", ["cow", "", "the", "nat", "natto", "union", "five"])
def test_what_is_no_name_of_a_bloc_means_none(base: Base, text: str) -> None:
    assert bloc_called(text, base) is None


def test_a_name_of_two_blocs_means_neither(base: Base) -> None:
    blocs = dict(base.blocs)
    for key in ("nato", "eu"):
        blocs[key] = replace(blocs[key], aliases=(*blocs[key].aliases, "The West"))
    both = replace(base, blocs=blocs)
    assert bloc_called("the west", both) is None
    assert bloc_called("nato", both) == "nato"


def test_a_beginning_offers_every_bloc_that_begins_so(
    base: Base,
) -> None:
    for bloc in base.blocs.values():
        for name in (bloc.name, *bloc.aliases):
            assert bloc.id in blocs_begun(fold(name)[:3], base), name
            assert bloc.id in blocs_begun(name, base), name
    assert blocs_begun("", base) == ()
    assert blocs_begun("n", base) == ()
