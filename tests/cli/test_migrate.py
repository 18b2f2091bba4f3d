"""``ally fmt --migrate``: a base of the first edition becomes one that can be asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import main
from tests.knowledge.test_migrate import BLOC, CONFLICT, COUNTRY, MEASURE

VOTE: dict[str, Any] = {
    "id": "egg-1",
    "symbol": "EGG/1",
    "title": "On eggs",
    "date": "1722-01-01",
    "toward": "little",
    "tally": {"yes": 1, "no": 1, "abstain": 0, "absent": 0},
    "sources": [
        {
            "publisher": "Assembly",
            "title": "Record",
            "url": "https://example.org/e",
            "official": True,
        }
    ],
    "yes": ["BL"],
    "no": ["LI"],
    "abstain": [],
    "absent": [],
}


@pytest.fixture
def first_edition(tmp_path: Path) -> Path:
    """A whole base of the first edition, of two towns."""
    text = json.dumps(
        {
            "conflict.yaml": CONFLICT,
            "countries/bl.yaml": COUNTRY,
            "countries/li.yaml": {**COUNTRY, "code": "LI", "events": []},
            "measures/sanctions.yaml": MEASURE,
            "blocs/league.yaml": BLOC,
            "votes/egg-1.yaml": VOTE,
        }
    )
    text = text.replace('"ukraine"', '"little"').replace('"russia"', '"big"')
    for name, document in json.loads(text).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document), encoding="utf-8")
    return tmp_path


def test_a_base_of_the_first_edition_is_refused_then_rewritten_then_asked(
    first_edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(first_edition)
    assert main(["check", folder]) == 1
    (refused,) = capsys.readouterr().out.splitlines()
    assert "conflict.yaml" in refused
    assert "ally fmt --migrate" in refused
    assert main(["fmt", folder]) == 1
    assert main(["fmt", folder, "--migrate", "--check"]) == 1
    assert main(["check", folder]) == 1
    capsys.readouterr()

    assert main(["fmt", folder, "--migrate"]) == 0
    assert capsys.readouterr().out.count("rewritten") == 5
    assert main(["check", folder]) == 0
    assert main(["fmt", folder, "--check"]) == 0
    assert main(["fmt", folder, "--migrate"]) == 0
    assert "rewritten" not in capsys.readouterr().out

    assert main(["--data", folder, "ask", "--json", "BL", "--on", "2024"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {fact["deed"] for fact in printed["facts"]} >= {"arms", "sanctions"}
