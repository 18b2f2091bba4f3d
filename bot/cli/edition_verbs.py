"""The words of ``ally base``, whose verbs make, fetch and choose editions."""

from __future__ import annotations

import argparse

from bot.cli.parser import Help, Verb, path_of


def add_base(verb: Verb) -> None:
    """Add ``base`` with its verbs: key, build, fetch, list and back."""
    base = verb(
        "base",
        "editions:show",
        "make, fetch and choose editions of the knowledge base",
        "ally base list",
    )
    actions = base.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(
        name: str, does: str, about: str, example: str
    ) -> argparse.ArgumentParser:
        added = actions.add_parser(
            name,
            help=about,
            formatter_class=Help,
            description=f"{about[:1].upper()}{about[1:]}.",
            epilog=f"Example:\n  ally base {example}",
        )
        added.set_defaults(does=f"editions:{does}")
        return added

    key = action(
        "key",
        "key",
        "make a secret key for signing, and print the public one for operators",
        "key ally.secret",
    )
    key.add_argument(
        "file",
        type=path_of,
        metavar="FILE",
        help="where to write the secret; one that is there is kept",
    )
    build = action(
        "build",
        "build",
        "make a signed edition of a knowledge base",
        "build data ally.edition --key ally.secret",
    )
    build.add_argument(
        "path",
        nargs="?",
        type=path_of,
        metavar="PATH",
        help="its folder; the one that came with Ally, or ALLY_DATA, if left out",
    )
    build.add_argument("out", type=path_of, metavar="FILE", help="where to write it")
    build.add_argument(
        "--key",
        type=path_of,
        metavar="FILE",
        required=True,
        help="the secret key that `ally base key` wrote",
    )
    fetch = action(
        "fetch",
        "fetch",
        "get an edition over https, check it, and let it answer",
        "fetch https://example.org/ally.edition",
    )
    fetch.add_argument(
        "url", nargs="?", metavar="URL", help="where it is; ALLY_BASE_URL if left out"
    )
    fetch.add_argument(
        "--allow-older",
        action="store_true",
        help="take it even if a newer one was here already",
    )
    fetch.add_argument(
        "--this-machine",
        action="store_true",
        help="the address may lead to this machine; for trying it out",
    )
    action("list", "show", "show the editions that are here", "list")
    action(
        "back",
        "back",
        "let the edition before answer again; once more leads forward again",
        "back",
    )
