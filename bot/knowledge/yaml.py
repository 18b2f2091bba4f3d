"""YAML as the 1.2 core schema reads it, bounded, without anchors, with the line of
every value.

PyYAML reads YAML 1.1, where ``NO`` is false, ``12:30`` is 750 and a second key silently
wins. Here only null, true, false and plain numbers are resolved; a duplicate key, an
anchor, an alias and a tag are errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import yaml
import yaml.cyaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 60_000

_STR, _CORE = "str", "core"
_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\Z", re.ASCII)
_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_SUSPECT = re.compile(r"(?:^|[\s\[{,:-])[&*!][^\s]|- - - - -|^ {60}", re.MULTILINE)

Path = tuple[str | int, ...]


class YamlError(ValueError):
    """Text that is not acceptable YAML; ``line`` counts from 1."""

    def __init__(self, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


_CParser: Any = cast("Any", yaml.cyaml).CParser


class _Composer(_CParser):
    """libyaml's composer with a resolver that marks plain scalars, and resolves nothing
    itself.
    """

    def resolve(self, kind: type[Node], value: str, implicit: Any) -> str:
        return _CORE if kind is ScalarNode and implicit[0] else _STR

    def descend_resolver(self, parent: Node, index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each value of a document stands."""

    root: Node | None

    def of(self, path: Path) -> int:
        """The line of the value at this path, or of the nearest value above it that
        exists.
        """
        node, line = self.root, 1
        if node is None:
            return line
        line = node.start_mark.line + 1
        for step in path:
            if isinstance(node, MappingNode):
                pair = next(
                    ((k, v) for k, v in node.value if k.value == str(step)), None
                )
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif (
                isinstance(node, SequenceNode)
                and isinstance(step, int)
                and step < len(node.value)
            ):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else 1


def _guard(text: str) -> None:
    """Walk the events, which costs no memory, before anything is built from suspect
    text.
    """
    depth = 0
    events: Iterable[Any] = cast("Any", yaml).parse(text, Loader=yaml.CLoader)
    for nodes, event in enumerate(events):
        line: int = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError(
                "anchors and aliases (&name, *name) are not read",
                line,
                "write the value out",
            )
        if getattr(event, "tag", None):
            raise YamlError("tags (!name) are not read", line, "leave the tag out")
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise YamlError(f"more than {MAX_DEPTH} levels deep", line)
        if nodes > MAX_NODES:
            raise YamlError(f"more than {MAX_NODES} values", line)


def _scalar(node: ScalarNode) -> Any:
    value = node.value
    if node.tag == _STR or (value not in _WORDS and value[:1] not in "+-0123456789"):
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _NUMBER.match(value):
        return float(value) if any(c in value for c in ".eE") else int(value)
    return value


def _build(node: Node) -> Any:
    if type(node) is ScalarNode:
        return _scalar(node)
    if type(node) is SequenceNode:
        return [_build(item) for item in node.value]
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        if type(key) is not ScalarNode:
            raise YamlError("a key is a plain word", key.start_mark.line + 1)
        name = key.value
        if name in mapping:
            first = next(
                k.start_mark.line + 1 for k, _ in node.value if k.value == name
            )
            line = key.start_mark.line + 1
            raise YamlError(
                f"the key {name!r} stands twice",
                line,
                f"it stands on line {first} already",
            )
        mapping[name] = _build(value)
    return mapping


def decode(raw: bytes) -> str:
    """UTF-8 text without a byte-order mark; YamlError says what else it is."""
    if len(raw) > MAX_BYTES:
        raise YamlError(
            f"the file has {len(raw)} bytes; at most {MAX_BYTES} are read", 1
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise YamlError("the file is not UTF-8", line, "save it as UTF-8") from None
    return text


def load(text: str, *, hostile: bool = False) -> tuple[Any, Lines]:
    """The document and the lines of its values; YamlError for anything that is refused.

    ``hostile`` text comes from a stranger and is walked first in any case, which takes
    three times as long. Keys are always text; a scalar is text unless it is a plain
    null, true, false or decimal number.
    """
    try:
        if (
            hostile
            or text.count("[") + text.count("{") > 500
            or len(text) > 200_000
            or _SUSPECT.search(text)
        ):
            _guard(text)
        root: Node | None = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise YamlError(f"not YAML: {problem}", _line_of(error)) from None
    if root is None:
        raise YamlError("the file is empty", 1)
    return _build(root), Lines(root)
