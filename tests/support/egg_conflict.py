"""Bases made in memory for the tests of the rubric: an invented conflict with its own
sides, pillars, deeds and levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.knowledge.conflict import Conflict
from bot.knowledge.facts import Base
from bot.knowledge.reader import adapter, country_of

BEGAN = date(1720, 1, 1)
BIG, LITTLE = "big-end", "little-end"
FIVE = ("sworn-big", "likes-big", "shrugs", "likes-little", "sworn-little")
THREE = ("likes-big", "shrugs", "likes-little")
SEVEN = (
    "sworn-big",
    "likes-big",
    "hints-big",
    "shrugs",
    "hints-little",
    "likes-little",
    "sworn-little",
)

_DEEDS: dict[str, dict[str, Any]] = {
    "fleet": {
        "pillar": "sea",
        "points": 0.6,
        "at_most": 0.9,
        "decides": True,
        "lapses_after_years": 2,
    },
    "oath": {"pillar": "sea", "points": 0.6, "at_most": 0.6, "decides": True},
    "drill": {"pillar": "sea", "points": 0.2, "at_most": 0.4, "lapses_after_years": 3},
    "embargo": {"pillar": "market", "points": 0.7, "at_most": 0.9},
    "spared": {"pillar": "market", "points": 0.12, "at_most": 0.12},
    "gift": {
        "pillar": "market",
        "points": 0.4,
        "at_most": 0.8,
        "lapses_after_years": 2,
    },
    "veto": {
        "pillar": "court",
        "points": 0.4,
        "at_most": 0.6,
        "lapses_after_years": 1.5,
    },
    "toast": {
        "pillar": "court",
        "points": 0.06,
        "at_most": 0.18,
        "lapses_after_years": 2,
    },
    "parley": {
        "pillar": "court",
        "points": 0.0,
        "at_most": 0.0,
        "lapses_after_years": 2,
    },
}


def _levels(ids: Sequence[str]) -> list[dict[str, Any]]:
    middle = len(ids) // 2
    sides = [BIG] * middle + ["neutral"] + [LITTLE] * middle
    return [
        {"id": level, "name": level.title(), "toward": side, "reason": "Because."}
        for level, side in zip(ids, sides, strict=True)
    ]


def _rules(ids: Sequence[str]) -> list[dict[str, Any]]:
    """The shape of the shipped rules, for so many levels."""
    lean = {BIG: "likes-big", LITTLE: "likes-little"}
    rules: list[dict[str, Any]] = []
    if "sworn-big" in ids:
        rules += [
            _rule(
                "big-by-deeds",
                "sworn-big",
                {"deciding": True, "mean": 0.1},
                lean[BIG],
            ),
            _rule(
                "big-by-votes",
                "sworn-big",
                {"record": 0.5, "outright": 0.666, "mean": 0.05},
                lean[BIG],
            ),
            _rule(
                "little",
                "sworn-little",
                {
                    "deciding": True,
                    "deeds": ["embargo"],
                    "without": ["spared"],
                    "record": 0.4,
                    "record_or_none": True,
                    "mean": 0.1,
                },
                lean[LITTLE],
            ),
        ]
    rules += [
        _rule("leans-little", lean[LITTLE], {"balance": 0.3}),
        _rule("leans-big", lean[BIG], {"balance": 0.16}),
    ]
    if "hints-big" in ids:
        rules += [
            _rule("hints-little", "hints-little", {"balance": 0.1}),
            _rule("hints-big", "hints-big", {"balance": 0.05}),
        ]
    return [*rules, _rule("between", "shrugs", {})]


def _rule(
    key: str, level: str, when: dict[str, Any], contradicted: str = ""
) -> dict[str, Any]:
    rule = {"id": key, "level": level, "sentence": f"Rule {key}.", "when": when}
    return {**rule, "contradicted": contradicted} if contradicted else rule


@cache
def egg_conflict(levels: tuple[str, ...] = FIVE) -> Conflict:
    """The egg war's question, with three, five or seven levels."""

    def worth(**points: float) -> dict[str, dict[str, Any]]:
        return {key: {"points": n, "reason": "So."} for key, n in points.items()}

    return TypeAdapter(Conflict).validate_python(
        {
            "id": "egg-war",
            "name": "The egg war",
            "question": "Where does it stand?",
            "began": BEGAN.isoformat(),
            "first_day": "1700-01-01",
            "reviewed": "1730-01-01",
            "naming": "No position.",
            "sides": [
                {"id": BIG, "name": "Bigendia", "sign": -1, "code": "LI"},
                {"id": LITTLE, "name": "Littlendia", "sign": 1, "code": "BL"},
            ],
            "parties": ["LI", "BL"],
            "pillars": {
                key: {"name": key.title(), "share": share, "reason": "So."}
                for key, share in (("sea", 0.4), ("court", 0.35), ("market", 0.25))
            },
            "deeds": {
                key: {
                    "name": key.title(),
                    "about": "Such an act.",
                    "phrase": f"did {key} for {{side}} against {{opponent}}",
                    **about,
                }
                for key, about in _DEEDS.items()
            },
            "scales": worth(token=0.5, usual=1.0, large=1.5),
            "standings": worth(
                member=1.0, partner=0.4, observer=0.2, frozen=0, suspended=0, left=0
            ),
            "record": {
                "ballots": worth(yes=1.0, no=-1.0, abstain=-0.15, absent=-0.05),
                "half_life_years": 1.0,
                "pillar": "court",
                "share": 0.5,
                "alone": 1.5,
                "reason": "So.",
            },
            "rules": _rules(levels),
            "contradiction": {"points": 0.3, "sentence": "It did much for both."},
            "levels": _levels(levels),
            "times": {
                "before": "before the war",
                "during": "of the war",
                "since": "Since the war began",
                "begins": "war begins",
                "not_begun": "The war had not begun on that day.",
            },
            "party": "At war",
            "unknown": "Nobody knows",
        }
    )


def _source(key: str, grade: str) -> dict[str, str]:
    return {
        "publisher": f"Gazette {key}",
        "title": key,
        "url": f"https://example.org/{key}",
        "grade": grade,
    }


def act(
    deed: str | None,
    day: str,
    toward: str = BIG,
    *,
    key: str = "",
    grade: str = "plain",
    **more: Any,
) -> dict[str, Any]:
    """An event, as a file would say it."""
    name = key or f"{deed or 'shown'}-{day}-{toward}".lower()
    return {
        "id": name,
        "date": day,
        "toward": toward,
        "deed": deed,
        "claim": f"It did {name}.",
        "sources": [_source(name, grade)],
        **more,
    }


def spoken_for(roll_call: dict[str, Any], code: str) -> dict[str, Any]:
    """The roll call with this actor's ballot cast by an ousted government's envoy."""
    reason = f"Cast by the envoy of {code}'s ousted court."
    sources = [_source("credentials", "quality")]
    return roll_call | {"spoken_for": {code: {"reason": reason, "sources": sources}}}


def roll(day: str, toward: str = LITTLE, **ballots: str) -> dict[str, Any]:
    """A roll call: ballots by code."""
    cast = {
        word: [code for code, ballot in ballots.items() if ballot == word]
        for word in ("yes", "no", "abstain", "absent")
    }
    return {
        "id": f"roll-{day}",
        "symbol": f"R/{day}",
        "title": f"The text of {day}",
        "date": day,
        "toward": toward,
        "tally": {word: len(codes) for word, codes in cast.items()},
        "sources": [_source(f"roll-{day}", "official")],
        **cast,
    }


def measure(key: str, deed: str | None, *parts: dict[str, Any], **more: Any) -> Any:
    """A list: its parts' citations are filled in."""
    return {
        "id": key,
        "name": key.title(),
        "toward": more.pop("toward", BIG),
        "deed": deed,
        "reviewed": "1730-01-01",
        "sources": {"list": _source(f"list-{key}", "plain")},
        "parts": [{"detail": "It did.", "cite": ["list"], **part} for part in parts],
        **more,
    }


def bloc(key: str, deed: str | None, *seats: dict[str, Any], toward: str = BIG) -> Any:
    """A bloc: its seats' citations are filled in."""
    return {
        "id": key,
        "name": key.title(),
        "toward": toward,
        "deed": deed,
        "reviewed": "1730-01-01",
        "sources": {"list": _source(f"bloc-{key}", "plain")},
        "members": [{"standing": "member", "cite": ["list"], **seat} for seat in seats],
    }


def egg_base(
    events: Iterable[dict[str, Any]] = (),
    *,
    rolls: Iterable[dict[str, Any]] = (),
    measures: Iterable[dict[str, Any]] = (),
    blocs: Iterable[dict[str, Any]] = (),
    forecasts: Iterable[dict[str, Any]] = (),
    levels: Sequence[str] = FIVE,
    code: str = "LP",
    ballots_since: str | None = None,
) -> Base:
    """A base in which one actor, Laputa, did these things; beside it stand the two
    parties and Brobdingnag, of which nothing is told. ``ballots_since`` is the day on
    which those who rule Laputa overthrew others.
    """

    def keyed(kind: str, documents: Iterable[dict[str, Any]]) -> dict[str, Any]:
        return {d["id"]: adapter(kind).validate_python(d) for d in documents}

    countries = {
        other: country_of(
            {
                "code": other,
                "kind": "state",
                "names": {"short": other},
                "reviewed": "1730-01-01",
                "events": list(events) if other == code else [],
                "ballots_since": ballots_since if other == code else None,
            }
        )
        for other in ("LI", "BL", "LP", "BR")
    }
    return Base(
        conflict=egg_conflict(tuple(levels)),
        countries=countries,
        votes=keyed("votes", rolls),
        measures=keyed("measures", measures),
        blocs=keyed("blocs", blocs),
        forecasts=keyed("forecasts", forecasts),
    )
