"""The judge of what Ally sends finds each rule of Discord's that is broken by one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.ui import limits
from tests.support import discord_spec as spec
from tests.support.discord_api import problems_of, spec_missing, what_of

pytestmark = pytest.mark.skipif(bool(spec_missing()), reason=spec_missing() or "-")

Body = dict[str, Any]
BUTTON: Body = {"type": 2, "style": 2, "label": "Why", "custom_id": "why"}
SELECT: Body = {
    "type": 3,
    "custom_id": "more",
    "options": [{"label": "Map", "value": "map"}, {"label": "Votes", "value": "votes"}],
}
TEXT: Body = {"type": 10, "content": "Belarus"}


def row(*components: Body) -> Body:
    return {"type": 1, "components": list(components)}


def buttons(count: int) -> list[Body]:
    return [{**BUTTON, "custom_id": f"why-{n}"} for n in range(count)]


def message() -> Body:
    """A reply that Discord accepts."""
    components = [{"type": 17, "components": [copy.deepcopy(TEXT)]}]
    components += [row(*buttons(5)), row(copy.deepcopy(SELECT))]
    return {"type": 4, "data": {"flags": 1 << 15 | 1 << 6, "components": components}}


def form() -> Body:
    """A form that Discord accepts."""
    text = {"type": 4, "style": 1, "custom_id": "claim", "max_length": 10}
    radio = {"type": 21, "custom_id": "side", "options": SELECT["options"]}
    labels = [{"type": 18, "label": "Claim", "component": text}]
    labels += [{"type": 18, "label": "Side", "component": copy.deepcopy(radio)}]
    return {
        "type": 9,
        "data": {"custom_id": "form", "title": "A fact", "components": labels},
    }


def choices(count: int = 25, name: str = "Belarus", value: str = "BY") -> Body:
    found = [{"name": name, "value": value} for _ in range(count)]
    return {"type": 8, "data": {"choices": found}}


def change(path: str, value: Any) -> Callable[[Body], None]:
    """Set what is at a path of keys and places."""

    def changed(body: Body) -> None:
        *parents, last = [int(p) if p.isdigit() else p for p in path.split(".")]
        place: Any = body["data"]
        for key in parents:
            place = place[key]
        place[last] = value

    return changed


def add(*components: Body) -> Callable[[Body], None]:
    return lambda body: body["data"]["components"].extend(components)


BROKEN_MESSAGES: dict[str, tuple[Callable[[Body], None], str]] = {
    "a custom id of 101 characters": (
        change("components.1.components.0.custom_id", "x" * (limits.CUSTOM_ID + 1)),
        "custom_id",
    ),
    "an empty custom id": (change("components.1.components.0.custom_id", ""), "custom"),
    "no custom id": (change("components.1.components.0.custom_id", None), "custom_id"),
    "two equal custom ids": (add(row({**BUTTON, "custom_id": "why-1"})), "twice"),
    "six buttons in a row": (
        change("components.1.components", buttons(limits.ROW_BUTTONS + 1)),
        "6 buttons",
    ),
    "a row of nothing": (change("components.1.components", []), "components[1]"),
    "41 components": (add(*[TEXT] * (limits.COMPONENTS - 10 + 1)), "41 in all"),
    "4001 characters of text": (
        add(*[{**TEXT, "content": "x" * 1999}] * 2),
        "4005 characters",
    ),
    "a text of nothing": (change("components.0.components.0.content", ""), "content"),
    "a text of blanks": (change("components.0.components.0.content", " \n"), "blank"),
    "a label of 81 characters": (
        change("components.1.components.0.label", "x" * (limits.BUTTON_LABEL + 1)),
        "label",
    ),
    "a label that emoji make too long": (
        change("components.1.components.0.label", "🇧🇾" * 21),
        "84 characters",
    ),
    "neither label nor emoji": (change("components.1.components.0.label", None), "lab"),
    "an emoji that is none": (
        change("components.1.components.0.emoji", {"name": "🇽🇽"}),
        "no emoji",
    ),
    "a button that is link and action": (
        change("components.1.components.0.url", "https://example.org"),
        "no url",
    ),
    "a link without a url": (change("components.1.components.0.style", 5), "link"),
    "a link of 513 characters": (
        add(
            row(
                {
                    "type": 2,
                    "style": 5,
                    "label": "Page",
                    "url": "https://example.org/" + "x" * 493,
                }
            )
        ),
        "url",
    ),
    "a style that is none": (change("components.1.components.0.style", 9), "style"),
    "a select beside a button": (
        change("components.2.components", [SELECT, BUTTON]),
        "alone",
    ),
    "26 options": (
        change(
            "components.2.components.0.options",
            [{"label": "x", "value": str(n)} for n in range(limits.CHOICES + 1)],
        ),
        "options",
    ),
    "two equal options": (
        change("components.2.components.0.options.1.value", "map"),
        "'map' stands twice",
    ),
    "a description of 101 characters": (
        change("components.2.components.0.options.0.description", "x" * 101),
        "description",
    ),
    "a placeholder of 151 characters": (
        change("components.2.components.0.placeholder", "x" * 151),
        "placeholder",
    ),
    "more to choose than there is": (
        change("components.2.components.0.max_values", 3),
        "max_values",
    ),
    "more chosen than may be": (
        change(
            "components.2.components.0.options",
            [{**each, "default": True} for each in SELECT["options"]],
        ),
        "are chosen",
    ),
    "components without their flag": (change("flags", 1 << 6), "IS_COMPONENTS_V2"),
    "a flag that no reply has": (change("flags", 1 << 15 | 1 << 1), "flags"),
    "content beside components": (change("content", "hello"), "content"),
    "embeds beside components": (change("embeds", [{"title": "x"}]), "embeds"),
    "no components": (change("components", []), "needs one"),
    "a component that is none": (add({"type": 99}), "components[3]"),
    "a container in a container": (
        change("components.0.components", [{"type": 17, "components": [TEXT]}]),
        "components[0].components[0]",
    ),
    "a file that is not sent": (
        add({"type": 13, "file": {"url": "attachment://map.png"}}),
        "no such file",
    ),
    "a mention that is no kind": (
        change("allowed_mentions", {"parse": ["nobody"]}),
        "allowed_mentions",
    ),
    "a colour that is none": (
        change("components.0.accent_color", 0x1000000),
        "accent_color",
    ),
}
BROKEN_FORMS: dict[str, tuple[Callable[[Body], None], str]] = {
    "a title of 46 characters": (change("title", "x" * 46), "title"),
    "no title": (change("title", ""), "title"),
    "a custom id of 101 characters": (change("custom_id", "x" * 101), "custom_id"),
    "six fields": (add(*[{"type": 10, "content": "x"}] * 4), "6 fields"),
    "no fields": (change("components", []), "components"),
    "a label of 46 characters": (change("components.0.label", "x" * 46), "label"),
    "a hint of 101 characters": (
        change("components.0.description", "x" * 101),
        "description",
    ),
    "a placeholder of 101 characters": (
        change("components.0.component.placeholder", "x" * 101),
        "placeholder",
    ),
    "a value above the field's length": (
        change("components.0.component.value", "x" * 11),
        "the field takes 10",
    ),
    "a value of 4001 characters": (
        change("components.0.component.value", "x" * 4001),
        "value",
    ),
    "a length of 4001": (change("components.0.component.max_length", 4001), "length"),
    "two equal custom ids": (
        change("components.1.component.custom_id", "claim"),
        "twice",
    ),
    "one choice": (
        change("components.1.component.options", SELECT["options"][:1]),
        "options",
    ),
    "eleven choices of a radio group": (
        change(
            "components.1.component.options",
            [{"label": "x", "value": str(n)} for n in range(11)],
        ),
        "11 choices",
    ),
    "a button": (add(row(BUTTON)), "components[2]"),
}


def stated(schema: str, key: str, limit: str) -> Any:
    """A limit that Discord's document states."""
    found: Any = spec.schema(schema)["properties"][key]
    return next(
        each[limit] for each in (found, *found.get("anyOf", ())) if limit in each
    )


def test_our_limits_are_those_that_discord_states() -> None:
    button, row_ = (
        "ButtonComponentForMessageRequest",
        "ActionRowComponentForMessageRequest",
    )
    label, text = "LabelComponentForModalRequest", "TextInputComponentForModalRequest"
    option, media = "StringSelectOptionForRequest", "MediaGalleryItemRequest"
    select, radio = (
        "StringSelectComponentForMessageRequest",
        "RadioGroupComponentForModalRequest",
    )
    assert stated(button, "custom_id", "maxLength") == limits.CUSTOM_ID
    assert stated(button, "label", "maxLength") == limits.BUTTON_LABEL
    assert stated(row_, "components", "maxItems") == limits.ROW_BUTTONS
    assert (
        stated("ModalInteractionCallbackRequestData", "title", "maxLength")
        == limits.FORM_TITLE
    )
    assert stated(label, "label", "maxLength") == limits.FORM_LABEL
    assert stated(label, "description", "maxLength") == limits.FORM_HINT
    assert stated(text, "placeholder", "maxLength") == limits.PLACEHOLDER
    assert stated(option, "label", "maxLength") == limits.OPTION_TEXT
    assert stated(select, "options", "maxItems") == limits.CHOICES
    assert stated(radio, "options", "maxItems") == limits.RADIO_OPTIONS
    assert stated(media, "description", "maxLength") == limits.ALTERNATIVE
    # Of a whole message the document states what holds for its parts alone.
    assert (
        stated("TextDisplayComponentForMessageRequest", "content", "maxLength")
        == limits.TEXT_TOTAL
    )
    assert (
        stated("ContainerComponentForMessageRequest", "components", "maxItems")
        == limits.COMPONENTS
    )


def test_what_is_right_has_no_problem() -> None:
    assert problems_of(message()) == []
    assert problems_of(form()) == []
    assert problems_of(choices()) == []
    assert problems_of({"type": 5, "data": {"flags": 64}}) == []
    assert problems_of({"type": 6}) == []
    whole = message()["data"]
    whole["flags"] = 1 << 15
    for what in ("followup", "original", "message", "edit"):
        assert problems_of(whole, what) == []


@pytest.mark.parametrize("rule", BROKEN_MESSAGES)
def test_a_broken_rule_of_messages_is_found(rule: str) -> None:
    broken, said = BROKEN_MESSAGES[rule]
    body = message()
    broken(body)
    found = problems_of(body)
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize("rule", BROKEN_FORMS)
def test_a_broken_rule_of_forms_is_found(rule: str) -> None:
    broken, said = BROKEN_FORMS[rule]
    body = form()
    broken(body)
    found = problems_of(body)
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    "body",
    [
        choices(limits.CHOICES + 1),
        choices(name="x" * 101),
        choices(value="x" * 101),
        choices(name=""),
        {"type": 5, "data": {"content": "later"}},
        {"type": 12, "data": {}},
        {"type": 4, "data": {}},
        {},
    ],
    ids=lambda body: str(body)[:60],
)
def test_a_broken_rule_of_other_callbacks_is_found(body: Body) -> None:
    assert problems_of(body)


def test_a_message_of_a_channel_is_not_for_one_alone() -> None:
    assert problems_of(message()["data"], "message")
    assert problems_of(message()["data"], "edit")


def test_files_are_shown_each_by_a_component_and_keep_their_names() -> None:
    body = message()
    add({"type": 13, "file": {"url": "attachment://a.yaml"}})(body)
    body["data"]["attachments"] = [{"id": 0, "filename": "a.yaml"}]
    assert problems_of(body, files=["a.yaml"]) == []
    assert "b.txt" in str(problems_of(body, files=["a.yaml", "b.txt"]))
    body["data"]["components"][-1]["file"]["url"] = "attachment://ä.yaml"
    assert "rename" in str(problems_of(body, files=["ä.yaml"]))


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("POST", "/interactions/1/abc/callback", "callback"),
        ("POST", "/webhooks/1/abc", "followup"),
        ("PATCH", "/webhooks/1/abc/messages/@original", "original"),
        ("POST", "/channels/1/messages", "message"),
        ("PATCH", "/channels/1/messages/2", "edit"),
        ("PUT", "/applications/1/commands", "commands"),
        ("GET", "/channels/1/messages", None),
        ("DELETE", "/channels/1/messages/2", None),
    ],
)
def test_a_request_is_known_by_its_route(
    method: str, path: str, what: str | None
) -> None:
    assert what_of(method, f"https://discord.com/api/v10{path}?wait=true") == what
