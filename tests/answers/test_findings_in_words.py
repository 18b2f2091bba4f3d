"""What is wrong with a form is told in the reader's language, every sentence of it."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.answers.finding_words import finding_text
from bot.answers.texts import Texts
from bot.entries.from_form import Draft, read
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import TODAY

FACT = {
    "claim": "The government of Cuba closed a consulate.",
    "date": "2 March 2024",
    "toward": "russia",
    "deed": "formal",
    "source": "https://example.org/x\nGazette\nConsulate closed",
}
ACTOR = {"name": "Landonia", "kind": "state"}


class Marked:
    """A language in which each sentence of a catalogue stands between marks."""

    locale = "xx"

    def __call__(self, message: str, **filling: object) -> str:
        return f"«{message.format(**filling)}»"

    def date(self, when: object) -> str:
        return str(when)

    def keyed(self, _key: str, message: str) -> str:
        return message


def untold(text: str) -> bool:
    """Whether nobody would translate what a check says; a hint may be empty."""
    told = finding_text(text, cast("Texts", Marked()))
    return bool(text) and "«" not in told


@pytest.mark.parametrize(
    ("kind", "subject", "fields"),
    [
        ("event", "CU", FACT | {"claim": ""}),
        ("event", "CU", FACT | {"claim": "x" * 2000}),
        ("event", "CU", FACT | {"date": "soon"}),
        ("event", "CU", FACT | {"date": "2024-01-02 to 2023"}),
        ("event", "CU", FACT | {"date": "2199"}),
        ("event", "CU", FACT | {"toward": "nobody"}),
        ("event", "CU", FACT | {"deed": "x/y"}),
        ("event", "CU", FACT | {"source": ""}),
        ("event", "CU", FACT | {"source": "Gazette\nConsulate closed"}),
        ("event", "CU", FACT | {"source": "https://example.org/x"}),
        ("event", "CU", FACT | {"source": "https://example.org/x\nGazette"}),
        ("event", "CU", FACT | {"source": "https://discord.gg/x\nGazette\nT"}),
        ("event", "CU", FACT | {"source": "https://10.0.0.1/\nGazette\nT"}),
        ("event", "CU", FACT | {"source": "https://a b.org/\nGazette\nT"}),
        ("event", "CU", FACT | {"source": "\n\n".join([FACT["source"]] * 20)}),
        ("actor", "new", ACTOR | {"name": "Belarus"}),
        ("actor", "new", ACTOR | {"name": "L" * 61}),
        ("actor", "new", ACTOR | {"name": "…"}),
        ("actor", "new", ACTOR | {"aliases": "a," * 11}),
        ("alias", "CU", {"alias": "Belarus"}),
    ],
)
def test_each_finding_of_a_form_can_be_told_in_another_language(
    base: Base, names: NameIndex, kind: Any, subject: str, fields: dict[str, str]
) -> None:
    body, findings = read(Draft(kind, subject, fields), base, TODAY, names.exact)
    assert body is None
    assert findings
    said = [text for each in findings for text in (each.message, each.hint)]
    assert not [text for text in said if untold(text)]
