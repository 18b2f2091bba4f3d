"""An edition of a base: one file in which a whole, checked base travels, signed by
whoever made it.

It has three parts: a line with the Ed25519 signature of the next; a line of JSON, the
manifest, which says what the edition is and has the digest of all that follows; and the
documents with the catalogues, as JSON, packed by zlib. Nothing in it can run. A
program reads the manifest first, believes nothing before the signature was checked, and
unpacks no more than the manifest says.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NoReturn

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from bot.knowledge.compiled import Documents
from bot.knowledge.facts import Base
from bot.knowledge.files import without_collecting
from bot.knowledge.problems import AllyError

SCHEMA = 1
"""Which form the documents have. Raise it when an edition of before can no longer be
read, or would be read wrongly; a test notices every change of the form.
"""
HEAD_BYTES = 4 * 2**10
"""Signature and manifest together have at most so many bytes; some 500 are usual."""
MAX_PACKED = 16 * 2**20
MAX_UNPACKED = 128 * 2**20
"""Bytes; the shipped base has 2 MB, and 0.4 MB packed."""
_MAGIC = b"ally-edition-1"
_SEED_DIGITS = 64
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
"""A catalogue's language becomes the name of a file."""
_DAY = timedelta(days=1)


class EditionRefusedError(AllyError):
    """An edition is not taken; the message says why, in a clause about *it*."""


class EditionKnownError(EditionRefusedError):
    """It is the newest of those that were here already."""


def _refuse(why: str) -> NoReturn:
    raise EditionRefusedError(why)


class Manifest(msgspec.Struct, frozen=True):
    """What an edition says of itself, and is signed."""

    name: str
    """The id of the conflict that its base is about."""
    number: int
    """Later editions have higher ones: the minute in UTC, as 202611261130."""
    made: date
    """The day on which it was made and checked: no fact is later."""
    schema: int
    """Which form its documents have: ``SCHEMA`` of the program that made it."""
    revision: str
    """The revision of the files that it was made of, 12 hexadecimal digits."""
    digest: str
    """The SHA-256 of its packed part, 64 hexadecimal digits."""
    packed: int
    """Bytes of its packed part."""
    unpacked: int
    """Bytes of the same, unpacked."""

    @property
    def key(self) -> str:
        """What tells it from every other edition: its number and part of its digest."""
        return f"{self.number}-{self.digest[:12]}"


class _Contents(msgspec.Struct, frozen=True):
    documents: Documents
    catalogues: dict[str, bytes]
    """By language, in the form that gettext reads."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that was read: its base has the number as its ``edition``."""

    manifest: Manifest
    base: Base
    catalogues: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """By language, in the form that gettext reads."""


def new_secret() -> str:
    """A new secret key: 64 hexadecimal digits, from the system's random numbers."""
    return SigningKey.generate().encode().hex()


def _signing_key(secret: str) -> SigningKey:
    try:
        return SigningKey(bytes.fromhex(secret))
    except ValueError:  # PyNaCl's own errors of values are such.
        msg = f"a secret key has {_SEED_DIGITS} hexadecimal digits"
        raise ValueError(msg) from None


def public_key(secret: str) -> str:
    """The public key of a secret one, 64 hexadecimal digits; ValueError for what is
    no key.
    """
    return _signing_key(secret).verify_key.encode().hex()


def written(
    base: Base, catalogues: Mapping[str, bytes], *, number: int, made: date, secret: str
) -> bytes:
    """An edition of a base that was read and checked on the day ``made``; ValueError
    for a secret that is no key, or a base that is too large.
    """
    signing = _signing_key(secret)
    contents = _Contents(Documents.of(base), dict(catalogues))
    plain = msgspec.json.encode(contents)
    packed = zlib.compress(plain, 9)
    if len(packed) > MAX_PACKED or len(plain) > MAX_UNPACKED:
        msg = f"an edition has at most {MAX_PACKED} bytes, and {MAX_UNPACKED} unpacked"
        raise ValueError(msg)
    manifest = Manifest(
        name=base.conflict.id,
        number=number,
        made=made,
        schema=SCHEMA,
        revision=base.revision,
        digest=hashlib.sha256(packed).hexdigest(),
        packed=len(packed),
        unpacked=len(plain),
    )
    line = msgspec.json.encode(manifest)
    signature = signing.sign(_MAGIC + line).signature.hex().encode()
    return b"%b %b\n%b\n%b" % (_MAGIC, signature, line, packed)


def head_length(data: bytes) -> int | None:
    """How many bytes signature and manifest have; None if more must be read to tell.

    EditionRefusedError if the data begins as no edition does.
    """
    first = data.find(b"\n")
    second = data.find(b"\n", first + 1) if first >= 0 else -1
    if second < 0 and len(data) < HEAD_BYTES and _MAGIC.startswith(data[: len(_MAGIC)]):
        return None
    if not 0 <= second < HEAD_BYTES or not data.startswith(_MAGIC):
        _refuse("it is no edition of a knowledge base")
    return second + 1


def manifest_in(data: bytes, key: str) -> Manifest:
    """The manifest at the beginning of an edition; ``key`` is the public key of whoever
    may make editions.

    EditionRefusedError unless it is signed by that key, of this program's form, and
    within the limits.
    """
    length = head_length(data)
    if length is None:
        _refuse("it is cut short")
    first, line, _ = data[:length].split(b"\n")
    try:
        signature = bytes.fromhex(first.removeprefix(_MAGIC).decode("ascii"))
        VerifyKey(bytes.fromhex(key)).verify(_MAGIC + line, signature)
    except (ValueError, BadSignatureError):
        _refuse("it is not signed by the key in ALLY_BASE_KEY")
    try:
        manifest = msgspec.json.decode(line, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _refuse("its manifest cannot be read; it may be of a newer Ally")
    if manifest.schema != SCHEMA:
        _refuse(
            f"its documents have form {manifest.schema}, and this program reads form "
            f"{SCHEMA}; an Ally of the same age as the edition is needed"
        )
    sizes = manifest.packed, manifest.unpacked
    if min(sizes) < 0 or sizes[0] > MAX_PACKED or sizes[1] > MAX_UNPACKED:
        _refuse("it is larger than an edition may be")
    return manifest


def _unpacked(manifest: Manifest, packed: bytes) -> bytes:
    """The packed part, unpacked no further than the manifest says."""
    if len(packed) != manifest.packed:
        _refuse("it is cut short" if len(packed) < manifest.packed else "it is damaged")
    if hashlib.sha256(packed).hexdigest() != manifest.digest:
        _refuse("it is damaged")
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(packed, manifest.unpacked + 1)
    except zlib.error:
        _refuse("it is damaged")
    if len(plain) != manifest.unpacked or not unpacker.eof or unpacker.unused_data:
        _refuse("it unpacks to something else than its manifest says")
    return plain


def read_edition(data: bytes, key: str, today: date) -> Edition:
    """A whole edition; EditionRefusedError as ``manifest_in``, and for what is damaged,
    cut short, or made after tomorrow.
    """
    manifest = manifest_in(data, key)
    if manifest.made > today + _DAY:
        _refuse(f"it was made on {manifest.made}, which has not come yet")
    plain = _unpacked(manifest, data[head_length(data) :])
    try:
        with without_collecting():
            contents = msgspec.json.decode(plain, type=_Contents)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _refuse("its documents are not such as this program knows")
    if not all(map(_LANGUAGE.fullmatch, contents.catalogues)):
        _refuse("a catalogue in it is of no language")
    base = replace(
        contents.documents.base(manifest.revision), edition=str(manifest.number)
    )
    return Edition(manifest, base, contents.catalogues)
