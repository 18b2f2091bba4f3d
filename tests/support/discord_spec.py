"""Discord's own description of its API: fetched once, read as JSON Schema.

Discord publishes an OpenAPI document. The npm package ``discord-api-spec`` carries
its schemas as Zod, built daily from that document; ``fetch`` turns them into JSON
Schema again, in the place where the OpenAPI document has them. Discord's document
itself (``openapi.json``) is read as well.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import jsonschema_rs

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "discord-api-spec"
VARIABLE = "ALLY_DISCORD_SPEC"
FETCH = "python -m tests.support.discord_api fetch"

_PACKAGES = ("discord-api-spec@10.0.266135", "zod@4.6.7")
"""Pinned: a change of Discord's makes no landing red; ``fetch --newest`` looks."""
_SCRIPT = """\
import { writeFileSync } from "node:fs";
import * as spec from "discord-api-spec/zod";
import * as z from "zod/mini";

const registry = z.registry();
for (const [name, schema] of Object.entries(spec)) {
  if (name.endsWith("Schema")) registry.add(schema, { id: name.slice(0, -6) });
}
const uri = (id) => `#/components/schemas/${id}`;
// "undefined" is a key that is left out: no value of JSON is it.
const override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema._zod.def.type === "undefined") jsonSchema.not = {};
};
const options = { uri, override, io: "input", unrepresentable: "any" };
const { schemas } = z.toJSONSchema(registry, options);
for (const schema of Object.values(schemas)) {
  delete schema.$schema;
  delete schema.$id;
}
writeFileSync("schemas.json", JSON.stringify({ components: { schemas } }));
"""

Validator = jsonschema_rs.Draft202012Validator


class SpecError(Exception):
    """The document is not there, or is not what it should be."""


def spec_file() -> Path:
    """Where the document is: what the environment names, else what ``fetch`` made."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else FOLDER / "schemas.json"


def fetch(*, newest: bool = False) -> Path:
    """Get the package with npm and write its schemas; returns their file.

    Raises SpecError without npm and node, or when one of them fails.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        message = "npm and node are needed to fetch Discord's description of its API"
        raise SpecError(message)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    (FOLDER / "convert.mjs").write_text(_SCRIPT, encoding="utf-8")
    wanted = [each.rpartition("@")[0] for each in _PACKAGES] if newest else _PACKAGES
    flags = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    for command in ([npm, "install", *flags, *wanted], [node, "convert.mjs"]):
        done = subprocess.run(command, cwd=FOLDER, check=False)
        if done.returncode:
            message = f"{' '.join(command)} ended with {done.returncode}"
            raise SpecError(message)
    return FOLDER / "schemas.json"


@cache
def _components() -> Mapping[str, Any]:
    path = spec_file()
    if not path.is_file():
        message = f"{path} is not there; {FETCH} gets it"
        raise SpecError(message)
    document = json.loads(path.read_text(encoding="utf-8"))
    return cast("Mapping[str, Any]", document["components"])


def schema(name: str) -> Mapping[str, Any]:
    """One schema of the document, e.g. ``MessageCreateRequest``."""
    schemas = _components()["schemas"]
    if name not in schemas:
        message = f"Discord's document has no schema {name}"
        raise SpecError(message)
    return cast("Mapping[str, Any]", schemas[name])


@cache
def validator(name: str) -> Validator:
    """The validator of one schema."""
    schema(name)
    reference = {"$ref": f"#/components/schemas/{name}"}
    document = {**reference, "components": _components()}
    return Validator(document, mask="its value")
