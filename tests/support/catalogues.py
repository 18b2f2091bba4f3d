"""Catalogues as translators write them."""

from __future__ import annotations

import json


def po(*rows: tuple[str, str, str]) -> str:
    """A catalogue in the form of gettext: a key, an English text and its translation a
    row.
    """
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head + "\n".join(
        f"msgctxt {json.dumps(key)}\nmsgid {json.dumps(text)}\n"
        f"msgstr {json.dumps(said, ensure_ascii=False)}\n"
        for key, text, said in rows
    )
