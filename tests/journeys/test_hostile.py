"""Whatever is typed into a form or a file: a clear finding or safe text, always within
Discord's limits.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import entries as pages
from bot.answers.document import Action, Answer
from bot.answers.preview import preview
from bot.answers.texts import Texts
from bot.commands.entries.draft_message import (
    block_of,
    draft_page,
    line_of,
    page_of,
    read_block,
    read_line,
)
from bot.entries.from_form import Draft, fields_of, read
from bot.entries.ids import code_for
from bot.entries.import_plan import plan
from bot.entries.overlay import exported, overlaid, previewed
from bot.entries.records import Change
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import NameIndex, names_of
from bot.ui import limits
from bot.ui.render import prepare
from tests.support.bases import TODAY, shipped
from tests.support.places import FACT, Place, reply
from tests.support.replies import text_of, values_of

NASTY = (
    "@everyone",
    "<@&1>",
    "<@1>",
    "<#1>",
    "[x](https://evil.example)",
    "https://evil.example",
    "```",
    "`",
    "||x||",
    "**",
    "# big",
    "> quote",
    "-# small",
    "\u202e",
    "\u200b",
    "\x00",
    "\ufeff",
    "🇧🇾",
    "𝔘" * 40,
    "\n\n",
    "discord.gg/x",
    "\\",
    "{n}",
    "%s",
    "</ally:1>",
    "<:a:1>",
    "<t:0:R>",
    "'",
    '"',
    "---",
    ": ",
    "&a *a",
    "!!python/none x",
    "a" * 400,
    "…",
)


@cache
def named() -> tuple[Base, NameIndex]:
    """The shipped base and its names: hypothesis would print a fixture's whole."""
    return shipped(), names_of(shipped())


nasty = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(max_size=60)), max_size=12
).map("".join)


BUTTONS = (Action("draft:cancel:add:event:CU:0:0", "Cancel"),)
RULES = shipped().conflict


def previewed_page(change: Change, typed: dict[str, str], texts: Texts) -> Any:
    """The message that shows what a change would do."""
    base = shipped()
    after = previewed(base, change, TODAY)
    shown = preview(change, base, after, texts, today=TODAY, remarks=[])
    return draft_page(shown.changes, typed, BUTTONS, RULES, card=shown.card)


def checked(view: Any) -> str:
    """The texts of a message that Discord would accept, with nothing in them that takes
    effect.
    """
    texts = values_of(view.to_components(), "content")
    assert sum(map(length, texts)) <= limits.TEXT_TOTAL
    components = list(_walk(view.to_components()))
    assert len(components) <= limits.COMPONENTS
    for each in components:
        assert length(each.get("label") or "") <= limits.BUTTON_LABEL
        assert len(each.get("custom_id") or "") <= limits.CUSTOM_ID
    ids = [c["custom_id"] for c in components if "custom_id" in c]
    assert len(ids) == len(set(ids))
    for text in texts:
        outside = re.sub(r"```yaml\n# draft.*```\Z", "", text, flags=re.DOTALL)
        outside = re.sub(r"\A-# \|\|`[^`|\n]*`\|\|\Z", "", outside)
        assert "@everyone" not in outside
        assert not re.search(
            r"(?<!\\)<(@|#|/|t:|:)(?!\d+> *$)",
            re.sub(r"<@\d+>$", "", outside, flags=re.MULTILINE),
        )
        assert "\u202e" not in outside
        assert "\x00" not in outside
        assert "[x](https://evil.example)" not in outside
    return "\n".join(texts)


def _walk(parts: Any) -> Any:
    for part in parts:
        yield part
        yield from _walk(part.get("components", []))


@settings(max_examples=250)
@given(claim=nasty, when=nasty, source=nasty, toward=nasty, deed=nasty)
def test_any_fact_is_refused_with_findings_or_shown_as_text(
    claim: str, when: str, source: str, toward: str, deed: str
) -> None:
    base, names = named()
    fields = {
        "claim": claim[:400],
        "date": when[:60],
        "toward": toward,
        "deed": deed,
        "source": source[:1200],
    }
    one_by_one = [
        fields,
        {**FACT, "claim": fields["claim"]},
        {**FACT, "source": fields["source"]},
        {**FACT, "date": fields["date"]},
        {**FACT, "source": f"https://example.org/\n{source[:300]}\n{claim[:300]}"},
    ]
    texts = Texts("en", names.display)
    for typed in one_by_one:
        body, found = read(Draft("event", "BY", typed), base, TODAY, names.exact)
        assert (body is None) == bool(found)
        if body is None:
            view = draft_page(pages.findings(found, texts), typed, BUTTONS, RULES)
        else:
            change = Change("event", "BY", body)
            view = previewed_page(change, typed, texts)
            again, problems = read(
                Draft("event", "BY", fields_of("event", body), body["id"]),
                base,
                TODAY,
                names.exact,
            )
            assert not problems
            assert again == body
        checked(view)


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["claim", "date", "source", "country"]), nasty.filter(bool)
    )
)
def test_a_draft_in_a_message_is_read_back_letter_for_letter(
    fields: dict[str, str],
) -> None:
    block = block_of(fields)
    assert block.count("```") == 2
    assert read_block(block) == fields


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["claim", "date", "source", "country"]), nasty.filter(bool)
    )
)
def test_a_draft_that_is_folded_away_is_one_line_of_code_and_loses_nothing(
    fields: dict[str, str],
) -> None:
    line = line_of(fields)
    assert line.isprintable()
    assert line.count("`") == 2
    assert line.count("|") == 4
    assert read_line(line) == fields


@settings(max_examples=150)
@given(name=nasty, aliases=nasty, code=nasty)
def test_any_actor_is_refused_or_safe(name: str, aliases: str, code: str) -> None:
    base, names = named()
    subject = code_for(name, base.countries)
    fields = {
        "name": name[:60],
        "kind": "state",
        "aliases": aliases[:400],
        "code": code,
    }
    body, found = read(Draft("actor", subject, fields), base, TODAY, names.exact)
    texts = Texts("en", names.display)
    if body is None:
        checked(page_of(pages.findings(found, texts), fields, ()))
        return
    checked(previewed_page(Change("actor", subject, body), fields, texts))


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=300),
        nasty.map(str.encode),
        nasty.map(lambda t: f"code: CU\n{t}".encode()),
    )
)
def test_any_file_is_refused_with_a_line_or_planned(raw: bytes) -> None:
    base, names = named()
    found, problems = plan("entries.yaml", raw, base, (), TODAY, names.exact)
    assert (found is None) == bool(problems)
    assert all(problem.line >= 1 for problem in problems)


def test_deep_files_and_bombs_are_refused_quickly_with_their_line(
    base: Base, names: NameIndex
) -> None:
    lines = [
        "a: &a [x,x,x,x,x,x,x,x,x]",
        *(
            f"{c}: &{c} [*{p},*{p},*{p},*{p}]"
            for p, c in zip("abcde", "bcdef", strict=True)
        ),
    ]
    for raw, says in (
        ("\n".join(lines).encode(), "anchors and aliases"),
        (b"[" * 100_000, "levels deep"),
        (b"{a: " * 3000, "levels deep"),
        (b"x: [" + b"1," * 100_000 + b"]", "more than"),
        (b"---\n" * 400 + b"code: CU\n", "is missing"),
        (b"code: CU\n---\n" * 400, "at most 300"),
        (b"\xff\xfe" + "code: CU".encode("utf-16-le"), "UTF-8"),
        (b"a" * (10 << 20), "at most 1,048,576"),
    ):
        _, problems = plan("entries.yaml", raw, base, (), TODAY, names.exact)
        assert any(
            says in f"{problem.message} {problem.hint}" for problem in problems
        ), (says, problems[:2])


def test_what_is_exported_reads_back_as_the_same_entries(
    base: Base, names: NameIndex
) -> None:
    from datetime import UTC, datetime

    from bot.entries.records import Entry

    claims = (
        "Plain.",
        "With: colons # and - dashes.",
        "“Quotes” and 'more'.",
        "NO",
        "2024",
        "1e5",
        "1.5E3",
        "1e400",
        "null",
        "Türkiye 𝔘 🇧🇾.",
    )
    entries: list[Entry] = []
    for number, claim in enumerate(claims, 1):
        body, found = read(
            Draft("event", "CU", {**FACT, "claim": claim}), base, TODAY, names.exact
        )
        assert body is not None, found
        entries.append(
            Entry(
                number,
                "event",
                "CU",
                {**body, "id": f"e{number}"},
                "published",
                1,
                1,
                datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
    merged = overlaid(base, entries, "x")
    raw = exported(["CU"], base, entries, TODAY).encode()
    found, problems = plan("x.yaml", raw, merged, entries, TODAY, names.exact)
    assert not problems
    assert found is not None
    assert (found.changes, found.same) == ((), len(claims))
    elsewhere, _ = plan("x.yaml", raw, base, (), TODAY, names.exact)
    assert elsewhere is not None
    assert [c.body["claim"] for c in elsewhere.changes] == list(claims)


@pytest.mark.asyncio
async def test_hostile_text_is_shown_as_text_wherever_it_appears(place: Place) -> None:
    claim = "@everyone **boo** [free](https://evil.example) <@1> `x` ||y|| said so."
    preview = await place.preview(
        claim=claim, source=f"https://example.org/a(b)c\n{claim}\n{claim}"
    )
    await place.ada.click(reply(preview), label="Publish")
    shown = [await place.ally()]
    for command, options in (
        ("entry list", {}),
        ("entry history", {"entry": "1"}),
        ("entry export", {}),
    ):
        shown.append(
            text_of((await place.ada.slash(place.channel, command, **options)).response)
        )
    await place.suggest(claim=claim)
    shown.append(
        text_of((await place.ada.slash(place.channel, "entry review")).response)
    )
    for text in shown:
        assert "@everyone" not in text
        assert "](https://evil" not in text.replace("\\](", "")
        assert "<@1>" not in text.replace("\\<", "")
        assert "**boo**" not in text.replace("\\*", "")


def test_a_message_can_hold_the_longest_draft_and_a_card(
    base: Base, names: NameIndex
) -> None:
    wide = "𝔘" * 400
    fields = {
        **FACT,
        "claim": wide,
        "source": "\n\n".join([f"https://example.org/{'x' * 200}\n{wide[:90]}\nT"] * 3)[
            :1200
        ],
    }
    answer = Answer("x", notes=("y" * 3000,))
    view = page_of(answer, fields, ())
    assert read_block(values_of(view.to_components(), "content")[-1]) == fields
    checked(view)
    assert prepare(answer)
