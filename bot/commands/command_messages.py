"""The table of the texts by which Discord shows the commands: names, descriptions,
options, fixed choices and menus, in English and by key.

``{actor}`` and the like are filled from the base when the commands are made.
"""

from __future__ import annotations

from collections.abc import Mapping


def keyed_message(key: str, english: str) -> tuple[str, str]:
    """A message and its key; the calls are what the catalogue's template is made of."""
    return key, english


_COMMANDS = (
    keyed_message("command.ally.name", "ally"),
    keyed_message(
        "command.ally.description",
        "Where does this country stand? For example: /ally country:{actor}",
    ),
    keyed_message("command.about.name", "about"),
    keyed_message(
        "command.about.description",
        "What Ally is, which facts it has, and how to report a mistake",
    ),
    keyed_message("command.invite.name", "invite"),
    keyed_message("command.invite.description", "Add Ally to a server of yours"),
    keyed_message("command.help.name", "help"),
    keyed_message("command.help.description", "Examples of what to ask"),
    keyed_message("command.compare.name", "compare"),
    keyed_message(
        "command.compare.description",
        "Two to four countries side by side, for example: {actor}, {other}",
    ),
    keyed_message("command.where.name", "where"),
    keyed_message(
        "command.where.description",
        "Who is on which side, counted and listed",
    ),
    keyed_message("command.bloc.name", "bloc"),
    keyed_message(
        "command.bloc.description",
        "A bloc's members, where each stands, and how united it votes",
    ),
    keyed_message("command.vote.name", "vote"),
    keyed_message(
        "command.vote.description",
        "A roll call: who voted how, and who broke with their bloc",
    ),
    keyed_message("command.forecast.name", "forecast"),
    keyed_message(
        "command.forecast.description",
        "Forecasts scored: who was named, and what they did",
    ),
    keyed_message("command.search.name", "search"),
    keyed_message(
        "command.search.description",
        "Search the facts by what was done, by whom, where and when",
    ),
    keyed_message("command.source.name", "source"),
    keyed_message(
        "command.source.description",
        "What rests on a publisher or a website: how much, about whom, of which grade",
    ),
    keyed_message("command.timeline.name", "timeline"),
    keyed_message(
        "command.timeline.description",
        "A country's level over time as a picture, for example: {other}",
    ),
    keyed_message("command.map.name", "map"),
    keyed_message(
        "command.map.description",
        "A world map of levels, a vote, a bloc or a measure",
    ),
    keyed_message("command.quiz.name", "quiz"),
    keyed_message(
        "command.quiz.description",
        "Questions made of the facts, each with its source",
    ),
    keyed_message("command.quiz.play.name", "play"),
    keyed_message(
        "command.quiz.play.description",
        "A question with four answers, made of the facts",
    ),
    keyed_message("command.quiz.top.name", "top"),
    keyed_message(
        "command.quiz.top.description",
        "Who in this server has answered best in the last 30 days",
    ),
    keyed_message("command.changes.name", "changes"),
    keyed_message(
        "command.changes.description",
        "What has changed: levels that moved, new facts and votes, what ended",
    ),
    keyed_message("command.brief.name", "brief"),
    keyed_message(
        "command.brief.description",
        "A country on one page, to print for a debate. For example: /brief "
        "country:{actor}",
    ),
    keyed_message("command.suggest.name", "suggest"),
    keyed_message(
        "command.suggest.description",
        "Propose a fact with its source. For example: /suggest country:{actor}",
    ),
    keyed_message("command.follow.name", "follow"),
    keyed_message(
        "command.follow.description",
        "Tell a channel what is new about a country, a bloc, a side; or a daily quiz",
    ),
    keyed_message("command.following.name", "following"),
    keyed_message(
        "command.following.description",
        "What this server's channels follow; stop it, or set the time zone",
    ),
    keyed_message("command.settings.name", "settings"),
    keyed_message(
        "command.settings.description",
        "Show or change how Ally works here",
    ),
    keyed_message("command.privacy.name", "privacy"),
    keyed_message(
        "command.privacy.description",
        "What Ally stores about you; export it or be forgotten",
    ),
)
_ENTRY_COMMANDS = (
    keyed_message("command.entry.name", "entry"),
    keyed_message(
        "command.entry.description",
        "This server's own entries. For example: /entry add country:{actor}",
    ),
    keyed_message("command.entry.add.name", "add"),
    keyed_message(
        "command.entry.add.description",
        "Add a fact about a country. For example: /entry add country:{actor}",
    ),
    keyed_message("command.entry.summary.name", "summary"),
    keyed_message(
        "command.entry.summary.description",
        "Write this server's summary of a country, borne out by its facts",
    ),
    keyed_message("command.entry.level.name", "level"),
    keyed_message(
        "command.entry.level.description",
        "Set this server's own judgement beside the computed level",
    ),
    keyed_message("command.entry.alias.name", "alias"),
    keyed_message(
        "command.entry.alias.description",
        "Give a country another name in this server",
    ),
    keyed_message("command.entry.actor.name", "actor"),
    keyed_message(
        "command.entry.actor.description",
        "Add a country or actor that the base lacks, an invented one too",
    ),
    keyed_message("command.entry.edit.name", "edit"),
    keyed_message(
        "command.entry.edit.description",
        "Change an entry. For example: /entry edit entry:12",
    ),
    keyed_message("command.entry.retire.name", "retire"),
    keyed_message(
        "command.entry.retire.description",
        "Take an entry out of the answers; its history stays",
    ),
    keyed_message("command.entry.undo.name", "undo"),
    keyed_message(
        "command.entry.undo.description",
        "Take a change back, which can be undone too. For example: /entry undo "
        "entry:12",
    ),
    keyed_message("command.entry.history.name", "history"),
    keyed_message(
        "command.entry.history.description",
        "Who changed an entry, when, from what to what",
    ),
    keyed_message("command.entry.list.name", "list"),
    keyed_message(
        "command.entry.list.description",
        "Find entries. For example: /entry list country:{actor}",
    ),
    keyed_message("command.entry.review.name", "review"),
    keyed_message(
        "command.entry.review.description", "Decide what members have proposed"
    ),
    keyed_message("command.entry.export.name", "export"),
    keyed_message(
        "command.entry.export.description",
        "This server's entries as YAML in the base's own format",
    ),
    keyed_message("command.entry.import.name", "import"),
    keyed_message(
        "command.entry.import.description",
        "Read entries from a YAML file; you see every change first",
    ),
)
_OPTIONS = (
    keyed_message("option.country.name", "country"),
    keyed_message(
        "option.country.description", "A name, a code or a flag: {spellings}"
    ),
    keyed_message("option.on.name", "on"),
    keyed_message(
        "option.on.description",
        "A past day: {year}, {day}, {dotted}, {written}, last year; today if left out",
    ),
    keyed_message("option.private.name", "private"),
    keyed_message("option.private.description", "Only you see the answer"),
    keyed_message("option.full.name", "full"),
    keyed_message(
        "option.full.description", "The long answer with all its sources in a list"
    ),
    keyed_message("option.picture.name", "picture"),
    keyed_message("option.picture.description", "The answer as a picture for sharing"),
    keyed_message("option.rank.name", "as"),
    keyed_message(
        "option.rank.description", "As a ranking with a chart; choose from the list"
    ),
    keyed_message("option.first.name", "first"),
    keyed_message("option.first.description", "A name, a code or a flag"),
    keyed_message("option.second.name", "second"),
    keyed_message("option.second.description", "Another one"),
    keyed_message("option.third.name", "third"),
    keyed_message("option.third.description", "Perhaps a third"),
    keyed_message("option.fourth.name", "fourth"),
    keyed_message("option.fourth.description", "Perhaps a fourth"),
    keyed_message("option.side.name", "side"),
    keyed_message(
        "option.side.description", "A side or a level; everybody if left out"
    ),
    keyed_message("option.region.name", "region"),
    keyed_message("option.region.description", "Only there"),
    keyed_message("option.bloc.name", "bloc"),
    keyed_message("option.bloc.description", "Only its members"),
    keyed_message("option.since.name", "since"),
    keyed_message(
        "option.since.description", "Only those whose level has changed since this day"
    ),
    keyed_message(
        "option.changes.since.description",
        "The last day, week, month or year, or a day; the last month if left out",
    ),
    keyed_message("option.name.name", "name"),
    keyed_message("option.text.name", "text"),
    keyed_message(
        "option.text.description", "Words, names and years, or a whole question"
    ),
    keyed_message("option.deed.name", "deed"),
    keyed_message("option.deed.description", "Only this kind of deed"),
    keyed_message("option.search.side.description", "Only what favours this side"),
    keyed_message("option.search.since.description", "Only what was done since then"),
    keyed_message(
        "option.source.name.description",
        "A publisher or a website; choose from the list",
    ),
    keyed_message("option.bloc.name.description", "Its name, for example: {bloc}"),
    keyed_message(
        "option.forecast.name.description", "Which one; the first if left out"
    ),
    keyed_message("option.entry.alias.name.description", "What it is also called here"),
    keyed_message("option.resolution.name", "resolution"),
    keyed_message(
        "option.resolution.description",
        "Its name, symbol, title, body or date, for example: {vote}",
    ),
    keyed_message("option.light.name", "light"),
    keyed_message("option.light.description", "For light themes"),
    keyed_message(
        "option.timeline.on.description", "The last day to show; today if left out"
    ),
    keyed_message("option.show.name", "show"),
    keyed_message("option.show.description", "What to show; the levels if left out"),
    keyed_message("option.theme.name", "theme"),
    keyed_message("option.theme.description", "Dark or light"),
    keyed_message("option.topic.name", "topic"),
    keyed_message(
        "option.topic.description",
        "What it is about; choose from the list, anything if left out",
    ),
    keyed_message("choice.theme.dark", "dark"),
    keyed_message("choice.theme.light", "light"),
)
_ENTRY_OPTIONS = (
    keyed_message("option.entry.name", "entry"),
    keyed_message("option.entry.description", "Its number; choose from the list"),
    keyed_message("option.what.name", "what"),
    keyed_message(
        "option.what.description",
        "A country, a bloc, a side, everything or quiz; choose from the list",
    ),
    keyed_message("option.channel.name", "channel"),
    keyed_message("option.channel.description", "The channel that is told"),
    keyed_message("option.how.name", "how"),
    keyed_message("option.how.description", "How often; once a day if left out"),
    keyed_message("choice.how.once", "at once"),
    keyed_message("choice.how.daily", "daily"),
    keyed_message("choice.how.weekly", "weekly"),
    keyed_message("option.zone.name", "zone"),
    keyed_message(
        "option.zone.description",
        "The time zone of this server, for example: Europe/Berlin",
    ),
    keyed_message("option.reason.name", "reason"),
    keyed_message(
        "option.reason.description", "Why, for example: the source was withdrawn"
    ),
    keyed_message("option.revision.name", "revision"),
    keyed_message(
        "option.revision.description",
        "Go back to before this revision; the newest if left out",
    ),
    keyed_message("option.search.name", "search"),
    keyed_message("option.search.description", "Words in the entry"),
    keyed_message("option.state.name", "state"),
    keyed_message("option.state.description", "Published ones, retired ones or any"),
    keyed_message("choice.state.published", "published"),
    keyed_message("choice.state.retired", "retired"),
    keyed_message("choice.state.any", "any"),
    keyed_message("option.author.name", "author"),
    keyed_message("option.author.description", "Who made the newest change"),
    keyed_message("option.entry.export.country.description", "Only this one"),
    keyed_message("option.merged.name", "merged"),
    keyed_message(
        "option.merged.description",
        "With the base's own facts, ready to be contributed (one country)",
    ),
)
_MENUS = (
    keyed_message("menu.mentions.name", "Where do they stand?"),
    keyed_message("menu.propose.name", "Propose as evidence"),
)
MESSAGES: Mapping[str, str] = dict(
    (*_COMMANDS, *_ENTRY_COMMANDS, *_OPTIONS, *_ENTRY_OPTIONS, *_MENUS)
)
"""Every text in English by its key.

``command.<command>.name`` and ``.description``, with dots between a group and what is
in it; ``option.<option>.name``; ``option.<command>.<option>.description`` where an
option means something of its own in a command, else ``option.<option>.description``;
``choice.<option>.<value>``; ``menu.<menu>.name``.
"""
