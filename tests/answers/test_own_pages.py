"""Pages about what a server set and wrote, and about what is kept of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answers import privacy
from bot.answers.document import Answer, Line
from bot.answers.entry_words import actor_kind, kind_name, sources_of, told, verb_name
from bot.answers.preview import preview
from bot.answers.settings import COOLDOWNS, Lost, settings, settings_changed
from bot.answers.texts import Texts
from bot.entries.overlay import overlaid
from bot.entries.records import Change, Entry, Preferences
from bot.knowledge.facts import Base
from tests.support.bases import FOREIGN_TODAY
from tests.support.clocks import noon

TEXTS = Texts("en", lambda code, _: code)
SOURCE = {"publisher": "Gazette", "title": "Thing", "url": "https://example.org/1"}
LEVEL = {
    "level": "near-bright",
    "date": "1996-05-01",
    "reason": "Everybody says so.",
    "sources": [SOURCE],
}


def lines(answer: Answer) -> list[Line]:
    return [line for section in answer.sections for line in section.lines]


def said(answer: Answer) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in lines(answer)]


@pytest.mark.parametrize(
    ("preferences", "says"),
    [
        (Preferences(), "Everyone in the channel sees the answer."),
        (Preferences(private=True), "Only the person who asks sees the answer."),
        (Preferences(), "Answers are short cards."),
        (Preferences(full=True), "Answers are long, with all their sources."),
        (Preferences(), "People may ask again at once."),
        (Preferences(cooldown=5), "Each person waits 5 seconds between two questions."),
        (Preferences(cooldown=60), "Each person waits 1 minute between two questions."),
        (Preferences(cooldown=90), "Each person waits 90 seconds between two"),
        (Preferences(cooldown=900), "Each person waits 15 minutes between two"),
        (Preferences(), "Answers follow the language of the server."),
        (Preferences(language="uk"), "Answers for everyone: "),
        (Preferences(), "There are no polls under answers."),
        (Preferences(polls=True), "Members may start a poll under an answer."),
        (Preferences(zone="America/New_York"), "Time zone: America/New York"),
    ],
)
def test_the_settings_say_what_is_set(preferences: Preferences, says: str) -> None:
    page = settings(preferences, TEXTS)
    assert says in page.answers
    assert page.notes == ()


def test_the_settings_say_what_each_part_is_for() -> None:
    page = settings(Preferences(), TEXTS)
    assert page.title == "Settings of this server"
    assert "Roles that may too" in page.moderators
    assert "members suggest" in page.suggestions
    assert "every change" in page.changes
    assert "allow /entry for them" in page.footer
    assert (page.no_role, page.no_channel) == ("No role", "No channel")


def test_waiting_times_can_be_chosen_from_none_to_an_hour() -> None:
    assert COOLDOWNS == (0, 5, 10, 30, 60, 5 * 60, 15 * 60, 60 * 60)


def test_the_settings_offer_what_is_not_set() -> None:
    for seconds in COOLDOWNS:
        waits, tongues = settings(Preferences(cooldown=seconds), TEXTS).menus
        offered = [option.id for option in waits.options]
        rest = [each for each in COOLDOWNS if each != seconds]
        assert offered == [f"settings:cooldown:{each}" for each in rest]
        assert "settings:language:-" not in [each.id for each in tongues.options]
    _, tongues = settings(Preferences(language="uk"), TEXTS).menus
    offered = [option.id for option in tongues.options]
    assert offered[0] == "settings:language:-"
    assert "settings:language:uk" not in offered
    assert "settings:language:pl" in offered
    for name in ("private", "full", "polls"):
        for value in (False, True):
            page = settings(replace(Preferences(), **{name: value}), TEXTS)
            ids = [each.id for each in page.buttons]
            assert f"settings:{name}:{int(not value)}" in ids
            assert f"settings:{name}:{int(value)}" not in ids


def test_the_settings_tell_of_what_the_server_no_longer_has() -> None:
    chosen = Preferences(roles=(5, 6), review_channel=7, audit_channel=8)
    notes = settings(chosen, TEXTS, lost=Lost({5}, {8}), notes=("Saved.",)).notes
    assert notes[0] == "Saved."
    assert notes[1].startswith("⚠️ 1 role that was chosen here no longer exists")
    assert notes[2].startswith("⚠️ The channel for changes is gone")
    assert len(notes) == 3
    notes = settings(chosen, TEXTS, lost=Lost({5, 6, 9}, {7, 9})).notes
    assert [note[:9] for note in notes] == ["⚠️ 2 role", "⚠️ The cha"[:9]]
    assert "channel for suggestions" in notes[1]


CHANGED: dict[str, tuple[Any, Any, Line, Line]] = {
    "Roles that moderate": (
        [5, 6],
        None,
        Line("", label="Now", roles=(5, 6)),
        Line("none", label="Before"),
    ),
    "Channel for suggestions": (
        7,
        0,
        Line("", label="Now", channel=7),
        Line("none", label="Before"),
    ),
    "Who sees answers": (
        True,
        None,
        Line("Only the person who asks sees the answer.", label="Now"),
        Line("Everyone in the channel sees the answer.", label="Before"),
    ),
    "Waiting time": (
        0,
        30,
        Line("People may ask again at once.", label="Now"),
        Line("Each person waits 30 seconds between two questions.", label="Before"),
    ),
    "Polls": (
        True,
        False,
        Line("Members may start a poll under an answer.", label="Now"),
        Line("There are no polls under answers.", label="Before"),
    ),
    "Length of answers": (
        True,
        False,
        Line("Answers are long, with all their sources.", label="Now"),
        Line("Answers are short cards.", label="Before"),
    ),
    "Time zone": (
        "Asia/Ho_Chi_Minh",
        None,
        Line("Asia/Ho Chi Minh", label="Now"),
        Line("UTC", label="Before"),
    ),
}
KEYS = {
    "Roles that moderate": "roles",
    "Channel for suggestions": "review_channel",
    "Who sees answers": "private",
    "Waiting time": "cooldown",
    "Polls": "polls",
    "Length of answers": "full",
    "Time zone": "zone",
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_setting_is_told_with_what_it_was(name: str) -> None:
    after, before, now, then = CHANGED[name]
    detail = {"after": {KEYS[name]: after}, "before": {KEYS[name]: before}}
    page = settings_changed(detail, 7, TEXTS, "Settings changed")
    assert page.lead == Line("", by=7)
    (section,) = page.sections
    assert section.heading == name
    assert section.lines == (now, then)


COUNTS = {
    "revisions": 1,
    "approvals": 2,
    "suggestions": 3,
    "decisions": 4,
    "answers": 5,
    "follows": 6,
    "servers": 7,
}


KEPT_OF_ALL = [
    ("Entries and follows", "the Discord id of who made them, to say who did what"),
    ("The quiz in a server", "for 30 days, who answered what"),
]


def test_what_is_kept_of_a_person_is_counted_and_can_be_taken_or_forgotten() -> None:
    page = privacy.kept(COUNTS, TEXTS, anything=True, left_out=False)
    assert page.title == "What is stored about you"
    assert said(page) == [
        ("Changes you made", "1"),
        ("Entries you proposed", "2"),
        ("Suggestions you made", "3"),
        ("Suggestions you decided", "4"),
        ("Quiz questions you answered", "5"),
        ("Follows you set up", "6"),
        ("Servers in which that was", "7"),
        *KEPT_OF_ALL,
    ]
    assert [each.id for each in page.actions] == [
        "privacy:export:1",
        "privacy:ask:1",
        "privacy:leave:1",
    ]


def test_who_has_nothing_kept_has_nothing_to_take_or_forget() -> None:
    page = privacy.kept(dict.fromkeys(COUNTS, 0), TEXTS, anything=False, left_out=True)
    assert said(page) == [
        ("", "Nothing is stored about you."),
        ("", "You are left out of the quiz's scores."),
        *KEPT_OF_ALL,
    ]
    assert [each.id for each in page.actions] == ["privacy:join:1"]


def test_forgetting_is_asked_about_and_told() -> None:
    ask = privacy.sure_to_forget(TEXTS)
    assert ask.title == "Are you sure?"
    assert [(each.id, each.tone) for each in ask.actions] == [
        ("privacy:forget:1", "stop"),
        ("privacy:keep:1", "plain"),
    ]
    for count, words in ((1, "in 1 place and"), (3, "in 3 places and")):
        page = privacy.forgotten(count, TEXTS)
        assert page.title == "Forgotten"
        assert page.lead is not None
        assert words in page.lead.text


def test_an_entry_cites_what_was_given_for_it(lighthouse: Base) -> None:
    fact = {
        "id": "net",
        "date": "1996-05-01",
        "toward": "ashford",
        "deed": next(iter(lighthouse.conflict.deeds)),
        "claim": "A net was lent.",
        "sources": [SOURCE],
    }
    for kind, body in (("event", fact), ("level", LEVEL)):
        (source,) = sources_of(kind, body)
        assert source.url == SOURCE["url"]
    for kind in ("actor", "alias", "summary"):
        assert sources_of(kind, {"alias": "White Land"}) == ()


def test_kinds_and_verbs_have_words_of_their_own() -> None:
    kinds = [
        kind_name(each, TEXTS)
        for each in ("event", "actor", "alias", "summary", "level")
    ]
    assert kinds == [
        *("Fact", "Country or group", "Other name", "Summary", "Own judgement")
    ]
    actors = [
        actor_kind(each, TEXTS)
        for each in ("state", "observer", "partially-recognised", "breakaway")
    ]
    assert len(set(actors)) == 4
    verbs = ("add", "edit", "retire", "undo", "import", "approve", "reject", "settings")
    assert len({verb_name(each, TEXTS) for each in verbs}) == len(verbs)


def shown(
    change: Change, base: Base, alike: str | None = None, remarks: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """What a preview of a change says would change."""
    row = Entry(1, change.kind, change.subject, change.body, "published", 1, 7, noon())
    after = overlaid(base, [row], "test+1.1")
    page = preview(
        change, base, after, TEXTS, today=FOREIGN_TODAY, remarks=remarks, alike=alike
    )
    assert page.changes.title == "What would change"
    assert not page.card.actions
    assert not page.card.menus
    return said(page.changes)


def fact(base: Base, **more: Any) -> dict[str, Any]:
    deed = next(key for key, each in base.conflict.deeds.items() if each.points)
    return {
        "id": "net",
        "date": "2004-05-01",
        "toward": "ashford",
        "deed": deed,
        "claim": "A net was lent.",
        "sources": [SOURCE],
    } | more


def test_a_preview_says_what_a_fact_would_change_and_what_it_resembles(
    lighthouse: Base,
) -> None:
    change = Change("event", "orchard", fact(lighthouse))
    points, level, alike = shown(change, lighthouse)
    assert points[0] == ""
    assert points[1]
    assert level[0] == "Level"
    assert alike == ("", "Nothing like it is here yet.")
    *_, alike, remark = shown(
        change, lighthouse, alike="A net was given.", remarks=["Mind the tide."]
    )
    assert alike == ("Looks like", "A net was given.")
    assert remark == ("", "⚠️ Mind the tide.")


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("alias", {"alias": "White Land"}, ("", "White Land will find orchard.")),
        (
            "summary",
            {"summary": "It lends nets.", "summary_facts": []},
            ("New summary", "It lends nets."),
        ),
    ],
)
def test_a_preview_of_words_says_which(
    lighthouse: Base, kind: Any, body: dict[str, Any], says: tuple[str, str]
) -> None:
    first, level = shown(Change(kind, "orchard", body), lighthouse)
    assert first == says
    assert level[0] == "Level"
    assert level[1].endswith(", as before")


def test_a_preview_of_a_judgement_says_the_level_and_why(lighthouse: Base) -> None:
    first, *_ = shown(Change("level", "orchard", LEVEL), lighthouse)
    assert first == (
        "This server's own judgement",
        told("level", LEVEL, lighthouse, TEXTS),
    )
    assert "Everybody says so." in first[1]
    assert TEXTS.date(date(1996, 5, 1)) in first[1]


def test_a_preview_of_a_new_actor_compares_with_nothing(lighthouse: Base) -> None:
    body = {
        "kind": "state",
        "names": {"short": "Heron Isle"},
        "reviewed": "2004-01-01",
    }
    (first,) = shown(Change("actor", "heron", body), lighthouse)
    assert first == ("", "New here: heron. /ally will find it.")
