"""The files for operators: what they name must exist, and what they set must be what
the program reads.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from bot.runtime.metrics import Metrics
from bot.runtime.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


def exposed() -> set[str]:
    metrics = Metrics()
    metrics.caches({"replies": lambda: (1, 1)})
    metrics.answered("command", "ally", "ok", 0.1)
    return set(re.findall(r"^(\w+)(?:\{| )", metrics.exposed().decode(), re.MULTILINE))


def used(text: str) -> set[str]:
    return set(re.findall(r"\b(?:ally|process)_\w+", text))


def expressions(document: Any) -> list[str]:
    if isinstance(document, dict):
        fields = cast("dict[str, Any]", document)
        own: list[str] = [fields["expr"]] if "expr" in fields else []
        return own + [e for value in fields.values() for e in expressions(value)]
    items = cast("list[Any]", document) if isinstance(document, list) else []
    return [e for each in items for e in expressions(each)]


def test_the_dashboard_and_the_alerts_ask_for_metrics_that_exist() -> None:
    board = json.loads((DEPLOY / "grafana" / "ally.json").read_text(encoding="utf-8"))
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))
    asked = expressions(board) + expressions(rules)
    assert len(asked) > 25
    assert used(" ".join(asked)) <= exposed()
    own = {
        name
        for name in exposed()
        if name.startswith("ally_")
        and not name.endswith(("_created", "_sum", "_count"))
    }
    unseen = own - used(" ".join(asked))
    assert unseen == {
        "ally_build_info",
        "ally_base_actors",
        "ally_interactions_dropped_total",
        "ally_shortcut_answers",
    }
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "name",
    [".env.example", "deploy/compose.yaml", "deploy/replicas.yaml", "Dockerfile"],
)
def test_every_setting_that_a_file_names_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    known = {field.upper() for field in Settings.model_fields}
    assert set(re.findall(r"\b(?:ALLY_[A-Z_]+|DISCORD_TOKEN)\b", text)) <= known
    if name == ".env.example":
        assert set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)) == known


def test_every_file_that_compose_mounts_is_there() -> None:
    for name in ("compose.yaml", "replicas.yaml"):
        services = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))[
            "services"
        ]
        for service in services.values():
            for volume in service.get("volumes", ()):
                source = volume.split(":")[0]
                if source.startswith("."):
                    assert (DEPLOY / source).is_file(), source
