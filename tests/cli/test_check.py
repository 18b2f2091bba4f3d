"""``ally check`` beside its problems: what to look at again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import ran
from tests.support.bases import write


def test_a_check_tells_what_is_told_twice_and_with_stale_what_to_read_next(
    tiny: Path,
) -> None:
    plain = ran("check", str(tiny))
    assert (plain.status, plain.out) == (0, "")
    write(
        tiny,
        "measures/pact.yaml",
        "id: pact\nname: Pact\ndeed: defence-pact\ntoward: big-end\nreviewed: "
        "2020-01-01\nsources: {a: {publisher: G, title: T, url: "
        "'https://example.org/l'}}\nparts: [{code: LP, date: 1721-05-06, detail: "
        "It swore., cite: [a]}]\n",
    )
    path = tiny / "countries/laputa.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("deed: arms", "deed: defence-pact"), "utf-8")
    twice = ran("check", str(tiny))
    assert twice.status == 0
    assert twice.out.startswith("LP fleet: tells the same deed as measure:pact")
    assert "[old]" not in twice.out
    assert "[old]" in ran("check", str(tiny), "--stale").out
    rows = [
        json.loads(line)
        for line in ran("check", str(tiny), "--stale", "--json").out.splitlines()
    ]
    assert {row["rule"] for row in rows} == {"told-twice", "old"}
