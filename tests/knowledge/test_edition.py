"""An edition says what was read, and nothing that was not signed is believed."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from nacl.signing import SigningKey

from bot.knowledge import edition
from bot.knowledge.compiled import Documents
from bot.knowledge.edition import (
    HEAD_BYTES,
    MAX_PACKED,
    MAX_UNPACKED,
    SCHEMA,
    EditionRefusedError,
    Manifest,
    manifest_in,
    public_key,
    read_edition,
    written,
)
from bot.knowledge.facts import Base
from bot.knowledge.plain import list_in, object_in
from bot.knowledge.reader import check_again, read_base
from tests.support.bases import FOREIGN_TODAY, TODAY, foreign

SECRET = "11" * 32
KEY = public_key(SECRET)
MO = b"\xde\x12\x04\x95 not looked at here"
FORM = "a52ddebedcd9"
"""The digest of the documents' form. If this no longer holds, say whether editions of
before can still be read rightly. If not, raise ``edition.SCHEMA``. Then write the new
digest here.
"""


@pytest.fixture
def small(tmp_path: Path) -> Base:
    return read_base(foreign(tmp_path / "foreign"), FOREIGN_TODAY)


def made(base: Base, **changes: Any) -> bytes:
    told: dict[str, Any] = {"number": 7, "made": FOREIGN_TODAY, "secret": SECRET}
    return written(base, {"uk": MO, "pt_BR": MO}, **told | changes)


def signed(manifest: dict[str, Any], packed: bytes, secret: str = SECRET) -> bytes:
    """What somebody with the key could sign, whatever it says."""
    line = json.dumps(manifest).encode()
    text = b"ally-edition-1" + line
    signature = SigningKey(bytes.fromhex(secret)).sign(text).signature.hex()
    return b"ally-edition-1 " + signature.encode() + b"\n" + line + b"\n" + packed


def parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    _, line, packed = data.split(b"\n", 2)
    return json.loads(line), packed


def repacked(data: bytes, plain: bytes, **claims: Any) -> bytes:
    """A well signed edition of other contents, with other claims about them."""
    manifest, _ = parts(data)
    packed = zlib.compress(plain)
    manifest |= {
        "digest": hashlib.sha256(packed).hexdigest(),
        "packed": len(packed),
        "unpacked": len(plain),
    }
    return signed(manifest | claims, packed)


def refused(data: bytes, key: str = KEY, today: date = FOREIGN_TODAY) -> str:
    with pytest.raises(EditionRefusedError) as caught:
        read_edition(data, key, today)
    return str(caught.value)


@pytest.mark.parametrize("which", ["shipped", "foreign"])
def test_an_edition_says_what_was_read_document_by_document_and_fact_by_fact(
    which: str, base: Base, small: Base
) -> None:
    read, today = (base, TODAY) if which == "shipped" else (small, FOREIGN_TODAY)
    again = read_edition(made(read, made=today), KEY, today)
    assert again.manifest.name == read.conflict.id
    assert again.base == read
    assert again.base.edition == "7"
    assert again.base.revision == read.revision
    assert again.catalogues == {"uk": MO, "pt_BR": MO}
    for code in read.countries:
        assert again.base.facts(code) == read.facts(code)
    assert check_again(again.base, today) == []


def test_no_byte_of_an_edition_can_change_unnoticed(small: Base) -> None:
    data = made(small)
    head = data.index(b"\n", data.index(b"\n") + 1)
    dice = random.Random(1)
    for place in [*range(head + 1), *dice.sample(range(head, len(data)), 300)]:
        changed = bytearray(data)
        changed[place] ^= 1 << dice.randrange(8)
        # A letter of the signature may be small or large: it is the same number.
        if bytes(changed).lower() != data.lower():
            assert refused(bytes(changed))
    for length in [*range(head + 2), *dice.sample(range(len(data)), 300)]:
        assert refused(data[:length])
    assert refused(data + b" ")
    assert read_edition(data, KEY, FOREIGN_TODAY).manifest.number == 7


def test_contents_of_another_digest_are_damaged_though_their_sizes_are_right(
    small: Base,
) -> None:
    manifest, packed = parts(made(small))
    assert "damaged" in refused(signed(manifest | {"digest": "0" * 64}, packed))
    assert read_edition(signed(manifest, packed), KEY, FOREIGN_TODAY)


def test_what_another_key_signed_is_refused(small: Base) -> None:
    other = "22" * 32
    assert "not signed by the key" in refused(made(small, secret=other))
    assert "not signed by the key" in refused(made(small), public_key(other))
    assert "not signed by the key" in refused(made(small), "00" * 32)
    assert "not signed by the key" in refused(made(small), "")


@pytest.mark.parametrize("schema", [SCHEMA - 1, SCHEMA + 1])
def test_an_edition_of_another_form_says_so_even_before_the_rest_was_got(
    small: Base, schema: int
) -> None:
    manifest, packed = parts(made(small))
    data = signed(manifest | {"schema": schema}, packed)
    with pytest.raises(EditionRefusedError, match=f"form {schema}"):
        manifest_in(data[:HEAD_BYTES], KEY)


def test_a_day_that_has_not_come_is_refused_but_for_a_clock_a_little_fast(
    small: Base,
) -> None:
    day = timedelta(days=1)
    assert read_edition(made(small), KEY, FOREIGN_TODAY - day)
    assert "not come yet" in refused(made(small), today=FOREIGN_TODAY - 2 * day)


def test_a_bomb_is_not_unpacked_beyond_what_the_manifest_says(
    small: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths: list[int] = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self) -> None:
            self.under = real()

        def decompress(self, data: bytes, most: int) -> bytes:
            lengths.append(len(plain := self.under.decompress(data, most)))
            return plain

        @property
        def eof(self) -> bool:
            return self.under.eof

        @property
        def unused_data(self) -> bytes:
            return self.under.unused_data

    monkeypatch.setattr(edition.zlib, "decompressobj", Watched)
    bomb = repacked(made(small), bytes(64 * 2**20), unpacked=1000)
    assert len(bomb) < 100_000
    assert "unpacks to something else" in refused(bomb)
    assert lengths == [1001]


@pytest.mark.parametrize(
    "claim",
    [
        {"packed": MAX_PACKED + 1},
        {"unpacked": MAX_UNPACKED + 1},
        {"packed": -1},
        {"unpacked": -1},
    ],
)
def test_sizes_beyond_the_limits_are_refused_by_the_manifest_alone(
    small: Base, claim: dict[str, int]
) -> None:
    manifest, _ = parts(made(small))
    with pytest.raises(EditionRefusedError, match="larger"):
        manifest_in(signed(manifest | claim, b""), KEY)


@pytest.mark.parametrize(
    "language",
    ["../../x", "/etc/x", "", "uk/..", "uk.mo", "UK", "uk\n", "..", "x" * 90],
)
def test_a_catalogue_whose_name_is_no_language_is_refused(
    small: Base, language: str
) -> None:
    contents = {"documents": Documents.of(small), "catalogues": {language: MO}}
    data = repacked(made(small), msgspec.json.encode(contents))
    assert "of no language" in refused(data)


def test_documents_that_this_program_does_not_know_are_refused(small: Base) -> None:
    data = made(small)
    for plain in (b"{}", b"[]", b"[" * 100_000, b"\xff", b'{"documents": {}}', b""):
        assert "documents are not such" in refused(repacked(data, plain))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"x" * HEAD_BYTES,
        b"<html>\n<body>\n",
        b"ally-edition-1 \n\n",
        b"ally-edition-1 " + b"0" * HEAD_BYTES + b"\n\n",
        b"ally-edition-1 " + b"zz" * 64 + b"\n{}\n",
        b"ally-edition-1 " + b"\xff" * 64 + b"\n{}\n",
        b"ally-edition-2 " + b"00" * 64 + b"\n{}\n",
    ],
)
def test_what_is_no_edition_is_refused_kindly(data: bytes) -> None:
    assert refused(data)


def test_a_manifest_that_is_none_is_refused_though_it_is_signed() -> None:
    for manifest in ({}, {"number": "7"}):
        assert "manifest cannot be read" in refused(signed(manifest, b""))


def test_problems_that_only_a_whole_base_shows_are_found_again(small: Base) -> None:
    code = next(iter(small.countries))
    country = small.countries[code]
    event = next(e for c in small.countries.values() for e in c.events)
    stray = replace(event, deed="no-such-deed")
    broken = replace(
        small, countries={**small.countries, code: replace(country, events=(stray,))}
    )
    assert check_again(small, FOREIGN_TODAY) == []
    assert check_again(broken, FOREIGN_TODAY)
    assert check_again(replace(small, votes={}), FOREIGN_TODAY)


@pytest.mark.parametrize("secret", ["", "11" * 31, "zz" * 32, "\n"])
def test_what_is_no_secret_key_signs_nothing(small: Base, secret: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        public_key(secret)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        made(small, secret=secret)


def test_every_secret_key_is_another() -> None:
    secrets = {edition.new_secret() for _ in range(20)}
    assert len(secrets) == len({*map(public_key, secrets)}) == 20


def without_words(value: object) -> object:
    """A JSON Schema without what explains it."""
    if isinstance(value, dict):
        return {
            key: without_words(each)
            for key, each in object_in(cast("object", value)).items()
            if key != "default"
            and not (key in {"title", "description"} and isinstance(each, str))
        }
    if isinstance(value, list):
        return [without_words(each) for each in list_in(cast("object", value))]
    return value


def test_who_changes_the_documents_form_says_whether_old_editions_can_be_read() -> None:
    forms = [msgspec.json.schema(kind) for kind in (Documents, Manifest)]
    text = json.dumps(without_words(forms), sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest()[:12] == FORM, "see FORM"
