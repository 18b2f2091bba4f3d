"""The facts that a text asks for, each with its actor, its day and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import category

from bot.answers import base_words, page_ids, sentences, web_pages
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.found import open_menu, row_of
from bot.answers.paging import page_of
from bot.answers.roster import CONTINENTS
from bot.answers.sentences import deed_name, held, own_note, shortened
from bot.answers.texts import Texts, english
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import NameLookup, flag
from bot.names.regions import name_of, within
from bot.search.find import Indexes
from bot.search.glossary import NOTHING, Glossary, Name
from bot.search.index import Item
from bot.search.question import LONGEST, SAYS_NOTHING, Question, read_question

PER_PAGE = 5
"""Facts on a page."""
_TITLE = 60
_WHO = 5
"""Actors that the first sentence names."""
_KINDS = 12
"""Kinds of deed that a menu offers to narrow down to."""
_LONGEST_PAGE = "999"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text and what narrows it down: a side's id, a kind of deed, a UN M49 code and
    a first day, each empty for any. ``on`` is the day on which it was asked.
    """

    text: str
    on: date
    side: str = ""
    deed: str = ""
    region: str = ""
    since: date | None = None

    def page_id(self, page: int | str = 1) -> str:
        """The custom id of a page of what is found."""
        return page_ids.search(
            self.text,
            self.on,
            side=self.side,
            deed=self.deed,
            region=self.region,
            since=self.since,
            page=page,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something besides the text is asked for."""
        return bool(self.side or self.deed or self.region or self.since)

    def wider(self) -> Asked:
        """The same text alone."""
        return Asked(self.text, self.on)

    def fitting(self) -> Asked:
        """The same with a text of printable characters whose pages' custom ids are no
        longer than Discord takes: words that tell nothing are left out, then the last
        ones.
        """
        words: list[str] = "".join(map(_shown, self.text[:LONGEST])).split()
        if not _fits(replace(self, text=" ".join(words))):
            words = [each for each in words if each.casefold() not in SAYS_NOTHING]
        while words and not _fits(replace(self, text=" ".join(words))):
            *others, last = words
            words = others or [last[: len(last) // 2]] * (len(last) > 1)
        return replace(self, text=" ".join(words))


def _shown(sign: str) -> str:
    """A printable character as it is, nothing for one that joins or divides others, a
    blank for any other.
    """
    if sign.isprintable():
        return sign
    return "" if category(sign) == "Cf" else " "


def _fits(asked: Asked) -> bool:
    return length(asked.page_id(_LONGEST_PAGE)) <= page_ids.LONGEST


def searched(
    asked: Asked,
    base: Base,
    texts: Texts,
    *,
    names: NameLookup,
    indexes: Indexes,
    page: int = 1,
) -> Answer:
    """The facts that are asked for, the likeliest first, five a page."""
    question = read_question(
        asked.text,
        names,
        base,
        asked.on,
        since=asked.since,
        side=asked.side,
        deed=asked.deed,
        region=asked.region,
    )
    meant = question
    if question.terms:
        meant = indexes.respelt(question, base, _glossary(indexes, base, texts))
    items = indexes.found(question, meant, base)
    if not items:
        return _nothing(asked, question, base, texts)
    shown = page_of(items, page, size=PER_PAGE)
    cites = Citations()
    lines = tuple(row_of(each, each.sources, cites, texts) for each in shown.rows)
    codes = tuple(dict.fromkeys(each.code for each in shown.rows if each.code))
    return Answer(
        _title(asked, texts),
        lead=Line(_lead(items, texts)),
        sections=(Section("", lines),),
        citations=cites.listed(),
        notes=(
            *_respelt(question, meant, texts),
            *_narrowed(question, base, texts),
            *([shown.note(texts)] if shown.count > 1 else []),
            *base_words.facts_as_written(texts),
            *own_note(codes, base, texts),
        ),
        on=asked.on,
        web=web_pages.search(asked.text, texts),
        actions=page_ids.that_fit(
            (*shown.turns(asked.page_id("{page}"), texts), *_widen(asked, texts))
        ),
        menus=(
            open_menu(shown.rows, asked.on, base, texts),
            *_narrow_menus(items, asked, base, texts),
        ),
        linked=True,
    )


def _glossary(indexes: Indexes, base: Base, texts: Texts) -> Glossary:
    """The names of sides, levels and kinds of deed in the reader's language."""
    if texts.locale == "en":
        return NOTHING
    return indexes.glossary(base, texts.locale, lambda: _names(base, texts))


def _names(base: Base, texts: Texts) -> Iterator[Name]:
    conflict, english_words = base.conflict, english()
    for key, deed in conflict.deeds.items():
        yield Name(deed_name(key, conflict, texts), deed.name)
        yield Name(base_words.deed_short(key, conflict, texts), deed.name)
    for side in conflict.sides:
        yield Name(base_words.side_name(side, texts), side.name)
    for level in sentences.level_order(conflict):
        name = sentences.level_name(level, base, texts)
        yield Name(name, sentences.level_name(level, base, english_words))


def _title(asked: Asked, texts: Texts) -> str:
    if not asked.text:
        return texts("Search")
    return texts("Search: {query}", query=shortened(asked.text, _TITLE))


def _lead(items: Sequence[Item], texts: Texts) -> str:
    """How many facts were found, and whose."""
    codes = tuple(dict.fromkeys(each.code for each in items if each.code))
    if not codes:
        return texts.many("{n} roll call", "{n} roll calls", len(items))
    named = [held(code, texts) for code in codes[:_WHO]]
    if more := len(codes) - len(named):
        named.append(texts("{n} more", n=more))
    return texts.many(
        "{n} fact: {names}",
        "{n} facts: {names}",
        len(items),
        names=texts.listed(named),
    )


def _respelt(question: Question, meant: Question, texts: Texts) -> list[str]:
    """Which words were put instead of mistyped ones: no note or one."""
    if question.words == meant.words:
        return []
    words = " ".join(meant.words)
    return [texts("Searched for: {words}", words=shortened(words, _TITLE))]


def _narrowed(question: Question, base: Base, texts: Texts) -> list[str]:
    """What was taken for more than words to find: no note or one."""
    conflict = base.conflict
    parts: list[str] = []
    if question.side:
        parts.append(sentences.favoured_side(question.side, conflict, texts))
    if question.deed:
        parts.append(deed_name(question.deed, conflict, texts))
    if question.region:
        parts.append(name_of(question.region, texts.locale))
    parts += _days(question, texts)
    return [texts("Only: {filters}", filters=" · ".join(parts))] if parts else []


def _days(question: Question, texts: Texts) -> Iterator[str]:
    since = texts.date(question.since) if question.since else ""
    until = texts.date(question.until) if question.until else ""
    if since and until:
        yield texts("{since} to {until}", since=since, until=until)
    elif since:
        yield texts("since {date}", date=since)
    elif until:
        yield texts("until {date}", date=until)


def _widen(asked: Asked, texts: Texts) -> Iterator[Action]:
    if asked.is_narrowed and asked.text:
        yield Action(asked.wider().page_id(), texts("Search without filters"))


def _option(asked: Asked, label: str, count: int, texts: Texts) -> Action:
    words = texts("{name} ({n})", name=label, n=count)
    return Action(asked.page_id(), words)


def _narrow_menus(
    items: Sequence[Item], asked: Asked, base: Base, texts: Texts
) -> Iterator[Menu]:
    """Menus that keep one kind of deed, and one side or continent; none where all that
    was found is of one.
    """
    conflict = base.conflict
    deeds = Counter(each.deed for each in items if each.deed)
    kinds = [
        _option(replace(asked, deed=key), deed_name(key, conflict, texts), n, texts)
        for key, n in deeds.most_common(_KINDS)
    ]
    sides = Counter(each.what.toward for each in items)
    others = [
        _option(
            replace(asked, side=side.id),
            base_words.side_name(side, texts),
            sides[side.id],
            texts,
        )
        for side in conflict.sides
        if sides[side.id] and not asked.side
    ]
    if not asked.region:
        others += _continents(items, asked, texts)
    for key, label, options in (
        ("menu:kind", texts("Only one kind of deed"), kinds),
        ("menu:side", texts("Only one side or region"), others),
    ):
        fitting = page_ids.that_fit(options)
        if len(fitting) > 1:
            yield Menu(key, label, fitting)


def _continents(items: Sequence[Item], asked: Asked, texts: Texts) -> Iterator[Action]:
    for region in CONTINENTS:
        inside = within(region)
        if count := sum(each.code in inside for each in items):
            name = name_of(region, texts.locale)
            yield _option(replace(asked, region=region), name, count, texts)


def _nothing(asked: Asked, question: Question, base: Base, texts: Texts) -> Answer:
    """A kind page with what can be tried instead."""
    conflict = base.conflict
    codes = {code for each in question.named for code in each.codes}
    actions = [*_widen(asked, texts)]
    if len(codes) == 1:
        (code,) = codes
        actions.append(
            Action(page_ids.card(code, asked.on), texts.name(code), flag(code))
        )
    tips = (
        texts("Use fewer words, or others: facts are written in English."),
        texts("Name a country, a year or a month to narrow a search down."),
    )
    kinds = tuple(
        Action(page_ids.search("", asked.on, deed=key), deed_name(key, conflict, texts))
        for key in conflict.deeds
    )
    return replace(
        Answer.plain(
            texts("Nothing found"),
            texts(
                "No fact has the words: {query}", query=shortened(asked.text, _TITLE)
            ),
            lines=map(Line, tips),
            notes=_narrowed(question, base, texts),
            actions=page_ids.that_fit(actions),
        ),
        on=asked.on,
        menus=(Menu("menu:kind", texts("All facts of one kind"), kinds),),
    )
