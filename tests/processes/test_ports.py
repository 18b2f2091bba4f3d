"""The ports on which processes of the tests listen."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.bases import DATA
from tests.support.hosted import FIRST_PORT, PORTS, SHARES, free_port

OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_no_port_is_given_twice_before_every_other_one_was() -> None:
    given = [free_port() for _ in range(PORTS // 2)]
    assert len(set(given)) == len(given)


def test_two_processes_of_tests_are_never_given_the_same_port() -> None:
    mine = {str(free_port()) for _ in range(PORTS)}
    ask = "from tests.support.hosted import PORTS, free_port; "
    ask += "print(*{free_port() for _ in range(PORTS)})"
    another = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=DATA.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    assert mine.isdisjoint(another.stdout.split())


def test_a_port_on_which_somebody_listens_is_not_given() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", free_port()))
        listening.listen()
        taken = listening.getsockname()[1]
        assert taken not in {free_port() for _ in range(PORTS)}


@pytest.mark.skipif(not OUTGOING.exists(), reason="Linux alone tells this range")
def test_no_connection_that_goes_out_takes_a_port_of_the_tests() -> None:
    lowest = int(OUTGOING.read_text(encoding="ascii").split()[0])
    assert lowest >= FIRST_PORT + SHARES * PORTS
