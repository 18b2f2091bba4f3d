"""Every page of lists and comparisons by its custom id, from the id alone: see
``page_ids``, which writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from bot.alignment.changes import what_changed
from bot.alignment.cohesion import among
from bot.alignment.over_time import course, moved, standings
from bot.answers import bloc, changes, cited, compare, timeline, vote, where
from bot.answers.document import Answer
from bot.answers.forecast import forecast
from bot.answers.measure import measure
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.values import Ballot

_KEY = "[a-z0-9-]{1,60}"
_ON = r"(?P<on>\d{4}-\d{2}-\d{2})"
_PAGE = r"(?P<page>\d{1,3})"
_REGION, _BLOC = r"(?P<region>\d{0,3})", "(?P<bloc>[a-z0-9-]{0,60})"
_SIDE = "(?P<side>[a-z0-9-]{1,40})"
CODES = "(?P<codes>[A-Za-z0-9,-]{1,170})"
WHERE = f"where:{_SIDE}:{_REGION}:{_BLOC}:{_ON}:{_PAGE}"
MOVERS = (
    f"movers:{_SIDE}:{_REGION}:{_BLOC}"
    rf":(?P<since>\d{{4}}-\d{{2}}-\d{{2}}):{_ON}:{_PAGE}"
)
ROLL = f"roll:(?P<key>{_KEY}):{_REGION}:{_BLOC}"
BALLOTS = (
    f"ballots:(?P<key>{_KEY}):(?P<ballot>yes|no|abstain|absent)"
    f":{_REGION}:{_BLOC}:{_PAGE}"
)
BLOC = f"bloc:(?P<key>{_KEY}):{_ON}:{_PAGE}"
UNITY = f"unity:(?P<key>{_KEY}):{_ON}"
MEASURE = f"measure:(?P<key>{_KEY}):{_ON}:{_PAGE}"
COMPARE = f"compare:{CODES}:{_ON}"
SHARED = f"shared:{CODES}:{_ON}:{_PAGE}"
FORECAST = f"forecast:(?P<key>{_KEY}):{_ON}:{_PAGE}"
TURNS = rf"turns:(?P<code>[A-Za-z0-9-]{{1,40}}):{_ON}:{_PAGE}"
CHANGES = (
    f"changes:(?P<view>{'|'.join(changes.VIEWS)}):{_REGION}:{_BLOC}"
    rf":(?P<since>\d{{4}}-\d{{2}}-\d{{2}}):{_ON}:{_PAGE}"
)
CITED = r"cited:(?P<page>\d{1,3}):(?P<page_id>[A-Za-z0-9,:-]{1,160})"

Match = re.Match[str]
Builder = Callable[[Match, Base, Texts], Answer]
PageOf = Callable[[str, Base, Texts], Answer]


def _on(match: Match) -> date:
    return date.fromisoformat(match["on"])


def _where(match: Match, base: Base, texts: Texts) -> Answer:
    on, side, region, group = _on(match), match["side"], match["region"], match["bloc"]
    asked = where.Asked(side, region, group, on)
    everywhere = standings(base, on=on, codes=among(base, "", group, on))
    inside = set(among(base, region, group, on))
    return where.where(
        [each for each in everywhere if each.code in inside],
        asked,
        base,
        texts,
        page=int(match["page"]),
        everywhere=everywhere,
    )


def _movers(match: Match, base: Base, texts: Texts) -> Answer:
    on, since = _on(match), date.fromisoformat(match["since"])
    asked = where.Asked(match["side"], match["region"], match["bloc"], on)
    wanted = where.levels_of(asked.side, base)
    codes = among(base, asked.region, asked.bloc, on)
    moves = [
        move
        for move in moved(base, since=since, on=on, codes=codes)
        if move.after in wanted
    ]
    return where.movers(moves, asked, base, texts, since=since, page=int(match["page"]))


def _roll_call(match: Match, base: Base, texts: Texts) -> vote.RollCall:
    which = base.votes[match["key"]]
    return vote.roll_call(which, base, texts, match["region"], match["bloc"])


def _roll(match: Match, base: Base, texts: Texts) -> Answer:
    return vote.roll(_roll_call(match, base, texts), base, texts)


def _ballots(match: Match, base: Base, texts: Texts) -> Answer:
    ballot = cast("Ballot", match["ballot"])
    shown = _roll_call(match, base, texts)
    return vote.ballots(shown, ballot, base, texts, page=int(match["page"]))


def _bloc(match: Match, base: Base, texts: Texts) -> Answer:
    page = int(match["page"])
    return bloc.bloc(match["key"], base, texts, on=_on(match), page=page)


def _unity(match: Match, base: Base, texts: Texts) -> Answer:
    return bloc.united(match["key"], base, texts, on=_on(match))


def _measure(match: Match, base: Base, texts: Texts) -> Answer:
    page = int(match["page"])
    return measure(match["key"], base, texts, on=_on(match), page=page)


def codes_of(match: Match) -> list[str]:
    """The actors that a custom id names, each once."""
    return list(dict.fromkeys(match["codes"].split(",")))


def _compare(match: Match, base: Base, texts: Texts) -> Answer:
    codes = codes_of(match)
    if not 2 <= len(codes) <= compare.MOST:
        raise ValueError(match["codes"])
    return compare.comparison(codes, base, texts, on=_on(match))


def _shared(match: Match, base: Base, texts: Texts) -> Answer:
    codes, page = codes_of(match), int(match["page"])
    return compare.shared(codes, base, texts, on=_on(match), page=page)


def _forecast(match: Match, base: Base, texts: Texts) -> Answer:
    which, page = base.forecasts[match["key"]], int(match["page"])
    return forecast(which, base, texts, on=_on(match), page=page)


def _turns(match: Match, base: Base, texts: Texts) -> Answer:
    stops = course(match["code"], base, end=_on(match))
    page = int(match["page"])
    return timeline.turns(match["code"], stops, base, texts, page=page)


def _changes(match: Match, base: Base, texts: Texts) -> Answer:
    on, since = _on(match), date.fromisoformat(match["since"])
    if since >= on:
        raise ValueError(match["since"])
    region, group = match["region"], match["bloc"]
    asked = changes.Asked(match["view"], region, group, since, on)
    codes = among(base, region, group, on)
    found = what_changed(base, since=since, on=on, codes=codes)
    return changes.changes(found, asked, base, texts, page=int(match["page"]))


PAGES: Mapping[str, Builder] = {
    WHERE: _where,
    MOVERS: _movers,
    ROLL: _roll,
    BALLOTS: _ballots,
    BLOC: _bloc,
    UNITY: _unity,
    MEASURE: _measure,
    COMPARE: _compare,
    SHARED: _shared,
    FORECAST: _forecast,
    TURNS: _turns,
    CHANGES: _changes,
}
"""What works out each family of pages, by the pattern of its custom ids."""
_PATTERNS = [(re.compile(pattern), work) for pattern, work in PAGES.items()]
_SOURCES = re.compile(CITED)


def page_of(page_id: str, base: Base, texts: Texts) -> Answer:
    """The page that a custom id names; KeyError or ValueError for none."""
    for pattern, builder in _PATTERNS:
        if match := pattern.fullmatch(page_id):
            return builder(match, base, texts)
    raise KeyError(page_id)


def sources_of(
    page_id: str, base: Base, texts: Texts, page: PageOf = page_of
) -> Answer:
    """The sources of the page that a custom id of ``CITED`` names; ``page`` gives it.
    KeyError or ValueError for none.
    """
    asked = _SOURCES.fullmatch(page_id)
    if asked is None:
        raise KeyError(page_id)
    found, number = page(asked["page_id"], base, texts), int(asked["page"])
    return cited.sources_of(found, asked["page_id"], texts, number=number)
