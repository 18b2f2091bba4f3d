"""Discord's limits, each with its page; lengths are counted in UTF-16 units, the
strictest reading.
"""

from __future__ import annotations

from bot.answers.direction import laid_out, runs_right_to_left
from bot.knowledge.text import cut

TEXT_TOTAL = 4000
"""Characters over all text displays of a message (discord.py,
LayoutView.content_length).
"""
COMPONENTS = 40
"""Components of a message, nested ones included (/components/reference)."""
ROW_BUTTONS = 5
"""Buttons in an action row (/components/reference)."""
BUTTON_LABEL = 80
"""/components/reference#button"""
CUSTOM_ID = 100
"""/components/reference#button"""
CHOICES = 25
"""Autocomplete choices (/interactions/receiving-and-responding)."""
CHOICE_NAME = 100
"""Characters of a choice's name and value (/interactions/application-commands)."""
FORM_TITLE = 45
"""A modal's title (/components/using-modal-components)."""
FORM_LABEL = 45
"""/components/reference#label"""
FORM_HINT = 100
"""A label's description (/components/reference#label)."""
PLACEHOLDER = 100
"""/components/reference#text-input"""
RADIO_OPTIONS = 10
"""Choices of a radio group (/components/reference)."""
OPTION_TEXT = 100
"""Label, value and description of an option (/components/reference#string-select)."""
ALTERNATIVE = 1024
"""A picture's description (/components/reference#media-gallery)."""

POLL_QUESTION = 300
"""/resources/poll#poll-media-object"""
POLL_ANSWER = 55
"""/resources/poll#poll-media-object"""
POLL_ANSWERS = 10
"""/resources/poll#poll-create-request-object"""


def directed(text: str, limit: int) -> str:
    """The same, laid out from the right where it is written so; for what Discord shows
    in a place of its own: a label, a hint, a line of a menu.
    """
    if not runs_right_to_left(text):
        return cut(text, limit)
    return laid_out(cut(text, limit - 2))
