"""How each part of an Answer stands in its message: texts, sources, buttons, menus."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ButtonStyle

from bot.answers.document import Action, Answer, Citation, Line, Menu, Section
from bot.knowledge.dates import PartialDate
from bot.knowledge.documents import Source
from bot.knowledge.text import length
from bot.ui import limits
from bot.ui.render import prepare, texts_of

DAY = PartialDate(2022, 3, 1)
PLAIN = Source("Gazette", "Title", "https://example.org/a")


def cited(*addresses: str) -> tuple[Citation, ...]:
    """Citations, numbered from 1, of a page at each address below one host."""
    return tuple(
        Citation(n, Source("Gazette", f"T{n}", f"https://example.org/{address}"))
        for n, address in enumerate(addresses, start=1)
    )


def line_of(line: Line, **more: Any) -> str:
    """A line as it stands below a title."""
    (head,) = texts_of(Answer("A", lead=line, **more))
    title, _, shown = head.partition("\n")
    assert title == "### A"
    return shown


def rows(answer: Answer) -> list[list[dict[str, Any]]]:
    """What stands in each row below the frame."""
    _, *below = prepare(answer).to_components()
    return [row["components"] for row in below]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (Line("said"), "said"),
        (Line("said", label="Votes"), "**Votes** — said"),
        (Line("", label="Votes", bar=0), "**Votes** ▱▱▱▱▱\n"),
        (Line("said", label="Votes", bar=2), "**Votes** ▰▰▱▱▱\nsaid"),
        (Line("said", bar=5, side="Lilliput"), "▰▰▰▰▰ Lilliput\nsaid"),
        (Line("said", roles=(5, 6)), "said <@&5> <@&6>"),
        (Line("said", channel=7, by=8), "said <#7> · <@8>"),
        (Line("", by=8), "<@8>"),
        (Line("", roles=(5,)), "<@&5>"),
    ],
)
def test_a_line_shows_its_label_its_bar_its_places_and_who(
    line: Line, shown: str
) -> None:
    (_, block) = texts_of(Answer("A", sections=(Section("", (line,)),)))
    assert block == shown


@pytest.mark.parametrize("lead", [None, Line(""), Line("", cites=(1,))])
def test_a_first_sentence_that_says_nothing_is_left_out(lead: Line | None) -> None:
    assert texts_of(Answer("A", lead=lead)) == ["### A"]


def test_numbers_of_a_list_stand_apart_behind_what_they_prove() -> None:
    said = line_of(Line("said", cites=(1, 2)))
    assert said == "said `[1]` `[2]`"


def test_numbers_of_a_card_lead_to_their_pages() -> None:
    weak = Citation(3, Source("Blog", "B", "https://example.org/b", grade="weak"))
    answer = Answer(
        "A",
        lead=Line("said", cites=(1, 2, 3)),
        citations=(*cited("x", "y"), weak),
        linked=True,
    )
    (text,) = texts_of(answer)
    assert text.splitlines()[1] == (
        "said [[1]](https://example.org/x) [[2]](https://example.org/y)"
        " [[3⚠]](https://example.org/b)"
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (Line("said"), "said"),
        (Line("said", label="Votes"), "**Votes** said"),
        (Line("said", label="Votes", side="Lilliput"), "**Votes** Lilliput · said"),
    ],
)
def test_a_cards_line_has_its_bar_in_words(line: Line, shown: str) -> None:
    assert line_of(line, linked=True) == shown


def test_a_section_has_its_heading_above_its_lines() -> None:
    sections = (Section("Earlier", (Line("a"), Line("b"))), Section("", (Line("c"),)))
    _, first, second = texts_of(Answer("A", sections=sections))
    assert (first, second) == ("**Earlier**\na\nb", "c")


def test_sources_are_told_with_title_host_day_and_grade() -> None:
    weak = Source("Blog", "B", "https://example.org/b", DAY, grade="weak")
    answer = Answer("A", citations=(Citation(1, PLAIN), Citation(2, weak)))
    assert texts_of(answer)[1].splitlines() == [
        "-# `[1]` Gazette: [Title](https://example.org/a) · example.org",
        "-# `[2]` ⚠ Blog: [B](https://example.org/b) · example.org, 2022-03-01",
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The [old] fort", "The (old) fort"),
        ("https://example.org", "s:\u200b//example.org"),
        ("", "page"),
    ],
)
def test_no_title_breaks_its_link(title: str, shown: str) -> None:
    source = Source("Gazette", title, "https://example.org/a")
    sources = texts_of(Answer("A", citations=(Citation(1, source),)))[1]
    assert f": [{shown}](https://example.org/a) · " in sources


def test_the_notes_come_last_each_on_a_line_of_its_own() -> None:
    for linked in (False, True):
        answer = Answer(
            "A",
            citations=(Citation(1, PLAIN),),
            notes=("one", "two"),
            linked=linked,
        )
        assert texts_of(answer)[-1] == "-# one\n-# two"
        assert len(texts_of(answer)) == (2 if linked else 3)


def test_links_are_lost_only_for_room_and_the_longest_address_first() -> None:
    answer = Answer("A", citations=cited("long" * 40, "x", "longer" * 40))
    whole = texts_of(answer)
    exactly = sum(map(length, whole)) + 1
    assert texts_of(answer, exactly) == whole
    for total, left in ((exactly - 1, [1, 2]), (exactly - 270, [2]), (120, [])):
        _, shown = texts_of(answer, total)
        sources = shown.splitlines()
        assert [n for n in (1, 2, 3) if "](https://" in sources[n - 1]] == left
        assert sum(map(length, texts_of(answer, total))) <= total


def test_what_has_no_room_at_all_is_cut_and_the_rest_left_out() -> None:
    sections = tuple(Section("", (Line(letter * 50),)) for letter in "abc")
    assert texts_of(Answer("A", sections=sections), 5 + 50 + 10) == [
        "### A",
        "a" * 50,
        "b" * 9 + "…",
    ]


def test_a_button_says_what_it_is_and_whether_it_can_be_pressed() -> None:
    (((go, gone, link),)) = rows(
        Answer(
            "A",
            actions=(
                Action("a:1", "x" * 90, emoji="🗺️", tone="go"),
                Action("a:2", "Next", enabled=False),
                Action("", "Read", emoji="📄", url="https://example.org/a"),
            ),
        )
    )
    assert go["label"] == "x" * 79 + "…"
    assert go["emoji"]["name"] == "🗺️"
    assert (go["custom_id"], go["disabled"]) == ("a:1", False)
    assert go["style"] == ButtonStyle.success.value
    assert gone.get("emoji") is None
    assert (gone["custom_id"], gone["disabled"]) == ("a:2", True)
    assert gone["style"] == ButtonStyle.secondary.value
    assert link["url"] == "https://example.org/a"
    assert link["label"] == "Read"
    assert link["emoji"]["name"] == "📄"
    assert "custom_id" not in link


def test_what_throws_something_away_is_red() -> None:
    ((stop,),) = rows(Answer("A", actions=(Action("a:1", "Drop", tone="stop"),)))
    assert stop["style"] == ButtonStyle.danger.value


@pytest.mark.parametrize(("count", "sizes"), [(5, [5]), (6, [5, 1]), (10, [5, 5])])
def test_buttons_stand_five_in_a_row(count: int, sizes: list[int]) -> None:
    actions = tuple(Action(f"a:{n}", str(n)) for n in range(count))
    shown = rows(Answer("A", actions=actions))
    assert [len(row) for row in shown] == sizes
    assert [each["label"] for row in shown for each in row] == [
        str(n) for n in range(count)
    ]


def test_a_menu_has_its_choices_up_to_as_many_as_discord_takes() -> None:
    options = tuple(Action(f"o:{n}", f"{n} {'x' * 110}") for n in range(30))
    flagged = (Action("o:flag", "Cuba", emoji="🇨🇺"), *options)
    ((menu,),) = rows(Answer("A", menus=(Menu("m:1", "y" * 120, flagged),)))
    assert menu["custom_id"] == "m:1"
    assert menu["placeholder"] == "y" * 99 + "…"
    assert len(menu["options"]) == limits.CHOICES
    first, second, *_ = menu["options"]
    assert (first["value"], first["label"]) == ("o:flag", "Cuba")
    assert first["emoji"]["name"] == "🇨🇺"
    assert second["value"] == "o:0"
    assert second["label"] == f"0 {'x' * 97}…"


def test_a_menu_without_choices_is_left_out_and_others_stand_below_the_buttons() -> (
    None
):
    one = Menu("m:1", "One", (Action("o:1", "1"),))
    answer = Answer(
        "A", actions=(Action("a:1", "Go"),), menus=(Menu("m:0", "None", ()), one)
    )
    shown = [[each["custom_id"] for each in row] for row in rows(answer)]
    assert shown == [["a:1"], ["m:1"]]


def kinds(answer: Answer) -> list[str]:
    """What stands in the frame, in its order: texts and rules."""
    frame, *_ = prepare(answer).to_components()
    return ["rule" if each["type"] == 14 else "text" for each in frame["components"]]


def test_a_rule_stands_below_the_head_and_above_the_end_of_a_list() -> None:
    sections = tuple(Section("", (Line(letter),)) for letter in "abc")
    assert kinds(Answer("A")) == ["text"]
    assert kinds(Answer("A", sections=sections[:1])) == ["text", "rule", "text"]
    assert kinds(Answer("A", sections=sections)) == [
        *("text", "rule", "text", "text", "rule", "text")
    ]


def test_a_card_has_no_rules() -> None:
    sections = tuple(Section("", (Line(letter),)) for letter in "abc")
    assert kinds(Answer("A", sections=sections, linked=True)) == ["text"] * 4


def test_a_message_counts_all_of_its_text() -> None:
    answer = Answer("Ä😀", lead=Line("said"), notes=("note",))
    assert prepare(answer).content_length() == sum(
        length(text) for text in texts_of(answer)
    )


@pytest.mark.parametrize(
    ("web", "shown"),
    [
        ("https://ally.example/en/a.html", "[A](https://ally.example/en/a.html)"),
        ("en/a.html", "A"),
        ("", "A"),
    ],
    ids=["whole address", "below the site", "no page"],
)
def test_a_title_is_a_link_where_its_page_has_a_whole_address(
    web: str, shown: str
) -> None:
    assert texts_of(Answer("A", web=web)) == [f"### {shown}"]


def test_a_long_title_of_a_source_is_cut_to_70_characters() -> None:
    for characters, shown in ((70, "t" * 70), (90, "t" * 69 + "…")):
        source = Source("Gazette", "t" * characters, "https://example.org/a")
        sources = texts_of(Answer("A", citations=(Citation(1, source),)))[1]
        assert f": [{shown}](https://example.org/a) · " in sources


def test_what_was_laid_out_is_sent_and_not_kept_by_discord_py() -> None:
    made = prepare(Answer("A"))
    assert made.is_finished() is True
    assert made.has_components_v2() is True
