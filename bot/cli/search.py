"""``ally search`` and ``ally source``: facts by words, and by what they rest on."""

from __future__ import annotations

import argparse

from bot.answers import base_words
from bot.cli.common import CommandError
from bot.cli.context import Context
from bot.cli.pages import print_page, region_of
from bot.runtime.exit_code import ExitCode


def search(args: argparse.Namespace) -> ExitCode:
    """``ally search WORD…``."""
    from bot.answers.search import Asked, searched
    from bot.search.find import Indexes

    context = Context.of(args)
    base, texts = context.base, context.texts
    sides = [
        (each.id, base_words.side_name(each, texts)) for each in base.conflict.sides
    ]
    deeds = [
        (key, base_words.deed_words(key, base.conflict, texts)[0])
        for key in base.conflict.deeds
    ]
    asked = Asked(
        " ".join(args.text),
        context.today,
        side=context.option(args.side, sides, texts("sides")) if args.side else "",
        deed=context.option(args.deed, deeds, texts("kinds of deed"))
        if args.deed
        else "",
        region=region_of(context, args),
        since=context.begin(args.since) if args.since else None,
    )
    if not asked.text and not asked.is_narrowed:
        msg = texts(
            "Name something to find, as in: {example}",
            example="ally search expelled diplomats",
        )
        raise CommandError(msg, ExitCode.USAGE)
    page = searched(
        asked,
        base,
        texts,
        names=context.names,
        indexes=Indexes(),
        page=args.page,
    )
    return print_page(page, context, args)


def source(args: argparse.Namespace) -> ExitCode:
    """``ally source NAME``."""
    from bot.answers.publisher import publisher
    from bot.search.sources import Publishers, key_of

    context, publishers = Context.of(args), Publishers()
    names = [(key_of(each), each) for each in publishers.names(context.base)]
    page = publisher(
        context.option(
            " ".join(args.name), names, context.texts("publishers and hosts")
        ),
        context.base,
        context.texts,
        on=context.today,
        publishers=publishers,
        page=args.page,
    )
    return print_page(page, context, args)
