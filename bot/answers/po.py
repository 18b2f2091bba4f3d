"""Catalogues as translators write them (``.po``), compiled into what gettext reads
(``.mo``).

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html and MO-Files.html.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(
    r"(?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[(?P<form>\d)\])?)\s+)?"
    r'"(?P<text>(?:[^"\\]|\\.)*)"'
)
"""A line of an entry: a keyword with a quoted text, or more of the text before it."""
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}
_AFTER = {
    "msgctxt": (None, "msgstr"),
    "msgid": (None, "msgctxt", "msgstr"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
}
"""Which keywords each may follow."""
_UTF8 = re.compile(r"^Content-Type:.*\bcharset=utf-?8\b", re.MULTILINE | re.IGNORECASE)
_HEADER = "Content-Type: text/plain; charset=utf-8\n"
_MAGIC = 0x950412DE


@dataclass(slots=True)
class _Entry:
    """A message and its translation, each text in the pieces in which it is read."""

    fuzzy: bool = False
    context: list[str] | None = None
    ids: list[list[str]] = field(default_factory=list[list[str]])
    forms: list[list[str]] = field(default_factory=list[list[str]])


class _Reader:
    """Reads a catalogue line by line."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._entry = _Entry()
        self._last: str | None = None
        self._pieces: list[str] | None = None

    def line(self, line: str) -> None:
        """Take one line in. ValueError for one that no catalogue has there."""
        if not line:
            return
        if line.startswith("#"):
            self._comment(line)
            return
        read = _LINE.fullmatch(line)
        if read is None:
            raise ValueError("it is no line of a catalogue")
        if read["keyword"]:
            self._keyword(read["keyword"].partition("[")[0], read["form"])
        if self._pieces is None:
            raise ValueError("no keyword stands before this text")
        self._pieces.append(_unescaped(read["text"]))

    def _comment(self, line: str) -> None:
        if self._last == "msgstr":
            self.end()
        if line.startswith("#,") and "fuzzy" in re.split(r"[,\s]+", line[2:]):
            self._entry.fuzzy = True

    def _keyword(self, keyword: str, form: str | None) -> None:
        if self._last not in _AFTER[keyword]:
            raise ValueError(f"{keyword} may not stand after {self._last or 'nothing'}")
        if self._last == "msgstr" and keyword != "msgstr":
            self.end()
        entry, self._last, self._pieces = self._entry, keyword, []
        if keyword == "msgctxt":
            entry.context = self._pieces
        elif keyword != "msgstr":
            entry.ids.append(self._pieces)
        elif int(form or 0) != len(entry.forms):
            raise ValueError("a form is missing, or stands there twice")
        else:
            entry.forms.append(self._pieces)

    def end(self) -> None:
        """Note the entry that was read, at the end of the file as well. ValueError for
        one without a translation's line.
        """
        if self._last not in {None, "msgstr"}:
            raise ValueError("an entry has no msgstr")
        if self._last:
            self.entries.append(self._entry)
        self._entry, self._last, self._pieces = _Entry(), None, None


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), text)


def _entries(text: str) -> list[_Entry]:
    """The entries of a catalogue, its header among them. ValueError with the line that
    cannot be read.
    """
    reader = _Reader()
    for number, line in enumerate((*text.split("\n"), None), 1):
        try:
            if line is None:
                reader.end()
            else:
                reader.line(line.strip())
        except ValueError as error:
            msg = f"line {number}: {error}"
            raise ValueError(msg) from None
    return reader.entries


def _header(said: str) -> str:
    """The header; gettext takes what names no encoding for ASCII. ValueError for
    another than UTF-8.
    """
    if "charset=" not in said.lower():
        return _HEADER + said
    if not _UTF8.search(said):
        raise ValueError("the header has to say charset=utf-8")
    return said


def _pairs(text: str) -> Iterator[tuple[bytes, bytes]]:
    """Each message with its translation as gettext keeps them: what is fuzzy or has no
    translation is left out, and a form without words has the English ones.
    """
    header = ""
    for entry in _entries(text):
        ids = ["".join(pieces) for pieces in entry.ids]
        forms = ["".join(pieces) for pieces in entry.forms]
        if ids == [""] and entry.context is None:
            header = forms[0]
        elif any(forms) and not entry.fuzzy:
            said = [form or ids[min(n, len(ids) - 1)] for n, form in enumerate(forms)]
            key = "\0".join(ids)
            if entry.context is not None:
                key = f"{''.join(entry.context)}\x04{key}"
            yield key.encode(), "\0".join(said).encode()
    yield b"", _header(header).encode()


def _laid_out(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """The file that gettext reads: where each text stands, and the texts."""
    texts = [key for key, _ in pairs] + [said for _, said in pairs]
    place = 7 * 4 + 8 * len(texts)
    where: list[int] = []
    for text in texts:
        where += [len(text), place]
        place += len(text) + 1
    head = (_MAGIC, 0, len(pairs), 7 * 4, 7 * 4 + 8 * len(pairs), 0, 0)
    numbers = struct.pack(f"<{len(head) + len(where)}I", *head, *where)
    return numbers + b"".join(text + b"\0" for text in texts)


def compiled(raw: bytes) -> bytes:
    """A catalogue in the form that gettext reads. ValueError for one that is not in
    UTF-8 or cannot be read.
    """
    text = raw.decode("utf-8-sig")
    return _laid_out(sorted(dict(_pairs(text)).items()))
