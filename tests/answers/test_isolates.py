"""What isolates a text from its neighbours never reaches beyond that text."""

from __future__ import annotations

import pytest

from bot.answers.direction import END, FIRST_STRONG, FROM_THE_RIGHT, closed, isolated

OPEN, SHUT = FIRST_STRONG, END


@pytest.mark.parametrize(
    "text",
    [
        f"{OPEN}name",
        f"name{SHUT}",
        f"{SHUT}name{OPEN}",
        f"{OPEN}{OPEN}name{SHUT}",
        f"{OPEN}name{SHUT}{SHUT}",
        f"{OPEN}name{SHUT}{SHUT}{OPEN}",
    ],
)
def test_isolates_that_do_not_close_each_other_are_taken_out(text: str) -> None:
    assert closed(text) == "name"


@pytest.mark.parametrize(
    "text",
    ["", "name", f"{OPEN}name{SHUT}", f"{OPEN}a {OPEN}name{SHUT}{SHUT}, {OPEN}b{SHUT}"],
)
def test_isolates_one_inside_the_other_are_left_as_they_are(text: str) -> None:
    assert closed(text) == text


def test_what_is_written_from_right_to_left_is_isolated_and_nothing_else() -> None:
    assert isolated("مصر") == f"{FROM_THE_RIGHT}مصر{SHUT}"
    assert isolated("Egypt") == "Egypt"
