"""A message as a screen reader says it: part after part, in the order of the message.

The rules are those of screen readers on the web (NVDA, VoiceOver): the role of a part
is said, then its words; signs of markdown are not said; of a link its words are said,
of a picture its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_LINK = re.compile(r"\[(\[[^\]]*\]|(?:\\.|[^\]\\])*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|__|~~|\|\||`)")
_ESCAPED = re.compile(r"\\(.)")


def _words(text: str) -> str:
    """Markdown as it is said."""
    said = _LINK.sub(lambda found: f"link {_plain_link(found[1])}", text)
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", said)).strip()


def _plain_link(words: str) -> str:
    return words.replace("\\[", "").replace("\\]", "").strip("[]")


def _text(content: str) -> Iterator[str]:
    for line in content.split("\n"):
        heading = re.match(r"(#{1,3}) (.*)", line)
        if heading:
            yield f"Heading: {_words(heading[2])}"
        elif line.strip():
            yield _words(line.removeprefix("-# "))


def _menu(component: dict[str, Any]) -> str:
    options = [option["label"] for option in component.get("options", ())]
    listed = f": {', '.join(options)}" if options else ""
    return f"Menu: {component.get('placeholder', '')}, {len(options)} choices{listed}"


def read_aloud(components: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Everything that is said of a message's components, a line each."""
    for each in components:
        match each["type"]:
            case 10:
                yield from _text(each["content"])
            case 12:
                for item in each["items"]:
                    yield f"Image: {item.get('description') or '(no description)'}"
            case 2:
                gone = ", unavailable" if each.get("disabled") else ""
                yield f"Button: {each['label']}{gone}"
            case 3:
                yield _menu(each)
            case 14:
                continue
            case _:
                yield from read_aloud(each.get("components", ()))
