from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.checks import MOST_GUESSES
from bot.knowledge.problems import BaseInvalidError, Problem, as_github, as_json
from bot.knowledge.reader import MOST_PROBLEMS, inspect, read_base
from tests.support.bases import TODAY, country, event, write


def problems(root: Path, today: date = TODAY) -> list[Problem]:
    base, found = inspect(root, today)
    assert base is None
    return found


def rules(root: Path) -> set[str]:
    return {problem.rule for problem in problems(root)}


def test_a_right_base_has_no_problems(tiny: Path) -> None:
    base, found = inspect(tiny, TODAY)
    assert found == []
    assert base
    assert set(base.countries) == {"LI", "BL", "LP", "BR"}


def test_every_problem_of_every_file_is_found_at_once_with_its_line(tiny: Path) -> None:
    write(
        tiny,
        "countries/laputa.yaml",
        country("LP", "Laputa", "events:" + event("a", "1721-05-05", "nuetral")),
    )
    write(tiny, "countries/extra.yaml", country("EX", "Extra") + "alliases: [x]\n")
    text = (tiny / "votes/egg-1.yaml").read_text(encoding="utf-8")
    (tiny / "votes/egg-1.yaml").write_text(
        text.replace("no: 1", "no: 2"), encoding="utf-8"
    )
    found = problems(tiny)
    assert {(p.file, p.rule) for p in found} == {
        ("countries/laputa.yaml", "toward"),
        ("countries/extra.yaml", "unknown-key"),
        ("votes/egg-1.yaml", "tally"),
    }
    by_rule = {p.rule: p for p in found}
    assert by_rule["toward"].hint == "did you mean `neutral`?"
    assert by_rule["toward"].line == 8
    assert by_rule["unknown-key"].hint == "did you mean `aliases`?"
    assert by_rule["unknown-key"].line == 5


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("date: 1721-05-05", "date: 1721-02-30"), "value"),
        (("date: 1721-05-05", "date: 2999"), "future"),
        (("date: 1721-05-05", "date: 1721-05-05\n    until: 1720"), "order"),
        (("deed: arms", "deed: alms"), "choice"),
        (("deed: arms", "deed: arms\n    scale: huge"), "choice"),
        (("deed: arms", "deed: arms\n    part_of: eggs-list"), "dangling"),
        (("date: 1721-05-05", "date: 1699-12-31"), "too-old"),
        (("deed: arms", "pillar: military"), "first-edition"),
        (("https://example.org/fleet", "javascript:alert(1)"), "value"),
        (("https://example.org/fleet", "https://user@example.org"), "value"),
        (("claim: Something happened (fleet).", "claim: ''"), "value"),
        (("claim: Something happened (fleet).", 'claim: "\\u202Ehidden"'), "value"),
        (("id: eggs", "id: fleet"), "duplicate"),
        (("code: LP", "code: LI"), "duplicate"),
        (("reviewed: 2020-06-01\n", ""), "missing"),
        (
            (
                (
                    "[{publisher: Gazette, title: fleet, url: "
                    "'https://example.org/fleet'}]"
                ),
                "[]",
            ),
            "no-citation",
        ),
        (("kind: state", "kind: state\nsummary: It leans."), "no-citation"),
        (("reviewed:", "ballots_since: 1721-05-06\nreviewed:"), "no-event"),
        (("reviewed:", "ballots_since: 1721\nreviewed:"), "no-event"),
        (("kind: state", "kind: state\nkind: state"), "yaml"),
        (("date: 1721-05-05", f"date: {'9' * 5000}"), "yaml"),
        (("date: 1721-05-05", f"date: '{'9' * 5000}'"), "value"),
        (("kind: state", f"kind: {'9' * 5000}"), "yaml"),
        (("code: LP", f"code: '{'9' * 5000}'"), "value"),
        (("https://example.org/fleet", "https://discord.com/Invite/x"), "value"),
        (("https://example.org/fleet", "http://192.168.0.1/x"), "value"),
    ],
)
def test_each_mistake_is_named(tiny: Path, change: tuple[str, str], rule: str) -> None:
    path = tiny / "countries/laputa.yaml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    assert rule in rules(tiny)


def test_ballots_may_end_on_a_day_on_which_an_event_begins(tiny: Path) -> None:
    path = tiny / "countries/laputa.yaml"
    text = path.read_text(encoding="utf-8")
    since = "ballots_since: 1721-05-05\nreviewed:"
    path.write_text(text.replace("reviewed:", since), encoding="utf-8")
    _, found = inspect(tiny, TODAY)
    assert found == []


def test_a_roll_with_an_unknown_code_or_a_code_twice_is_refused(tiny: Path) -> None:
    path = tiny / "votes/egg-1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("no: [LI]", "no: [XX]"),
        encoding="utf-8",
    )
    assert "dangling" in rules(tiny)
    path.write_text(
        path.read_text(encoding="utf-8").replace("no: [XX]", "no: [BL]"),
        encoding="utf-8",
    )
    assert "duplicate" in rules(tiny)


def test_a_folder_without_a_conflict_is_no_base(tmp_path: Path) -> None:
    with pytest.raises(BaseInvalidError) as caught:
        read_base(tmp_path, TODAY)
    assert "conflict.yaml" in {p.file for p in caught.value.problems}


def test_problems_are_written_for_github_and_for_programs() -> None:
    problem = Problem("a,b.yaml", 3, "x", "value", "100% wrong\nhere")
    assert (
        as_github(problem)
        == "::error file=a%2Cb.yaml,line=3,title=value::x: 100%25 wrong%0Ahere"
    )
    assert json.loads(as_json([problem]))["line"] == 3


def test_a_file_of_mistakes_is_told_of_in_part_and_says_how_many_more(
    tiny: Path,
) -> None:
    keys = "".join(f"k{n}: 1\n" for n in range(MOST_PROBLEMS + 5))
    write(tiny, "countries/extra.yaml", country("EX", "Extra") + keys)
    found = [p for p in problems(tiny) if p.file == "countries/extra.yaml"]
    assert len(found) == MOST_PROBLEMS + 1
    assert [p.message for p in found if p.rule == "more"] == [
        "5 more problems in this document"
    ]


def test_no_message_repeats_more_of_a_word_than_a_line_holds(tiny: Path) -> None:
    long = "x" * 5000
    text = country("EX", "Extra").replace("kind: state", f"kind: {long}")
    write(tiny, "countries/extra.yaml", f"{text}{long}: 1\n")
    for problem in problems(tiny):
        assert len(str(problem)) < 400


def test_a_file_of_mistyped_facts_gets_some_guesses_and_not_one_for_each(
    tiny: Path,
) -> None:
    facts = "".join(f"- vote:egg-{n}x\n" for n in range(MOST_GUESSES + 50))
    text = country("EX", "Extra", f"summary: It leans.\nsummary_facts:\n{facts}")
    write(tiny, "countries/extra.yaml", text)
    hints = [problem.hint for problem in problems(tiny)]
    assert len(hints) == MOST_GUESSES + 50
    assert sum(map(bool, hints)) == MOST_GUESSES


def test_a_problem_is_one_line_whatever_a_key_holds() -> None:
    problem = Problem("a.yaml", 3, "k\n::warning::x", "unknown-key", "key `k\u2028::x`")
    assert len(str(problem).splitlines()) == 1


@pytest.mark.parametrize(
    "sign", ["\x9b", "\ufffe", "\u061c", "\u3164", "\U000e0041", "\ufe00"]
)
def test_no_text_holds_a_control_or_an_invisible_sign(tiny: Path, sign: str) -> None:
    escaped = sign.encode("unicode_escape").decode()
    text = country("EX", f"Ex{sign}tra").replace(sign, escaped)
    text = text.replace(f"Ex{escaped}tra", f'"Ex{escaped}tra"')
    write(tiny, "countries/extra.yaml", text)
    said = " ".join(str(each) for each in problems(tiny))
    assert "control characters" in said or "invisible" in said


def test_what_scripts_and_emoji_need_is_no_invisible_sign(tiny: Path) -> None:
    name = "\u0645\u200c\u06cc \u2708\ufe0f"
    write(tiny, "countries/extra.yaml", country("EX", name))
    assert read_base(tiny, TODAY).countries["EX"].names.short == name
