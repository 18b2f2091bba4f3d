"""Everything that one reader can make the bot say: commands with every option, buttons,
menus, forms.

Nothing here knows the bot's pages. Commands are read from their registered form,
buttons and menus from the replies, forms from their fields; each is used once, and
forms twice: with hostile texts or with none, and with right ones. Pages lead to each
other without an end, so of buttons and choices of one kind a reader uses so many.
Readers take turns: of several values of an option each uses another one.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from tests.support.discord_api import components_of, problems_of
from tests.support.posted import (
    Payload,
    Posted,
    Reader,
    Sent,
    chosen,
    commanded,
    message_of,
    pressed,
    submitted,
    upload_address,
)

MOST = 3_000
"""Uses of buttons, menus and forms per reader; with more, a page leads on for ever."""
HOSTILE = (
    "`",
    "Ж",
    "漢",
    "🇧🇾",
    "\u202e",
    "[x](https://example.org)",
    "@everyone <@1> ",
    "\n",
    '"\\',
)
_GROUP = re.compile(r"\(\?P<(\w+)>([A-Za-z-]+(?:\|[A-Za-z-]+)*)\)")


@dataclass(frozen=True, slots=True)
class Script:
    """What is typed: by an option's name, with its command before it where needed, or
    by a form's field. Of an option's values the first is right.
    """

    options: Mapping[str, Sequence[Any]]
    fields: Mapping[str, str]
    upload: bytes
    """A file of entries that can be imported."""
    texts: Sequence[str]
    """Messages on which the message menus are used."""
    first: Sequence[str] = ()
    """Commands that come before all others, for what they make is used by others."""
    beside: Mapping[str, Mapping[str, Any]] = field(
        default_factory=dict[str, Mapping[str, Any]]
    )
    """Options, each after its command, that are used with others beside them."""
    far: re.Pattern[str] | None = None
    """Custom ids of pages so far down a long list that nobody goes there: other tests
    walk such lists to their ends.
    """
    always: frozenset[str] = frozenset()
    """Options, each after its command, of which every reader uses every value."""


class Reply(NamedTuple):
    """A message, and what it came of."""

    asked: str
    sent: Sent


@dataclass(slots=True)
class Found:
    """What was sent: how often by kind, and what Discord would not accept."""

    kinds: Counter[str] = field(default_factory=Counter[str])
    problems: dict[str, str] = field(default_factory=dict[str, str])
    """The first occasion of each problem, by the problem."""
    silent: list[str] = field(default_factory=list[str])
    """What was asked and not answered."""
    replies: list[Reply] = field(default_factory=list["Reply"])
    """Every message that was shown."""
    total: int = 0

    def take(self, kinds: Iterable[str], asked: str, sent: Sequence[Sent]) -> None:
        """Count and check what came of one question."""
        if not sent:
            self.silent.append(asked)
        for kind in kinds:
            self.kinds[kind] += len(sent)
        for each in sent:
            self.total += 1
            if "components" in each.data and each.type != 9:
                self.replies.append(Reply(asked, each))
            self.kinds[f"sent:{each.what}:{each.type}"] += 1
            for problem in problems_of(each.body, each.what, each.files):
                self.problems.setdefault(f"{each.what}: {problem}", asked)


def kinds_of(template: str) -> list[tuple[str, str]]:
    """The groups of a custom id's pattern that are a choice of words, and each word."""
    return [
        (name, word)
        for name, words in _GROUP.findall(template)
        for word in words.split("|")
    ]


def expected(commands: Iterable[Payload], templates: Iterable[str]) -> set[str]:
    """Every kind that there has to be a reply of."""
    kinds = {f"menu:{c['name']}" for c in commands if c.get("type", 1) != 1}
    for name, options in leaves(commands):
        kinds.add(f"/{name}")
        kinds |= {
            f"choices:{name} {o['name']}" for o in options if o.get("autocomplete")
        }
    for template in templates:
        kinds |= {
            template,
            *(f"{template} {name}={word}" for name, word in kinds_of(template)),
        }
    return kinds


def leaves(
    commands: Iterable[Payload], before: str = ""
) -> Iterator[tuple[str, list[Payload]]]:
    """Every slash command that can be used, with its options."""
    for command in commands:
        if command.get("type", 1) not in ({1, 2} if before else {1}):
            continue
        name = f"{before} {command['name']}".strip()
        options = cast("list[Payload]", command.get("options") or [])
        if any(each["type"] in {1, 2} for each in options):
            yield from leaves(options, name)
        else:
            yield name, options


@dataclass(frozen=True, slots=True)
class Way:
    """Which reader goes it, what they type, and where they do not go."""

    reader: Reader
    script: Script
    templates: Sequence[str]
    """The patterns of custom ids."""
    turn: int = 0
    avoided: frozenset[str] = frozenset()
    """Words of custom ids that other readers follow."""
    of_a_kind: int = 2
    """Uses of buttons and of a menu's choices of one kind."""


class Crawl:
    """One reader's way through everything."""

    def __init__(self, posted: Posted, way: Way) -> None:
        self.posted, self.way, self.reader, self.script = (
            posted,
            way,
            way.reader,
            way.script,
        )
        self.templates = [(each, re.compile(each)) for each in way.templates]
        self.found = Found()
        self._used: set[tuple[str, ...]] = set()
        self._waiting: deque[tuple[Sent, Payload | None]] = deque()
        self._posts: list[tuple[Sent, Payload | None]] = []
        self._numbers = 10_000
        self._begun: Counter[str] = Counter()
        self._of_a_kind: Counter[str] = Counter()

    async def run(self, commands: Sequence[Payload]) -> Found:
        """Every menu on messages, command and completion, and all that follows."""
        for command in commands:
            if command.get("type", 1) == 3:
                await self._menu(command["name"])
        named = sorted(leaves(commands), key=lambda leaf: self._place(leaf[0]))
        for name, options in named:
            for given in self._combinations(name, options):
                await self.command(name, given)
            for option in options:
                if option.get("autocomplete"):
                    await self._complete(name, options, option)
        # Posts in channels come last: until then a suggestion waits in the queue.
        self._waiting.extend(self._posts)
        await self.walk()
        return self.found

    async def command(
        self, name: str, options: Mapping[str, tuple[int, Any]], *, walk: bool = True
    ) -> None:
        """Use one command, and all that it leads to."""
        asked = f"/{name} { ({key: value for key, (_, value) in options.items()}) }"
        await self._ask([f"/{name}"], commanded(self.reader, name, options), asked)
        if walk:
            await self.walk()
        self._waiting.clear()

    async def _menu(self, name: str) -> None:
        for text in self.script.texts:
            asked = chosen(self.reader, name, text)
            await self._ask([f"menu:{name}"], asked, f"{name} on {text[:40]!r}")
            await self.walk()

    def _place(self, name: str) -> int:
        first = self.script.first
        return first.index(name) if name in first else len(first)

    def _values(self, name: str, option: Payload) -> Sequence[Any]:
        if option.get("choices"):
            return [each["value"] for each in option["choices"]]
        if option["type"] == 5:
            return (True, False)
        options, key = self.script.options, option["name"]
        return options.get(f"{name} {key}") or options[key]

    def _turn(self, name: str, option: Payload) -> Sequence[Any]:
        """The values of an option that this reader uses."""
        values = self._values(name, option)
        if option.get("choices") or f"{name} {option['name']}" in self.script.always:
            return values
        return [values[self.way.turn % len(values)]]

    def _least(
        self, name: str, options: Sequence[Payload]
    ) -> dict[str, tuple[int, Any]]:
        required = (each for each in options if each.get("required"))
        return {
            each["name"]: (each["type"], self._values(name, each)[0])
            for each in required
        }

    def _combinations(
        self, name: str, options: Sequence[Payload]
    ) -> Iterator[dict[str, tuple[int, Any]]]:
        """The right values of what is required; then each option with this reader's
        values.
        """
        least = self._least(name, options)
        yield least
        for option in options:
            for value in self._turn(name, option):
                key = f"{name} {option['name']}"
                given = {**least, **self._beside(key, options)}
                given[option["name"]] = (option["type"], value)
                if given != least or key in self.script.always:
                    yield given

    def _beside(
        self, key: str, options: Sequence[Payload]
    ) -> dict[str, tuple[int, Any]]:
        more = self.script.beside.get(key, {})
        return {
            each["name"]: (each["type"], more[each["name"]])
            for each in options
            if each["name"] in more
        }

    async def _complete(
        self, name: str, options: Sequence[Payload], option: Payload
    ) -> None:
        for text in ("", ("b", "россия", "🇧🇾")[self.way.turn % 3]):
            given = {
                **self._least(name, options),
                option["name"]: (option["type"], text),
            }
            asked = commanded(self.reader, name, given, option["name"])
            kinds = [f"choices:{name} {option['name']}"]
            await self._ask(kinds, asked, f"/{name} {option['name']}:{text}…")

    async def _ask(
        self,
        kinds: Iterable[str],
        payload: Payload,
        asked: str,
        before: Payload | None = None,
    ) -> None:
        sent = await self.posted.ask(payload)
        self.found.take(kinds, f"{self.reader.locale}: {asked}", sent)
        for each in sent:
            if each.type == 9:
                self._waiting.append((each, before))
            elif "components" in each.data:
                edits = each.type == 7 or each.what == "original"
                self._numbers += 1
                message = message_of(each, self._numbers, before if edits else None)
                (self._posts if each.what == "message" else self._waiting).append(
                    (each, message)
                )

    async def walk(self) -> None:
        """Press, choose and fill in all that was shown, once each."""
        while self._waiting:
            sent, message = self._waiting.popleft()
            if sent.type == 9:
                await self._fill(sent.data, message)
            elif message is not None:
                await self._press_all(sent, message)

    async def _press_all(self, sent: Sent, message: Payload) -> None:
        live = [
            each
            for _, each in components_of(sent.data["components"])
            if each.get("custom_id") and not each.get("disabled")
        ]
        if not live:
            return
        # Messages of one kind are each begun with another button: what one button
        # decides, the others find decided.
        kind = self._kinds(live[0]["custom_id"])[0]
        start = self._begun[kind] % len(live)
        self._begun[kind] += 1
        for component in (*live[start:], *live[:start]):
            custom_id = component["custom_id"]
            options = [each["value"] for each in component.get("options") or ()]
            for values in [[value] for value in options] or [[]]:
                wanted = values[0] if values else custom_id
                if self._is_new(custom_id, *values) and self._is_wanted(wanted):
                    asked = pressed(self.reader, message, component, values)
                    # A menu's choice is the id of a button that would do the same.
                    choices = [
                        kind
                        for value in values
                        for kind in self._kinds(value)
                        if not kind.startswith("no pattern")
                    ]
                    await self._ask(
                        [*self._kinds(custom_id), *choices],
                        asked,
                        " ".join([custom_id, *values]),
                        message,
                    )

    def _is_wanted(self, custom_id: str) -> bool:
        """Whether this reader has used few of its kind until now."""
        kind = "\n".join(self._kinds(custom_id))
        if kind.startswith("no pattern"):
            return True
        self._of_a_kind[kind] += 1
        return self._of_a_kind[kind] <= self.way.of_a_kind

    def _is_new(self, *key: str) -> bool:
        words = {word for part in key for word in part.split(":")}
        if key in self._used or words & self.way.avoided:
            return False
        if self.script.far and any(map(self.script.far.search, key)):
            return False
        self._used.add(key)
        assert len(self._used) < MOST, (
            f"{key} and {MOST} others were used: does a page lead on for ever?"
        )
        return True

    def _kinds(self, custom_id: str) -> list[str]:
        for template, pattern in self.templates:
            match = pattern.fullmatch(custom_id)
            if match:
                words = kinds_of(template)
                return [
                    template,
                    *(f"{template} {g}={w}" for g, w in words if match[g] == w),
                ]
        return [f"no pattern: {custom_id}"]

    async def _fill(self, form: Payload, message: Payload | None) -> None:
        if not self._is_new(form["custom_id"]):
            return
        letters = HOSTILE[(self.way.turn + len(self._used)) % len(HOSTILE)]
        wrong = letters if len(self._used) % 2 else ""
        for number, each in enumerate((wrong, None)):
            fields = self._fields(form, each, str(number))
            asked = submitted(self.reader, form, fields, message)
            await self._ask(
                self._kinds(form["custom_id"]),
                asked,
                f"{form['custom_id']} {each!r}",
                message,
            )

    def _fields(
        self, form: Payload, letters: str | None, number: str
    ) -> dict[str, Any]:
        """A value for each field: ``letters`` to its brim, the right one for None."""
        fields: dict[str, Any] = {}
        for _, each in components_of(form["components"]):
            key, options = each.get("custom_id"), each.get("options")
            if not key:
                continue
            right = (
                self.script.fields.get(key)
                or each.get("value")
                or each.get("placeholder")
                or "Ruritania"
            )
            if options:
                values = [option["value"] for option in options]
                choice = right if right in values else values[0]
                fields[key] = choice if each["type"] == 21 else [choice]
            elif each["type"] == 19:
                raw = self.script.upload if letters is None else (letters * 40).encode()
                self.posted.files[upload_address(number)] = raw
                fields[key] = [number]
            else:
                fields[key] = (
                    right
                    if letters is None
                    else to_the_brim(letters, each.get("max_length") or 4000)
                )
        return fields


def to_the_brim(letters: str, most: int) -> str:
    """So many letters as a field takes; Discord's clients count UTF-16 units."""
    return (
        letters * (most // (len(letters.encode("utf-16-le")) // 2)) if letters else ""
    )
