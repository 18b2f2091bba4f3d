"""One roll call: who voted how, and who broke with their bloc."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.alignment.cohesion import among, division
from bot.answers import base_words, page_ids, sentences, web_pages
from bot.answers.base_words import vote_short
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.paging import Page, page_that_fits
from bot.answers.roster import (
    PER_PAGE,
    Placed,
    by_region,
    by_region_in_line,
    counts_by_region,
    open_menu,
    region_lines,
)
from bot.answers.screen import LINES, fits, fullest
from bot.answers.sentences import ballot_names, favoured_side, in_a_row
from bot.answers.texts import Texts
from bot.answers.where import filters
from bot.knowledge.documents import Bloc, Vote
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS, Ballot
from bot.names.choose import Choice

_TITLE = 130
"""Characters of a text's official title."""
_REBELS = 6
"""Those who broke with one bloc that are named."""


@dataclass(frozen=True, slots=True)
class _Fullness:
    """How many of a ballot are named rather than counted, and of how many blocs those
    who broke with them are told.
    """

    names: int
    blocs: int


_FULLNESS = tuple(
    _Fullness(names, blocs)
    for names, blocs in ((40, 5), (24, 5), (24, 3), (12, 5), (12, 3), (5, 3), (0, 2))
)
"""From the fullest page to the tersest; the first that fits is shown."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """A roll call and of whom it is shown: those of a region and of a bloc, each empty
    for everybody.
    """

    vote: Vote
    codes: Collection[str] | None = None
    """Whom the region and the bloc leave; None for everybody."""
    region: str = ""
    bloc: str = ""
    words: str = ""
    """What region and bloc are called."""

    def cast(self, ballot: Ballot) -> list[str]:
        """The codes of those who are shown and cast this ballot."""
        codes = self.vote.roll(ballot)
        return [code for code in codes if self.codes is None or code in self.codes]

    def page_id(self) -> str:
        """The custom id of its first page."""
        return page_ids.roll(self.vote.id, self.region, self.bloc)


def _in_order(base: Base) -> list[Vote]:
    """All roll calls, the oldest first."""
    return sorted(base.votes.values(), key=lambda vote: (vote.date.first, vote.symbol))


def roll_calls(base: Base, texts: Texts) -> list[Choice]:
    """All roll calls to choose from, the newest first: their ids and words."""
    return [
        (
            vote.id,
            texts(
                "{name}, {date}: {count}",
                name=vote_short(vote, texts),
                date=texts.date(vote.date),
                count=_known(vote, texts)
                if vote.partial
                else texts("{n} yes", n=vote.tally.yes),
            ),
        )
        for vote in reversed(_in_order(base))
    ]


def searched(base: Base) -> dict[str, tuple[str, ...]]:
    """By what else a roll call is found, by its id: symbol, title, body and day."""
    found: dict[str, tuple[str, ...]] = {}
    for vote in base.votes.values():
        body = base.conflict.bodies.get(vote.body or "")
        names = (body.name, body.short) if body else ()
        found[vote.id] = (vote.symbol, vote.title, str(vote.date), *names)
    return found


def _known(vote: Vote, texts: Texts) -> str:
    """How many of a partial roll call's votes are known; of how many, where the tally
    says more than is listed.
    """
    known = sum(len(vote.roll(ballot)) for ballot in BALLOTS)
    tally = vote.tally
    total = tally.yes + tally.no + tally.abstain + tally.absent
    if total > known:
        return texts("{n} of {total} votes known", n=known, total=total)
    return texts.many("only {n} vote known", "only {n} votes known", known)


def roll_call(
    which: Vote, base: Base, texts: Texts, region: str = "", bloc: str = ""
) -> RollCall:
    """A roll call as it is shown to those who ask about a region and a bloc, each empty
    for everybody; KeyError for one that there is not.
    """
    if not region and not bloc:
        return RollCall(which)
    codes = frozenset(among(base, region, bloc, which.date.first))
    words = filters(region, bloc, base, texts)
    return RollCall(which, codes, region, bloc, words)


def title_of(vote: Vote, texts: Texts) -> str:
    """A roll call's short name and symbol."""
    return " · ".join(dict.fromkeys((vote_short(vote, texts), vote.symbol)))


def _counted(vote: Vote, base: Base, texts: Texts) -> str:
    """What came of it, where that is known, the tally and whom a yes favours; of a
    partial roll call also how much of it is known.
    """
    tally = vote.tally
    text = texts(
        "{yes} yes, {no} no, {abstain} abstained, {absent} absent.",
        yes=tally.yes,
        no=tally.no,
        abstain=tally.abstain,
        absent=tally.absent,
    )
    if vote.partial:
        partial = texts("A partial roll call: {known}.", known=_known(vote, texts))
        text = in_a_row((partial, text))
    side = favoured_side(vote.toward, base.conflict, texts)
    favours = texts("A yes favours {side}.", side=side)
    return in_a_row((_came_of_it(vote, text, texts), favours))


def _came_of_it(vote: Vote, text: str, texts: Texts) -> str:
    """A text after what came of the vote; alone where that is not known."""
    match vote.outcome:
        case "adopted":
            return texts("Adopted: {text}", text=text)
        case "not_adopted":
            return texts("Not adopted: {text}", text=text)
        case "vetoed":
            return texts("Vetoed: {text}", text=text)
        case None:
            return text


def _voted_on(vote: Vote, base: Base, texts: Texts) -> str:
    """The body, the day and the text's official title."""
    when = texts.date(vote.date)
    body = base_words.body_short(vote.body or "", base.conflict, texts)
    if body:
        when = texts("{body}, {date}", body=body, date=when)
    title = sentences.shortened(vote.title, _TITLE)
    return texts("{when}: {text}", when=when, text=title)


def _told_ballots(vote: Vote) -> list[Ballot]:
    """The ballots that stand out: whichever of yes and no is rarer, and abstentions."""
    rarer: Ballot = "yes" if len(vote.yes) < len(vote.no) else "no"
    return [rarer, "abstain"]


def _ballot_line(
    shown: RollCall, ballot: Ballot, most: int, base: Base, texts: Texts
) -> Line:
    """Who cast a ballot, by region; of more than ``most`` only how many there."""
    codes = shown.cast(ballot)
    label = f"{ballot_names(texts)[ballot]} ({len(codes)}):"
    if not codes:
        return Line.labelled(label, texts("nobody"))
    if len(codes) > most:
        return Line.labelled(label, counts_by_region(codes, texts))
    return Line.labelled(label, by_region_in_line(codes, base, texts))


def _rebels(bloc: Bloc, shown: RollCall, texts: Texts) -> Line | None:
    """Who broke with their bloc's line; None for nobody or a bloc without a line."""
    divided = division(bloc, shown.vote)
    if divided is None or divided.line is None:
        return None
    rebels = [
        texts(
            "{name} {how}", name=texts.name(code), how=sentences.ballot(ballot, texts)
        )
        for code, ballot in divided.rebels
        if shown.codes is None or code in shown.codes
    ]
    line = texts(
        "{share} {how}",
        share=texts.percent(divided.share),
        how=sentences.ballot(divided.line, texts),
    )
    if not rebels:
        return None
    more = len(rebels) - _REBELS
    if more > 0:
        rebels = [
            *rebels[:_REBELS],
            texts.many("and {n} more", "and {n} more", more),
        ]
    return Line.labelled(
        f"{base_words.bloc_name(bloc, texts)} ({line}):", texts.row(rebels)
    )


def _rebel_section(shown: RollCall, base: Base, texts: Texts, most: int) -> Section:
    """Who broke with their bloc, of at most so many blocs."""
    if shown.vote.partial:
        return Section("", ())
    lines = [
        line for bloc in base.blocs.values() if (line := _rebels(bloc, shown, texts))
    ]
    if lines:
        return Section(texts("Who broke with their bloc"), tuple(lines[:most]))
    if shown.codes is not None:
        return Section("", ())
    nobody = texts("Nobody broke with a bloc that had a line.")
    return Section("", (Line(nobody),))


def _remarks(shown: RollCall, cites: Citations, texts: Texts) -> tuple[Line, ...]:
    """What stands behind *Sources*: how absences are counted, the curators' note, and
    ballots that were not cast for those who rule.
    """
    absent = texts(
        "Absent is neither a vote nor an abstention, and counts in no bloc's line."
    )
    notes = [Line(absent)]
    if shown.vote.note:
        notes.append(Line(shown.vote.note))
    not_counted = [
        Line.labelled(
            texts("{name}, shown and not counted:", name=texts.name(code)),
            each.reason,
            cites=cites.cite(each.sources),
        )
        for code, each in shown.vote.spoken_for.items()
        if shown.codes is None or code in shown.codes
    ]
    return (*notes, *not_counted)


def _neighbours(vote: Vote, base: Base, texts: Texts) -> list[Action]:
    """The roll calls before and after."""
    order = _in_order(base)
    place = [each.id for each in order].index(vote.id)
    before, after = order[max(0, place - 1) : place], order[place + 1 : place + 2]
    return [
        Action(page_ids.roll(each.id, "", ""), vote_short(each, texts), emoji)
        for emoji, those in (("◀️", before), ("▶️", after))
        for each in those
    ]


def _actions(shown: RollCall, base: Base, texts: Texts) -> tuple[Action, ...]:
    """The lists of names, the map, the sources, the roll calls before and after."""
    vote, names = shown.vote, ballot_names(texts)
    lists = [
        Action(
            page_ids.ballots(vote.id, ballot, shown.region, shown.bloc),
            texts("{ballot}: {n}", ballot=names[ballot], n=len(codes)),
        )
        for ballot in BALLOTS
        if (codes := shown.cast(ballot))
    ]
    picture = page_ids.map_of(f"vote:{vote.id}", shown.region, vote.date.first)
    return page_ids.that_fit(
        (
            *lists,
            Action(picture, texts("Map")),
            sources_button(shown.page_id(), texts),
            *_neighbours(vote, base, texts),
        )
    )


def _pages(shown: RollCall, base: Base, texts: Texts, day: date) -> Iterator[Answer]:
    """The first page, from the fullest to the tersest."""
    vote = shown.vote
    told = _told_ballots(vote)
    wanted: Sequence[Ballot] = told if shown.codes is None else BALLOTS
    opened = [code for ballot in told for code in shown.cast(ballot)]
    opened += [code for ballot in BALLOTS for code in shown.cast(ballot)]
    for full in _FULLNESS:
        cites = Citations()
        cited = cites.cite(vote.sources[:1])
        lines = [_ballot_line(shown, each, full.names, base, texts) for each in wanted]
        sections = (
            Section("", (Line(_voted_on(vote, base, texts)),)),
            Section(shown.words, tuple(lines)),
            _rebel_section(shown, base, texts, full.blocs),
        )
        cites.cite(vote.sources)
        yield Answer(
            title_of(vote, texts),
            lead=Line(_counted(vote, base, texts), cites=cited),
            sections=tuple(each for each in sections if each.lines),
            remarks=_remarks(shown, cites, texts),
            citations=cites.listed(),
            notes=tuple(base_words.facts_as_written(texts)),
            on=day,
            actions=_actions(shown, base, texts),
            menus=(open_menu(opened, day, texts),),
            web=web_pages.vote(vote.id, texts),
            linked=True,
        )


def roll(shown: RollCall, base: Base, texts: Texts) -> Answer:
    """A roll call's result, who stood out, and the ways to all the names."""
    return fullest(_pages(shown, base, texts, shown.vote.date.first), LINES)


def ballots(
    shown: RollCall, ballot: Ballot, base: Base, texts: Texts, *, page: int
) -> Answer:
    """Everybody who cast a ballot, by region, as many names a page as fit, at most
    25.
    """
    vote = shown.vote
    everybody = by_region(shown.cast(ballot), texts)
    name = ballot_names(texts)[ballot]
    lead = texts(
        "{ballot}: {n}, on {date}",
        ballot=name,
        n=len(everybody),
        date=texts.date(vote.date),
    )
    turned = page_ids.ballots(vote.id, ballot, shown.region, shown.bloc, "{page}")
    day = vote.date.first

    def said(listed: Page[Placed]) -> Answer:
        names = region_lines(listed.rows, everybody, base, texts)
        return Answer(
            " · ".join(each for each in (title_of(vote, texts), shown.words) if each),
            lead=Line(lead),
            sections=(Section("", names or (Line(texts("Nobody.")),)),),
            notes=(listed.note(texts),) if listed.count > 1 else (),
            on=day,
            web=web_pages.vote(vote.id, texts),
            linked=True,
        )

    listed = page_that_fits(
        everybody, page, most=PER_PAGE, fits=lambda each: fits(said(each))
    )
    return replace(
        said(listed),
        actions=page_ids.that_fit(
            (
                *listed.turns(turned, texts),
                Action(shown.page_id(), texts("Back"), "↩️"),
            )
        ),
        menus=(open_menu([each.code for each in listed.rows], day, texts),),
    )
