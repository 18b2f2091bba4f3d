from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.canonical import canonical, inner_comments
from bot.knowledge.files import files_of
from bot.knowledge.reader import read_document
from tests.support.bases import DATA

FILES = files_of(DATA)


@pytest.mark.parametrize(
    ("name", "kind", "path"), FILES, ids=[name for name, _, _ in FILES]
)
def test_every_shipped_file_is_canonical_and_stays_what_it_says(
    name: str, kind: str, path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    document, _, problems = read_document(name, kind, text.encode())
    assert problems == []
    assert document
    # What is written is what was read, so that reading it again says the same.
    assert canonical(document, kind) == text


def test_a_comment_that_would_be_lost_is_noticed() -> None:
    assert inner_comments("# head\n# more\na: 1\n  # inner\nb: 2") == (4,)
