"""JSON Schema of each kind of file, for editors; generated from the model."""

from __future__ import annotations

import json

from bot.knowledge.canonical import SCHEMA_OF
from bot.knowledge.reader import adapter


def schemas() -> dict[str, str]:
    """File name to the text of its schema (JSON Schema 2020-12)."""
    found: dict[str, str] = {}
    for kind, name in SCHEMA_OF.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | adapter(
            kind
        ).json_schema()
        found[f"{name}.json"] = (
            json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        )
    return found
