"""The command line in a process of its own: pipes, signals, and what it leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bot.runtime.exit_code import ExitCode
from tests.support.bases import DATA, egg_war

posix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither these signals nor devices"
)
SECONDS = 120
"""A start, also of a busy machine."""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return egg_war(tmp_path / "data")


def started(
    base: Path, *words: str, stdout: int = subprocess.PIPE, **env: str
) -> subprocess.Popen[bytes]:
    """``ally`` in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=DATA.parent,
        # Output is buffered, as it is for people.
        env=os.environ | {"ALLY_DATA": str(base), "PYTHONUNBUFFERED": "", **env},
    )


def members(session: int) -> list[int]:
    """The processes of a session that still run."""
    alive: list[int] = []
    for process in psutil.process_iter():
        try:
            if (
                os.getsid(process.pid) == session
                and process.status() != psutil.STATUS_ZOMBIE
            ):
                alive.append(process.pid)
        except (psutil.Error, ProcessLookupError):
            continue
    return alive


def left(session: int) -> list[int]:
    """The processes of a session that do not end by themselves."""
    until = time.monotonic() + SECONDS
    while (alive := members(session)) and time.monotonic() < until:
        time.sleep(0.05)
    return alive


LITTLE_AND_MUCH = pytest.mark.parametrize("words", ["find laputa", "ask --all --json"])
"""What stands in a buffer until the end, and what does not."""


@posix
@LITTLE_AND_MUCH
def test_who_stops_reading_gets_no_complaint(base: Path, words: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    child = started(base, *words.split(), stdout=writer)
    os.close(writer)
    _, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, err) == (ExitCode.OK, b"")


@posix
@LITTLE_AND_MUCH
def test_a_full_disk_is_said_in_words(base: Path, words: str) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    child = started(base, *words.split(), stdout=full)
    os.close(full)
    _, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, err) == (ExitCode.FAILED, b"No space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_an_old_terminal_gets_an_answer_and_a_program_all_of_it(
    base: Path, encoding: str
) -> None:
    for words in (["ask", "laputa"], ["find", "--json", "łaputa 🥚"]):
        child = started(base, *words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        out, err = child.communicate(timeout=SECONDS)
        assert b"Traceback" not in err
        assert out.decode(encoding)
        if "--json" in words:
            assert json.loads(out.decode(encoding))["query"] == "łaputa 🥚"


@posix
def test_ctrl_c_ends_a_verb_quietly_and_leaves_no_process(base: Path) -> None:
    child = started(base, "find", "laputa", "-", PYTHONUNBUFFERED="1")
    assert child.stdout
    assert child.stdout.readline() == b"laputa: Laputa (LP)\n"
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, err) == (ExitCode.INTERRUPTED, b"")
    assert left(child.pid) == []


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_ends_with_its_signal_and_leaves_no_process(
    base: Path, number: signal.Signals
) -> None:
    child = started(base, "demo")
    try:
        assert child.stdout
        said = child.stdout.readline()
        while said and b"Ctrl-C" not in said:
            said = child.stdout.readline()
        assert said, child.communicate(timeout=SECONDS)
        child.send_signal(number)
        _, err = child.communicate(timeout=SECONDS)
        assert child.returncode == ExitCode.OK, err
        assert left(child.pid) == []
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_names_every_verb(base: Path, shell: str) -> None:
    child = started(base, "completion", shell)
    out, _ = child.communicate(timeout=SECONDS)
    assert child.returncode == ExitCode.OK
    assert all(verb in out.decode() for verb in ("ask", "timeline", "completion"))


@posix
def test_bash_completes_verbs_options_and_choices(base: Path) -> None:
    child = started(base, "completion", "bash")
    script, _ = child.communicate(timeout=SECONDS)
    for typed, offered in {
        ("ally", "co"): "compare completion",
        ("ally", "where", "--reg"): "--region",
        ("ally", "completion", ""): "bash zsh fish",
    }.items():
        words = " ".join(f"'{word}'" for word in typed)
        asked = (
            f"{script.decode()}\nCOMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}\n"
            f"_shtab_ally ally '{typed[-1]}' '{typed[-2]}'\necho ${{COMPREPLY[*]}}\n"
        )
        done = subprocess.run(
            ["bash"], input=asked, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == offered.split()
