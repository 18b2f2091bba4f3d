"""What was acknowledged survives SIGKILL, on both databases."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.support.bases import DATA
from tests.support.killed_tellers import KILLED_AFTER

RUNS = 60
TELLERS = len(KILLED_AFTER)


@pytest.mark.asyncio
@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"
)
async def test_publishers_killed_at_random_lose_nothing_and_leave_nothing_half(
    address: str, tmp_path: Path
) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.killed",
        address,
        str(RUNS),
        "11",
        cwd=DATA.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(child.communicate(), 300)
    assert child.returncode == 0, err.decode()[-2000:]
    # Three numbers a commit, and three commits a run on the average.
    acknowledged = int(out.split(b", ")[1].split()[0])
    assert acknowledged > RUNS * 3, out.decode()


@pytest.mark.asyncio
@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"
)
async def test_tellers_killed_at_random_lose_no_message_and_post_none_twice(
    address: str, tmp_path: Path
) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.killed_tellers",
        address,
        str(tmp_path / "channel"),
        str(TELLERS),
        cwd=DATA.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(child.communicate(), 300)
    assert child.returncode == 0, err.decode()[-2000:]
    messages, questions = (int(each.split()[0]) for each in out.split(b", ")[1:])
    # Some kills come before anything was decided; most do not.
    assert messages > TELLERS / 3, out.decode()
    assert questions > TELLERS / 6, out.decode()
