"""/ally: where a country stands."""

from __future__ import annotations

from datetime import date

from discord import app_commands

from bot.answers.help import bad_date, not_found, which_day
from bot.commands.command_texts import CommandTexts
from bot.commands.explore.asked import Asked
from bot.commands.explore.context import ReplyContext
from bot.commands.explore.pages import PageReplies
from bot.knowledge.dates import AmbiguousDay, DayRefusal, past_day
from bot.names.blocs import bloc_called
from bot.names.choose import select_actor
from bot.store.views import ServerView
from bot.ui.autocomplete import Country, countries_and_blocs
from bot.ui.cooldown import Cooldown, must_wait
from bot.ui.interaction import Choice, Command, Completion, Interaction, send
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache, locale_for

On = app_commands.Range[str, 1, 40]


def command(replies: ReplyCache, cooldown: Cooldown, pages: PageReplies) -> Command:
    """The slash command, answering from this reply cache, and for a bloc with its
    page.
    """
    texts = CommandTexts.of(replies)

    @texts.command("ally")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ally(
        interaction: Interaction,
        country: Country,
        on: On | None = None,
        private: bool | None = None,
        full: bool | None = None,
    ) -> None:
        server = await replies.views.view(interaction.guild_id)
        if await must_wait(interaction, cooldown, server.preferences, replies):
            return
        hidden = server.preferences.private if private is None else private
        long = server.preferences.full if full is None else full
        await reply(
            replies, pages, interaction, country, on, server, private=hidden, full=long
        )

    async def complete(interaction: Interaction, current: str) -> list[Choice]:
        return await countries_and_blocs(replies, interaction, current)

    completion: Completion = complete
    ally.autocomplete("country")(completion)
    return ally


async def reply(
    replies: ReplyCache,
    pages: PageReplies,
    interaction: Interaction,
    country: str,
    on: str | None,
    server: ServerView,
    *,
    private: bool,
    full: bool = False,
) -> None:
    """Resolve the name and the day, then answer with the card, or in full, or with its
    page where a bloc was named; or say kindly what was not understood.
    """
    reader = replies.texts(str(interaction.locale.value), server)
    first = server.base.first_day
    days = past_day(on, replies.today(), first)
    if isinstance(days, DayRefusal):
        refusal = prepare(bad_date(on or "", reader, days, first=first))
        await send(interaction, refusal, ephemeral=True)
        return
    selection = select_actor(country, server.names, reader.locale)
    bloc = None if selection.key else bloc_called(country, server.base)
    if isinstance(days, AmbiguousDay):

        def key(day: date) -> str:
            if selection.key:
                return f"ally:ask:{selection.key}:{day.isoformat()}:{int(private)}"
            asked = Asked("bloc", private, {"name": bloc, "on": None})
            return asked.key("on", day) if bloc else ""

        question = prepare(which_day(on or "", days, reader, key=key))
        await send(interaction, question, ephemeral=True)
        return
    day = days.last
    locale = locale_for(interaction, server.preferences, private=private)
    if bloc:
        texts = replies.texts(locale, server)
        context = ReplyContext(server, texts, locale, private)
        await pages.bloc(interaction, context, bloc, day)
        return
    if selection.key is None:
        near = selection.near
        page = not_found(country, near, server.base, day, reader, private=private)
        await send(interaction, prepare(page), ephemeral=True)
        return
    view = replies.page(
        "full" if full else "ask",
        selection.key,
        day,
        1,
        locale,
        private=private,
        server=server,
    )
    await send(interaction, view, ephemeral=private)
