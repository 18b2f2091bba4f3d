"""What readers ask, as a mix by weights: commands, half-typed options, buttons and
choices of the replies that came before, and answers to the quiz.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from bot.answers.pages import CITED, PAGES
from bot.answers.quiz.page import PICK
from bot.commands.ask.buttons import TEMPLATE
from bot.commands.explore.search import SEARCH, SOURCE
from bot.knowledge.facts import Base
from bot.knowledge.plain import PlainObject, object_in, objects_in
from tests.search.test_questions import FIRST
from tests.support.bases import TODAY
from tests.support.payloads import MESSAGE, READER, interaction

WEIGHTS: Mapping[str, int] = {
    "autocomplete": 36,
    "/ally": 20,
    "a button or a menu": 14,
    "/where": 7,
    "/compare": 6,
    "/vote": 5,
    "/search": 5,
    "/changes": 3,
    "/quiz": 2,
    "an answer to the quiz": 2,
}
"""How many of a hundred interactions are what."""
LOCALES = ("en-US",) * 14 + ("de", "fr", "pl", "uk", "es-ES", "pt-BR")
"""In which languages readers ask: seven of ten in English."""
SERVERS = 500
"""How many servers ask."""
POOL = 3_000
"""Buttons of earlier replies that may be pressed."""
READ = 12
"""One of so many replies is read for its buttons."""
PAST = 100
"""One of so many questions about a country is about a past day."""
SINCE = ("month", "year", "2022-02-24", "2024-01-01", "2025-06-01", "2026-01-01")
_READING = [
    re.compile(pattern) for pattern in (TEMPLATE, CITED, SEARCH, SOURCE, *PAGES)
]
_PICK = re.compile(PICK)
_EPHEMERAL = 64
"""The flag of a message that one person sees (/resources/message#message-object)."""
_SHARES = "ally:share:"
"""Everybody would see it: a cooldown may hold it back."""


@dataclass(slots=True)
class Asked:
    """An interaction, and what of the mix it is."""

    kind: str
    payload: dict[str, Any]


@dataclass(slots=True)
class Pressable:
    """A button, or a choice of a menu."""

    custom_id: str
    value: str = ""

    def pressed(self, *, private: bool) -> dict[str, Any]:
        """What Discord sends when it is pressed: the press, and the message that it
        stands in.
        """
        shown: dict[str, Any] = {
            "type": 2,
            "style": 2,
            "label": "Press",
            "custom_id": self.custom_id,
        }
        data: dict[str, Any] = {"custom_id": self.custom_id, "component_type": 2}
        if self.value:
            option = {"label": "Choice", "value": self.value}
            shown = {"type": 3, "custom_id": self.custom_id, "options": [option]}
            data |= {"component_type": 3, "values": [self.value]}
        message = MESSAGE | {
            "flags": MESSAGE["flags"] | (_EPHEMERAL if private else 0),
            "components": [{"type": 1, "components": [shown]}],
        }
        return {"type": 3, "data": data, "message": message}


def _is_reading(custom_id: str) -> bool:
    return not custom_id.startswith(_SHARES) and any(
        pattern.fullmatch(custom_id) for pattern in _READING
    )


def components_in(value: object) -> list[PlainObject]:
    """Every component of a reply, those inside others too."""
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [found for each in items for found in components_in(each)]
    if not isinstance(value, dict):
        return []
    plain = object_in(cast("object", value))
    inner = [found for each in plain.values() for found in components_in(each)]
    return [plain, *inner] if "custom_id" in plain else inner


class Traffic:
    """Makes one interaction after another, and learns from replies what can be
    pressed. ``weights`` is the mix; a ``seed`` gives the same one again.
    """

    def __init__(
        self, base: Base, weights: Mapping[str, int] = WEIGHTS, seed: int = 1
    ) -> None:
        self.pool: list[Pressable] = []
        self.questions: list[list[str]] = []
        """Of each question of the quiz that nobody has answered, the server in which it
        was asked, then the custom ids of its choices.
        """
        self.asked = 0
        self._dice = random.Random(seed)
        self._codes = [code for code in base.countries if len(code) == 2]
        self._names = [base.countries[code].names.short for code in self._codes]
        self._votes = list(base.votes)
        self._blocs = list(base.blocs)
        popular = self._codes[:40]
        self._pairs = [self._dice.sample(popular, 2) for _ in range(60)]
        self._makers: Mapping[str, Callable[[], dict[str, Any]]] = {
            "autocomplete": self._half_typed,
            "/ally": self._ally,
            "a button or a menu": self._press,
            "/where": self._where,
            "/compare": self._compare,
            "/vote": self._vote,
            "/search": self._search,
            "/changes": self._changes,
            "/quiz": self._quiz,
            "an answer to the quiz": self._answer,
        }
        self._kinds = list(weights)
        self._shares = list(weights.values())

    def next(self, key: str) -> Asked:
        """The next interaction, under this id."""
        kind = self._dice.choices(self._kinds, self._shares)[0]
        if kind == "a button or a menu" and not self.pool:
            kind = "/ally"
        if kind == "an answer to the quiz" and not self.questions:
            kind = "/quiz"
        self.asked += 1
        payload = self._makers[kind]()
        locale = self._dice.choice(LOCALES)
        payload |= {"id": key, "token": f"t{key}", "locale": locale}
        return Asked(kind, payload)

    def learn(self, asked: Asked, reply: bytes) -> None:
        """Keep what can be pressed under a reply: of every quiz, of some others."""
        if asked.kind == "/quiz":
            self._learn_quiz(asked.payload, reply)
        elif asked.kind != "autocomplete" and self.asked % READ == 0:
            self.learn_all(reply)

    def learn_all(self, reply: bytes) -> None:
        """Keep whatever can be pressed under a reply."""
        for each in components_in(json.loads(reply)):
            self._learn_component(each)

    def _learn_quiz(self, payload: dict[str, Any], reply: bytes) -> None:
        picks = [
            custom_id
            for each in components_in(json.loads(reply))
            if _PICK.fullmatch(custom_id := str(each["custom_id"]))
        ]
        if picks:
            self.questions.append([payload["guild_id"], *picks])

    def _learn_component(self, component: PlainObject) -> None:
        custom_id = str(component["custom_id"])
        values = [str(each["value"]) for each in objects_in(component.get("options"))]
        found = [Pressable(custom_id, each) for each in values if _is_reading(each)]
        if _is_reading(custom_id):
            found.append(Pressable(custom_id))
        for each in found:
            if len(self.pool) < POOL:
                self.pool.append(each)
            else:
                self.pool[self._dice.randrange(POOL)] = each

    def _command(self, name: str, /, **options: str) -> dict[str, Any]:
        payload = interaction("0", name, options)
        payload["guild_id"] = str(1_000 + self._dice.randrange(SERVERS))
        user = READER | {"id": str(self._dice.randrange(10**17, 10**18))}
        payload["member"] = payload["member"] | {"user": user}
        return payload

    def _half_typed(self) -> dict[str, Any]:
        place = self._dice.random()
        if place < 0.8:
            name = self._dice.choice(self._names)
            typed = name[: self._dice.randint(0, len(name))]
            payload = self._command("ally", country=typed)
        elif place < 0.9:
            key = self._dice.choice(self._votes)
            typed = key[: self._dice.randint(0, len(key))]
            payload = self._command("vote", resolution=typed)
        else:
            key = self._dice.choice(self._blocs)
            typed = key[: self._dice.randint(0, 4)]
            payload = self._command("bloc", name=typed)
        payload["type"] = 4
        payload["data"]["options"][0]["focused"] = True
        return payload

    def _country(self) -> str:
        names = self._names if self._dice.random() < 0.5 else self._codes
        return self._dice.choice(names)

    def _ally(self) -> dict[str, Any]:
        options = {"country": self._country()}
        if self._dice.randrange(PAST) == 0:
            day = TODAY - timedelta(days=self._dice.randint(1, 4_000))
            options["on"] = day.isoformat()
        return self._command("ally", **options)

    def _press(self) -> dict[str, Any]:
        payload = self._command("ally")
        pressed = self._dice.choice(self.pool)
        return payload | pressed.pressed(private=self._dice.random() < 0.5)

    def _where(self) -> dict[str, Any]:
        options = self._dice.choice(
            (
                {},
                {"side": "neutral"},
                {"region": "150"},
                {"bloc": self._dice.choice(self._blocs)},
                {"since": "2022-02-23"},
            )
        )
        return self._command("where", **options)

    def _compare(self) -> dict[str, Any]:
        first, second = self._dice.choice(self._pairs)
        return self._command("compare", first=first, second=second)

    def _vote(self) -> dict[str, Any]:
        return self._command("vote", resolution=self._dice.choice(self._votes))

    def _search(self) -> dict[str, Any]:
        text = self._dice.choice(FIRST).typed
        if self._dice.random() < 0.5:
            text = f"{self._dice.choice(self._names)} {text}"
        return self._command("search", text=text[:100])

    def _changes(self) -> dict[str, Any]:
        return self._command("changes", since=self._dice.choice(SINCE))

    def _quiz(self) -> dict[str, Any]:
        return _sub(self._command("quiz"), "play")

    def _answer(self) -> dict[str, Any]:
        """Somebody who has not answered anything yet picks one of the choices."""
        guild, *picks = self.questions.pop(self._dice.randrange(len(self.questions)))
        payload = self._command("quiz")
        pressed = Pressable(self._dice.choice(picks)).pressed(private=False)
        return payload | pressed | {"guild_id": guild}


def _sub(payload: dict[str, Any], name: str) -> dict[str, Any]:
    """The same for a subcommand."""
    payload["data"]["options"] = [
        {"name": name, "type": 1, "options": payload["data"]["options"]}
    ]
    return payload


def follow_payload(guild: int, channel: int, what: Sequence[str]) -> dict[str, Any]:
    """/follow by somebody who may manage the server; ``what`` and how often."""
    thing, how = what
    payload = interaction("0", "follow", {"what": thing, "how": how})
    payload["guild_id"] = str(guild)
    payload["member"] |= {"permissions": str(1 << 5)}
    data = payload["data"]
    data["options"].append({"name": "channel", "type": 7, "value": str(channel)})
    shown = {"id": str(channel), "type": 0, "name": "news", "permissions": "0"}
    data["resolved"] = {"channels": {str(channel): shown}}
    return payload
