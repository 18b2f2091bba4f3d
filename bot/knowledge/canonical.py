"""The one way that a file of the base is written, so that a change shows only what
changed.
"""

from __future__ import annotations

import re
from typing import cast

import yaml

from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Document
from bot.knowledge.plain import PlainObject
from bot.knowledge.reader import adapter
from bot.knowledge.values import BALLOTS
from bot.knowledge.yaml import NUMBER

_FLOW = frozenset(BALLOTS)
_AFTER = {"until": ("date", "since"), "cite": ("standing", "detail")}
_SCHEMA = "# yaml-language-server: $schema={up}schema/{name}.json\n"
SCHEMA_OF = {
    "countries": "country",
    "blocs": "bloc",
    "votes": "vote",
    "measures": "measure",
    "forecasts": "forecast",
    "conflict": "conflict",
}
WIDTH = 110


class _Flow(list[object]):
    """A list written on one line, wrapped."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT001, FBT002 - as PyYAML calls it
        indentless: bool = False,  # noqa: FBT001, FBT002 - the same
    ) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _flow(dumper: _Dumper, data: _Flow) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


_Dumper.add_representer(_Flow, _flow)
# Dates are text in our schema; without its resolver PyYAML writes them without quotes.
_Dumper.yaml_implicit_resolvers = {
    first: [
        (tag, expression)
        for tag, expression in rules
        if tag != "tag:yaml.org,2002:timestamp"
    ]
    for first, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
for _first in "-+0123456789":
    # YAML 1.1 wants a point and a sign in 1.0e+5; what we read as a number, 1e5 too, is
    # quoted where it is a text.
    _rules = _Dumper.yaml_implicit_resolvers.setdefault(_first, [])
    _rules.append(("tag:yaml.org,2002:float", NUMBER))


def _ordered(data: object, key: str = "") -> object:
    if isinstance(data, dict):
        mapping = cast("PlainObject", data)
        names = [n for n in mapping if n not in _AFTER]
        for name, anchors in _AFTER.items():
            if name in mapping:
                place = next(
                    (names.index(a) + 1 for a in anchors if a in names), len(names)
                )
                names.insert(place, name)
        return {name: _ordered(mapping[name], name) for name in names}
    if isinstance(data, list | tuple):
        items = [_ordered(item) for item in cast("list[object]", data)]
        plain = all(isinstance(i, str) and len(i) <= 40 for i in items)
        return (
            _Flow(items)
            if plain
            and (
                key in _FLOW
                or key
                in {
                    "cite",
                    "aliases",
                    "parties",
                    "summary_facts",
                    "deeds",
                    "without",
                    "subject",
                    "examples",
                }
            )
            else items
        )
    if (
        isinstance(data, str)
        and re.fullmatch(r"\d{4}", data)
        and key in {"date", "since", "until", "published", "reviewed"}
    ):
        return int(data)
    return data


def canonical(document: Document | Conflict, kind: str) -> str:
    """The file's text: defaults left out, keys in the schema's order, lines wrapped at
    110 characters.
    """
    data = adapter(kind).dump_python(
        document, mode="json", by_alias=True, exclude_defaults=True
    )
    for ballot in BALLOTS if kind == "votes" else ():
        data[ballot] = sorted(data[ballot])
    body = yaml.dump(
        _ordered(data),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=False,
    )
    head = _SCHEMA.format(up="" if kind == "conflict" else "../", name=SCHEMA_OF[kind])
    return head + body


def inner_comments(text: str) -> tuple[int, ...]:
    """Lines with a comment of their own below the head; the canonical form cannot keep
    these.
    """
    lines = text.splitlines()
    start = next(
        (
            n
            for n, line in enumerate(lines)
            if line.strip() and not line.startswith("#")
        ),
        0,
    )
    return tuple(
        n + 1 for n in range(start, len(lines)) if lines[n].lstrip().startswith("#")
    )
