"""Files of the first edition, whose facts had a pillar and a weight, as files of this
one, whose facts have a deed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

Document = dict[str, Any]


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


@dataclass(frozen=True, slots=True)
class NearestDeed:
    """A kind of deed and a scale that stand in for a pillar and a weight."""

    deed: str
    scale: str


def nearest(pillar: str, weight: str, toward: str, words: str) -> NearestDeed | None:
    """The deed nearest to a pillar and a weight, going by the fact's words; None for
    what favours neither side and is no mediation: it is shown and not counted.
    """
    if toward == "neutral":
        if _MEDIATION.search(words):
            return NearestDeed("mediation", "usual")
        return None
    for choice in _CHOICES:
        fits = choice.pillar == pillar and weight in choice.weights
        if fits and re.search(choice.words, words, re.IGNORECASE):
            return NearestDeed(choice.deed, choice.scale)
    return None


def _source(source: Any) -> Any:
    if not isinstance(source, dict):
        return source
    source = cast("Document", source)
    new = {k: v for k, v in source.items() if k not in {"official", "weak"}}
    if source.get("official"):
        new["grade"] = "official"
    if source.get("weak"):
        new["grade"] = "weak"
    return new


def _sources(sources: Any) -> Any:
    if isinstance(sources, dict):
        keyed = cast("dict[str, Document]", sources)
        return {key: _source(source) for key, source in keyed.items()}
    if isinstance(sources, list):
        return [_source(source) for source in cast("list[Any]", sources)]
    return sources


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
    found = nearest(pillar, "minor" if seat else weight, toward, words)
    if found:
        new["deed"] = found.deed
        if found.scale != "usual" and not seat:
            new["scale"] = found.scale
    return new


def migrated_entry(thing: Any) -> Any:
    """An event or an override of the first edition in the form of this one; whatever
    else is given comes back as it is.
    """
    if not isinstance(thing, dict):
        return thing
    entry = cast("Document", thing)
    return _weighed(entry, str(entry.get("claim", "")))


def _country(document: Document) -> Document:
    new = dict(document)
    events = document.get("events")
    if isinstance(events, list):
        new["events"] = [migrated_entry(each) for each in cast("list[Any]", events)]
    if "override" in document:
        new["override"] = migrated_entry(document["override"])
    return new


def _measure(document: Document) -> Document:
    new = _weighed(document, str(document.get("name", "")))
    scale = new.pop("scale", None)
    parts: list[Document] = []
    for part in cast("list[Document]", document.get("parts", [])):
        about = {
            "pillar": document.get("pillar"),
            "weight": part.get("weight", document.get("weight")),
            "toward": part.get("toward", document.get("toward")),
        }
        words = f"{document.get('name', '')}. {part.get('detail', '')}"
        kept = {k: v for k, v in part.items() if k != "weight"}
        if "pillar" in document and about["toward"] != "neutral":
            own = {"weight", "toward"} & part.keys()
            weighed = _weighed(about, words)
            if own and weighed.get("deed") != new.get("deed"):
                kept["deed"] = weighed.get("deed")
            part_scale = weighed.get("scale") if own else scale
            if part_scale:
                kept["scale"] = part_scale
        parts.append({k: v for k, v in kept.items() if v is not None})
    new["parts"] = parts
    return new


def _bloc(document: Document) -> Document:
    new = _weighed(document, str(document.get("name", "")), seat=True)
    sources = cast("dict[str, Document]", document.get("sources", {}))
    members: list[Document] = []
    for seat in cast("list[Document]", document.get("members", [])):
        kept = dict(seat)
        if "since" not in kept:
            written = [
                sources.get(key, {}).get("published") for key in seat.get("cite", ())
            ]
            days = [str(day) for day in (*written, document.get("reviewed")) if day]
            until = str(kept.get("until", days[0]))
            kept["since"] = min(days[0], until)
            kept.setdefault("note", "Held on the day on which the source was written.")
        members.append(kept)
    new["members"] = members
    return new


def _vote(document: Document) -> Document:
    return {**document, "sources": _sources(document.get("sources", []))}


def _forecast(document: Document) -> Document:
    source = cast("Document", document.get("source", {}))
    return {**document, "source": _source(source)}


_KINDS: Mapping[str, Callable[[Document], Document]] = {
    "countries": _country,
    "measures": _measure,
    "blocs": _bloc,
    "votes": _vote,
    "forecasts": _forecast,
}


def _conflict(document: Document, pattern: Document) -> Document:
    """The conflict of a base of the first edition, whose five levels, three pillars and
    two sides are the pattern's under other names.
    """
    levels = cast("list[Document]", document.get("levels", []))
    theirs = cast("list[Document]", pattern.get("levels", []))
    renamed = {old["id"]: new["id"] for old, new in zip(theirs, levels, strict=False)}
    sides = {
        old["id"]: new["id"]
        for old, new in zip(pattern["sides"], document["sides"], strict=False)
    }
    new = {k: v for k, v in document.items() if k not in _GONE}
    new["levels"] = [
        {
            **{k: v for k, v in level.items() if k != "from"},
            "toward": sides.get(like["toward"], like["toward"]),
        }
        for level, like in zip(levels, theirs, strict=False)
    ]
    rules: list[Document] = []
    for rule in cast("list[Document]", pattern["rules"]):
        named = {
            key: renamed.get(rule[key], rule[key])
            for key in ("level", "contradicted")
            if key in rule
        }
        rules.append({**rule, **named})
    new["rules"] = rules
    for key in ("deeds", "scales", "record", "contradiction", "bodies"):
        new.setdefault(key, pattern[key])
    new.setdefault("first_day", new.get("began"))
    return new


_GONE = frozenset({"weights", "ballots", "recency", "known"})


def _mappings(value: Any) -> list[Document]:
    """The mappings among a list's items or a mapping's values; nothing for anything
    else, since files may hold anything.
    """
    if isinstance(value, dict):
        value = list(cast("dict[str, Any]", value).values())
    if not isinstance(value, list):
        return []
    return [item for item in cast("list[Any]", value) if isinstance(item, dict)]


def is_first_edition(kind: str, document: Any) -> bool:
    """Whether a document, as plain data, was written for the first edition."""
    if not isinstance(document, dict):
        return False
    data = cast("Document", document)
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


def migrated(kind: str, document: Any, pattern: Document) -> Any:
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
        return _conflict(document, pattern)
    return _KINDS[kind](document)
