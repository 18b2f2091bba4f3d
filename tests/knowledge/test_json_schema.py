"""The published schemas and the page's table of keys are those of the model, and
teach.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from bot.knowledge.canonical import SCHEMA_OF
from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import DOCUMENTS
from bot.knowledge.json_schema import keys_tables, schema_of, schemas, with_keys
from tests.support.bases import DATA

PAGE = DATA.parent / "docs" / "data.md"
ANEW = "run: ally schema data/schema --docs docs/data.md"
MODELS = {**DOCUMENTS, "conflict": Conflict}


def classes_of(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield schema["title"], schema
    yield from schema.get("$defs", {}).items()


def descriptions(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for each in cast("list[Any]", schema):
            yield from descriptions(each)
    elif isinstance(schema, dict):
        mapping = cast("dict[str, Any]", schema)
        if isinstance(mapping.get("description"), str):
            yield mapping["description"]
        for value in mapping.values():
            yield from descriptions(value)


@pytest.mark.parametrize("kind", SCHEMA_OF)
def test_every_class_and_key_has_a_description_in_one_line(kind: str) -> None:
    schema = schema_of(kind)
    for name, each in classes_of(schema):
        assert each.get("description"), name
        for key, value in each["properties"].items():
            assert value.get("description"), f"{name}.{key}"
            assert value["description"].endswith("."), f"{name}.{key}"
    for text in descriptions(schema):
        assert "\n" not in text
        assert "``" not in text


def test_the_published_schemas_are_those_of_the_model_and_no_others() -> None:
    texts = schemas()
    folder = DATA / "schema"
    assert {path.name for path in folder.iterdir()} == set(texts)
    for name, text in texts.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{ANEW} ({name})"


@pytest.mark.parametrize("kind", SCHEMA_OF)
def test_a_schema_knows_the_models_keys_and_refuses_others(kind: str) -> None:
    published = (DATA / "schema" / f"{SCHEMA_OF[kind]}.json").read_text("utf-8")
    for name, each in classes_of(json.loads(published)):
        assert each["additionalProperties"] is False, name
        assert set(each.get("required", ())) <= set(each["properties"]), name
    fields = MODELS[kind].__dataclass_fields__
    assert set(json.loads(published)["properties"]) == set(fields)


def test_the_pages_table_of_keys_is_the_models() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_keys(page) == page, ANEW
    for kind in SCHEMA_OF:
        for name, each in classes_of(schema_of(kind)):
            assert f"### {name}\n" in page
            for key in each["properties"]:
                assert f"| `{key}` |" in page


def test_each_class_stands_in_the_table_once() -> None:
    heads = [line for line in keys_tables().splitlines() if line.startswith("### ")]
    assert len(heads) == len(set(heads))


def test_a_page_without_the_marks_is_not_written() -> None:
    with pytest.raises(ValueError, match="no lines"):
        with_keys("# A page\n")
