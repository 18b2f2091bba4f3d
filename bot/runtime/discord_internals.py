"""Every use of what discord.py keeps to itself, and for which release that was written.

It stands here rather than in ``service`` because first replies and uploads need it too.
Another release may change these parts without a word: Ally refuses to start on one, and
tests/runtime/test_discord_internals.py goes through each of them.
"""

# This is what the module is for.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import aiohttp
import discord
from discord import InteractionResponseType, app_commands, ui, utils
from discord.http import MultipartParameters, Route
from discord.webhook import async_ as webhooks

from bot.knowledge.plain import PlainObject
from bot.runtime.admission import handling

if TYPE_CHECKING:
    from discord.types.message import Attachment as AttachmentPayload

KNOWN_RELEASES = re.compile(r"2\.7\.\d+")
"""discord.py's releases whose private parts are those that are used here."""

Id = int | str
"""An id of Discord's: its payloads have them as text, discord.py as numbers."""
Parse = Callable[[Mapping[str, object]], None]
"""Takes the payload of an event and has the event handled."""
AnyClient = TypeVar("AnyClient", bound=discord.Client)


class ReplySender(Protocol):
    """The methods of discord.py's webhook adapter that Ally calls or stands before.

    ``more`` is what discord.py hands to each request: session, proxy, and the content
    of a message.
    """

    def create_interaction_response(
        self, interaction_id: int, token: str, **more: object
    ) -> Awaitable[object]:
        """Send the first reply."""
        ...

    def edit_original_interaction_response(
        self, application_id: Id, token: str, **more: object
    ) -> Awaitable[PlainObject]:
        """Change the first reply."""
        ...

    def delete_original_interaction_response(
        self, application_id: Id, token: str, **more: object
    ) -> Awaitable[object]:
        """Take the first reply away."""
        ...

    def execute_webhook(
        self, application_id: Id, token: str, **more: object
    ) -> Awaitable[PlainObject]:
        """Send a message after the first reply."""
        ...

    def edit_webhook_message(
        self, application_id: Id, token: str, message_id: int, **more: object
    ) -> Awaitable[PlainObject]:
        """Change a message that was sent after the first reply."""
        ...


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
    # Both libraries read bytes, and only that is not said of it.
    return utils._from_json(cast("str", text))


def written_json(value: object) -> bytes:
    """JSON as discord.py writes it."""
    return utils._to_json(value).encode()


def reply_sender() -> ReplySender:
    """Who sends the first replies of the running context."""
    return cast("ReplySender", webhooks.async_context.get())


def use_reply_sender(sender: object) -> None:
    """Have first replies of the running context sent by this object, which has the
    methods of a ReplySender.
    """
    webhooks.async_context.set(cast("webhooks.AsyncWebhookAdapter", sender))


def json_only(body: Mapping[str, object]) -> MultipartParameters:
    """A reply without files, as the reply sender takes it."""
    return MultipartParameters(payload=dict(body), multipart=None, files=None)


def message_payload(
    view: ui.LayoutView, mentions: discord.AllowedMentions, *, ephemeral: bool
) -> object:
    """What `InteractionResponse.send_message` makes of a view."""
    flags = discord.MessageFlags(ephemeral=True) if ephemeral else utils.MISSING
    return webhooks.interaction_message_response_params(
        type=InteractionResponseType.channel_message.value,
        content=None,
        view=view,
        flags=flags,
        allowed_mentions=mentions,
    ).payload


def update_payload(view: ui.LayoutView, mentions: discord.AllowedMentions) -> object:
    """What `InteractionResponse.edit_message` makes of a view without attachments, by a
    client that allows these mentions.
    """
    return webhooks.interaction_message_response_params(
        type=InteractionResponseType.message_update.value,
        view=view,
        attachments=[],
        previous_allowed_mentions=mentions,
    ).payload


def choices_payload(choices: Sequence[app_commands.Choice[str]]) -> object:
    """What `InteractionResponse.autocomplete` makes of choices."""
    return {
        "type": InteractionResponseType.autocomplete_result.value,
        "data": {"choices": [each.to_dict() for each in choices]},
    }


def session_of(client: discord.Client) -> aiohttp.ClientSession:
    """The session over which a client that has logged in talks to Discord."""
    session: aiohttp.ClientSession = vars(client.http)["_HTTPClient__session"]
    return session


def interaction_parser(client: discord.Client) -> Parse:
    """What makes an interaction of a payload and has it answered.

    It raises KeyError, TypeError, ValueError or AttributeError for what is none.
    """
    return cast("Parse", client._connection.parse_interaction_create)


def parsers_of(client: discord.Client) -> dict[str, Parse]:
    """What a client does with each event of the gateway, by its name."""
    return cast("dict[str, Parse]", client._connection.parsers)


def attachment_of(
    client: discord.Client, data: Mapping[str, object]
) -> discord.Attachment:
    """A file that was uploaded in a form, from what the form holds of it."""
    sent = cast("AttachmentPayload", data)
    return discord.Attachment(data=sent, state=client._connection)


def is_of_person_alone(interaction: discord.Interaction[AnyClient]) -> bool:
    """Whether somebody brought Ally along: they installed it for themselves, and the
    server in which they use it did not
    (/interactions/receiving-and-responding#authorizing-integration-owners-object).
    """
    owners = interaction._integration_owners
    return bool(owners) and 0 not in owners


def role_ids(user: discord.User | discord.Member) -> tuple[int, ...]:
    """The ids of a member's roles as Discord sent them, none for a user.

    The roles themselves are known only where the guild is cached.
    """
    return tuple(getattr(user, "_roles", ()))


class FollowedTree(app_commands.CommandTree[AnyClient]):
    """A command tree that follows each interaction until it is answered."""

    async def register(
        self, payload: Sequence[PlainObject], guild: discord.Object | None
    ) -> None:
        """Register commands as they stand in a payload, in one guild or everywhere.

        `CommandTree.sync` does the same after it has translated each of them, which
        whoever has the payload has done. discord.HTTPException where Discord refuses
        them.
        """
        application, commands = self.client.application_id, cast("Any", payload)
        if application is None:
            raise app_commands.MissingApplicationID
        http = self.client.http
        if guild is None:
            await http.bulk_upsert_global_commands(application, payload=commands)
        else:
            await http.bulk_upsert_guild_commands(
                application, guild.id, payload=commands
            )

    async def _call(self, interaction: discord.Interaction[AnyClient]) -> None:
        with handling():
            await super()._call(interaction)
