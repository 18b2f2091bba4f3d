"""``ally changes``: since a day, and between two editions of a base."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import ran
from tests.support.bases import event


@pytest.mark.parametrize("since", ["day", "week", "month", "year", "2024-03", "2022"])
def test_what_changed_is_counted_and_listed(since: str) -> None:
    shown = ran("changes", "--since", since)
    assert shown.status == 0
    assert "What changed since" in shown.out
    told = json.loads(ran("changes", "--since", since, "--json").out)
    assert told["lead"]["text"] in shown.out
    assert bool(told["sections"]) == (told["lead"]["text"] != "Nothing has changed.")


def test_a_list_is_chosen_and_walked() -> None:
    words = ("changes", "--since", "year", "--bloc", "brics", "--view", "facts")
    first, second = ran(*words), ran(*words, "--page", "2")
    assert "Page 1 of" in first.out
    assert "Page 2 of" in second.out
    assert first.out != second.out


def test_since_today_is_since_the_day_before() -> None:
    for words in (("changes",), ("where",)):
        today = ran(*words, "--since", "today")
        assert today.status == 0
        assert today.out == ran(*words, "--since", "yesterday").out
    found = ran("search", "putin", "--since", "today")
    assert "in the future" not in found.out + found.err


@pytest.mark.parametrize("since", ["tomorrow", "2031", "yesterdayish", "1999"])
def test_a_day_that_cannot_be_is_refused(since: str) -> None:
    shown = ran("changes", "--since", since)
    assert shown.status == 2
    assert not shown.out


def test_two_editions_are_compared_and_a_folder_without_a_base_is_refused(
    tiny: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(tiny, newer)
    laputa = newer / "countries" / "laputa.yaml"
    text = laputa.read_text("utf-8") + event("kites", "1722-06-06", "little-end")
    laputa.write_text(text, encoding="utf-8")
    words = ("--data", str(newer), "changes", "--base", str(tiny))
    shown = ran(*words)
    assert shown.status == 0, shown.err
    assert "Facts added" in shown.out
    assert "kites" in shown.out
    told = json.loads(ran(*words, "--json").out)
    assert [row["ref"] for row in told["facts"]["added"]] == ["kites"]
    assert told["facts"]["changed"] == told["facts"]["gone"] == []
    assert ran("changes", "--base", str(tmp_path / "nowhere")).status != 0
