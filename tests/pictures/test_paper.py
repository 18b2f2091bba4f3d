"""The printed page: one sheet of A4, tagged, in every script, and never markup."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any, cast

import pytest
from pypdf import PdfReader

from bot.answers.country_brief import country_brief
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.pictures.cache import PictureCache
from bot.pictures.paper import paper, pdf_of
from tests.support.bases import FOREIGN_TODAY, TODAY

A4 = (595, 842)
"""Points."""
SCRIPTS = {
    "ar": "العربية",
    "de": "Straße",
    "el": "Ελλάδα",
    "he": "עברית",
    "hi": "हिन्दी",
    "ja": "日本",
    "ko": "한국",
    "th": "ไทย",
    "uk": "Україна",
    "zh": "中国",
}
MARKUP = (
    '#panic("x")',
    "*bold* _it_ $x$ `raw` <label> @ref",
    "= Heading",
    '#include "/etc/passwd"',
    "\\u{1F600} \x00\x07",
    "[" * 400,
    "a" * 1000,
)


def described(base: Base, names: NameIndex, code: str = "BY") -> dict[str, Any]:
    texts = Texts("en", names.display)
    page = country_brief(code, base, texts, on=TODAY)
    return cast("dict[str, Any]", json.loads(paper(code, page, base, texts)))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(document: PdfReader) -> str:
    return " ".join(document.pages[0].extract_text().split())


def assert_one_sheet(codes: Iterable[str], base: Base, names: NameIndex) -> None:
    texts = Texts("en", names.display)
    for code in codes:
        page = country_brief(code, base, texts, on=TODAY)
        document = read(pdf_of(paper(code, page, base, texts)))
        assert len(document.pages) == 1, code
        box = document.pages[0].mediabox
        assert (round(box.width), round(box.height)) == A4, code


@pytest.mark.whole
def test_the_briefs_of_the_third_with_most_to_say_are_one_sheet_of_a4_each(
    base: Base, names: NameIndex
) -> None:
    """And of every fourth of the others."""
    by_facts = sorted(base.countries, key=lambda code: len(base.facts(code)))
    third = len(by_facts) // 3
    assert_one_sheet((*by_facts[-third:], *by_facts[:-third:4]), base, names)


def test_the_brief_of_those_with_most_and_least_to_say_is_one_sheet_of_a4(
    base: Base, names: NameIndex
) -> None:
    by_facts = sorted(base.countries, key=lambda code: len(base.facts(code)))
    assert_one_sheet((*by_facts[:4], *by_facts[-12:]), base, names)


def test_a_brief_has_a_title_a_language_and_tags_for_screen_readers(
    base: Base, names: NameIndex
) -> None:
    document = read(pdf_of(json.dumps(described(base, names))))
    assert document.metadata
    assert document.metadata.title == "Belarus: Ally of Russia"
    root = cast("dict[str, Any]", document.trailer["/Root"])
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_brief_says_its_sources_addresses_and_links_them(
    base: Base, names: NameIndex
) -> None:
    page = described(base, names)
    document = read(pdf_of(json.dumps(page)))
    linked = {
        annotation.get_object()["/A"]["/URI"]
        for annotation in cast("list[Any]", document.pages[0]["/Annots"])
        if "/A" in annotation.get_object() and "/URI" in annotation.get_object()["/A"]
    }
    assert linked == {each["address"] for each in page["sources"]}
    said = words(document).replace(" ", "")
    assert all(each["address"] in said for each in page["sources"])


@pytest.mark.parametrize("text", MARKUP)
def test_what_a_fact_says_is_set_as_it_is(
    base: Base, names: NameIndex, text: str
) -> None:
    page = described(base, names)
    page["lead"]["text"] = page["notes"][0] = page["title"] = text
    for section in page["sections"]:
        section["heading"] = text
        for line in section["lines"]:
            line["text"] = line["label"] = text
    document = read(pdf_of(json.dumps(page)))
    shown = "".join(c for c in text if c.isprintable()).replace(" ", "")[:20]
    assert shown in words(document).replace(" ", "")
    assert "/StructTreeRoot" in cast("dict[str, Any]", document.trailer["/Root"])


@pytest.mark.parametrize("lang", SCRIPTS)
def test_every_script_has_a_font_that_comes_with_ally(
    base: Base, names: NameIndex, lang: str
) -> None:
    page = described(base, names)
    page["lang"], page["lead"]["text"] = lang, SCRIPTS[lang]
    document = read(pdf_of(json.dumps(page)))
    assert SCRIPTS[lang].replace(" ", "") in words(document).replace(" ", "")


def test_a_brief_of_another_conflict_is_set_too(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    texts = Texts("en", lighthouse_names.display)
    for code in lighthouse.countries:
        page = country_brief(code, lighthouse, texts, on=FOREIGN_TODAY)
        document = read(pdf_of(paper(code, page, lighthouse, texts)))
        assert len(document.pages) == 1, code


@pytest.mark.asyncio
async def test_the_drawing_process_makes_a_brief_once(
    base: Base, names: NameIndex
) -> None:
    page, cache = json.dumps(described(base, names)), PictureCache()
    try:
        first = await cache.drawn("brief", lambda: page, pdf_of)
        assert len(read(first).pages) == 1
        assert cache.kept("brief") == first
    finally:
        cache.close()
