"""Checks of one roll call: each actor under one ballot, and as many as the official
tally says; and until when those of a government count.
"""

from __future__ import annotations

from bot.knowledge.deed_checks import Report
from bot.knowledge.documents import Country, Vote
from bot.knowledge.values import BALLOTS, Ballot


def _check_tally(report: Report, vote: Vote, ballot: Ballot) -> None:
    counted = len(vote.roll(ballot))
    official: int = getattr(vote.tally, ballot)
    unknown_ones = vote.partial and counted < official
    if counted != official and not unknown_ones:
        message = f"{counted} codes under {ballot}, but the tally says {official}"
        report((ballot,), "tally", message, "")


def check_roll(report: Report, vote: Vote) -> None:
    """What a roll call says of its own ballots."""
    ballot_of: dict[str, Ballot] = {}
    for ballot in BALLOTS:
        _check_tally(report, vote, ballot)
        for number, code in enumerate(vote.roll(ballot)):
            if code in ballot_of:
                message = f"{code} is also under {ballot_of[code]}"
                report((ballot, number), "duplicate", message, "")
            ballot_of[code] = ballot
    for code in sorted(vote.spoken_for.keys() - ballot_of.keys()):
        report(("spoken_for", code), "dangling", f"{code} is not on this roll", "")


def check_ballots_since(report: Report, country: Country) -> None:
    """Levels turn on days of facts alone: so must the end of a government's ballots."""
    since = country.ballots_since
    if since is None:
        return
    days = {day for each in country.events for day in (each.date, each.until)}
    if since.day is None or since not in days:
        message = f"no event of its own begins or ends on the day {since}"
        hint = "give the day of the event with which power changed hands"
        report(("ballots_since",), "no-event", message, hint)
