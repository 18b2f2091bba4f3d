"""``ally ask``: where one country, several or all of them stand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from bot.alignment.assessment import Assessment
from bot.alignment.rubric import assess
from bot.cli.common import CommandError
from bot.cli.context import Context, words_of
from bot.cli.output import say, write_json
from bot.names.blocs import bloc_called
from bot.runtime.exit_code import ExitCode


def _queries(words: Sequence[str], context: Context) -> list[str]:
    """``south africa`` typed without quotes is one name if the words together are one,
    or may mean several, as ``both koreas``, and are no names each.
    """
    together = " ".join(words)
    resolve = context.names.resolve
    meant = resolve(together)
    if meant.sure or bloc_called(together, context.base):
        return [together]
    # "and" is Andorra's code as well.
    names = [word for word in words if word != "and"] or list(words)
    are_names = all(resolve(name).sure for name in names)
    return names if are_names or not meant.matches else [together]


def ask(args: argparse.Namespace) -> ExitCode:
    """``ally ask NAME…``; FAILED if a name was not understood, when the others have
    been answered.
    """
    if not args.name and not args.all:
        texts = words_of(args)
        msg = texts(
            "Name a country, as in: {example}. Or ask for all: {all}",
            example="ally ask brazil",
            all="ally ask --all",
        )
        raise CommandError(msg, ExitCode.USAGE)
    context = Context.of(args)
    day = context.day(args.on)
    status = ExitCode.OK
    codes: list[str] = sorted(context.base.countries) if args.all else []
    blocs: list[str] = []
    for query in [] if args.all else _queries(args.name, context):
        try:
            codes.append(context.actor(query))
        except CommandError as error:
            if bloc := bloc_called(query, context.base):
                blocs.append(bloc)
                continue
            say(str(error))
            status = error.status
    if args.svg or args.png:
        _draw(codes, day, context, args)
    assessments = (assess(code, context.base, on=day) for code in codes)
    if args.json:
        from bot.answers.as_json import as_json

        for each in assessments:
            write_json(as_json(each, context.base, context.texts))
    else:
        _show([*assessments], context, full=args.full)
    for key in blocs:
        _show_bloc(key, day, context, args)
    return status


def _draw(
    codes: Sequence[str], day: date, context: Context, args: argparse.Namespace
) -> None:
    """Write the picture of the one card that was asked for."""
    from bot.cli.pages import keep_picture, theme_of
    from bot.pictures.drawings import card_drawing

    if len(codes) != 1:
        msg = context.texts("A picture shows one country; name one.")
        raise CommandError(msg, ExitCode.USAGE)
    drawing = card_drawing(
        codes[0], context.base, context.texts, on=day, theme=theme_of(args)
    )
    keep_picture(drawing.svg, context, args)


def _show_bloc(key: str, day: date, context: Context, args: argparse.Namespace) -> None:
    from bot.answers.bloc import bloc
    from bot.cli.pages import print_page

    page = bloc(key, context.base, context.texts, on=day, page=1)
    print_page(page, context, args)


def _show(assessments: Sequence[Assessment], context: Context, *, full: bool) -> None:
    from bot.answers.card import card
    from bot.answers.stance import answer
    from bot.cli.terminal import Run, printer_of_output, show

    printer = printer_of_output()
    for number, each in enumerate(assessments):
        if number:
            printer.rule()
        say = answer if full else card
        page = say(each, context.base, context.texts, today=context.today)
        show(page, printer, context.base.conflict, context.texts("Sources"))
    if printer.for_person and assessments:
        more = context.texts(
            "All facts and sources: {full} · see it without Discord: {demo} · "
            "more: {help}",
            full="ally ask NAME --full",
            demo="ally demo",
            help="ally --help",
        )
        printer.row()
        printer.row(Run(more, "dim"))
