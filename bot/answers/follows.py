"""What channels follow: the message that tells what is new, and the list of a server's
follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from bot.alignment.changes import Changes
from bot.answers import page_ids
from bot.answers.changes import VIEWS, line, opened, rows_of, view_names
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.sentences import done_by, own_note
from bot.answers.settings import zone_name
from bot.answers.texts import Texts
from bot.knowledge.documents import Vote
from bot.knowledge.facts import Base

_SHOWN = {"levels": 5, "facts": 4, "votes": 3, "ended": 3}
"""Changes of each kind that a message lists; the rest are counted."""
_NAMED = 3
"""Followed things that a title names."""
How: TypeAlias = Literal["once", "daily", "weekly"]


@dataclass(frozen=True, slots=True)
class FollowLine:
    """A follow as the list shows it."""

    number: int
    name: str
    channel: int
    how: How
    closed: bool


def list_id(token: str) -> str:
    """The custom id of the button that leads to the list; ``token`` is the message's
    own, or ``-``.
    """
    return f"follows:list:{token}"


def cadences(texts: Texts) -> dict[How, str]:
    """How a channel may be told, in words."""
    return {
        "once": texts("At once"),
        "daily": texts("Once a day at 09:00"),
        "weekly": texts("On Mondays at 09:00"),
    }


def _section(
    view: str, news: Changes, base: Base, cites: Citations, texts: Texts
) -> Section:
    rows, most = rows_of(news, view), _SHOWN[view]
    lines = [
        line(row, ended=view == "ended", base=base, cites=cites, texts=texts)
        for row in rows[:most]
    ]
    if len(rows) > most:
        lines.append(Line(texts("… and {n} more", n=len(rows) - most)))
    return Section(
        texts("{what} ({n})", what=view_names(texts)[view], n=len(rows)), tuple(lines)
    )


def _lead(news: Changes, texts: Texts, *, is_new_edition: bool) -> Line | None:
    if not is_new_edition:
        return None
    if news.count:
        return Line(texts("A new edition of Ally's facts has arrived."))
    return Line(
        texts("A new edition of Ally's facts has arrived. No level has moved by it.")
    )


def bulletin(
    news: Changes,
    names: Sequence[str],
    base: Base,
    texts: Texts,
    *,
    token: str,
    is_new_edition: bool = False,
) -> Answer:
    """What is new about what a channel follows, ``names`` in words; ``token`` is the
    message's own.
    """
    cites = Citations()
    filled = [view for view in VIEWS[1:] if rows_of(news, view)]
    sections = tuple(_section(view, news, base, cites, texts) for view in filled)
    shown = [row for view in filled for row in rows_of(news, view)[: _SHOWN[view]]]
    codes = dict.fromkeys(row.code for row in shown if not isinstance(row, Vote))
    title = texts("What is new")
    if len(names) <= _NAMED:
        title = texts("What is new: {names}", names=texts.row(names))
    actions: list[Action] = []
    if news.since < news.on:
        every = page_ids.changes("all", "", "", news.since, news.on)
        since = texts("All changes since {date}", date=texts.date(news.since))
        actions.append(Action(every, since))
    actions.append(Action(list_id(token), texts("What this server follows")))
    return Answer(
        title,
        lead=_lead(news, texts, is_new_edition=is_new_edition),
        sections=sections,
        citations=cites.listed(),
        notes=tuple(own_note(list(codes), base, texts)),
        on=news.on,
        actions=page_ids.that_fit(tuple(actions)),
        menus=(opened(shown, news.on, "", "", texts),),
        linked=True,
    )


def follows(
    rows: Sequence[FollowLine],
    texts: Texts,
    *,
    zone: str,
    most: int,
    notes: Sequence[str] = (),
) -> Answer:
    """A server's follows, with a menu to stop one; ``notes`` say what just happened."""
    words = cadences(texts)
    lines = [
        Line(
            texts("its channel is gone or closed to Ally; follow it again elsewhere")
            if row.closed
            else words[row.how],
            label=f"#{row.number} {row.name}",
            channel=row.channel,
        )
        for row in rows
    ]
    nothing = Line(texts("No channel of this server follows anything yet: /follow"))
    stop = Menu(
        "menu:follows",
        texts("Stop one"),
        tuple(
            Action(f"follows:stop:{row.number}", f"#{row.number} {row.name}", "🔕")
            for row in rows
        ),
    )
    return Answer(
        texts("What this server follows"),
        lead=Line(texts("{n} of {most}", n=len(rows), most=most)),
        sections=(Section("", tuple(lines) or (nothing,)),),
        notes=(*notes, texts("Time zone: {zone}", zone=zone_name(zone))),
        menus=(stop,),
    )


def what_is_new(how: How, texts: Texts) -> str:
    """What a channel is told that it will get."""
    when = cadences(texts)[how]
    return texts("Ally tells this channel what is new. {when}", when=when)


def begun(name: str, lead: str, texts: Texts, *, zone: str, token: str) -> Answer:
    """What a channel is told when somebody sets up a follow there; ``lead`` says what
    it will get.
    """
    return Answer.plain(
        texts("Followed here: {name}", name=name),
        lead,
        notes=[texts("Time zone: {zone}", zone=zone_name(zone))],
        actions=[Action(list_id(token), texts("What this server follows"))],
    )


def closed(names: Sequence[str], channel: int, texts: Texts, *, token: str) -> Answer:
    """What moderators are told when a channel that followed is gone or closed."""
    lead = texts(
        "A channel is gone or closed to Ally. What it followed has been stopped."
    )
    lines = (
        Line(texts("The channel"), channel=channel),
        *(Line(name) for name in names),
    )
    return Answer.plain(
        texts("A channel can no longer be told"),
        lead,
        lines=lines,
        notes=[texts("Choose another channel with /follow.")],
        actions=[Action(list_id(token), texts("What this server follows"))],
    )


def cannot_post(channel: int, texts: Texts) -> Answer:
    """The channel that was chosen cannot be told."""
    lead = texts(
        "Nothing was changed. Allow Ally to see this channel, to send messages there "
        "and to read its message history, then try again."
    )
    return Answer.plain(
        texts("I cannot post there"),
        lead,
        lines=[Line(texts("The channel"), channel=channel)],
    )


def follow_changed(
    verb: str, detail: Mapping[str, Any], actor: int, texts: Texts
) -> Answer:
    """What the channel for changes is told of a follow that was set up (``follow``) or
    stopped; ``detail`` has its name, channel and how, and how it was before.
    """
    words = cadences(texts)
    title = texts("No longer followed: {name}", name=detail["name"])
    if verb == "follow":
        title = texts("Followed: {name}", name=detail["name"])
    lines = [Line(words[detail["how"]], channel=detail["channel"])]
    if detail.get("before"):
        lines.append(Line.labelled(texts("Before"), words[detail["before"]]))
    sections = (Section("", tuple(lines)),)
    return Answer(title, lead=done_by(actor, texts), sections=sections)


def set_up(
    name: str,
    channel: int,
    how: How,
    first: date | None,
    texts: Texts,
    *,
    wished: How | None = None,
) -> Answer:
    """A follow was set up; ``first`` is the day of its first message at the earliest,
    ``wished`` how somebody wanted to be told of what is told otherwise.
    """
    words = cadences(texts)
    lines = [Line(words[how], label=name, channel=channel)]
    notes: list[str] = []
    if first is not None:
        notes.append(texts("The first message: {date}", date=texts.date(first)))
    if wished is not None and wished != how:
        told = texts(
            "This cannot be told “{wished}”; it was set up “{how}”.",
            wished=words[wished],
            how=words[how],
        )
        notes.append(told)
    every = Action(list_id("-"), texts("What this server follows"))
    return Answer.plain(
        texts("✅ Followed"), lines=lines, notes=notes, actions=(every,)
    )
