"""The terminal in the reader's language: answers, errors and guesses at slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers import catalogues
from bot.answers.texts import languages
from tests.cli.running import ran
from tests.support import pseudo

PLAIN = re.compile(r"[A-Za-z][A-Za-z']{2,}")
SAID = re.compile(f"{pseudo.OPEN}[^{pseudo.OPEN}{pseudo.CLOSE}]*{pseudo.CLOSE}")
"""A message with what fills it."""
NO_MESSAGE = re.compile(
    r"^usage: .*|^ally(?: \w+)?:|argument --\w+|^  .*", re.MULTILINE
)
"""What argparse says, and the list of what can be chosen."""


def outside(text: str) -> str:
    """What stands in no message."""
    while text != (text := SAID.sub("", text)):
        pass
    return NO_MESSAGE.sub("", text)


@pytest.fixture
def pseudo_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The made-up language in the terminal."""
    pseudo.write(tmp_path, tmp_path / "base")
    monkeypatch.setattr("bot.answers.texts.CATALOGUES", tmp_path)
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    languages.cache_clear()
    catalogues.forget()
    yield
    languages.cache_clear()
    catalogues.forget()


@pytest.mark.usefixtures("pseudo_language")
@pytest.mark.parametrize(
    "words",
    [
        "ask",
        "ask xyzzy",
        "ask korea",
        "ask cuba --on 2999",
        "ask cuba --on 1999",
        "ask cuba --on 2022-13",
        "ask cuba --on 02/03/2022",
        "ask cuba belarus --png x.png",
        "where mars",
        "where --png x.png",
        "where --since 2999",
        "where --region xyzzy",
        "where --as xyzzy",
        "where --page xyzzy",
        "compare cuba",
        "bloc xyzzy",
        "vote xyzzy",
        "vote es-11-1 --view xyzzy",
        "map xyzzy",
        "timeline xyzzy",
        "forecast xyzzy",
        "search",
        "search --deed xyzzy",
        "source xyzzy",
        "quiz --topic xyzzy",
        "xyzzy",
        "aks",
    ],
)
def test_what_is_not_understood_is_said_in_the_terminals_language(words: str) -> None:
    said = ran(*words.split())
    assert said.status
    assert pseudo.OPEN in said.err
    assert not PLAIN.findall(outside(said.err))


@pytest.mark.parametrize(
    ("environment", "words", "says"),
    [
        ("de_AT.UTF-8", "where xyzzy", "ist hier nicht bekannt"),
        ("pt_PT.UTF-8", "ask belarus", "Aliado da Rússia"),
        ("zh_CN.UTF-8", "ask belarus", "白俄罗斯"),
        ("C.UTF-8", "ask belarus", "Ally of Russia"),
        ("sw_KE.UTF-8", "ask belarus", "Ally of Russia"),
        ("de_DE.UTF-8", "ask belarus --lang fr", "Allié de la Russie"),
        ("de_DE.UTF-8", "ask belarus --json", "Ally of Russia"),
        ("de_DE.UTF-8", "where xyzzy --lang en", "choose one from the list"),
    ],
)
def test_the_terminal_speaks_the_language_that_is_asked_for_else_its_own(
    monkeypatch: pytest.MonkeyPatch, environment: str, words: str, says: str
) -> None:
    monkeypatch.setenv("LC_ALL", environment)
    said = ran(*words.split())
    assert says in said.out + said.err


@pytest.mark.parametrize("language", ["de", "uk", "ja"])
@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("where --region africa", "where --region 002"),
        ("where --region europe", "where --region 150"),
        ("where --bloc ovks", "where --bloc csto"),
        ("quiz --topic europe --json", "quiz --topic 150 --json"),
    ],
)
def test_english_names_of_regions_and_every_name_of_blocs_are_read_in_each_language(
    language: str, words: str, same: str
) -> None:
    typed = ran(*words.split(), "--lang", language)
    assert typed.status == 0, typed.err
    assert typed.out == ran(*same.split(), "--lang", language).out


@pytest.mark.parametrize(
    "words",
    [
        "ask cuba",
        "compare cuba china",
        "where",
        "search tanks",
        "source reuters",
        "changes",
        "quiz",
        "brief cuba",
        "ask xyzzy --json",
    ],
)
@pytest.mark.parametrize("language", ["klingon", "sv", "x" * 99])
def test_a_language_without_texts_is_refused_with_the_list(
    words: str, language: str
) -> None:
    typed = ran(*words.split(), "--lang", language)
    assert (typed.status, typed.out) == (2, "")
    assert f"There are no texts in '{language[:20]}" in typed.err
    assert "; there are en, ar, be, de" in typed.err


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("pt-PT", "Aliado da Rússia"),
        ("PT_br", "Aliado da Rússia"),
        ("zh_TW", "白俄羅斯"),
        ("en-GB", "Ally of Russia"),
        ("es-419", "Aliado de Rusia"),
        ("de-AT", "Verbündeter Russlands"),
    ],
)
def test_a_variety_of_a_language_is_answered_in_it(typed: str, says: str) -> None:
    assert says in ran("ask", "belarus", "--lang", typed).out
