"""The command line of ``ally search`` and ``ally source``."""

from __future__ import annotations

from bot.cli.parser import Verb, json_option, page_option

LANGUAGE = "answer in it: uk, pt_BR …; the terminal's if left out"


def add_search(verb: Verb) -> None:
    """Add both verbs."""
    search = verb(
        "search",
        "search:search",
        "find facts by what was done, by whom, where and when",
        "ally search who expelled diplomats in 2023 --region europe",
    )
    search.add_argument(
        "text", nargs="*", metavar="WORD", help="words, names and years"
    )
    for option, metavar, about in (
        ("side", "SIDE", "only what favours this side"),
        ("deed", "DEED", "only this kind of deed: arms, sanctions …"),
        ("since", "DATE", "only what was done since then"),
        ("region", "REGION", "only there: europe, 'central asia' …"),
        ("lang", "LANGUAGE", LANGUAGE),
    ):
        search.add_argument(f"--{option}", metavar=metavar, help=about)
    source = verb(
        "source",
        "search:source",
        "show what rests on a publisher or a host",
        "ally source reuters.com",
    )
    source.add_argument("--lang", metavar="LANGUAGE", help=LANGUAGE)
    source.add_argument("name", nargs="+", metavar="NAME", help="its name or host")
    for added in (search, source):
        page_option(added)
        json_option(added)
