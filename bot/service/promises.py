"""What is promised while a reply takes long: who will see it, and what stands for a
form that comes too late.
"""

from __future__ import annotations

from collections.abc import Mapping

from discord import AppCommandType, MessageFlags

from bot.answers.document import Answer, Line
from bot.knowledge.plain import PlainObject, object_in, objects_in
from bot.runtime.admission import command_called
from bot.runtime.late_reply import Promises
from bot.ui.permissions import lets_write
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

MAY_BE_PUBLIC = frozenset(
    {
        "ally",
        "bloc",
        "brief",
        "changes",
        "compare",
        "forecast",
        "map",
        "quiz play",
        "search",
        "source",
        "timeline",
        "vote",
        "where",
    }
)
"""Commands, by their full names, whose replies everybody in the channel may see; all
others are private.
"""
_FLAGS = MessageFlags(components_v2=True, ephemeral=True).value


def _may_write(payload: Mapping[str, object]) -> bool:
    rights = str(object_in(payload.get("member")).get("permissions", ""))
    kind = object_in(payload.get("channel")).get("type")
    if not rights.isdecimal():
        # Outside a server there is no member.
        return True
    return lets_write(int(rights), kind if isinstance(kind, int) else None)


def promises_over(replies: ReplyCache) -> Promises:
    """Promises by the settings of each guild, as far as they are in memory."""

    def public(payload: Mapping[str, object]) -> bool:
        data = object_in(payload.get("data"))
        typed = objects_in(data.get("options"))
        name, options = command_called(str(data.get("name")), typed, PlainObject.get)
        if name not in MAY_BE_PUBLIC or not _may_write(payload):
            return False
        if data.get("type", 1) != AppCommandType.chat_input.value:
            return False
        asked = {option["name"]: option.get("value") for option in options}
        if asked.get("private") is not None:
            return not asked["private"]
        guild = payload.get("guild_id")
        server = replies.views.kept(int(str(guild)) if guild else None)
        return server is not None and not server.preferences.private

    def form_too_late(payload: Mapping[str, object]) -> PlainObject:
        texts = replies.texts(str(payload.get("locale") or "en-US"))
        lead = texts("This form took too long to open. Please try it once more.")
        view = prepare(Answer(texts("Sorry"), lead=Line(lead)))
        return {
            "components": view.to_components(),
            "flags": _FLAGS,
            "allowed_mentions": {"parse": []},
        }

    return Promises(public, form_too_late)
