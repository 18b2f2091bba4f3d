"""What every page says in the same words: facts, ballots, sides, levels and names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import get_args

from bot.alignment.assessment import Assessment, Grade, VotingRecord
from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers import base_words
from bot.answers.direction import END
from bot.answers.document import Line
from bot.answers.texts import Texts
from bot.knowledge.conflict import Conflict, Tone
from bot.knowledge.facts import Base, Fact
from bot.names.index import flag

BAR = 5
"""Marks of a full bar."""
ZERO = 0.02
"""Scores up to this far from 0 lean to neither side and fill no mark."""
HELD = "\N{NO-BREAK SPACE}"
"""Stands between a flag and its name, so that no line ends between them."""
OWN = "◆"
"""Stands before what a server added; a note under the answer says so in words."""
MOST_OWN = 8
"""Actors with entries of a server's own that a note names."""
_FULL_WIDTH = ("。", "！", "？")
"""Ends of sentences that have their own room behind them (W3C, Requirements for
Japanese Text Layout, 3.1.2; for Chinese 3.1.3).
"""
_ENDS = (*_FULL_WIDTH, ".", "!", "?", "…")


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one behind the other, with a blank between two, and none behind a
    full-width stop; empty ones are left out.
    """
    row = ""
    for each in filter(None, sentences):
        gap = "" if not row or row.endswith(_FULL_WIDTH) else " "
        row = f"{row}{gap}{each}"
    return row


def told_in_a_row(parts: Iterable[str], texts: Texts) -> str:
    """Phrases and sentences as sentences in a row, each with the language's full stop
    unless it has an end of its own; empty ones are left out.
    """
    return in_a_row(
        part if part.rstrip(END).endswith(_ENDS) else texts.sentence(part)
        for part in map(str.strip, parts)
        if part
    )


def shortened(text: str, limit: int = 160) -> str:
    """A text's beginning on one line, at most ``limit`` characters with its *…*."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def level_name(level: str, base: Base, texts: Texts) -> str:
    """A level's id in words; KeyError for an id that the base does not have."""
    conflict = base.conflict
    if level in {PARTY, UNKNOWN}:
        return base_words.once(f"level.{level}.name", conflict, texts)
    return base_words.level_words(conflict.level(level), texts)[0]


def level_order(conflict: Conflict) -> tuple[str, ...]:
    """Every level's id from the first side to the second, then parties and unknown."""
    return (*(level.id for level in conflict.levels), PARTY, UNKNOWN)


def level_tones(conflict: Conflict) -> dict[str, Tone]:
    """How each level looks, by its id: as the base says, else by its place between the
    sides.
    """
    tones: tuple[Tone, ...] = get_args(Tone)
    steps = max(1, len(conflict.levels) - 1)
    return {
        level.id: level.tone or tones[(len(tones) - 1) * place // steps]
        for place, level in enumerate(conflict.levels)
    }


def favoured_side(toward: str, conflict: Conflict, texts: Texts) -> str:
    """The side that a fact's ``toward`` names, in words; else *neither side*."""
    sign = conflict.sign(toward)
    if not sign:
        return texts("neither side")
    return base_words.side_name(conflict.side(sign), texts)


def leaning_side(score: float, conflict: Conflict, texts: Texts) -> str:
    """The side to which a score in [-1, 1] leans, in words."""
    sign = 0
    if abs(score) > ZERO:
        sign = 1 if score > 0 else -1
    toward = {side.sign: side.id for side in conflict.sides}.get(sign, "")
    return favoured_side(toward, conflict, texts)


def deed_name(deed: str | None, conflict: Conflict, texts: Texts) -> str:
    """A kind of deed in words; what is shown and not counted has none."""
    if deed is None:
        return texts("Not counted")
    return base_words.deed_words(deed, conflict, texts)[0]


def when_cast(votes: VotingRecord, conflict: Conflict, texts: Texts) -> str:
    """Whether the roll calls of a record were held before it began or since."""
    key = "times.during" if votes.since_began else "times.before"
    return base_words.once(key, conflict, texts)


def record(votes: VotingRecord, base: Base, texts: Texts) -> str:
    """The voting record as one line; only for an actor that has one."""
    first, second = base.conflict.side(-1), base.conflict.side(1)
    side, count, other = second, votes.second, votes.first
    if votes.first > votes.second:
        side, count, other = first, votes.first, votes.second
    text = texts(
        "with {side} in {n} of {total} roll calls {when}",
        side=base_words.side_name(side, texts),
        n=count,
        total=votes.total,
        when=when_cast(votes, base.conflict, texts),
    )
    if not other:
        return text
    return texts("{text}, against it in {other}", text=text, other=other)


def called(code: str, texts: Texts) -> str:
    """An actor's flag and name."""
    return f"{flag(code)} {texts.name(code)}".strip()


def done_by(user: int, texts: Texts, text: str = "", label: str = "") -> Line:
    """A line that names the Discord user who did what it tells; 0 is somebody who
    asked to be forgotten.
    """
    if user:
        return Line(text, label=label, by=user)
    said = " · ".join(part for part in (text, texts("(forgotten)")) if part)
    return Line(said, label=label)


def held(code: str, texts: Texts) -> str:
    """An actor's flag and name in a row of them: no line ends between the two."""
    return HELD.join(part for part in (flag(code), texts.name(code)) if part)


def marked_names(codes: Collection[str], base: Base, texts: Texts) -> str:
    """Names in a row as the codes stand, those of a server's own marked."""
    return texts.row(
        f"{OWN} {texts.name(code)}" if code in base.added else texts.name(code)
        for code in codes
    )


def own_note(codes: Sequence[str], base: Base, texts: Texts) -> list[str]:
    """That a server's entries count here too, where they do: no note or one."""
    added = [code for code in codes if code in base.added][:MOST_OWN]
    if not added:
        return []
    return [
        texts(
            "{mark} This server's own entries count here, about: {names}.",
            mark=OWN,
            names=texts.row(texts.name(code) for code in added),
        )
    ]


def ballot_names(texts: Texts) -> dict[str, str]:
    """Each kind of ballot as the heading of a list."""
    return {
        "yes": texts.keyed("ballot.yes", "Yes"),
        "no": texts.keyed("ballot.no", "No"),
        "abstain": texts.keyed("ballot.abstain", "Abstained"),
        "absent": texts.keyed("ballot.absent", "Absent"),
    }


def ballot(word: str, texts: Texts) -> str:
    """A ballot in words."""
    match word:
        case "yes":
            return texts.keyed("ballot.yes.cast", "voted yes")
        case "no":
            return texts.keyed("ballot.no.cast", "voted no")
        case "abstain":
            return texts.keyed("ballot.abstain.cast", "abstained")
        case _:
            return texts.keyed("ballot.absent.cast", "was absent")


def sureness_grade(grade: Grade, texts: Texts) -> str:
    """How sure an answer is, in a word."""
    return {
        "high": texts.keyed("sure.high", "high"),
        "medium": texts.keyed("sure.medium", "medium"),
        "low": texts.keyed("sure.low", "low"),
    }[grade]


def standing(word: str, texts: Texts) -> str:
    """A standing in a bloc in words."""
    words = {
        "member": texts.keyed("standing.member", "Member"),
        "partner": texts.keyed("standing.partner", "Partner"),
        "observer": texts.keyed("standing.observer", "Observer"),
        "frozen": texts.keyed("standing.frozen", "Participation frozen"),
        "suspended": texts.keyed("standing.suspended", "Suspended member"),
        "left": texts.keyed("standing.left", "Left"),
    }
    return words[word]


def _undated(each: Fact, texts: Texts) -> str:
    match each.kind:
        case "event":
            return each.text
        case "vote":
            ballot_cast = ballot(each.detail, texts)
            text = texts("{ballot} on {title}", ballot=ballot_cast, title=each.text)
            return texts.capital(text)
        case "bloc":
            seat = standing(each.detail, texts)
            return texts(
                "{standing}: {bloc}",
                standing=seat,
                bloc=base_words.list_name(each, texts),
            )
        case "measure":
            return texts(
                "{measure}: {detail}",
                measure=base_words.list_name(each, texts),
                detail=each.detail,
            )


def fact(each: Fact, texts: Texts, *, dated: bool = True) -> str:
    """The fact's sentence; with ``dated``, its dates in brackets behind it and no full
    stop.
    """
    text = _undated(each, texts)
    if each.own:
        text = f"{OWN} {text}"
    if not dated:
        return text
    text = text.removesuffix(".")
    if each.until:
        return texts(
            "{text} ({since} to {until})",
            text=text,
            since=texts.date(each.date),
            until=texts.date(each.until),
        )
    if each.kind == "bloc":
        return texts("{text} (since {date})", text=text, date=texts.date(each.date))
    return texts("{text} ({date})", text=text, date=texts.date(each.date))


def ballot_in(each: Fact, texts: Texts) -> str:
    """A ballot and the short name of its roll call, or its title."""
    how = ballot(each.detail, texts)
    return texts(
        "{ballot}: {name}",
        ballot=texts.capital(how),
        name=base_words.vote_name(each, texts) or each.text,
    )


def filled(score: float) -> int:
    """How many of five marks a score in [-1, 1] fills; anything but zero fills one."""
    return min(BAR, max(int(abs(score) > ZERO), round(abs(score) * BAR)))


def marks(count: int) -> str:
    """A bar as text: ``count`` (0 to 5) filled marks, the rest empty."""
    return "▰" * count + "▱" * (BAR - count)


def empty_pillars(
    pillars: Collection[str], assessment: Assessment, base: Base, texts: Texts
) -> str:
    """What is said of pillars in which nothing counts: that there is no entry, or only
    that none counts where some deed has ended or lapsed.
    """
    deeds = base.conflict.deeds
    kinds = {fact.deed for fact in assessment.past if fact.deed is not None}
    if any(deeds[kind].pillar in pillars for kind in kinds):
        return texts("nothing that counts")
    return texts("no entry yet")
