"""What the environment says: no secret of it is ever shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.runtime.settings import (
    Settings,
    SettingsError,
    read_settings,
    settings_notes,
)

SECRETS = {
    "DISCORD_TOKEN": "MTAw.aW50ZX.JhY3Rpb24",
    "ALLY_DATABASE_URL": "postgresql://ally:JhY3Rpb24@host/ally",
    "ALLY_PUSH_URL": "https://monitor.example/push/JhY3Rpb24",
}


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_is_shown_with_the_settings(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, SECRETS[name])
    settings = read_settings()
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "JhY3Rpb24" not in shown
    value = getattr(settings, name.lower())
    assert value.get_secret_value() == SECRETS[name]


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_is_shown_with_the_mistake_in_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "gopher:JhY3Rpb24")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert name in str(raised.value)
    assert "JhY3Rpb24" not in str(raised.value)


def test_without_an_environment_there_is_nothing_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    assert Settings(_env_file=None).ally_push_url is None  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://ally.example.org", "https://ally.example.org"),
        ("https://example.org/stands/", "https://example.org/stands"),
        ("  ", None),
    ],
)
def test_a_sites_address_is_read_without_the_slash_at_its_end(
    typed: str, read: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLY_SITE_URL", typed)
    assert read_settings().ally_site_url == read


@pytest.mark.parametrize(
    "typed",
    [
        "http://ally.example.org",
        "ally.example.org",
        "https://ally.example.org/?page=1",
        "https://ally.example.org/#top",
        "https://localhost/site",
        "https://user:word@example.org",
        "javascript:alert(1)",
    ],
)
def test_a_sites_address_is_https_and_everybodys(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLY_SITE_URL", typed)
    with pytest.raises(SettingsError, match="ALLY_SITE_URL"):
        read_settings()


KEY = "0f" * 32
URL = "https://example.org/ally.edition"


def refusal(monkeypatch: pytest.MonkeyPatch, **given: str) -> str:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    return str(raised.value)


def test_editions_are_fetched_over_https_with_a_key_and_replace_no_own_files(
    monkeypatch: pytest.MonkeyPatch, tiny: Path
) -> None:
    assert "ALLY_BASE_KEY" in refusal(monkeypatch, ALLY_BASE_URL=URL)
    assert "ALLY_BASE_KEY: " in refusal(monkeypatch, ALLY_BASE_KEY="0f")
    monkeypatch.setenv("ALLY_BASE_KEY", KEY)
    assert read_settings().ally_base_url == URL
    said = refusal(monkeypatch, ALLY_BASE_URL="http://example.org/x")
    assert "https://" in said
    monkeypatch.setenv("ALLY_BASE_URL", URL)
    assert "ALLY_DATA empty" in refusal(monkeypatch, ALLY_DATA=str(tiny))
    monkeypatch.delenv("ALLY_BASE_URL")
    assert read_settings().ally_base_url is None


def test_an_env_file_in_another_encoding_is_a_wrong_setting_and_no_fault_of_allys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes("ALLY_GUILD=7\n".encode("utf-16"))
    with pytest.raises(SettingsError, match="not in UTF-8"):
        read_settings()
    Path(".env").write_bytes("ALLY_GUILD=7\n".encode("utf-8-sig"))
    assert read_settings().ally_guild == 7


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('ALLY_GUILD=7\n\n# a token\n\nDISCORD_TOKEN="a.b.c\nALLY_STATE=x\n', (5,)),
        ("DISCORD_TOKEN: a.b.c\n\n\nALLY_STATE='x\n", (1, 4)),
        ("\n\n=a.b.c", (3,)),
    ],
)
def test_a_line_of_the_env_file_that_is_no_setting_is_named_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, lines: tuple[int, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    told = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in told] == [
        f".env, line {number}" for number in lines
    ]
    assert "a.b.c" not in str(caught.value)


def test_what_no_setting_is_called_is_noted_with_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("ALLY_"):
            monkeypatch.delenv(name)
    assert settings_notes() == []
    Path(".env").write_text(
        "ALLY_DATABSE_URL=sqlite:///x\nDISCORD_TOKN=\nally_guild=7\nHOME=x\n"
    )
    monkeypatch.setenv("ALLY_LOGLEVEL", "DEBUG")
    monkeypatch.setenv("DISCORD_PROXY", "another program's")
    assert settings_notes() == [
        "no setting is called ALLY_DATABSE_URL; did you mean `ALLY_DATABASE_URL`?",
        "no setting is called DISCORD_TOKN; did you mean `DISCORD_TOKEN`?",
        "no setting is called ALLY_LOGLEVEL; did you mean `ALLY_LOG_LEVEL`?",
    ]


def test_a_folder_in_place_of_the_env_file_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").mkdir()
    read_settings()
    assert ".env is a folder, so no settings were read from it" in settings_notes()
