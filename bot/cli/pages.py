"""``ally compare``, ``where``, ``bloc``, ``vote``, ``forecast``, ``timeline``,
``map`` and ``brief``: the bot's other pages.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.answers.document import Answer
from bot.cli.common import CommandError
from bot.cli.context import Context
from bot.cli.files import write_whole
from bot.cli.output import say, write_json
from bot.names import regions
from bot.names.blocs import bloc_called, other_names
from bot.runtime.exit_code import ExitCode

if TYPE_CHECKING:
    from bot.pictures.lettering import Format


def print_page(answer: Answer, context: Context, args: argparse.Namespace) -> ExitCode:
    """Print a page as text or JSON."""
    if args.json:
        from bot.answers.page_json import page_as_json

        write_json(page_as_json(answer, context.base))
    else:
        from bot.cli.terminal import printer_of_output, show

        heading = context.texts("Sources")
        show(answer, printer_of_output(), context.base.conflict, heading)
    return ExitCode.OK


def _blocs(context: Context) -> list[tuple[str, str]]:
    from bot.answers.base_words import bloc_name

    return [
        (bloc.id, bloc_name(bloc, context.texts))
        for bloc in context.base.blocs.values()
    ]


def region_of(context: Context, args: argparse.Namespace) -> str:
    """The region of the option ``--region``; empty without one."""
    locale = context.texts.locale
    areas = [(key, regions.name_of(key, locale)) for key in regions.ALL_REGIONS]
    if not args.region:
        return ""
    what = context.texts("regions")
    return context.option(args.region, areas, what, regions.in_english())


def bloc_of(context: Context, args: argparse.Namespace) -> str:
    """The id of the bloc that was asked for; empty without one."""
    return _bloc(args.bloc, context) if args.bloc else ""


def _bloc(typed: str, context: Context) -> str:
    names = other_names(context.base)
    return context.option(typed, _blocs(context), context.texts("blocs"), names)


def compare(args: argparse.Namespace) -> ExitCode:
    """``ally compare NAME NAME…``."""
    from bot.answers.compare import MOST, comparison, shared

    context = Context.of(args)
    codes = list(dict.fromkeys(context.actor(name) for name in args.name))
    if not 2 <= len(codes) <= MOST:
        msg = context.texts("Name two to {n} different countries.", n=MOST)
        raise CommandError(msg, ExitCode.USAGE)
    on = context.day(args.on)
    if args.view:
        page = shared(codes, context.base, context.texts, on=on, page=args.page)
    else:
        page = comparison(codes, context.base, context.texts, on=on)
    return print_page(page, context, args)


def where(args: argparse.Namespace) -> ExitCode:
    """``ally where [SIDE]``."""
    from bot.answers import page_ids
    from bot.answers.pages import page_of
    from bot.answers.where import sides

    context = Context.of(args)
    on = context.day(args.on)
    if getattr(args, "as"):
        return _ranking(context, args, on)
    if args.svg or args.png:
        msg = context.texts(
            "Only a ranking is drawn: {example}",
            example="ally where --as aid --png FILE",
        )
        raise CommandError(msg, ExitCode.USAGE)
    side = "all"
    if args.side:
        options = sides(context.base, context.texts)
        side = context.option(args.side, options, context.texts("sides and levels"))
    region, bloc = region_of(context, args), bloc_of(context, args)
    if args.since:
        since = context.since(args.since, on)
        page_id = page_ids.movers(side, region, bloc, since, on, args.page)
    else:
        page_id = page_ids.where(side, region, bloc, on, args.page)
    return print_page(page_of(page_id, context.base, context.texts), context, args)


def bloc(args: argparse.Namespace) -> ExitCode:
    """``ally bloc NAME``."""
    from bot.answers.bloc import bloc as bloc_page
    from bot.answers.bloc import united

    context = Context.of(args)
    called = bloc_called(args.name, context.base)
    key = called or _bloc(args.name, context)
    on, base, texts = context.day(args.on), context.base, context.texts
    if args.view:
        page = united(key, base, texts, on=on)
    else:
        page = bloc_page(key, base, texts, on=on, page=args.page)
    return print_page(page, context, args)


def vote(args: argparse.Namespace) -> ExitCode:
    """``ally vote RESOLUTION``."""
    from bot.answers.vote import ballots, roll, roll_call, roll_calls, searched

    context = Context.of(args)
    base, texts = context.base, context.texts
    options = roll_calls(base, texts)
    key = context.option(args.resolution, options, texts("roll calls"), searched(base))
    region, group = region_of(context, args), bloc_of(context, args)
    shown = roll_call(base.votes[key], base, texts, region, group)
    if args.view:
        page = ballots(shown, args.view, base, texts, page=args.page)
    else:
        page = roll(shown, base, texts)
    return print_page(page, context, args)


def forecast(args: argparse.Namespace) -> ExitCode:
    """``ally forecast [NAME]``."""
    from bot.answers.forecast import forecast as forecast_page
    from bot.answers.forecast import ordered

    context = Context.of(args)
    forecasts = ordered(context.base)
    if not forecasts:
        raise CommandError(context.texts("There are no forecasts yet."))
    options = [
        (each.id, f"{each.source.publisher}, {each.date}: {each.source.title}")
        for each in forecasts
    ]
    key = forecasts[0].id
    if args.name:
        key = context.option(args.name, options, context.texts("forecasts"))
    page = forecast_page(
        context.base.forecasts[key],
        context.base,
        context.texts,
        on=context.day(args.on),
        page=args.page,
    )
    return print_page(page, context, args)


def theme_of(args: argparse.Namespace) -> Literal["light", "dark"]:
    """For which ground a picture is wanted."""
    return "light" if args.light else "dark"


def _form(args: argparse.Namespace) -> Format:
    from bot.pictures.lettering import PHONE, WIDE

    return WIDE if args.wide else PHONE


def keep_picture(
    svg: Callable[[], str], context: Context, args: argparse.Namespace
) -> None:
    """Write a picture where the command line says."""
    if args.svg:
        write_whole(Path(args.svg), svg())
        say(context.texts("Wrote {file}", file=args.svg))
    if args.png:
        from bot.pictures.paint import png_of

        write_whole(Path(args.png), png_of(svg()))
        say(context.texts("Wrote {file}", file=args.png))


def _ranking(context: Context, args: argparse.Namespace, on: date) -> ExitCode:
    """``ally where --as RANKING``."""
    from bot.answers.base_words import ranking_name
    from bot.answers.ranking import SHOWN
    from bot.pictures.drawings import ranking_drawing

    base, texts = context.base, context.texts
    rankings = [(each.id, ranking_name(each, texts)) for each in base.conflict.rankings]
    drawing = ranking_drawing(
        context.option(getattr(args, "as"), rankings, texts("rankings")),
        base,
        texts,
        on=on,
        most=SHOWN,
        theme=theme_of(args),
        form=_form(args),
    )
    keep_picture(drawing.svg, context, args)
    return print_page(drawing.answer, context, args)


def timeline(args: argparse.Namespace) -> ExitCode:
    """``ally timeline NAME``."""
    from bot.alignment.over_time import course
    from bot.answers.timeline import timeline as timeline_page
    from bot.answers.timeline import turns

    context = Context.of(args)
    base, texts = context.base, context.texts
    code = context.actor(" ".join(args.name))
    stops = course(code, base, end=context.day(args.on))

    def svg() -> str:
        from bot.pictures.chart import chart

        name, theme = texts.name(code), theme_of(args)
        return chart(name, stops, base, texts, theme=theme, form=_form(args))

    keep_picture(svg, context, args)
    page = timeline_page(code, stops, base, texts)
    if args.view:
        page = turns(code, stops, base, texts, page=args.page)
    return print_page(page, context, args)


def world_map(args: argparse.Namespace) -> ExitCode:
    """``ally map [WHAT]``."""
    from bot.pictures.drawings import MapQuestion, map_drawing
    from bot.pictures.world import shows

    context = Context.of(args)
    base, texts = context.base, context.texts
    show = "levels"
    if args.show:
        show = context.option(args.show, shows(base, texts), texts("maps"))
    wanted = MapQuestion(
        show, context.day(args.on), region_of(context, args), theme_of(args)
    )
    drawing = map_drawing(wanted, base, texts, _form(args))
    keep_picture(drawing.svg, context, args)
    return print_page(drawing.answer, context, args)


def brief(args: argparse.Namespace) -> ExitCode:
    """``ally brief NAME``."""
    from bot.answers.country_brief import country_brief

    context = Context.of(args)
    base, texts = context.base, context.texts
    code = context.actor(" ".join(args.name))
    page = country_brief(code, base, texts, on=context.day(args.on))
    if args.pdf:
        from bot.pictures.paper import can_print, paper, pdf_of

        if not can_print():
            msg = texts(
                "A PDF needs one more library: {command}",
                command="pip install '.[pdf]'",
            )
            raise CommandError(msg, ExitCode.CONFIG)
        write_whole(Path(args.pdf), pdf_of(paper(code, page, base, texts)))
        say(texts("Wrote {file}", file=args.pdf))
    return print_page(page, context, args)
