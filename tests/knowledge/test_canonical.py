from __future__ import annotations

import pytest

from bot.knowledge.canonical import canonical, inner_comments
from bot.knowledge.files import files_of
from bot.knowledge.reader import read_document
from tests.support.bases import DATA

FILES = files_of(DATA)


@pytest.mark.parametrize(
    "third", [0, *(pytest.param(n, marks=pytest.mark.whole) for n in (1, 2))]
)
def test_every_shipped_file_is_canonical_and_stays_what_it_says(third: int) -> None:
    """Every third file; ``ally fmt data --check`` looks at all, too."""
    assert len(FILES) > 100
    for name, kind, path in FILES[third::3]:
        text = path.read_text(encoding="utf-8")
        read = read_document(name, kind, text.encode())
        assert read.problems == [], name
        assert read.document, name
        # What is written is what was read, so that reading it again says the same.
        assert canonical(read.document, kind) == text, name


def test_a_comment_that_would_be_lost_is_noticed() -> None:
    assert inner_comments("# head\n# more\na: 1\n  # inner\nb: 2") == (4,)
