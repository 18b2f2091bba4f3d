"""What docs/versions.md promises: what 0.2.0 had is still there, by the same name.

A name may leave one of these lists when the changelog has announced its removal in an
earlier minor version; a key of the JSON when ``version`` goes up.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

Row = dict[str, Any]

KEYS_OF_JSON_1 = {
    "": "version code name on level level_name score confidence summary pillars votes"
    " facts forecasts citations reviewed revision",
    "votes": "yes no abstain absent",
    "facts": "ref kind pillar toward date until text points citations",
    "forecasts": "id date expected toward strength outcome because citations",
    "citations": "number publisher title url published official weak",
}
KEYS_OF_PAGE_JSON_1 = {
    "": "version title level on lead sections citations notes revision",
    "sections": "heading lines",
    "lines": "label bar side text citations",
}
VERBS = (
    "ask compare where bloc vote forecast timeline map find check fmt schema demo "
    "backup restore doctor run serve --help --version --data"
).split()
SETTINGS = (
    "DISCORD_TOKEN ALLY_DATA ALLY_GUILD ALLY_STATE ALLY_RELOAD_SECONDS ALLY_LOG_FORMAT"
    " ALLY_LOG_LEVEL ALLY_DATABASE_URL ALLY_ENTRIES_PER_SERVER ALLY_SUGGESTIONS_PER_DAY"
    " ALLY_SHARDS ALLY_HTTP_HOST ALLY_HTTP_PORT ALLY_PUBLIC_KEY ALLY_MONITOR_HOST"
    " ALLY_MONITOR_PORT ALLY_PUSH_URL ALLY_READ_PAGES"
).split()


def ally(*words: str) -> str:
    command = [sys.executable, "-m", "bot", *words]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def printed() -> Row:
    return json.loads(ally("ask", "--json", "belarus"))


def keys_at(place: str, printed: Row) -> set[str]:
    """The keys of the object itself, or of what stands under one of its keys."""
    if not place:
        return set(printed)
    under: Row | list[Row] = printed[place]
    return set(under[0] if isinstance(under, list) else under)


@pytest.mark.parametrize("place", KEYS_OF_JSON_1)
def test_every_key_of_json_version_1_is_printed(place: str, printed: Row) -> None:
    assert printed["version"] == 2
    assert set(KEYS_OF_JSON_1[place].split()) <= keys_at(place, printed)


@pytest.mark.parametrize("place", KEYS_OF_JSON_1)
def test_every_key_that_is_printed_is_described(place: str, printed: Row) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]
    if place:
        cells = [row[2] for row in rows if f"`{place}`" in row[1]]
    else:
        cells = [row[1] for row in rows]
    assert keys_at(place, printed) <= set(re.findall(r"`(\w+)`", " ".join(cells)))


@pytest.mark.parametrize("place", KEYS_OF_PAGE_JSON_1)
def test_every_key_of_a_page_is_printed_and_described(place: str) -> None:
    page: Row = json.loads(ally("compare", "--json", "brazil", "india"))
    section = page["sections"][0]
    holders: Row = {"": page, "sections": section, "lines": section["lines"][0]}
    keys = set[str](holders[place])
    described = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert page["version"] == 1
    assert set(KEYS_OF_PAGE_JSON_1[place].split()) <= keys
    assert keys <= set(re.findall(r"`(\w+)`", described.split("## Pages")[1]))


@pytest.mark.parametrize(
    "words", [("search", "expelled", "diplomats"), ("source", "TASS"), ("quiz",)]
)
def test_search_source_and_quiz_print_a_page_as_it_is_described(
    words: tuple[str, ...],
) -> None:
    page: Row = json.loads(ally(*words, "--json"))
    described = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert f"| `ally {words[0]} --json` |" in described
    holders = {"": page, "sections": page["sections"][0]}
    holders["lines"] = page["sections"][-1]["lines"][0]
    for place, keys in KEYS_OF_PAGE_JSON_1.items():
        assert set(keys.split()) <= set(holders[place])
    assert set(page) <= set(re.findall(r"`(\w+)`", described.split("## Pages")[1]))


def test_a_quiz_of_a_program_has_four_choices_and_with_answers_what_is_right() -> None:
    question, answer = map(json.loads, ally("quiz", "--json", "--answers").splitlines())
    labels = [each["label"] for each in question["sections"][-1]["lines"]]
    assert labels == list("ABCD")
    assert answer["citations"]
    assert not question["citations"], "nothing tells the answer"


def test_a_source_says_its_grade_whom_it_is_about_and_its_pages() -> None:
    page: Row = json.loads(ally("source", "--json", "TASS"))
    head = [each["label"] for each in page["sections"][0]["lines"]]
    assert head == ["Grade:", "About:", "Pages at:"]
    assert all(each["citations"] for each in page["sections"][1]["lines"])


def test_every_verb_and_common_option_of_0_2_0_is_still_one() -> None:
    listed = re.findall(r"^[ │|]+(?:-h, )?(-*[a-z]+) ", ally("--help"), re.MULTILINE)
    assert set(VERBS) <= set(listed)


def test_every_setting_of_0_2_0_is_still_one() -> None:
    """Another test holds this file to what the program reads."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(SETTINGS) <= set(re.findall(r"^(\w+)=", example, re.MULTILINE))
