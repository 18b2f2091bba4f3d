"""Files of the first edition, whose facts had a pillar and a weight, as files of this
one, whose facts have a deed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from bot.knowledge.plain import PlainObject, list_in, object_in, objects_in

Document = PlainObject


@dataclass(frozen=True, slots=True)
class _Choice:
    """A kind of deed for facts of one pillar: the weights that it is for, words of the
    claim that point to it (none: any), and the scale.
    """

    pillar: str
    weights: frozenset[str]
    words: str
    deed: str
    scale: str = "usual"


def _choices(table: str) -> tuple[_Choice, ...]:
    """One choice a line: pillar, weights, deed, scale, words; the first that fits."""
    rows: list[_Choice] = []
    for line in table.strip().splitlines():
        pillar, weights, deed, scale, words = (c.strip() for c in line.split("|", 4))
        rows.append(_Choice(pillar, frozenset(weights.split()), words, deed, scale))
    return tuple(rows)


_CHOICES = _choices(
    r"""
military|decisive|territory|usual|territory|airspace
military|decisive|defence-pact|usual|treat|pact|defen[cs]e
military|decisive|troops|usual|
military|major notable minor|arms-refused|usual|refus|declin|ruled out|no arms|not send
military|decisive major|defence-pact|usual|mutual.defen[cs]e
military|major|arms|usual|arms|weapon|ammunition|missile|drone|shell|lethal|tank|jet
military|major notable|security-agreement|usual|treat|pact|agreement
military|major notable|forces-hosted|usual|base|contingent|hosts
military|major|arms|usual|
military|notable|military-aid|usual|train|equipment|helmet|non-lethal|demin|medical
military|notable|military-ties|usual|
military|minor|military-ties|token|
diplomatic|decisive major|recognition|usual|recogni
diplomatic|decisive major|relations-broken|usual|broke|severed|cut
diplomatic|decisive major|blocked|usual|veto|block
diplomatic|decisive major|formal|large|
diplomatic|notable|expulsion|usual|expel|expuls|consulate|recalled
diplomatic|notable|court|usual|court|tribunal|register|\bICC\b|\bICJ\b
diplomatic|notable|blocked|token|veto|block
diplomatic|notable minor|hosted|token|visit|received|travel|hosted|met
diplomatic|notable|formal|usual|
diplomatic|minor|joined-call|token|signed|joined|sponsor|communiqu
diplomatic|minor|words|usual|
economic|major notable minor|sanctions-refused|usual|(refus|declin|not join).*sanction
economic|major notable minor|sanctions-refused|usual|sanction.*(refus|ruled out)
economic|decisive major|sanctions|usual|sanction
economic|decisive major|aid|large|aid|grant|loan|relief
economic|decisive major|trade|large|
economic|notable|sanctions|token|sanction
economic|notable minor|energy|usual|gas\b|oil\b|fuel|coal|energy
economic|notable minor|ban|usual|clos|ban\b|banned|port
economic|notable minor|aid|usual|aid|grant|loan|relief|refugee
economic|notable|trade|usual|
economic|minor|trade|token|
"""
)
_MEDIATION = re.compile(
    r"mediat|peace|talks|exchange of prisoners|neutral", re.IGNORECASE
)


_READ = 400
"""Characters of a claim that are looked at: as many as a claim may have."""


@dataclass(frozen=True, slots=True)
class NearestDeed:
    """A kind of deed and a scale that stand in for a pillar and a weight."""

    deed: str
    scale: str


def nearest(pillar: str, weight: str, toward: str, words: str) -> NearestDeed | None:
    """The deed nearest to a pillar and a weight, going by the fact's words; None for
    what favours neither side and is no mediation: it is shown and not counted.
    """
    # A longer claim is refused anyway, and some expressions are not linear in it.
    words = words[:_READ]
    if toward == "neutral":
        if _MEDIATION.search(words):
            return NearestDeed("mediation", "usual")
        return None
    for choice in _CHOICES:
        fits = choice.pillar == pillar and weight in choice.weights
        if fits and re.search(choice.words, words, re.IGNORECASE):
            return NearestDeed(choice.deed, choice.scale)
    return None


def _mappings(value: object) -> list[Document]:
    """The mappings among a list's items or a mapping's values; nothing for anything
    else, since files may hold anything.
    """
    return objects_in(value) or objects_in(list(object_in(value).values()))


def _changed(value: object, change: Callable[[Document], Document]) -> object:
    """A mapping changed; what is none comes back as it is."""
    return change(cast("Document", value)) if isinstance(value, dict) else value


def _each(value: object, change: Callable[[Document], Document]) -> object:
    """A list with its mappings changed, and all else in it as it is; what is no list
    comes back as it is.
    """
    if not isinstance(value, list):
        return value
    return [_changed(item, change) for item in list_in(cast("object", value))]


def _source(source: Document) -> Document:
    new = {k: v for k, v in source.items() if k not in {"official", "weak"}}
    if source.get("official"):
        new["grade"] = "official"
    if source.get("weak"):
        new["grade"] = "weak"
    return new


def _sources(sources: object) -> object:
    if isinstance(sources, dict):
        keyed = object_in(cast("object", sources))
        return {key: _changed(source, _source) for key, source in keyed.items()}
    return _each(sources, _source)


def _weighed(thing: Document, words: str, *, seat: bool = False) -> Document:
    """The document's mapping with a deed in place of its pillar and weight.

    A seat of a bloc that favours a side counts as a tie, whatever its weight was: seats
    explain, and deeds count.
    """
    new = {k: v for k, v in thing.items() if k not in {"pillar", "weight"}}
    if "sources" in new:
        new["sources"] = _sources(new["sources"])
    pillar, weight = str(thing.get("pillar")), str(thing.get("weight"))
    if "pillar" not in thing or "deed" in thing:
        return new
    toward = str(thing.get("toward", "neutral"))
    like = nearest(pillar, "minor" if seat else weight, toward, words)
    if like:
        new["deed"] = like.deed
        if like.scale != "usual" and not seat:
            new["scale"] = like.scale
    return new


def migrated_entry(thing: object) -> object:
    """An event or an override of the first edition in the form of this one; whatever
    else is given comes back as it is.
    """
    return _changed(thing, _entry)


def _entry(entry: Document) -> Document:
    return _weighed(entry, str(entry.get("claim", "")))


def _country(document: Document) -> Document:
    new = dict(document)
    if "events" in document:
        new["events"] = _each(document["events"], _entry)
    if "override" in document:
        new["override"] = migrated_entry(document["override"])
    return new


def _part(part: Document, document: Document, deed: object, scale: object) -> Document:
    """A part of a measure, with a deed or a scale of its own where it had a weight or a
    side of its own.
    """
    kept = {k: v for k, v in part.items() if k != "weight"}
    about = {
        "pillar": document.get("pillar"),
        "weight": part.get("weight", document.get("weight")),
        "toward": part.get("toward", document.get("toward")),
    }
    if "pillar" not in document or about["toward"] == "neutral":
        return kept
    if {"weight", "toward"} & part.keys():
        words = f"{document.get('name', '')}. {part.get('detail', '')}"
        own = _weighed(about, words)
        scale = own.get("scale")
        if own.get("deed") not in {None, deed}:
            kept["deed"] = own["deed"]
    return {**kept, "scale": scale} if scale else kept


def _measure(document: Document) -> Document:
    new = _weighed(document, str(document.get("name", "")))
    scale = new.pop("scale", None)
    if "parts" in document:
        new["parts"] = _each(
            document["parts"],
            lambda part: _part(part, document, new.get("deed"), scale),
        )
    return new


def _seat(seat: Document, document: Document) -> Document:
    """A seat with a day: what had none holds from the day on which its source was
    written.
    """
    if "since" in seat:
        return seat
    keyed = object_in(document.get("sources"))
    cited = list_in(seat.get("cite"))
    pages = _mappings([keyed.get(str(key)) for key in cited])
    days = [str(page["published"]) for page in pages if page.get("published")]
    since = next(iter(days), str(document.get("reviewed")))
    until = str(seat.get("until", since))
    note = "Held on the day on which the source was written."
    return {"note": note, **seat, "since": min(since, until)}


def _bloc(document: Document) -> Document:
    new = _weighed(document, str(document.get("name", "")), seat=True)
    if "members" in document:
        new["members"] = _each(document["members"], lambda seat: _seat(seat, document))
    return new


def _vote(document: Document) -> Document:
    return {**document, "sources": _sources(document.get("sources"))}


def _forecast(document: Document) -> Document:
    source = document.get("source")
    return {**document, "source": _changed(source, _source)}


_KINDS: Mapping[str, Callable[[Document], Document]] = {
    "countries": _country,
    "measures": _measure,
    "blocs": _bloc,
    "votes": _vote,
    "forecasts": _forecast,
}


def _pairs(old: list[Document], new: list[Document]) -> dict[str, str]:
    """The ids of the one to those of the other, by their place."""
    return {
        str(one.get("id")): str(other.get("id", one.get("id")))
        for one, other in zip(old, new, strict=False)
    }


def _renamed(key: str, value: object, levels: Mapping[str, str]) -> object:
    """A level's id in a rule under its name in another base; all else as it is."""
    if key in {"level", "contradicted"} and isinstance(value, str):
        return levels.get(value, value)
    return value


def _conflict(document: Document, pattern: Document) -> Document:
    """The conflict of a base of the first edition, whose five levels, three pillars and
    two sides are the pattern's under other names.
    """
    levels, theirs = _mappings(document.get("levels")), _mappings(pattern["levels"])
    renamed = _pairs(theirs, levels)
    sides = _pairs(_mappings(pattern["sides"]), _mappings(document.get("sides")))
    new = {k: v for k, v in document.items() if k not in _GONE}
    new["levels"] = [
        {
            **{k: v for k, v in level.items() if k != "from"},
            "toward": sides.get(str(like["toward"]), like["toward"]),
        }
        for level, like in zip(levels, theirs, strict=False)
    ]
    new["rules"] = [
        {key: _renamed(key, value, renamed) for key, value in rule.items()}
        for rule in _mappings(pattern["rules"])
    ]
    for key in ("deeds", "scales", "record", "contradiction", "bodies"):
        new.setdefault(key, pattern[key])
    new.setdefault("first_day", new.get("began"))
    return new


_GONE = frozenset({"weights", "ballots", "recency", "known"})


def is_first_edition(kind: str, document: object) -> bool:
    """Whether a document, as plain data, was written for the first edition."""
    data = object_in(document)
    if kind == "conflict":
        return "weights" in data
    events = _mappings(data.get("events"))
    if any("pillar" in each for each in (data, *events)):
        return True
    sources = _mappings(data.get("sources"))
    for holder in (*events, *_mappings([data.get("override")])):
        sources += _mappings(holder.get("sources"))
    sources += _mappings([data.get("source")])
    return any({"official", "weak"} & source.keys() for source in sources)


def migrated(kind: str, document: object, pattern: Document) -> object:
    """A document of the first edition, as plain data, in the form of this one; one of
    this edition is given back as it is.

    ``kind`` is a folder of the base, or ``conflict``. ``pattern`` is a conflict of this
    edition, whose deeds and rules a conflict of the first is given. What a pillar and
    a weight said is told by the nearest deed; whoever must keep them keeps the old
    document.
    """
    if not is_first_edition(kind, document):
        return document
    if kind == "conflict":
        return _conflict(object_in(document), pattern)
    return _KINDS[kind](object_in(document))
