"""What was typed, judged: an entry's body, or what has to be put right first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.texts import Texts
from bot.commands.entries.task import UNKNOWN_SUBJECT, Task
from bot.entries.from_form import Draft, Finding, read
from bot.entries.ids import CODE_LENGTH, code_for
from bot.entries.records import Body, Change
from bot.knowledge.values import CODE
from bot.names.choose import select_actor
from bot.store.views import ServerView


@dataclass(frozen=True, slots=True)
class Judgement:
    """A draft with its subject found. ``body`` is None where ``findings`` say what is
    wrong.
    """

    task: Task
    body: Body | None
    findings: tuple[Finding, ...] = ()

    def change(self) -> Change:
        """The change that it would make; only for a draft with a body."""
        assert self.body is not None
        task = self.task
        return Change(task.kind, task.subject, self.body, task.number, task.revision)


def judge(
    task: Task,
    fields: Mapping[str, str],
    server: ServerView,
    texts: Texts,
    *,
    today: date,
    own: str,
) -> Judgement:
    """Judge what was typed. ``own`` is the id of the event that is edited, empty for a
    new one.
    """
    if task.kind == "actor":
        subject = _code(task, fields, server, texts)
    else:
        subject = _actor(task, fields, server, texts)
    if isinstance(subject, Finding):
        return Judgement(task, None, (subject,))
    draft = Draft(task.kind, subject, fields, own)
    body, findings = read(draft, server.base, today, server.names.exact)
    return Judgement(replace(task, subject=subject), body, tuple(findings))


def _code(
    task: Task, fields: Mapping[str, str], server: ServerView, texts: Texts
) -> str | Finding:
    """The code of an actor that a server adds: its own, typed, or made of its name."""
    if task.subject != UNKNOWN_SUBJECT:
        return task.subject
    typed = fields.get("code", "").strip()
    code = typed or code_for(fields.get("name", ""), server.base.countries)
    if re.fullmatch(CODE, code) and len(code) <= CODE_LENGTH:
        return code
    return Finding(
        "code",
        texts("“{code}” is no code", code=code[:40]),
        texts("write two capital letters, or small letters, digits and hyphens"),
    )


def _actor(
    task: Task, fields: Mapping[str, str], server: ServerView, texts: Texts
) -> str | Finding:
    """The code of the actor that a draft is about."""
    if task.subject in server.base.countries:
        return task.subject
    if task.subject != UNKNOWN_SUBJECT:
        code = task.subject
        return Finding("country", texts("Ally does not know {code}", code=code))
    typed = fields.get("country", "")
    selection = select_actor(typed, server.names, texts.locale)
    if selection.key is not None:
        return selection.key
    hint = texts("a name, a code or a flag")
    if selection.near:
        near = texts.row(texts.name(code) for code in selection.near)
        hint = texts("did you mean {names}?", names=near)
    wrong = texts("“{query}” is no country I know", query=typed[:60])
    return Finding("country", wrong, hint)
