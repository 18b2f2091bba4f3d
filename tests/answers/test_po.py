"""Catalogues are compiled as Babel compiles them, without Babel."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.po import compiled
from bot.answers.texts import CATALOGUES
from tests.support.bases import DATA

FILES = [*sorted(CATALOGUES.glob("*.po")), *sorted((DATA / "locales").glob("*.po"))]
ROOT = DATA.parent
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r"), max_size=90)


def said(mo: bytes) -> dict[object, str]:
    """What a compiled catalogue says, but for its header."""
    read = gettext.GNUTranslations(BytesIO(mo))
    messages: dict[object, str] = vars(read)["_catalog"]
    return {key: text for key, text in messages.items() if key}


def forms(mo: bytes) -> list[int]:
    """Which form a catalogue's language uses for each number."""
    rule: Callable[[int], int] = vars(gettext.GNUTranslations(BytesIO(mo)))["plural"]
    return [rule(number) for number in range(131)]


def by_babel(raw: bytes) -> bytes:
    file = BytesIO()
    write_mo(file, read_po(BytesIO(raw), abort_invalid=True))
    return file.getvalue()


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_catalogue_says_the_same_as_compiled_by_babel(path: Path) -> None:
    raw = path.read_bytes()
    ours, theirs = compiled(raw), by_babel(raw)
    assert len(said(ours)) > 100
    assert said(ours) == said(theirs)
    assert forms(ours) == forms(theirs)


@given(
    st.lists(
        st.tuples(WORDS, WORDS.filter(bool), WORDS.filter(bool), WORDS), max_size=4
    )
)
def test_whatever_stands_in_a_text_is_read_as_babel_reads_it(
    rows: list[tuple[str, str, str, str]],
) -> None:
    catalogue = Catalog(locale="de", charset="utf-8")
    for context, english, form, other in rows:
        catalogue.add((english, f"{english}s"), (form, other), context=context or None)
    file = BytesIO()
    write_po(file, catalogue, width=40)
    assert said(compiled(file.getvalue())) == said(by_babel(file.getvalue()))


def test_what_is_fuzzy_obsolete_or_empty_is_left_out() -> None:
    text = (
        '#, fuzzy\nmsgid "a"\nmsgstr "A"\n\n'
        '#, python-format, fuzzy\nmsgid "b"\nmsgstr "B"\n\n'
        'msgid "c"\nmsgstr ""\n\n'
        '#~ msgid "d"\n#~ msgstr "D"\n\n'
        '# a note\n#. another\n#: a/file.py\nmsgid "e"\nmsgstr "E"\n'
    )
    assert said(compiled((HEAD + text).encode())) == {"e": "E"}


def test_entries_need_no_blank_line_and_lines_may_end_as_on_windows() -> None:
    text = 'msgid "a"\nmsgstr "A"\nmsgctxt "x"\nmsgid "a"\nmsgstr ""\n"A\\n"\n"\\"x\\""'
    both = {"a": "A", "x\x04a": 'A\n"x"'}
    assert said(compiled((HEAD + text).encode())) == both
    assert said(compiled((HEAD + text).replace("\n", "\r\n").encode())) == both
    assert said(compiled(("\ufeff" + HEAD + text).encode())) == both


def test_a_catalogue_without_a_header_is_in_utf_8() -> None:
    assert said(compiled('msgid "a"\nmsgstr "Ä"\n'.encode())) == {"a": "Ä"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("msgid", "line 4: it is no line"),
        ('msgid "a', "line 4: it is no line"),
        ('msgid "a" b"', "line 4: it is no line"),
        ('# a note\n"a"', "line 5: no keyword"),
        ('# a note\nmsgstr "a"', "line 5: msgstr may not"),
        ('msgid "a"\nmsgid "b"', "line 5: msgid may not"),
        ('msgid "a"', "line 5: an entry has no msgstr"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "A"', "line 6: a form"),
        ('msgid "a"\nmsgstr[0] "A"\nmsgstr[0] "A"', "line 6: a form"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        compiled((HEAD + text).encode())


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", HEAD.replace("utf-8", "koi8-r").encode()]
)
def test_signs_other_than_utf_8_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"utf-8|decode"):
        compiled(raw)
