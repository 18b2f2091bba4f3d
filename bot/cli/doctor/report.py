"""``ally doctor``: every check, in the order in which an operator would mend things."""

from __future__ import annotations

import argparse
import asyncio
import logging
from dataclasses import asdict

from bot.cli.common import CommandError, clock_of, read_as_set, settings_and_data
from bot.cli.doctor import editions, machine
from bot.cli.doctor.application import application_findings
from bot.cli.doctor.finding import Finding
from bot.cli.doctor.visit import visit
from bot.cli.output import one_line, say, write, write_json
from bot.knowledge.facts import Base
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import Settings, settings_notes

_GRADES = {"ok": "ok", "note": "note", "wrong": "WRONG"}


def doctor(args: argparse.Namespace) -> ExitCode:
    """``ally doctor``: a line for each finding, with what to do about it, or all as
    one JSON array; FAILED if anything is wrong.
    """
    settings = settings_and_data(args)
    base = None
    try:
        base = read_as_set(args, settings)
    except CommandError as error:
        say(str(error))
    findings = [
        *_settings_findings(),
        *asyncio.run(examine(settings, base, clock_of(args))),
    ]
    if args.json:
        write_json([asdict(each) for each in findings])
    else:
        for each in findings:
            _print(each)
    wrong = any(each.grade == "wrong" for each in findings)
    return ExitCode.FAILED if wrong else ExitCode.OK


def _settings_findings() -> list[Finding]:
    """That the settings can be read, or what in them is none."""
    advice = "see .env.example, which has every setting"
    found = [Finding("settings", "note", each, advice) for each in settings_notes()]
    return found or [Finding("settings", "ok", "all of them can be read")]


def _print(finding: Finding) -> None:
    seen = one_line(f"{finding.name}: {finding.seen}")
    write(f"{_GRADES[finding.grade]:<5} {seen}")
    if finding.grade != "ok" and finding.advice:
        write(f"      to do: {one_line(finding.advice)}")


async def examine(settings: Settings, base: Base | None, clock: Clock) -> list[Finding]:
    """Every finding about the machine, and with a token about Discord."""
    # The report says what failed; the libraries' own lines would say it again, in other
    # words.
    logging.getLogger("discord").setLevel(logging.CRITICAL)
    logging.getLogger("bot").setLevel(logging.CRITICAL)
    findings = [
        machine.base_finding(base, clock.today()),
        *await editions.findings(settings, base, clock.today()),
        machine.disk(settings.ally_state),
        await machine.database(settings.database, clock),
        *machine.access(settings.database, clock),
        machine.pictures(),
        machine.briefs(),
        machine.speed(),
    ]
    if settings.discord_token is None:
        advice = (
            "make a bot at https://discord.com/developers/applications and "
            "set DISCORD_TOKEN"
        )
        return [*findings, Finding("token", "wrong", "there is none", advice)]
    token = settings.discord_token.get_secret_value()
    known, more = await application_findings(token, settings, clock)
    if known and base is not None:
        more += await visit(token, settings, base, clock)
    return findings + more
