"""One fact as one sentence, the same on every page."""

from __future__ import annotations

from bot.answers.texts import Texts
from bot.knowledge.facts import Fact

BAR = 5
OWN = "◆"
"""Stands before what a server added; a note under the answer says so in words."""


def ballot(word: str, texts: Texts) -> str:
    """A ballot in words."""
    match word:
        case "yes":
            return texts("voted yes")
        case "no":
            return texts("voted no")
        case "abstain":
            return texts("abstained")
        case _:
            return texts("was absent")


def standing(word: str, texts: Texts) -> str:
    """A standing in a bloc in words."""
    words = {
        "member": texts("Member"),
        "partner": texts("Partner"),
        "observer": texts("Observer"),
        "frozen": texts("Participation frozen"),
        "suspended": texts("Suspended member"),
        "left": texts("Left"),
    }
    return words[word]


def fact(each: Fact, texts: Texts, *, dated: bool = True) -> str:
    """The fact's sentence, with its date behind it."""
    match each.kind:
        case "event":
            text = each.text
        case "vote":
            text = texts(
                "{ballot} on {title}",
                ballot=ballot(each.detail, texts),
                title=each.text,
            )
            text = text[:1].upper() + text[1:]
        case "bloc":
            text = texts(
                "{standing}: {bloc}",
                standing=standing(each.detail, texts),
                bloc=each.text,
            )
        case "measure":
            text = texts("{measure}: {detail}", measure=each.text, detail=each.detail)
    if each.own:
        text = f"{OWN} {text}"
    if not dated or (each.date is None and each.until is None):
        return text
    text = text.removesuffix(".")
    if each.date and each.until:
        return texts(
            "{text} ({since} to {until})",
            text=text,
            since=texts.date(each.date),
            until=texts.date(each.until),
        )
    if each.until:
        return texts("{text} (until {until})", text=text, until=texts.date(each.until))
    assert each.date
    if each.kind == "bloc":
        return texts("{text} (since {date})", text=text, date=texts.date(each.date))
    return texts("{text} ({date})", text=text, date=texts.date(each.date))


def filled(score: float) -> int:
    """How many of five marks a score in [-1, 1] fills; anything but zero fills one."""
    return min(BAR, max(int(abs(score) > 0.02), round(abs(score) * BAR)))
