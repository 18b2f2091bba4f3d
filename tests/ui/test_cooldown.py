"""How long somebody has to wait."""

from __future__ import annotations

import pytest

from bot.ui.cooldown import Cooldown


class Turned:
    """A clock that a test turns, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("seconds", [1, 30, 3600])
def test_a_question_is_let_through_once_in_the_time(seconds: int) -> None:
    clock = Turned()
    cooldown = Cooldown(clock)
    assert cooldown.wait(1, 2, seconds) == 0
    assert cooldown.wait(1, 2, seconds) == seconds
    clock.now += seconds - 0.25
    assert cooldown.wait(1, 2, seconds) == 1
    clock.now += 0.25
    assert cooldown.wait(1, 2, seconds) == 0
    assert cooldown.wait(1, 2, seconds) == seconds


def test_nobody_waits_for_another_person_or_server() -> None:
    cooldown = Cooldown(Turned())
    assert cooldown.wait(1, 2, 30) == 0
    assert cooldown.wait(1, 3, 30) == 0
    assert cooldown.wait(4, 2, 30) == 0


def test_without_a_cooldown_nothing_is_counted() -> None:
    cooldown = Cooldown(Turned())
    assert cooldown.wait(1, 2, 0) == 0
    assert cooldown.wait(1, 2, 30) == 0
