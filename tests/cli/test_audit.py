"""``ally audit``, and what ``ally check`` says of a base that is in order."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.cli.audit import BEGIN, END
from tests.cli.running import ran
from tests.support.bases import country, event, write

PAGE = f"# A base\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
LISTED = """\
    id: fleets
    name: Fleets
    deed: recognition
    toward: big-end
    reviewed: 2020-06-01
    sources:
      list: {publisher: Gazette, title: Fleets, url: 'https://example.org/fleets'}
    parts:
      - code: LP
        date: 1721-05-01
        detail: It sent one.
        cite: [list]
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "PAGE.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def told_twice(tiny: Path) -> None:
    write(tiny, "measures/fleets.yaml", LISTED)
    events = "events:" + event("fleet", "1721-05-05", "big-end", deed="recognition")
    write(tiny, "countries/laputa.yaml", country("LP", "Laputa", events))


def test_audit_shows_the_base_in_numbers(tiny: Path) -> None:
    shown = ran("audit", str(tiny))
    assert shown.status == 0
    assert re.search(r"^Arms or ammunition {2,}1: 1 plain$", shown.out, re.MULTILINE)
    assert "1 complete, 0 known in part" in shown.out
    assert "Fewer than 3 facts beside votes  4 (" in shown.out


def test_audit_as_json_has_codes_counts_and_days(tiny: Path) -> None:
    found = json.loads(ran("audit", str(tiny), "--json").out)
    assert found["kinds"] == {"state": 4}
    assert found["day"] == "2020-06-01"
    assert found["newest_fact"] == "1722-12-31"
    assert sorted(found["few_facts"]) == ["BL", "BR", "LI", "LP"]
    assert found["found"]["old"] == 4
    assert sum(sum(row["grades"].values()) for row in found["deeds"]) == 2


def test_a_page_is_written_between_its_marks_and_then_is_up_to_date(
    tiny: Path, page: Path
) -> None:
    stale = ran("audit", str(tiny), "--check", str(page))
    assert stale.status == 1
    assert f"ally audit --markdown {page}" in stale.err
    assert page.read_text(encoding="utf-8") == PAGE
    assert ran("audit", str(tiny), "--markdown", str(page)).status == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# A base\n\n{BEGIN}\n\n| ")
    assert text.endswith(f" |\n\n{END}\n\nAfter.\n")
    assert "| Arms or ammunition | 0 | 0 | 1 | 0 | 1 |" in text
    assert ran("audit", str(tiny), "--check", str(page)).status == 0


def test_a_page_is_out_of_date_as_soon_as_the_base_has_one_fact_more(
    tiny: Path, page: Path
) -> None:
    ran("audit", str(tiny), "--markdown", str(page))
    events = "events:" + event("fleet", "1721-05-05", "big-end")
    write(tiny, "countries/brobdingnag.yaml", country("BR", "Brobdingnag", events))
    assert ran("audit", str(tiny), "--check", str(page)).status == 1


def test_a_page_without_marks_is_left_as_it_is(tiny: Path, page: Path) -> None:
    page.write_text("Nothing here.\n", encoding="utf-8")
    refused = ran("audit", str(tiny), "--markdown", str(page))
    assert refused.status == 1
    assert BEGIN in refused.err
    assert page.read_text(encoding="utf-8") == "Nothing here.\n"


def test_audit_of_a_base_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    refused = ran("audit", str(tmp_path))
    assert refused.status != 0
    assert "conflict.yaml" in refused.err


def test_check_warns_of_what_is_to_be_looked_at_again_and_does_not_fail(
    tiny: Path,
) -> None:
    checked = ran("check", str(tiny))
    assert (checked.status, checked.out) == (0, "")
    assert "To look at again: 4 old" in checked.err


def test_strictly_checked_every_finding_is_a_problem_with_its_file_and_line(
    tiny: Path,
) -> None:
    checked = ran("check", str(tiny), "--strict", "--json")
    assert checked.status == 1
    rows = [json.loads(line) for line in checked.out.splitlines()]
    assert {row["rule"] for row in rows} == {"old"}
    (laputa,) = (row for row in rows if row["file"] == "countries/laputa.yaml")
    path = tiny / "countries" / "laputa.yaml"
    lines: list[str] = path.read_text(encoding="utf-8").splitlines()
    assert lines[int(laputa["line"]) - 1].strip() == f"- id: {laputa['path']}"


@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_one_deed_told_twice_is_an_error(tiny: Path, strict: list[str]) -> None:
    told_twice(tiny)
    checked = ran("check", str(tiny), *strict)
    assert checked.status == 1
    assert "countries/laputa.yaml:6: fleet: tells the same deed as" in checked.out
    assert "[told-twice]" in checked.out


def test_stale_lists_the_oldest_review_first_with_its_file(tiny: Path) -> None:
    write(
        tiny,
        "countries/brobdingnag.yaml",
        country("BR", "Brobdingnag", reviewed="2019-01-01"),
    )
    listed = ran("check", str(tiny), "--stale")
    assert listed.status == 0
    rows = listed.out.splitlines()
    assert rows[0].startswith(f"{tiny}/countries/brobdingnag.yaml: reviewed 2019-01-01")
    assert "nothing is told but seats and roll calls" in rows[0]
    assert len(rows) == 4
    assert all("nobody has read it for a year" in row for row in rows)


def test_who_was_read_lately_and_is_in_order_is_not_listed(tiny: Path) -> None:
    events = "events:" + event("fleet", "2026-05-05", "big-end")
    fresh = country("BR", "Brobdingnag", events, reviewed="2026-11-01")
    write(tiny, "countries/brobdingnag.yaml", fresh)
    rows = [
        json.loads(line)
        for line in ran("check", str(tiny), "--stale", "--json").out.splitlines()
    ]
    assert sorted(row["code"] for row in rows) == ["BL", "LI", "LP"]
