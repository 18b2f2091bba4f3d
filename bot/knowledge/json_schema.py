"""JSON Schema of each kind of file for editors, and the table of keys for people: both
are generated from the model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

from bot.knowledge.canonical import SCHEMA_OF
from bot.knowledge.plain import PlainObject, list_in, object_in, objects_in
from bot.knowledge.reader import adapter
from bot.knowledge.text import between_marks
from bot.knowledge.values import CODE, DATE, SLUG

Schema = PlainObject

BEGIN, END = "<!-- keys: generated -->", "<!-- end of keys -->"
"""What stands around the table of keys on the page for people."""
_PATTERNS = {CODE: "code", DATE: "day, month or year", SLUG: "id"}
_TYPES = {"string": "text", "boolean": "`true` or `false`", "integer": "whole number"}
_FILES = {
    kind: "conflict.yaml" if kind == "conflict" else f"{kind}/*.yaml"
    for kind in SCHEMA_OF
}


def _in_one_line(text: str) -> str:
    """A docstring as a description: one line, code between single backticks."""
    return " ".join(text.split()).replace("``", "`")


def _described(schema: object) -> object:
    """The schema with each description on one line."""
    if isinstance(schema, list):
        return [_described(each) for each in list_in(cast("object", schema))]
    if isinstance(schema, dict):
        return _described_keys(cast("Schema", schema))
    return schema


def _described_keys(schema: Schema) -> Schema:
    described: Schema = {}
    for key, value in schema.items():
        if key == "description" and isinstance(value, str):
            described[key] = _in_one_line(value)
        else:
            described[key] = _described(value)
    return described


def schema_of(kind: str) -> Schema:
    """The JSON Schema (2020-12) of one kind of file; KeyError for an unknown kind."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | _described_keys(adapter(kind).json_schema())


def schemas() -> dict[str, str]:
    """File name to the text of its schema (JSON Schema 2020-12)."""
    return {
        f"{name}.json": json.dumps(
            schema_of(kind), indent=2, ensure_ascii=False, sort_keys=True
        )
        + "\n"
        for kind, name in SCHEMA_OF.items()
    }


def _bounds(schema: Schema) -> str:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum")
    if low is None:
        return ""
    word = "above" if "exclusiveMinimum" in schema else "from"
    return f" {word} {low:g}" + (f" to {high:g}" if high is not None else "")


def _words(words: list[object]) -> str:
    return " or ".join(f"`{word}`" for word in words)


def _type(schema: Schema) -> str:
    """What a value may be, in a few words."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[1]
        return f"[{name}](#{name.casefold()})"
    if "anyOf" in schema:
        return " or ".join(
            _type(each)
            for each in objects_in(schema["anyOf"])
            if each.get("type") != "null"
        )
    if "enum" in schema:
        return _words(list_in(schema["enum"]))
    kind = schema.get("type")
    if kind == "array":
        return f"list of {_type(object_in(schema.get('items')))}"
    if kind == "object":
        return f"{_type(object_in(schema.get('additionalProperties')))}, by key"
    named = _PATTERNS.get(str(schema.get("pattern")))
    return named or _TYPES.get(str(kind), str(kind)) + _bounds(schema)


def _table(schema: Schema) -> Iterator[str]:
    """The rows of one class, the keys that must be there first, as in the file."""
    required = list_in(schema.get("required"))
    yield "| key | what stands there | what it says |"
    yield "| --- | --- | --- |"
    for key, described in object_in(schema["properties"]).items():
        value = object_in(described)
        must = "" if key in required else ", or left out"
        about = str(value.get("description", "")).replace("|", "\\|")
        yield f"| `{key}` | {_type(value)}{must} | {about} |"


def keys_tables() -> str:
    """Every key of every kind of file, as Markdown: a table for each class, once."""
    lines: list[str] = []
    seen: set[str] = set()
    for kind in SCHEMA_OF:
        schema = schema_of(kind)
        classes = {str(schema["title"]): schema, **object_in(schema.get("$defs"))}
        for name, described in classes.items():
            if name in seen:
                continue
            seen.add(name)
            each = object_in(described)
            file = f" (`{_FILES[kind]}`)" if each is schema else ""
            about = each.get("description", "")
            lines += [f"### {name}", "", f"{about}{file}".strip(), ""]
            lines += [*_table(each), ""]
    return "\n".join(lines).strip() + "\n"


def with_keys(page: str) -> str:
    """A page for people with the tables of keys between its two marks as the model has
    them now; ValueError for a page without the marks.
    """
    return between_marks(page, BEGIN, END, keys_tables())
