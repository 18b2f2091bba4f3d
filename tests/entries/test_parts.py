from __future__ import annotations

import pytest

from bot.entries.parts import parts_of


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_document_knows_the_lines_before_it(line_end: str) -> None:
    text = line_end.join(
        ["# head", "a: 1", "---", "", "---  # x", "b: 2", "--- {c: 3}"]
    )
    parts = parts_of(text, 10)
    assert [part.before for part in parts] == [0, 4, 6]
    assert [part.text.split()[-2:] for part in parts] == [
        ["a:", "1"],
        ["b:", "2"],
        ["{c:", "3}"],
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "# x\n   # y", "---\n---\n# z\n---"])
def test_a_file_that_says_nothing_has_no_documents(text: str) -> None:
    assert parts_of(text, 10) == []


def test_a_line_that_only_begins_like_a_marker_cuts_nothing() -> None:
    assert len(parts_of("a: 1\n----\n---x\n ---\n", 10)) == 1


def test_no_more_is_cut_than_tells_that_there_are_too_many() -> None:
    assert len(parts_of("a: 1\n---\n" * 50, 10)) == 11
