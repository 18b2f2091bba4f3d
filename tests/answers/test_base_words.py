"""A base's own catalogue translates what readers see of the base, and only that."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from bot.alignment.rubric import assess
from bot.answers import base_words, catalogues
from bot.answers.card import plain_card
from bot.answers.texts import Texts
from bot.cli.compiling import write_catalogues
from bot.cli.i18n import TEMPLATE, template
from bot.knowledge.conflict import Conflict
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import DATA, FOREIGN_TODAY, TODAY
from tests.support.catalogues import po


@pytest.fixture
def marked(lighthouse: Base, tmp_path: Path) -> Base:
    """The foreign base with a catalogue in which every text is in brackets."""
    texts = base_words.messages(lighthouse)
    rows = [(each.key, each.text, f"⟦{each.text}⟧") for each in texts]
    (tmp_path / "uk.po").write_text(po(*rows), encoding="utf-8")
    return dataclasses.replace(lighthouse, catalogues=tmp_path)


def test_the_shipped_template_has_every_text_of_the_base(base: Base) -> None:
    fresh = template(base_words.messages(base))
    assert fresh.count(b"msgctxt") > 600
    assert (DATA / "locales" / TEMPLATE).read_bytes() == fresh, "run: ally i18n"


def test_every_key_stands_for_one_text(base: Base, lighthouse: Base) -> None:
    for each in (base, lighthouse):
        keys = [message.key for message in base_words.messages(each)]
        assert len(keys) == len(set(keys))


def test_a_phrase_stands_in_the_template_once_for_each_side_without_placeholders(
    base: Base,
) -> None:
    texts = dict(base_words.messages(base))
    for deed, about in base.conflict.deeds.items():
        key = f"deed.{deed}.phrase"
        if "{" in about.phrase:
            assert {f"{key}.russia", f"{key}.ukraine"} <= texts.keys()
        else:
            assert texts[key] == about.phrase
    for text in texts.values():
        assert [name for _, name, _, _ in Formatter().parse(text) if name] == []


WORDS: dict[str, Callable[[Conflict, Texts], str]] = {
    "a side": lambda c, t: base_words.side_name(c.sides[0], t),
    "a level": lambda c, t: base_words.level_words(c.levels[0], t)[0],
    "what a level means": lambda c, t: base_words.level_words(c.levels[0], t)[1],
    "a pillar": lambda c, t: base_words.pillar_name("boats", c, t),
    "why a pillar weighs": lambda c, t: base_words.pillar_reason("boats", c, t),
    "a deed": lambda c, t: base_words.deed_words("crew", c, t)[0],
    "what a deed is": lambda c, t: base_words.deed_words("crew", c, t)[1],
    "a phrase": lambda c, t: base_words.deed_phrase("crew", "ashford", c, t),
    "a phrase without sides": lambda c, t: base_words.deed_phrase(
        "errand", "ashford", c, t
    ),
    "a rule": lambda c, t: base_words.rule_sentence(
        c.rules[0].id, c.rules[0].sentence, "ashford", c, t
    ),
    "a contradiction": lambda c, t: base_words.rule_sentence(
        "contradiction", c.contradiction.sentence, "brightwater", c, t
    ),
    "a body's short name": lambda c, t: base_words.body_short("harbour", c, t),
    "a ballot": lambda c, t: base_words.ballot_reason("yes", c, t),
    **{
        key: (lambda c, t, key=key: base_words.once(key, c, t))
        for key in (
            "conflict.name conflict.naming conflict.borders level.party.name "
            "level.unknown.name record.reason times.before times.during times.since "
            "times.begins times.not_begun"
        ).split()
    },
}


@pytest.mark.parametrize("word", WORDS)
def test_each_word_of_the_base_is_said_as_its_catalogue_says_it(
    marked: Base, word: str
) -> None:
    said = WORDS[word](marked.conflict, Texts("uk", None, marked.catalogues))
    english = WORDS[word](marked.conflict, Texts("en", None, marked.catalogues))
    assert said == f"⟦{english}⟧"


def test_lists_and_roll_calls_are_said_as_the_catalogue_says_them(marked: Base) -> None:
    texts = Texts("uk", None, marked.catalogues)
    assert base_words.bloc_name(marked.blocs["market"], texts) == "⟦Market day⟧"
    toll = base_words.measure_name(marked.measures["toll"], texts)
    assert toll == "⟦A toll on Ashford's boats⟧"
    assert base_words.vote_short(marked.votes["lamp-3"], texts) == "⟦Lamp 3⟧"
    seat = next(f for f in marked.facts("meadow") if f.kind == "bloc")
    part = next(f for f in marked.facts("meadow") if f.kind == "measure")
    assert base_words.list_name(seat, texts) == "⟦Market day⟧"
    assert base_words.list_name(part, texts) == toll


def test_a_card_in_a_language_without_a_catalogue_reads_as_the_base_was_written(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    texts = Texts("uk", lighthouse_names.display, lighthouse.catalogues)
    found = assess("orchard", lighthouse, on=FOREIGN_TODAY)
    assert plain_card(found, lighthouse, texts).title.endswith("With Ashford")


def test_a_written_summary_is_said_in_the_readers_language(
    base: Base, names: NameIndex, tmp_path: Path
) -> None:
    english = base.countries["BY"].summary or ""
    (tmp_path / "uk.po").write_text(po(("summary.BY", english, "Підсумок.")))
    texts = Texts("uk", names.display, tmp_path)
    card = plain_card(assess("BY", base, on=TODAY), base, texts)
    assert card.lead
    assert card.lead.text == "Підсумок."


def test_a_text_that_has_changed_is_not_said_in_its_old_translation(
    lighthouse: Base, tmp_path: Path
) -> None:
    (tmp_path / "uk.po").write_text(po(("side.ashford", "Old Ashford", "Ешфорд")))
    side = lighthouse.conflict.sides[0]
    assert base_words.side_name(side, Texts("uk", None, tmp_path)) == "Ashford"


def test_a_variety_takes_what_it_lacks_from_its_language(tmp_path: Path) -> None:
    (tmp_path / "pt.po").write_text(po(("a", "A", "pt A"), ("b", "B", "pt B")))
    (tmp_path / "pt_BR.po").write_text(po(("a", "A", "br A")))
    texts = Texts("pt_BR", None, tmp_path)
    assert (texts.of_base("a", "A"), texts.of_base("b", "B")) == ("br A", "pt B")
    assert Texts("pt_PT", None, tmp_path).of_base("a", "A") == "pt A"


def test_the_compiled_catalogue_says_the_same_and_is_read_first(tmp_path: Path) -> None:
    (tmp_path / "uk.po").write_text(po(("a", "A", "А")))
    (written,) = write_catalogues(tmp_path, tmp_path)
    (tmp_path / "uk.po").write_text("no catalogue at all")
    assert written == tmp_path / "uk.mo"
    assert Texts("uk", None, tmp_path).of_base("a", "A") == "А"


@pytest.mark.parametrize("wrong", [b"msgid", b"\xff\xfe\x00", b'msgstr "x"\nmsgid 3'])
def test_a_catalogue_that_cannot_be_read_leaves_the_english_texts(
    tmp_path: Path, wrong: bytes
) -> None:
    (tmp_path / "uk.po").write_bytes(wrong)
    assert Texts("uk", None, tmp_path).of_base("a", "A") == "A"


def test_no_catalogue_is_read_before_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reads(folder: Path, name: str) -> None:
        read.append(name)

    monkeypatch.setattr(catalogues, "_read", reads)
    texts, english = Texts("uk", None, tmp_path), Texts("en", None, tmp_path)
    english.of_base("a", "A")
    assert read == []
    texts.of_base("a", "A")
    assert read == ["uk"]


def test_a_translation_with_another_placeholder_gives_way_to_the_english_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    wrong = 'msgid "Holds on {date}"\nmsgstr "Чинне {дата}"\n'
    (tmp_path / "uk.po").write_text(head + wrong)
    monkeypatch.setattr("bot.answers.texts.CATALOGUES", tmp_path)
    assert Texts("uk")("Holds on {date}", date="2001") == "Holds on 2001"
