"""Whether Discord would accept a body: by its own OpenAPI document and by the rules
that the document leaves out.

``python -m tests.support.discord_api fetch`` gets the document with npm;
``python -m tests.support.discord_api check FILE`` says what is wrong with a callback.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast

from jsonschema_rs import ValidationError

from tests.support import discord_spec as spec
from tests.support.discord_rules import FormRules, MessageRules, choice_problems

What = Literal["callback", "followup", "original", "message", "edit", "commands"]
"""An interaction's first reply; a message after it; an edit of either; a channel's
message; its edit; the list of commands."""

Body = Mapping[str, Any]

_SCHEMAS: Mapping[What, str] = {
    "followup": "IncomingWebhookRequestPartial",
    "original": "IncomingWebhookUpdateRequestPartial",
    "message": "MessageCreateRequest",
    "edit": "MessageEditRequestPartial",
    "commands": "ApplicationCommandUpdateRequest",
}
_CALLBACKS = {
    1: "PongInteractionCallbackRequest",
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}
"""The members of the union that the callback's path takes, by their type."""
_ROUTES: Sequence[tuple[str, str, What]] = (
    ("POST", r"/interactions/[^/]+/[^/]+/callback", "callback"),
    ("POST", r"/webhooks/[^/]+/[^/]+", "followup"),
    ("PATCH", r"/webhooks/[^/]+/[^/]+/messages/[^/]+", "original"),
    ("POST", r"/channels/[^/]+/messages", "message"),
    ("PATCH", r"/channels/[^/]+/messages/[^/]+", "edit"),
    ("PUT", r"/applications/[^/]+(/guilds/[^/]+)?/commands", "commands"),
)


def spec_missing() -> str:
    """Why bodies cannot be checked here, empty if they can."""
    path = spec.spec_file()
    return "" if path.is_file() else f"{path} is not there; {spec.FETCH} gets it"


def problems_of(
    body: Body, what: What = "callback", files: Iterable[str] = ()
) -> list[str]:
    """Everything for which Discord would refuse a body; empty if it would accept it.

    ``files`` are the names of the files that are sent beside it. Raises SpecError
    without the document.
    """
    schema = (
        _CALLBACKS.get(body.get("type", 0)) if what == "callback" else _SCHEMAS[what]
    )
    if schema is None:
        return [f"type: {body.get('type')!r} is no callback"]
    found = _told(_with_text_ids(body, what), schema)
    found += _unstated(body, what, tuple(files))
    return found


def _with_text_ids(body: Body, what: What) -> Body:
    """The same with the ids of its files as text.

    The document wants a snowflake there, while Discord's own guide to uploading sends 0
    (/reference#uploading-files), as discord.py does.
    """
    inside: Any = body.get("data") if what == "callback" else body
    holder = cast("Body", inside or {})
    files = cast("Sequence[Body]", holder.get("attachments") or ())
    if not files:
        return body
    named = [
        {**each, "id": str(each["id"])} if "id" in each else each for each in files
    ]
    holder = {**holder, "attachments": named}
    return {**body, "data": holder} if what == "callback" else holder


def _told(body: Body, schema: str) -> list[str]:
    """What the document says."""
    errors = spec.validator(schema).iter_errors(cast("Any", body))
    return [
        f"{_place(leaf) or 'body'}: {leaf.message[:200]}"
        for error in errors
        for leaf in _leaves(error)
    ]


def _leaves(error: ValidationError) -> list[ValidationError]:
    """Of an error of a union, those of the one member that was meant, if one was."""
    branches: Any = getattr(error.kind, "context", ())
    meant = [each for each in branches if not any(_wrong_kind(e, error) for e in each)]
    if len(meant) != 1:
        return [error]
    return [leaf for each in meant[0] for leaf in _leaves(each)]


def _wrong_kind(error: ValidationError, union: ValidationError) -> bool:
    """Whether a member of a union was not meant at all: the value is of another type,
    or its key ``type`` says so.
    """
    here, kind = list(union.instance_path), error.kind.name
    there = list(error.instance_path)
    return there == [*here, "type"] or (there == here and kind in {"type", "enum"})


def _place(error: ValidationError) -> str:
    place = ""
    for part in error.instance_path:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    return place.removeprefix(".")


def components_of(
    tree: Iterable[Body], path: str = "components"
) -> Iterator[tuple[str, Body]]:
    """Every component with its path, those inside others too, in the order shown."""
    for number, each in enumerate(tree):
        here = f"{path}[{number}]"
        yield here, each
        yield from components_of(each.get("components") or (), f"{here}.components")
        for key in ("component", "accessory"):
            if each.get(key):
                yield from components_of([each[key]], f"{here}.{key}")


def _unstated(body: Body, what: What, files: tuple[str, ...]) -> list[str]:
    if what == "commands":
        return []
    if what != "callback":
        return MessageRules(
            body, what, files, components_of(body.get("components") or ())
        ).problems()
    kind, data = body["type"], cast("Body", body.get("data") or {})
    inside = components_of(data.get("components") or ())
    match kind:
        case 4:
            return MessageRules(data, "reply", files, inside).problems()
        case 7:
            return MessageRules(data, "update", files, inside).problems()
        case 5 | 6:
            extra = set(data) - {"flags"}
            return (
                [f"data: a promise carries flags alone, not {sorted(extra)}"]
                if extra
                else []
            )
        case 8:
            return choice_problems(data)
        case 9:
            return FormRules(data, inside).problems()
        case _:
            return []


def what_of(method: str, url: str) -> What | None:
    """What a request carries, or None for one that carries no message."""
    path = re.sub(r".*/api/v\d+", "", url).partition("?")[0]
    for verb, pattern, what in _ROUTES:
        if verb == method and re.fullmatch(pattern, path):
            return what
    return None


def body_of_request(arguments: Mapping[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """The body and the names of the files, as discord.py hands them to a transport."""
    body = arguments.get("payload", arguments.get("json"))
    for part in arguments.get("form") or arguments.get("multipart") or ():
        if part.get("name") == "payload_json":
            body = json.loads(part["value"])
    files = tuple(each.filename for each in arguments.get("files") or ())
    return body, files


def problems_of_request(route: Any, arguments: Mapping[str, Any]) -> list[str]:
    """As ``problems_of``, for what discord.py hands to its transport."""
    what = what_of(route.method, route.url)
    body, files = body_of_request(arguments)
    if what is None or body is None:
        return []
    bodies = cast("list[Body]", body) if what == "commands" else [cast("Body", body)]
    return [problem for each in bodies for problem in problems_of(each, what, files)]


@contextmanager
def checked_requests(*transports: type[Any]) -> Generator[list[str]]:
    """Check everything that leaves through these classes' ``request`` in the meantime.

    discord.py sends all it sends through two such methods: that of its HTTP client and
    that of its webhook adapter; a simulated Discord replaces both. Yields the list into
    which problems are written, each with its route.
    """
    found: list[str] = []
    kept = {each: cast("Callable[..., Any]", each.request) for each in transports}

    def checking(request: Callable[..., Any]) -> Callable[..., Any]:
        def checked(self: Any, route: Any, *rest: Any, **named: Any) -> Any:
            told = problems_of_request(route, named)
            found.extend(f"{route.method} {route.path}: {each}" for each in told)
            return request(self, route, *rest, **named)

        return checked

    for each, request in kept.items():
        each.request = checking(request)
    try:
        yield found
    finally:
        for each, request in kept.items():
            each.request = request


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: ``fetch`` or ``check``; the exit status is 1 for problems."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.discord_api")
    verbs = parser.add_subparsers(dest="verb", required=True)
    fetching = verbs.add_parser("fetch", help="get Discord's document with npm")
    fetching.add_argument(
        "--newest", action="store_true", help="not the pinned release"
    )
    checking = verbs.add_parser(
        "check", help="say what is wrong with a callback's body"
    )
    checking.add_argument("file", type=Path)
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "fetch":
            print(spec.fetch(newest=asked.newest))
            return 0
        found = problems_of(json.loads(asked.file.read_text(encoding="utf-8")))
    except spec.SpecError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or "Discord would accept it.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
