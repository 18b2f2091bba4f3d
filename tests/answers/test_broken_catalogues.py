"""A catalogue that cannot be read costs its own sentences and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers import catalogues

WHOLE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Votes"
msgstr "Votos"
"""


def compiled_head(head: bytes) -> bytes:
    """A compiled catalogue of a head alone, as gettext's manual lays it out."""
    numbers = (0x950412DE, 0, 1, 28, 36, 0, 0, 0, 44, len(head), 45)
    return struct.pack("<11I", *numbers) + b"\0" + head + b"\0"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Catalogues are remembered by folder; leave none behind."""
    yield
    catalogues.forget()


def test_a_catalogue_says_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "pt.po").write_text(WHOLE, "utf-8")
    found = catalogues.catalogue(tmp_path, "pt_BR")
    assert found is not None
    assert found.gettext("Votes") == "Votos"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("pt_BR.mo", b"no catalogue at all"),
        ("pt_BR.mo", b""),
        ("pt_BR.po", b"\xff\xfe\xfd"),
        ("pt_BR.po", None),
        ("pt_BR.po", b"#" * (catalogues.MAX_BYTES + 1)),
    ],
    ids=["other file", "empty", "no text", "a folder", "too large"],
)
def test_one_that_cannot_be_read_is_left_out_and_its_language_serves(
    tmp_path: Path, name: str, raw: bytes | None
) -> None:
    if raw is None:
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "pt.po").write_text(WHOLE, "utf-8")
    found = catalogues.catalogue(tmp_path, "pt_BR")
    assert found is not None
    assert found.gettext("Votes") == "Votos"


@pytest.mark.parametrize("rule", ["n !=", "n(", "(" * 99, "9" * 5000])
def test_one_whose_rule_of_plurals_is_none_is_left_out(
    tmp_path: Path, rule: str
) -> None:
    (tmp_path / "pt.po").write_text(WHOLE, "utf-8")
    forms = f"Plural-Forms: nplurals=2; plural={rule};\n"
    head = f"Content-Type: text/plain; charset=utf-8\n{forms}"
    (tmp_path / "pt_BR.mo").write_bytes(compiled_head(head.encode()))
    found = catalogues.catalogue(tmp_path, "pt_BR")
    assert found is not None
    assert found.gettext("Votes") == "Votos"


def test_one_in_an_encoding_that_there_is_not_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "pt.po").write_text(WHOLE, "utf-8")
    made_up = WHOLE.replace("utf-8", "utf-9")
    for name, raw in (
        ("pt_BR.po", made_up.encode()),
        ("pt_BR.mo", compiled_head(b"Content-Type: text/plain; charset=utf-9\n")),
    ):
        (tmp_path / name).write_bytes(raw)
        catalogues.forget()
        found = catalogues.catalogue(tmp_path, "pt_BR")
        assert found is not None
        assert found.gettext("Votes") == "Votos"


def test_one_that_was_not_written_to_its_end_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "pt.po").write_text(WHOLE, "utf-8")
    whole = catalogues.compiled(tmp_path / "pt.po")
    for end in range(len(whole)):
        (tmp_path / "pt_BR.mo").write_bytes(whole[:end])
        catalogues.forget()
        found = catalogues.catalogue(tmp_path, "pt_BR")
        assert found is not None
        assert found.gettext("Votes") == "Votos", end
