"""The parser: what it loads, its help, its guesses, and that it stands any words."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Generator
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest import mock

import pytest
import simcord
import simcord.preview
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.common import function_of
from bot.cli.main import parser
from bot.runtime.exit_code import ExitCode
from tests.cli.running import example, ran, verbs
from tests.support.bases import DATA, SHIPPED_WORDS, egg_war, foreign

ROOT = DATA.parent
LOADED = {
    "bot",
    "bot.cli",
    "bot.cli.hosting_verbs",
    "bot.cli.main",
    "bot.cli.edition_verbs",
    "bot.cli.parser",
    "bot.cli.quiz_parser",
    "bot.cli.search_parser",
    "bot.runtime",
    "bot.runtime.exit_code",
}
LOADING = """
import sys
before = set(sys.modules)
from bot.cli.main import main
try:
    main(["--help"])
finally:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""
VERBS = verbs()
SERVING = {"demo", "backup", "restore", "doctor", "run", "serve", "setup"}
"""Verbs that look at this machine, beyond a base."""
ANSWERING = set(
    "ask compare where bloc vote forecast changes quiz timeline map brief search "
    "source find check audit doctor".split()
)


def test_help_loads_the_parser_and_nothing_else_of_ours_or_anybodys() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    loaded = set(done.stderr.split())
    assert {name for name in loaded if name.split(".")[0] == "bot"} == LOADED
    others = {name.split(".")[0] for name in loaded} - {"bot"}
    assert others <= set(sys.stdlib_module_names)
    assert not others & {"typing", "dataclasses", "inspect", "shutil", "pathlib"}


def test_bare_ally_prints_the_help_and_ends_as_a_wrong_command_line() -> None:
    bare = ran()
    assert bare.status == ExitCode.USAGE
    assert bare.err == ran("--help").out
    assert bare.out == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("aks", "ask"), ("comapre", "compare"), ("ceck", "check"), ("maps", "map")],
)
def test_a_mistyped_verb_gets_a_guess(typed: str, meant: str) -> None:
    said = ran(typed)
    assert said.status == ExitCode.USAGE
    assert f"Did you mean: ally {meant}?" in said.err


def test_a_verb_that_resembles_none_gets_the_list() -> None:
    said = ran("qqqqqqqq").err
    assert all(verb in said for verb in VERBS)


@pytest.mark.parametrize("typed", ["0", "-1", "1.0", "x", "²", "9" * 5000])
def test_a_page_that_is_no_number_is_told_what_a_number_is(typed: str) -> None:
    said = ran("where", "--page", typed)
    assert said.status == ExitCode.USAGE
    assert "write a whole number from 1 to 1000000" in said.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example_that_it_understands(verb: str) -> None:
    words = example(verb)
    assert words[0] == verb
    assert callable(function_of(parser().parse_args(words).does))


@pytest.mark.parametrize("verb", sorted(set(VERBS) - SERVING))
def test_every_example_works(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if verb == "site":
        # Of the shipped base it has the most to do, and it names nothing of it.
        foreign(tmp_path / "data")
    elif verb in ANSWERING - {"audit", "check"}:
        monkeypatch.setenv("ALLY_DATA", str(DATA))
    else:
        # Its example names the folder, or it writes there.
        shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    done = ran(*example(verb))
    assert done.status == ExitCode.OK, done.err
    assert done.out or verb in {"check", "fmt", "schema", "site"}


def test_only_what_must_be_typed_is_called_required() -> None:
    said = ran("i18n").err
    assert "are required: action\n" in said


def test_a_demo_without_its_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> None:
        msg = "Preview requires PIL"
        raise simcord.SetupError(msg)

    monkeypatch.setattr(simcord.preview, "_require_preview_runtime", missing)
    half = ran("demo")
    monkeypatch.delitem(sys.modules, "bot.cli.demo")
    monkeypatch.setitem(sys.modules, "simcord", None)
    whole = ran("demo")
    assert half.status == whole.status == ExitCode.CONFIG
    assert "pip install '.[demo]'" in half.err
    assert half.err == whole.err


def test_no_help_speaks_of_the_shipped_conflict() -> None:
    for verb in VERBS:
        said = ran(verb, "--help").out.casefold()
        assert not SHIPPED_WORDS.findall(said), verb


def test_the_verbs_that_answer_are_those_with_json() -> None:
    assert {verb for verb in VERBS if "--json" in ran(verb, "--help").out} == ANSWERING


@pytest.mark.parametrize("verb", sorted(ANSWERING - {"doctor", "check"}))
def test_every_verb_that_answers_has_json_of_the_same_exit_status(verb: str) -> None:
    words = example(verb)
    if {"--svg", "--png", "--pdf"} & set(words):
        words = words[:-2]
    plain, done = ran(*words), ran(*words, "--json")
    assert done.status == plain.status == ExitCode.OK
    assert [json.loads(line) for line in done.out.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        "ask --all",
        "ask --all --json",
        "where",
        "where --json",
        "where --since 1995",
        "vote lamp-3",
        "compare orchard meadow",
        "timeline orchard",
        "map",
        "map LAMP/4 --json",
        "bloc market",
        "find orchard",
        "check",
    ],
)
def test_another_base_is_asked_in_its_own_words_alone(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = foreign(tmp_path)
    monkeypatch.setenv("ALLY_DATA", str(root))
    done = ran(*words.split())
    assert done.status == ExitCode.OK, done.err
    said = (done.out + done.err).casefold().replace(str(root).casefold(), "")
    assert not SHIPPED_WORDS.findall(said)


def test_every_exit_status_is_explained_to_operators() -> None:
    page = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    table = page.split("## Exit statuses")[1]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if "|" in line]
    assert {row for row in rows if row.isdecimal()} == {str(int(x)) for x in ExitCode}


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small base in a folder of its own, in which every verb may write."""
    folder = tmp_path_factory.mktemp("cli")
    egg_war(folder / "data")
    (folder / "page.md").write_text("no marks\n", encoding="utf-8")
    return folder


@contextmanager
def inside(folder: Path) -> Generator[None]:
    """Be in a folder, and ask its base."""
    clean = {"ALLY_DATA": "data", "DISCORD_TOKEN": "", "ALLY_STATE": "state"}
    with chdir(folder), mock.patch.dict(os.environ, clean):
        yield


# No slash: what is written stays in the folder.
CHARACTERS = st.characters(exclude_characters="/")
TEXT = st.text(CHARACTERS, max_size=30)
KNOWN = st.sampled_from(
    "laputa LP brobdingnag lilliput egg-1 EGG/1 big-end neutral europe levels - -- data"
    " data/conflict.yaml page.md new.yaml --on --since --region --bloc --page --svg"
    " --png --json --all --format github text --check --docs --port --replace --light"
    " --data --help --version 1721 1721-05-05 2999 -1 0 1 99999999999999999999 bash"
    " zsh".split()
)
HOSTILE = st.sampled_from(
    [
        "\x1b]0;owned\x07",
        "\x9b2J",
        "\0",
        "\udcff",
        "",
        "\n",
        "\u202e",
        "x" * 5000,
        "9" * 5000,
        "%s%n{}",
        "[bold]",
        "--\x1b[2J",
    ]
)
WORDS = st.lists(st.one_of(KNOWN, KNOWN, TEXT, HOSTILE), max_size=6)
TRIED = sorted({*VERBS, "aks"} - {"demo", "doctor"})
"""The demo would serve, and the doctor looks at the same settings as ``run``."""


@pytest.mark.parametrize("verb", TRIED)
@given(words=WORDS)
@settings(max_examples=12)
def test_whatever_the_arguments_an_answer_or_a_kind_refusal_comes(
    tiny_base: Path, verb: str, words: list[str]
) -> None:
    typed = io.StringIO("laputa\n\x1b[2J\n")
    with inside(tiny_base), mock.patch("sys.stdin", typed):
        done = ran(verb, *words)
    assert done.status in set(ExitCode) - {ExitCode.SOFTWARE, ExitCode.INTERRUPTED}
    said = done.out + done.err
    assert "Traceback" not in said
    assert done.status == ExitCode.OK or said
    if verb != "completion":
        seen = set(said) - {"\n", "\u200d"}
        assert not [c for c in seen if unicodedata.category(c)[0] == "C"]
