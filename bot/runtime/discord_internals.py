"""Every use of what discord.py keeps to itself, and for which release that was written.

It stands here rather than in ``service`` because first replies and uploads need it too.
Another release may change these parts without a word: Ally refuses to start on one, and
tests/runtime/test_discord_internals.py goes through each of them.
"""

# This is what the module is for.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import discord
from discord import InteractionResponseType, app_commands, ui, utils
from discord.http import MultipartParameters, Route
from discord.webhook import async_ as webhooks

from bot.knowledge.plain import PlainObject
from bot.runtime.admission import handling

KNOWN_RELEASES = re.compile(r"2\.7\.\d+")
"""discord.py's releases whose private parts are those that are used here."""

AnyClient = TypeVar("AnyClient", bound=discord.Client)


class UnknownReleaseError(RuntimeError):
    """discord.py is of a release whose private parts are not known; the text says what
    to install.
    """


def require_known_release(release: str = discord.__version__) -> None:
    """Raise UnknownReleaseError unless discord.py is of a release that Ally knows."""
    if not KNOWN_RELEASES.fullmatch(release):
        raise UnknownReleaseError(
            f"Ally works with discord.py 2.7, and {release} is installed; run "
            "pip install 'discord.py>=2.7.1,<2.8'"
        )


def api_base() -> str:
    """The address under which discord.py calls Discord's API, without a slash."""
    return Route.BASE


def read_json(text: bytes) -> Any:
    """JSON as discord.py reads it: by orjson if that is installed. ValueError if it is
    none.
    """
    return utils._from_json(cast("Any", text))


def written_json(value: Any) -> bytes:
    """JSON as discord.py writes it."""
    return utils._to_json(value).encode()


def reply_sender() -> Any:
    """Who sends the first replies of the running context: an object with the methods of
    discord.py's webhook adapter.
    """
    return webhooks.async_context.get()


def use_reply_sender(sender: Any) -> None:
    """Have first replies of the running context sent by this object."""
    webhooks.async_context.set(sender)


def json_only(body: PlainObject) -> MultipartParameters:
    """A reply without files, as the reply sender takes it."""
    return MultipartParameters(payload=body, multipart=None, files=None)


def message_payload(
    view: ui.LayoutView, mentions: discord.AllowedMentions, *, ephemeral: bool
) -> Any:
    """What `InteractionResponse.send_message` makes of a view."""
    flags = discord.MessageFlags(ephemeral=True) if ephemeral else utils.MISSING
    return webhooks.interaction_message_response_params(
        type=InteractionResponseType.channel_message.value,
        content=None,
        view=view,
        flags=flags,
        allowed_mentions=mentions,
    ).payload


def update_payload(view: ui.LayoutView, mentions: discord.AllowedMentions) -> Any:
    """What `InteractionResponse.edit_message` makes of a view without attachments, by a
    client that allows these mentions.
    """
    return webhooks.interaction_message_response_params(
        type=InteractionResponseType.message_update.value,
        view=view,
        attachments=[],
        previous_allowed_mentions=mentions,
    ).payload


def choices_payload(choices: Sequence[app_commands.Choice[str]]) -> Any:
    """What `InteractionResponse.autocomplete` makes of choices."""
    return {
        "type": InteractionResponseType.autocomplete_result.value,
        "data": {"choices": [each.to_dict() for each in choices]},
    }


def session_of(client: discord.Client) -> Any:
    """The session over which a client that has logged in talks to Discord."""
    return cast("Any", client.http)._HTTPClient__session


def interaction_parser(client: discord.Client) -> Callable[[Any], None]:
    """What makes an interaction of a payload and has it answered.

    It raises KeyError, TypeError, ValueError or AttributeError for what is none.
    """
    return client._connection.parse_interaction_create


def parsers_of(client: discord.Client) -> dict[str, Callable[[Any], None]]:
    """What a client does with each event of the gateway, by its name."""
    return cast("PlainObject", client._connection.parsers)


def attachment_of(client: discord.Client, data: Mapping[str, Any]) -> Any:
    """A file that was uploaded in a form, from what the form holds of it."""
    return discord.Attachment(data=cast("Any", data), state=client._connection)


def role_ids(user: discord.User | discord.Member) -> tuple[int, ...]:
    """The ids of a member's roles as Discord sent them, none for a user.

    The roles themselves are known only where the guild is cached.
    """
    return tuple(getattr(user, "_roles", ()))


class FollowedTree(app_commands.CommandTree[AnyClient]):
    """A command tree that follows each interaction until it is answered."""

    async def _call(self, interaction: discord.Interaction[AnyClient]) -> None:
        with handling():
            await super()._call(interaction)
