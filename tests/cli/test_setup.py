"""`ally setup`: the token is checked and kept for its owner alone, nothing is lost, and
every step has a flag.
"""

from __future__ import annotations

import asyncio
import base64
import io
import os
import sys
import webbrowser
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from discord.http import Route

from bot.runtime.exit_code import ExitCode
from tests.cli.running import Ran, ran
from tests.support.discord_standin import StandIn
from tests.support.payloads import MESSAGE

TOKEN = base64.b64encode(b"123456789012345678").decode() + ".abc.def"
OTHER = base64.b64encode(b"223456789012345678").decode() + ".abc.def"
KEPT = '# mine\nALLY_GUILD=5\nDISCORD_TOKEN=\nX="a # b"\n'


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def token_file(tmp_path: Path) -> str:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    return str(path)


@pytest_asyncio.fixture
async def standin(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[StandIn]:
    """Discord on loopback, which the client talks to."""
    made = StandIn(verify_key="")
    port = await made.start()
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}/api/v10")
    yield made
    await made.stop()


async def asked(*words: str) -> Ran:
    """The command line beside the stand-in, whose loop is this one."""
    return await asyncio.to_thread(ran, "setup", *words)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")


@posix
def test_the_token_is_written_for_its_owner_alone(
    elsewhere: Path, token_file: str
) -> None:
    done = ran("setup", "--token-file", token_file, "--offline")
    assert done.status == ExitCode.OK, done.err
    env = elsewhere / ".env"
    assert env.read_text() == f"DISCORD_TOKEN={TOKEN}\n"
    assert mode(env) == 0o600
    assert TOKEN not in done.out + done.err
    assert not list(elsewhere.glob("*.partial"))


@posix
def test_other_settings_stay_and_an_open_file_is_closed(
    elsewhere: Path, token_file: str
) -> None:
    env = elsewhere / ".env"
    env.write_text(KEPT)
    env.chmod(0o644)
    done = ran("setup", "--token-file", token_file, "--offline")
    assert done.status == ExitCode.OK, done.err
    assert env.read_text() == KEPT.replace("TOKEN=", f"TOKEN={TOKEN}")
    assert mode(env) == 0o600


def test_another_token_is_never_overwritten_unasked(
    elsewhere: Path, token_file: str
) -> None:
    env = elsewhere / ".env"
    env.write_text(f"DISCORD_TOKEN={OTHER}\n")
    done = ran("setup", "--token-file", token_file, "--offline")
    assert done.status == ExitCode.FAILED
    assert "Nothing was changed" in done.err
    assert env.read_text() == f"DISCORD_TOKEN={OTHER}\n"
    assert OTHER not in done.out + done.err
    again = ran("setup", "--token-file", token_file, "--offline", "--replace")
    assert again.status == ExitCode.OK, again.err
    assert env.read_text() == f"DISCORD_TOKEN={TOKEN}\n"


@pytest.mark.parametrize("text", ["", "x", "a.b", "a. b.c", "é" * 5000, "\0.\0.\n"])
def test_what_is_no_token_is_refused_and_changes_nothing(
    elsewhere: Path, text: str
) -> None:
    (elsewhere / "token").write_text(text, encoding="utf-8")
    done = ran("setup", "--token-file", "token", "--offline")
    assert done.status == ExitCode.CONFIG
    assert "Nothing was changed" in done.err
    assert not (elsewhere / ".env").exists()


def test_with_nobody_to_ask_the_flag_is_named(
    monkeypatch: pytest.MonkeyPatch, elsewhere: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    done = ran("setup", "--offline")
    assert done.status == ExitCode.USAGE
    assert "--token-file" in done.err
    assert not (elsewhere / ".env").exists()


def test_offline_the_install_link_comes_from_the_token(token_file: str) -> None:
    done = ran("setup", "--token-file", token_file, "--offline")
    assert "client_id=123456789012345678&" in done.out
    assert "scope=bot+applications.commands" in done.out
    # View Channel and Send Messages.
    assert "permissions=3072" in done.out


@pytest.mark.asyncio
async def test_discord_is_asked_and_says_whose_token_it_is(
    standin: StandIn, token_file: str
) -> None:
    done = await asked("--token-file", token_file)
    assert done.status == ExitCode.OK, done.err
    assert "the application bench" in done.out
    assert "client_id=100&" in done.out


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("status", "ended"),
    [(401, ExitCode.CONFIG), (500, ExitCode.UNAVAILABLE)],
)
async def test_a_token_that_discord_refuses_is_not_written(
    standin: StandIn, token_file: str, elsewhere: Path, status: int, ended: ExitCode
) -> None:
    standin.routes["/applications/@me"] = (status, {"message": "no"})
    done = await asked("--token-file", token_file)
    assert done.status == ended
    assert "Nothing was changed" in done.err
    assert not (elsewhere / ".env").exists()


@pytest.mark.asyncio
async def test_a_discord_that_cannot_be_reached_is_said_and_nothing_written(
    standin: StandIn, token_file: str, elsewhere: Path
) -> None:
    await standin.stop()
    done = await asked("--token-file", token_file)
    assert done.status == ExitCode.UNAVAILABLE
    assert "--offline" in done.err
    assert not (elsewhere / ".env").exists()


@pytest.mark.asyncio
async def test_a_test_answer_is_posted_where_it_was_wanted(
    standin: StandIn, token_file: str
) -> None:
    standin.routes["/channels/400/messages"] = (200, MESSAGE)
    done = await asked("--token-file", token_file, "--channel", "400")
    assert done.status == ExitCode.OK, done.err
    assert "Sent a test answer to channel 400" in done.out


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [403, 404])
async def test_a_closed_channel_is_said_kindly_and_the_token_stays_written(
    standin: StandIn, token_file: str, elsewhere: Path, status: int
) -> None:
    refusal = {"message": "Missing Access", "code": 50001}
    standin.routes["/channels/400/messages"] = (status, refusal)
    done = await asked("--token-file", token_file, "--channel", "400")
    assert done.status == ExitCode.FAILED
    assert "cannot post in channel 400" in done.err
    assert (elsewhere / ".env").exists()


def test_a_test_answer_is_not_tried_offline(elsewhere: Path, token_file: str) -> None:
    words = ("--token-file", token_file, "--offline", "--channel", "400")
    done = ran("setup", *words)
    assert done.status == ExitCode.USAGE
    assert "Leave out --channel or --offline" in done.err
    assert not (elsewhere / ".env").exists()


@pytest.mark.parametrize("service", ["systemd", "compose"])
def test_a_service_is_offered_by_flag(
    elsewhere: Path, token_file: str, service: str
) -> None:
    words = ("--token-file", token_file, "--offline", "--service", service)
    done = ran("setup", *words)
    assert done.status == ExitCode.OK, done.err
    unit = elsewhere / "ally.service"
    assert unit.exists() == (service == "systemd")
    named = "systemctl enable" if service == "systemd" else "docker compose -f"
    assert named in done.out
    if unit.exists():
        unit.write_text("mine")
        assert ran("setup", *words).status == ExitCode.FAILED
        assert unit.read_text() == "mine"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Browser:
    """A browser with a window, which remembers what it opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, url: str) -> None:
        self.opened.append(url)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    made = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: made)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[str]:
    """Somebody at the terminal, who types the token unseen and then these lines."""
    questions: list[str] = []
    said = iter(lines)

    def unseen(_: str) -> str:
        return TOKEN

    def typed(question: str) -> str:
        questions.append(question)
        return next(said)

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", unseen)
    monkeypatch.setattr("builtins.input", typed)
    return questions


@pytest.mark.asyncio
async def test_somebody_at_a_terminal_is_led_through(
    standin: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    browser: Browser,
    elsewhere: Path,
) -> None:
    standin.routes["/channels/400/messages"] = (200, MESSAGE)
    questions = answer(monkeypatch, "systemd", "400")
    done = await asked()
    assert done.status == ExitCode.OK, done.err
    assert len(questions) == 2
    assert TOKEN not in done.out + done.err
    assert (elsewhere / "ally.service").exists()
    assert "Sent a test answer" in done.out
    assert [url for url in browser.opened if "client_id=100&" in url]


@pytest.mark.parametrize(("typed", "kept"), [("", OTHER), ("n", OTHER), ("y", TOKEN)])
def test_at_a_terminal_another_token_is_replaced_on_yes_alone(
    monkeypatch: pytest.MonkeyPatch,
    browser: Browser,
    elsewhere: Path,
    typed: str,
    kept: str,
) -> None:
    (elsewhere / ".env").write_text(f"DISCORD_TOKEN={OTHER}\n")
    answer(monkeypatch, typed, "")
    ran("setup", "--offline", "--no-browser")
    assert (elsewhere / ".env").read_text() == f"DISCORD_TOKEN={kept}\n"
    assert browser.opened == []
