"""YAML as the 1.2 core schema reads it, bounded, without anchors, with the line of
every value.

PyYAML reads YAML 1.1, where ``NO`` is false, ``12:30`` is 750 and a second key silently
wins. Here only null, true, false and plain numbers are resolved; a duplicate key, an
anchor, an alias and a tag are errors.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from math import isfinite
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.plain import PlainObject
from bot.knowledge.problems import AllyError
from bot.knowledge.text import cut

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 60_000
MAX_DIGITS = 15
"""Characters of a plain number; whole numbers of so many digits are exact in JSON too.
"""
_SHOWN = 60
_OPENING = re.compile(r"[\[{]")
_FEW_OPENINGS = 500
"""Fewer than the 1,000 levels at which libyaml gives up."""

_STR, _CORE = "str", "core"
NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\Z", re.ASCII)
_WORDS: dict[str, bool | None] = {
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
"""Keys and indices from the root of a document to a value."""


class YamlError(AllyError):
    """Text that is not acceptable YAML; ``line`` counts from 1."""

    def __init__(self, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


class _Composer(yaml.CBaseLoader):
    """libyaml's composer with a resolver that marks plain scalars, and resolves nothing
    itself.
    """

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:
        return _CORE if kind is ScalarNode and implicit[0] else _STR

    def descend_resolver(self, current_node: Node, current_index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


class _Pair(NamedTuple):
    line: int
    value: Node


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each value of a document stands."""

    root: Node | None
    before: int = 0
    """Lines of the file in front of the document."""
    _by_key: dict[int, dict[str, _Pair]] = field(
        default_factory=dict[int, dict[str, _Pair]], compare=False, repr=False
    )

    def of(self, path: Path) -> int:
        """The line of the value at this path, or of the nearest value above it that
        exists, from 1; each step takes the same time however long the document is.
        """
        if self.root is None:
            return self.before + 1
        node, line = self.root, self.root.start_mark.line + 1
        for step in path:
            here = self._below(node, step)
            if here is None:
                break
            line, node = here.line, here.value
        return self.before + line

    def _below(self, node: Node, step: str | int) -> _Pair | None:
        if isinstance(node, MappingNode):
            pairs = self._by_key.get(id(node))
            if pairs is None:
                pairs = self._by_key[id(node)] = {
                    key.value: _Pair(key.start_mark.line + 1, value)
                    for key, value in node.value
                }
            return pairs.get(str(step))
        if (
            isinstance(node, SequenceNode)
            and isinstance(step, int)
            and step < len(node.value)
        ):
            value = node.value[step]
            return _Pair(value.start_mark.line + 1, value)
        return None


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else 1


class _Guard:
    """Walks the events of a text, which costs no memory, before anything is built."""

    def __init__(self) -> None:
        self.depth = self.nodes = 0
        self.read = 0
        """Characters up to the end of the last event."""

    def walk(self, text: str) -> None:
        """YamlError for what is never read."""
        parser = yaml.CLoader(text)
        try:
            while event := parser.get_event():
                self._see(event)
                self.read = event.end_mark.index
        finally:
            parser.dispose()

    def _see(self, event: yaml.Event) -> None:
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
            self.depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.depth -= 1
        self.nodes += 1
        if self.depth > MAX_DEPTH:
            raise _too_deep(line)
        if self.nodes > MAX_NODES:
            raise YamlError(f"more than {MAX_NODES} values", line)


def _too_deep(line: int) -> YamlError:
    return YamlError(f"more than {MAX_DEPTH} levels deep", line)


def _guard(text: str) -> None:
    """YamlError for text that would cost much to build.

    libyaml looks ahead before it tells of a bracket, and has a limit of its own, whose
    words change from release to release. So where it gives up, the brackets that it had
    not told of are read again, fewer than its limit: too many of them are too deep by
    our own count.
    """
    guard = _Guard()
    try:
        guard.walk(text)
    except yaml.YAMLError:
        ahead = list(islice(_OPENING.finditer(text, guard.read), _FEW_OPENINGS))
        if len(ahead) > MAX_DEPTH - guard.depth:
            with suppress(yaml.YAMLError):
                _Guard().walk(text[: ahead[-1].end()])
        raise


def _number(node: ScalarNode) -> float | str:
    """A plain number, or the text that only begins like one."""
    value: str = node.value
    if not NUMBER.match(value):
        return value
    line = node.start_mark.line + 1
    if len(value) > MAX_DIGITS:
        raise YamlError(
            f"a number of {len(value)} characters",
            line,
            f"at most {MAX_DIGITS}; text that looks like a number stands in quotes",
        )
    if not any(c in value for c in ".eE"):
        return int(value)
    number = float(value)
    if not isfinite(number):
        raise YamlError(f"{value} is too large a number", line)
    return number


def _scalar(node: ScalarNode) -> float | str | None:
    value = node.value
    if node.tag == _STR:
        return value
    if value in _WORDS:
        return _WORDS[value]
    return _number(node) if value[:1] in "+-0123456789" else value


def _build(node: Node, depth: int = 0) -> object:
    if type(node) is ScalarNode:
        return _scalar(node)
    if depth >= MAX_DEPTH:
        raise _too_deep(node.start_mark.line + 1)
    if type(node) is SequenceNode:
        return [_build(item, depth + 1) for item in node.value]
    mapping: PlainObject = {}
    for key, value in node.value:
        if type(key) is not ScalarNode:
            raise YamlError("a key is a plain word", key.start_mark.line + 1)
        name = key.value
        if name in mapping:
            raise _twice(name, node)
        mapping[name] = _build(value, depth + 1)
    return mapping


def _twice(name: str, node: Node) -> YamlError:
    first, second, *_ = (
        key.start_mark.line + 1 for key, _ in node.value if key.value == name
    )
    return YamlError(
        f"the key {cut(name, _SHOWN)!r} stands twice",
        second,
        f"it stands on line {first} already",
    )


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


def _refusal(text: str, error: yaml.YAMLError) -> YamlError:
    """Why libyaml could not read a text: by our own count if that refuses it too."""
    try:
        _guard(text)
    except YamlError as refused:
        return refused
    except yaml.YAMLError:
        pass
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return YamlError(f"not YAML: {problem}", _line_of(error))


def _is_suspect(text: str) -> bool:
    """Whether a text may hold what costs much before it is refused."""
    brackets = text.count("[") + text.count("{")
    return brackets > 500 or len(text) > 200_000 or bool(_SUSPECT.search(text))


def _composed(text: str, before: int) -> tuple[object, Lines]:
    root = _Composer(text).get_single_node()
    if root is None:
        raise YamlError("the file is empty", 1)
    return _build(root), Lines(root, before)


def load(text: str, *, hostile: bool = False, before: int = 0) -> tuple[object, Lines]:
    """The document and the lines of its values; YamlError for anything that is refused.

    ``hostile`` text comes from a stranger and is walked first in any case, which takes
    three times as long. ``before`` counts the lines of the file in front of this text.
    Keys are always text; a scalar is text unless it is a plain null, true, false or
    decimal number.
    """
    try:
        if hostile or _is_suspect(text):
            _guard(text)
        return _composed(text, before)
    except yaml.YAMLError as error:
        refused = _refusal(text, error)
    except YamlError as error:
        refused = error
    raise YamlError(refused.message, before + refused.line, refused.hint)
