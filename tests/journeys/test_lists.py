"""Export, import, settings, the audit channel and privacy."""

from __future__ import annotations

import json
from typing import Any

import discord
import pytest

from bot.knowledge.reader import read_document
from bot.store.services import Services
from tests.support.places import Place, reply
from tests.support.replies import room_text, text_of

pytestmark = pytest.mark.asyncio


def file_of(entries: int, *, bad: int = -1, code: str = "CU") -> bytes:
    """A file of the base's own format with so many events, one of them wrong."""
    lines = [
        f"code: {code}",
        "kind: state",
        "names: {short: Cuba}",
        "reviewed: 2026-01-01",
        "events:",
    ]
    for n in range(entries):
        toward = "rusia" if n == bad else "russia"
        lines += [
            f"  - id: thing-{n}",
            "    date: 2024-01-05",
            f"    toward: {toward}",
            "    pillar: economic",
            "    weight: minor",
            f"    claim: Thing number {n} happened.",
            "    sources:",
            (
                "      - "
                f"{{publisher: Gazette, title: Thing {n}, url: 'https://example.org/{n}'}}"
            ),
        ]
    return "\n".join(lines).encode()


async def upload(place: Place, raw: bytes, name: str = "entries.yaml") -> Any:
    """What ada sees after she uploaded a file."""
    shown = await place.ada.slash(place.channel, "entry import")
    return await place.ada.submit_modal(shown, {"file": (name, raw)})


async def test_an_import_shows_what_it_would_change_and_does_it_only_then(
    place: Place,
) -> None:
    dry = await upload(place, file_of(3))
    text = text_of(reply(dry))
    assert "3 new, 0 changed, 0 there already. Nothing has been done yet." in text
    assert "+ Cuba · Fact: ◆ Thing number 0 happened" in text
    assert "◆" not in await place.ally("cuba")
    await place.ada.click(reply(dry), label="Import 3 entries")
    assert "3 entries were imported" in text_of(reply(dry))
    assert "◆ Thing number" in await place.ally("cuba")
    again = await upload(place, file_of(3))
    assert "Nothing to import" in text_of(reply(again))


async def test_500_entries_with_one_bad_line_change_nothing_and_the_line_is_named(
    place: Place,
) -> None:
    result = await upload(place, file_of(500, bad=321))
    text = text_of(reply(result))
    assert "One problem; nothing was changed." in text
    line = 5 + 321 * 8 + 3
    assert f"Line {line}" in text
    assert "'rusia' is no side of this conflict (did you mean \\`russia\\`?)" in text
    listed = await place.ada.slash(place.channel, "entry list", state="any")
    assert "No entry found" in text_of(reply(listed))


async def test_500_entries_are_imported_at_once(place: Place) -> None:
    dry = await upload(place, file_of(500))
    assert [a.filename for a in reply(dry).attachments] == [
        "entries.yaml",
        "changes.txt",
    ]
    changes = (await reply(dry).attachments[1].read()).decode()
    assert len(changes.splitlines()) == 500
    await place.ada.click(reply(dry), label="Import 500 entries")
    listed = await place.ada.slash(place.channel, "entry list")
    assert "500 entries" in text_of(reply(listed))


async def test_an_import_that_is_no_longer_what_was_shown_is_shown_again(
    place: Place,
) -> None:
    dry = await upload(place, file_of(3))
    other = await upload(place, file_of(1))
    await place.ada.click(reply(other), label="Import 1 entry")
    told = await place.ada.click(reply(dry), label="Import 3 entries")
    assert "Something has changed since" in text_of(told.followups[0])
    assert "2 new, 0 changed, 1 there already" in text_of(reply(dry))
    await place.ada.click(reply(dry), label="Import 2 entries")
    assert "2 entries were imported" in text_of(reply(dry))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"a: &a [x]\nb: [*a, *a]\n", "anchors and aliases"),
        (b"a: " + b"[" * 200 + b"]" * 200, "levels deep"),
        (b"code: BY\x00\n", "Line 1"),
        ("code: BY\nkind: state".encode("utf-16"), "UTF-8"),
        (b"", "the file is empty"),
        (b"- 1\n- 2\n", "Line 1"),
        (
            (
                b"code: BY\nkind: state\nnames: {short: Belarus}\nreviewed: "
                b"2026-01-01\ncode: UA\n"
            ),
            "stands twice",
        ),
        (b"!!python/object/apply:os.system ['true']\n", "tags"),
        (
            (
                b"code: CU\nkind: state\nnames: {short: Cuba}\nreviewed: "
                b'2026-01-01\naliases: ["x\\u202ey"]\n'
            ),
            "invisible or direction-changing",
        ),
        (
            b"code: ZZ\nkind: state\nnames: {short: Russia}\nreviewed: 2026-01-01\n",
            "already means RU",
        ),
        (b"x" * ((1 << 20) + 1), "at most 1,048,576"),
    ],
)
async def test_hostile_and_broken_files_are_refused_with_their_line(
    place: Place, raw: bytes, says: str
) -> None:
    result = await upload(place, raw)
    message = reply(result)
    assert "Not imported" in text_of(message)
    assert says in text_of(message)


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = list[object]()

    async def read(attachment: discord.Attachment) -> bytes:
        fetched.append(attachment)
        return b""

    monkeypatch.setattr(discord.Attachment, "read", read)
    result = await upload(place, b"x" * ((1 << 20) + 1))
    assert "at most 1,048,576" in text_of(reply(result))
    assert fetched == []


@pytest.mark.parametrize("bad", [12, 13])
async def test_more_mistakes_than_a_message_lists_are_all_in_a_file(
    place: Place, bad: int
) -> None:
    raw = file_of(20).replace(b"toward: russia", b"toward: rusia", bad)
    message = reply(await upload(place, raw))
    files = {each.filename: each for each in message.attachments}
    assert files.keys() == ({"problems.txt"} if bad > 12 else set())
    if bad > 12:
        told = (await files["problems.txt"].read()).decode()
        assert len(told.splitlines()) == bad


@pytest.mark.parametrize("fault", [ConnectionResetError(104, "reset"), TimeoutError()])
@pytest.mark.parametrize("when", ["first", "at the press"])
async def test_a_file_that_discord_does_not_give_back_changes_nothing_and_it_is_said(
    place: Place, monkeypatch: pytest.MonkeyPatch, fault: Exception, when: str
) -> None:
    async def away(_: discord.Attachment) -> bytes:
        raise fault

    dry = await upload(place, file_of(3)) if when == "at the press" else None
    with monkeypatch.context() as unreached:
        unreached.setattr(discord.Attachment, "read", away)
        if dry is None:
            told = text_of(reply(await upload(place, file_of(3))))
        else:
            pressed = await place.ada.click(reply(dry), label="Import 3 entries")
            told = text_of(pressed.followups[0])
    assert "could not be read from Discord" in told
    listed = await place.ada.slash(place.channel, "entry list", state="any")
    assert "No entry found" in text_of(reply(listed))


async def test_what_is_exported_is_valid_and_imports_into_another_server(
    place: Place, services: Services
) -> None:
    other = Place(place.env, "Elsewhere")
    await place.publish()
    shown = await place.ada.slash(place.channel, "entry actor")
    preview = await place.ada.submit_modal(
        shown, {"name": "Ruritania", "kind": "state"}
    )
    await place.ada.click(reply(preview), label="Publish")
    await place.publish("ruritania", claim="Ruritania sent a brigade: “all of it”.")
    exported = await place.ada.slash(place.channel, "entry export")
    raw = await reply(exported).attachments[0].read()
    parts = raw.decode().split("---\n")
    assert len(parts) == 2
    assert all(
        not read_document("x.yaml", "countries", part.encode()).problems
        for part in parts
    )
    dry = await upload(other, raw)
    await other.ada.click(reply(dry), label="Import 3 entries")
    assert "◆ The government of Belarus closed a consulate" in await other.ally()
    assert "Ruritania sent a brigade" in await other.ally("ruritania")
    merged = await place.ada.slash(
        place.channel, "entry export", country="belarus", merged=True
    )
    text = (await reply(merged).attachments[0].read()).decode()
    assert "invasion-from-territory" in text
    assert "closed a consulate" in text
    assert not read_document("belarus.yaml", "countries", text.encode()).problems


async def test_the_audit_channel_gets_each_change_with_before_and_after(
    place: Place,
) -> None:
    log = place.guild.create_text_channel("log")
    await place.settings(audit=[log])
    await place.publish()
    form = await place.bob.slash(place.channel, "entry edit", entry="1")
    from tests.support.places import filled

    preview = await place.bob.submit_modal(
        form, filled(claim="Belarus closed two consulates.")
    )
    await place.bob.click(reply(preview), label="Publish")
    text = room_text(log)
    assert "#1 Belarus: added" in text
    assert "**Before** — ◆ The government of Belarus closed a consulate" in text
    assert "**After** — ◆ Belarus closed two consulates" in text
    assert f"<@{place.bob.id}>" in text
    assert "Settings changed" in text
    assert "**Channel for changes**" in text
    assert f"**Now** — <#{log.id}>" in text
    assert "**Before** — none" in text


async def test_a_big_import_is_one_message_in_the_audit_channel(place: Place) -> None:
    log = place.guild.create_text_channel("log")
    await place.settings(audit=[log])
    before = len(log.history())
    dry = await upload(place, file_of(60))
    await place.ada.click(reply(dry), label="Import 60 entries")
    assert len(log.history()) == before + 1
    assert "60 entries: imported" in room_text(log)


async def test_privacy_shows_exports_and_forgets_and_the_facts_stay(
    place: Place,
) -> None:
    nothing = await place.cleo.slash(place.channel, "privacy")
    assert "Nothing is stored about you" in text_of(reply(nothing))
    await place.publish()
    shown = await place.ada.slash(place.channel, "privacy")
    assert "**Changes you made** — 1" in text_of(reply(shown))
    exported = await place.ada.click(reply(shown), label="Export")
    data = json.loads(await reply(exported).attachments[0].read())
    assert (
        data["revisions by author"][0]["body"]["claim"]
        == "The government of Belarus closed a consulate."
    )
    await place.ada.click(reply(shown), label="Forget me")
    assert "Are you sure?" in text_of(reply(shown))
    await place.ada.click(reply(shown), label="Forget me")
    assert "is gone" in text_of(reply(shown))
    assert "◆ The government of Belarus" in await place.ally()
    history = await place.bob.slash(place.channel, "entry history", entry="1")
    assert "(forgotten)" in text_of(reply(history))
    assert str(place.ada.id) not in text_of(reply(history))


async def test_privacy_works_in_a_private_message(place: Place) -> None:
    user = place.env.create_user("alone")
    result = await user.slash("privacy")
    assert "Nothing is stored about you" in text_of(reply(result))


async def test_an_entry_is_found_by_its_day_as_it_is_shown_and_by_its_day_as_stored(
    place: Place,
) -> None:
    await place.publish(date="2024-03-02")
    for search in ("Mar 2, 2024", "2024-03-02"):
        listed = await place.ada.slash(place.channel, "entry list", search=search)
        assert "(Mar 2, 2024)" in text_of(reply(listed))
    nothing = await place.ada.slash(place.channel, "entry list", country="cuba")
    assert "No entry found" in text_of(reply(nothing))
    await place.ada.click(reply(nothing), label="This server's entries")
    assert "(Mar 2, 2024)" in text_of(reply(nothing))
