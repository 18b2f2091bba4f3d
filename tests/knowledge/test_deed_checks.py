"""What the schema of deeds demands of a conflict and of files that use its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.conflict import MOST_DEEDS
from bot.knowledge.reader import inspect
from tests.support.bases import TODAY, country, write

_SPOKEN = (
    "{reason: Cast by an ousted court., sources: "
    "[{publisher: P, title: T, url: 'https://example.org/a'}]}"
)


def rules(root: Path) -> list[str]:
    _, problems = inspect(root, TODAY)
    return [problem.rule for problem in problems]


def changed(root: Path, name: str, old: str, new: str) -> list[str]:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return rules(root)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("pillar: military", "pillar: marital", "choice"),
        ("at_most: 0.9", "at_most: 0.5", "value"),
        ("share: 0.4", "share: 0.5", "value"),
        ("level: leans-big", "level: leans-bigly", "choice"),
        ("deeds: [sanctions]", "deeds: [sanction]", "choice"),
        ("without: [sanctions-refused]", "without: [sanctions-refuse]", "choice"),
        ("contradicted: leans-big", "contradicted: leans-bag", "choice"),
        ("level: leans-ukraine\n    s", "level: neutral\n    s", "value"),
        ("toward: big-end\n", "toward: little-end\n", "order"),
        ("toward: big-end\n", "toward: big-and\n", "choice"),
        ("sign: -1", "sign: 1", "value"),
        ("  token:\n", "  tocken:\n", "choice"),
        ("    abstain:\n", "    abstains:\n", "choice"),
        ("phrase: lets {side} use", "phrase: lets {sides} use", "value"),
        ("phrase: lets {side} use", "phrase: lets {side use", "value"),
        ("clearly favour {side}", "clearly favour {nobody}", "value"),
    ],
)
def test_each_mistake_in_a_conflict_is_named(
    tiny: Path, old: str, new: str, rule: str
) -> None:
    text = (tiny / "conflict.yaml").read_text(encoding="utf-8")
    for word in ("ally", "leans"):
        text = text.replace(f"{word}-russia", f"{word}-big")
    (tiny / "conflict.yaml").write_text(text, encoding="utf-8")
    assert rules(tiny) == []
    assert rule in changed(tiny, "conflict.yaml", old, new)


def test_the_last_rule_holds_always(tiny: Path) -> None:
    found = changed(
        tiny,
        "conflict.yaml",
        "contradiction:\n",
        "  - {id: more, level: leans-ukraine, sentence: More., when: {balance: 1}}\n"
        "contradiction:\n",
    )
    assert found == ["value"]


SOURCES = "sources: {a: {publisher: G, title: T, url: 'https://example.org/l'}}\n"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("", ""), ""),
        (("deed: arms\n", "deed: alms\n"), "choice"),
        (("cite: [a]", "cite: [a], deed: alms"), "choice"),
        (("part_of: eggs\n", "part_of: legs\n"), "dangling"),
        (("date: 1721", "date: 1699"), "too-old"),
        (("date: 1721", "date: 1699, deed: recognition"), ""),
    ],
)
def test_each_mistake_in_a_measure_is_named(
    tiny: Path, change: tuple[str, str], rule: str
) -> None:
    text = (
        "id: more-eggs\nname: More eggs\ndeed: arms\ntoward: big-end\n"
        f"part_of: eggs\nreviewed: 2020-01-01\n{SOURCES}"
        "parts: [{code: LP, date: 1721, detail: Some., cite: [a]}]\n"
    )
    eggs = text.replace("more-eggs", "eggs").replace("part_of: eggs\n", "")
    write(tiny, "measures/eggs.yaml", eggs)
    write(tiny, "measures/more-eggs.yaml", text.replace(*change))
    assert set(rules(tiny)) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("part_of", "rules_found"),
    [("eggs", []), ("league", []), ("leg", ["dangling"]), ("others", ["dangling"])],
)
def test_an_event_tells_only_a_list_in_which_its_actor_has_a_part(
    tiny: Path, part_of: str, rules_found: list[str]
) -> None:
    for key, code in (("eggs", "LP"), ("others", "BR")):
        write(
            tiny,
            f"measures/{key}.yaml",
            f"id: {key}\nname: Eggs\ndeed: arms\ntoward: big-end\n"
            f"reviewed: 2020-01-01\n{SOURCES}"
            f"parts: [{{code: {code}, date: 1721, detail: Some., cite: [a]}}]\n",
        )
    write(
        tiny,
        "blocs/league.yaml",
        f"id: league\nname: L\ntoward: big-end\nreviewed: 2020-01-01\n{SOURCES}"
        "members: [{code: LP, standing: member, since: 1700, cite: [a]}]\n",
    )
    old, new = "    deed: arms\n", f"    deed: arms\n    part_of: {part_of}\n"
    assert changed(tiny, "countries/laputa.yaml", old, new) == rules_found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("toward: little-end", "toward: little-end\nbody: unga", []),
        ("toward: little-end", "toward: little-end\nbody: egga", ["choice"]),
        ("absent: [BR]", "absent: []", ["tally"]),
        ("absent: [BR]", "absent: []\npartial: true", []),
        ("absent: [BR]", "absent: [BR, LP]\npartial: true", ["duplicate", "tally"]),
        ("absent: [BR]", f"absent: [BR]\nspoken_for: {{BR: {_SPOKEN}}}", []),
        ("absent: [BR]", f"absent: [BR]\nspoken_for: {{XX: {_SPOKEN}}}", ["dangling"]),
        (
            "absent: [BR]",
            "absent: [BR]\nspoken_for: {BR: {reason: None.}}",
            ["missing"],
        ),
    ],
)
def test_a_roll_call_names_its_body_and_is_whole_or_says_that_it_is_not(
    tiny: Path, old: str, new: str, found: list[str]
) -> None:
    assert sorted(changed(tiny, "votes/egg-1.yaml", old, new)) == found


def test_a_forecasts_subject_is_a_kind_of_deed(tiny: Path) -> None:
    for subject, found in (("arms", []), ("armies", ["choice"])):
        write(
            tiny,
            "forecasts/f.yaml",
            "id: f\ndate: 1719-01-01\nsource: {publisher: G, title: T, url: "
            "'https://example.org/f'}\nnamed: [{expected: It will., toward: "
            f"big-end, strength: likely, code: LP, subject: [{subject}]}}]\n",
        )
        assert rules(tiny) == found


@pytest.mark.parametrize(
    ("measure", "figure", "rules_found"),
    [
        ("eggs", "0.5", []),
        ("legs", "0.5", ["dangling"]),
        ("eggs", "-1", ["value"]),
    ],
)
def test_each_mistake_in_a_ranking_is_named(
    tiny: Path, measure: str, figure: str, rules_found: list[str]
) -> None:
    text = (tiny / "conflict.yaml").read_text(encoding="utf-8")
    ranking = f"{{id: aid, name: A, unit: eggs, about: B., measures: [{measure}]}}"
    write(tiny, "conflict.yaml", f"{text}rankings: [{ranking}]\n")
    write(
        tiny,
        "measures/eggs.yaml",
        "id: eggs\nname: Eggs\ndeed: arms\ntoward: big-end\nreviewed: 2020-01-01\n"
        f"{SOURCES}parts: [{{code: LP, date: 1721, detail: Some., cite: [a], "
        f"figure: {figure}}}]\n",
    )
    assert rules(tiny) == rules_found


def told(root: Path) -> list[str]:
    return [str(problem) for problem in inspect(root, TODAY)[1]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points: 0.6", "points: lots", "points: input should be a valid number"),
        ("  sanctions:\n", "  sanction:\n", "'sanctions' is no kind of deed"),
    ],
)
def test_a_mistake_in_the_conflict_is_told_without_what_it_makes_of_other_files(
    tiny: Path, old: str, new: str, said: str
) -> None:
    write(tiny, "countries/laputa.yaml", country("LP", "Laputa") + "colour: red\n")
    changed(tiny, "conflict.yaml", old, new)
    found = told(tiny)
    assert found
    assert all(each.startswith("conflict.yaml:") for each in found)
    assert said in "\n".join(found)


def test_a_code_that_no_file_has_does_not_hide_the_file_that_should_have_it(
    tiny: Path,
) -> None:
    changed(tiny, "countries/blefuscu.yaml", "code: BL", "code: BF")
    named = {each.partition(":")[0] for each in told(tiny)}
    assert "conflict.yaml" in named
    assert named > {"conflict.yaml"}


def test_a_kind_of_deed_too_many_says_why_and_what_to_do_instead(tiny: Path) -> None:
    more = "".join(
        f"  kind-{number}:\n    name: Kind\n    about: What belongs there.\n"
        "    pillar: military\n    points: 0.1\n    at_most: 0.1\n    phrase: acted\n"
        for number in range(MOST_DEEDS)
    )
    changed(tiny, "conflict.yaml", "deeds:\n", f"deeds:\n{more}")
    (found,) = told(tiny)
    assert f"there may be {MOST_DEEDS} kinds of deed, for a menu in Discord" in found
    assert "put two into one" in found
