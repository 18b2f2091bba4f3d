"""The limits are Discord's own, as its documentation had them in November 2026."""

from __future__ import annotations

from bot.ui import limits

NUMBERS = {
    "TEXT_TOTAL": 4000,
    "COMPONENTS": 40,
    "ROW_BUTTONS": 5,
    "BUTTON_LABEL": 80,
    "CUSTOM_ID": 100,
    "CHOICES": 25,
    "CHOICE_NAME": 100,
    "FORM_TITLE": 45,
    "FORM_LABEL": 45,
    "FORM_HINT": 100,
    "PLACEHOLDER": 100,
    "RADIO_OPTIONS": 10,
    "OPTION_TEXT": 100,
    "ALTERNATIVE": 1024,
    "POLL_QUESTION": 300,
    "POLL_ANSWER": 55,
    "POLL_ANSWERS": 10,
}


def test_every_limit_is_the_number_that_discord_gives() -> None:
    found = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert found == NUMBERS
