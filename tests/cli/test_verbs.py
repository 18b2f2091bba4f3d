from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.running import main
from tests.support.bases import DATA, country, event, write


def test_ask_answers_and_cites(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "belarus"]) == 0
    out = capsys.readouterr().out
    assert "Belarus · Ally of Russia" in out
    assert "[1]" in out
    assert "https://" in out


def test_ask_takes_several_names_and_a_name_of_several_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--json", "south", "africa"]) == 0
    assert main(["ask", "--json", "cuba", "armenia"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["code"] for row in rows] == ["ZA", "CU", "AM"]


def test_ask_all_answers_for_every_actor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--all", "--json", "--on", "2022-03-02"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == len(list((DATA / "countries").glob("*.yaml"))) >= 202
    assert {row["on"] for row in rows} == {"2022-03-02"}


def test_a_name_not_found_goes_to_stderr_with_suggestions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "korea"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "KR" in captured.err


@pytest.mark.parametrize(
    ("when", "on"),
    [
        ("2022", "2022-12-31"),
        ("2022-02", "2022-02-28"),
        ("2026", "2026-11-26"),
        ("вчора", "2026-11-25"),
        ("24.02.2022", "2022-02-24"),
    ],
)
def test_a_month_or_year_is_answered_for_its_last_day_that_is_past(
    capsys: pytest.CaptureFixture[str], when: str, on: str
) -> None:
    assert main(["ask", "cuba", "--json", "--on", when]) == 0
    assert json.loads(capsys.readouterr().out)["on"] == on


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("tomorrow", "20 February 2014"),
        ("2022-02-30", "20 February 2014"),
        ("2999", "in the future"),
        ("1999", "begins on Feb 20, 2014"),
        ("02/03/2022", "February 3, 2022: write 2022-02-03"),
    ],
)
@pytest.mark.parametrize("verb", ["ask", "timeline"])
def test_a_day_that_cannot_be_asked_about_is_told_why(
    capsys: pytest.CaptureFixture[str], verb: str, when: str, says: str
) -> None:
    assert main([verb, "cuba", "--on", when]) == 2
    assert says in capsys.readouterr().err


def test_find_reads_names_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("drc\nkorea\n"))
    assert main(["find", "--json", "-"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == {"query": "drc", "matches": ["CD"], "sure": True}
    assert rows[1] == {"query": "korea", "matches": ["KR", "KP"], "sure": False}


def test_check_tells_all_problems_and_fails(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tiny)]) == 0
    write(
        tiny,
        "countries/laputa.yaml",
        country("LP", "Laputa", "events:" + event("a", "1721", "nuetral")),
    )
    assert main(["check", str(tiny)]) == 1
    assert "countries/laputa.yaml:8" in capsys.readouterr().out
    assert main(["check", str(tiny), "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=")
    assert main(["check", str(tiny), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["rule"] == "toward"


def test_fmt_writes_the_canonical_form_once(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fmt", str(tiny), "--check"]) == 1
    assert main(["fmt", str(tiny)]) == 0
    assert main(["check", str(tiny)]) == 0
    capsys.readouterr()
    assert main(["fmt", str(tiny)]) == 0
    assert capsys.readouterr().out == ""


def test_fmt_does_not_drop_a_comment(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tiny / "countries/laputa.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# why\n", encoding="utf-8")
    assert main(["fmt", str(tiny)]) == 1
    assert "# why" in path.read_text(encoding="utf-8")
    assert "comment" in capsys.readouterr().err


def test_run_without_a_token_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    assert main(["run"]) == 78
    assert "DISCORD_TOKEN" in capsys.readouterr().err


def test_wrong_settings_are_reported_together_and_no_secret_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", "hunter2 secret")
    monkeypatch.setenv("ALLY_LOG_FORMAT", "xml")
    monkeypatch.setenv("ALLY_DATA", str(tmp_path))
    assert main(["run"]) == 78
    err = capsys.readouterr().err
    assert all(
        name in err for name in ("DISCORD_TOKEN", "ALLY_LOG_FORMAT", "ALLY_DATA")
    )
    assert "hunter2" not in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["compare", "belarus", "armenia"],
            "alike in 11 of 25 shared roll calls",
        ),
        (["where", "ally-russia", "--region", "europe"], "3 of 48 actors"),
        (["where", "--since", "2022-02-23", "--bloc", "csto"], "Who changed since"),
        (["bloc", "csto"], "of the ballots alike"),
        (["vote", "ES-11/1", "--bloc", "brics"], "BRICS"),
        (["forecast"], "Seven key countries"),
        (["timeline", "south", "africa"], "South Africa"),
        (["map", "ES-11/1"], "Yes: 141"),
        (["map", "--region", "Central Asia"], "Central Asia"),
    ],
)
def test_every_page_is_in_the_terminal_too(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert main(words) == 0
    assert says in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("words", "says", "status"),
    [
        (["compare", "belarus"], "two to 4 different", 2),
        (["compare", "belarus", "korea"], "Did you mean", 1),
        (["where", "mars"], "none of the sides", 1),
        (["where", "--region", "atlantis"], "none of the regions", 1),
        (["bloc", "warsaw"], "none of the blocs", 1),
        (["bloc", "bricks"], "choose one from the list.\n  brics", 1),
        (["vote", "human rights"], "none of the roll calls", 1),
        (["map", "--on", "2999"], "in the future", 2),
        (["timeline", "xyzzyx"], "no country I know", 1),
        (["map", "--svg", "/nowhere/at/all.svg"], "No such file", 1),
    ],
)
def test_what_is_not_understood_is_said(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str, status: int
) -> None:
    assert main(words) == status
    assert says in capsys.readouterr().err


def test_pictures_are_written_as_svg_and_png(tmp_path: Path) -> None:
    for verb in (["map"], ["timeline", "cuba"]):
        svg, png = tmp_path / "x.svg", tmp_path / "x.png"
        assert main([*verb, "--svg", str(svg), "--png", str(png), "--light"]) == 0
        assert svg.read_text(encoding="utf-8").startswith("<svg")
        assert png.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["nato", "the European Union", "ОДКБ"])
def test_ask_answers_for_a_bloc_with_its_page(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["ask", *name.split()]) == 0
    asked = capsys.readouterr()
    assert main(["bloc", name]) == 0
    assert asked.out == capsys.readouterr().out
    assert not asked.err


def test_ask_answers_for_two_names_with_and_between(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--json", "serbia", "and", "montenegro"]) == 0
    assert main(["ask", "--json", "and"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["code"] for row in rows] == ["RS", "ME", "AD"]


def test_ask_answers_for_actors_and_blocs_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "cuba", "nato", "--json"]) == 0
    cuba, nato = map(json.loads, capsys.readouterr().out.splitlines())
    assert cuba["code"] == "CU"
    assert nato["title"] == "NATO"


@pytest.mark.parametrize("words", ["both koreas", "the baltic states"])
def test_ask_reads_words_that_mean_several_as_one_name(
    capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert main(["ask", *words.split()]) == 1
    error = capsys.readouterr().err
    assert error.count("Did you mean") == 1
    assert f"“{words}”" in error


def test_a_mistake_in_the_conflict_is_told_alone_and_the_rest_promised(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tiny / "conflict.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  sanctions:", "  sanction:", 1), encoding="utf-8")
    rest = "The other files are looked at once conflict.yaml is right."
    assert main(["check", str(tiny)]) == 1
    assert rest in capsys.readouterr().err
    assert main(["--data", str(tiny), "ask", "laputa"]) == 78
    said = capsys.readouterr().err
    assert said.rstrip().endswith(rest)
    assert "countries/" not in said
