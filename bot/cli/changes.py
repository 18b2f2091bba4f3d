"""``ally changes``: what has changed since a day, or between two editions of a base."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli.common import base_in
from bot.cli.context import Context
from bot.cli.output import write_json
from bot.cli.pages import bloc_of, print_page, region_of
from bot.runtime.exit_code import ExitCode


def changes(args: argparse.Namespace) -> ExitCode:
    """``ally changes [--since DAY]`` or ``ally changes --base OTHER``."""
    context = Context.of(args)
    if args.base:
        return _between_editions(context, args)
    from bot.alignment.changes import PERIODS, period_begin
    from bot.answers import page_ids
    from bot.answers.pages import page_of

    on = context.today
    if args.since in PERIODS:
        since = max(context.base.first_day, period_begin(args.since, on))
    else:
        since = context.since(args.since, on)
    region, bloc = region_of(context, args), bloc_of(context, args)
    page_id = page_ids.changes(args.view or "all", region, bloc, since, on, args.page)
    return print_page(page_of(page_id, context.base, context.texts), context, args)


def _between_editions(context: Context, args: argparse.Namespace) -> ExitCode:
    from bot.alignment.changes import levels_on
    from bot.answers.base_changes import (
        base_changes as page_of_changes,
    )
    from bot.answers.base_changes import base_changes_as_json, relevelled
    from bot.knowledge.base_changes import base_changes

    after, texts, today = context.base, context.texts, context.today
    before = base_in(Path(args.base), today)
    found = base_changes(before, after)
    levels = relevelled(
        levels_on(before, before.countries, today),
        levels_on(after, after.countries, today),
    )
    if args.json:
        write_json(base_changes_as_json(found, levels, before, after, texts))
        return ExitCode.OK
    page = page_of_changes(found, levels, before, after, texts, page=args.page)
    return print_page(page, context, args)
