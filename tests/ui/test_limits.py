from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.document import Action, Answer, Citation, Line, Section
from bot.knowledge.documents import Source
from bot.knowledge.text import cut, length
from bot.ui import limits
from bot.ui.render import escape, prepare


def test_a_text_at_the_limit_is_kept_and_one_over_it_is_cut() -> None:
    assert cut("a" * 80, 80) == "a" * 80
    assert cut("a" * 81, 80) == "a" * 79 + "…"


def test_an_emoji_outside_the_bmp_counts_two() -> None:
    assert length("🇧🇾") == 4
    assert cut("😀" * 40, 80) == "😀" * 40
    assert length(cut("😀" * 41, 80)) <= 80


@given(st.text(max_size=300), st.integers(1, 200))
def test_a_cut_text_is_never_too_long(text: str, limit: int) -> None:
    assert length(cut(text, limit)) <= max(limit, 1)


@given(st.text(max_size=200))
def test_escaped_text_mentions_nobody_and_links_nowhere(text: str) -> None:
    shown = escape(text)
    assert "@everyone" not in shown
    assert "://" not in shown
    assert "<@" not in shown


@given(st.lists(st.text(max_size=1500), max_size=12), st.text(max_size=500))
def test_any_answer_fits_into_a_message(texts: list[str], title: str) -> None:
    source = Source(
        "Gazette",
        "A title [with](https://evil.example) brackets",
        "https://example.org/" + "a" * 470,
    )
    answer = Answer(
        title,
        level="neutral",
        lead=Line(title, cites=(1,)),
        sections=(
            Section(
                "",
                tuple(
                    Line(t, cites=(1,), label="Label", bar=3, side="side")
                    for t in texts
                ),
            ),
        ),
        citations=tuple(Citation(n, source) for n in range(1, 15)),
        notes=("note",),
        on=date(2022, 2, 24),
        actions=(Action("ally:method:-:-:1", title or "x"),),
    )
    view = prepare(answer)
    assert view.content_length() <= limits.TEXT_TOTAL
    assert len(view.to_components()) <= limits.COMPONENTS
