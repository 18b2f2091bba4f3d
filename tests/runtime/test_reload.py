"""What a running process reads anew when the files of its base change."""

from __future__ import annotations

from pathlib import Path

from bot.answers.base_words import once
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex
from bot.runtime.reload import changes
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY
from tests.support.catalogues import po


def test_a_catalogue_of_the_base_that_changed_is_read_anew(
    tiny: Path, names: NameIndex
) -> None:
    conflict = read_base(tiny, TODAY).conflict

    def translate(words: str) -> None:
        (tiny / "locales").mkdir(exist_ok=True)
        text = po(("conflict.name", conflict.name, words))
        (tiny / "locales" / "de.po").write_text(text, encoding="utf-8")

    translate("Ein Streit")
    views = ServerViews(read_base(tiny, TODAY), names, None)
    replies = ReplyCache(views, lambda: TODAY, "test")
    look = changes(tiny, lambda: TODAY)

    def said() -> str:
        texts = replies.texts("de", None)
        return once("conflict.name", replies.base.conflict, texts)

    before = replies.base
    assert said() == "Ein Streit"
    assert look() is None
    translate("Ein langer Streit")
    fresh = look()
    assert fresh
    replies.swap(*fresh)
    assert said() == "Ein langer Streit"
    assert replies.base.revision == before.revision
    assert replies.base.state != before.state
    assert look() is None
