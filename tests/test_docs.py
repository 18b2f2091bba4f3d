"""The pages for people: what they link to exists, and so does what they say to type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT, ROOT / "docs", ROOT / ".github")
PAGES = sorted(page for folder in FOLDERS for page in folder.glob("*.md"))
FORM_FILES = sorted(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml"))
FORMS = [path for path in FORM_FILES if path.name != "config.yml"]

FORM_NEEDS = {"name", "description", "body"}
FORM_MAY_HAVE = FORM_NEEDS | {"title", "labels"}

LEADS_NOWHERE = (
    "missing.md",
    "other.md#missing",
    "#missing",
    "#twice-2",
    "/other.md",
    "../outside.md",
    "other.md?a#missing",
)
WAYS_TO_LINK = (
    "[a]({})",
    "![a]({})",
    "| a | b |\n| - | - |\n| ` | [a]({}) ` |",
    '<img src="{}">',
    "[a]: {}\n\n[a]",
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens_of(page: Path) -> Iterator[Token]:
    markdown = MarkdownIt("commonmark").enable("table")
    for token in markdown.parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def links_of(page: Path) -> Iterator[str]:
    for token in tokens_of(page):
        for key in ("href", "src"):
            if key in token.attrs:
                yield str(token.attrs[key])
        if token.type in {"html_block", "html_inline"}:
            yield from re.findall(r'\b(?:href|src)="([^"]+)"', token.content)


def anchors_of(page: Path) -> set[str]:
    """What stands behind the # in links to a page's headings, by GitHub's rule."""
    anchors: set[str] = set()
    seen: Counter[str] = Counter()
    heading = False
    for token in tokens_of(page):
        if token.type == "heading_open":
            heading = True
        elif token.type == "inline" and heading:
            heading = False
            words = "".join(part.content for part in token.children or ())
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return anchors


def leads_somewhere(link: str, page: Path, root: Path) -> bool:
    """Whether what the link names exists; of addresses elsewhere nothing is known."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = page
    if parts.path:
        target = (page.parent / unquote(parts.path)).resolve()
    if not target.is_relative_to(root) or not target.exists():
        return False
    return not parts.fragment or parts.fragment in anchors_of(target)


def broken_links(page: Path, root: Path) -> list[str]:
    """The links of a page, to files of this repository, that lead nowhere."""
    return [link for link in links_of(page) if not leads_somewhere(link, page, root)]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_to_something_that_exists(page: Path) -> None:
    assert broken_links(page, ROOT) == []


@pytest.mark.parametrize("link", LEADS_NOWHERE)
@pytest.mark.parametrize("way", WAYS_TO_LINK)
def test_a_dead_link_is_found(tmp_path: Path, way: str, link: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.md").touch()
    (root / "other.md").write_text("# There\n", encoding="utf-8")
    page = root / "page.md"
    page.write_text(f"# Twice\n\n# Twice\n\n{way.format(link)}\n", encoding="utf-8")
    assert broken_links(page, root) == [link]


def test_a_good_link_and_what_is_no_link_are_not_reported(tmp_path: Path) -> None:
    (tmp_path / "a b.md").write_text("## `ally ask`: who, when?\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "# Twice\n\n# Twice\n\n"
        "[a](a%20b.md#ally-ask-who-when) [b](#twice-1) [c](.)\n\n"
        "[d](https://example.org/#x)\n\n"
        "`[e](missing.md)`\n\n    [f](missing.md)\n",
        encoding="utf-8",
    )
    assert broken_links(page, tmp_path) == []


def test_every_just_command_that_a_page_names_is_in_the_justfile() -> None:
    justfile = (ROOT / "justfile").read_text(encoding="utf-8")
    recipes = set(re.findall(r"^(\w+)(?: \*\w+)?:$", justfile, re.MULTILINE))
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    commands = {name for text in texts for name in re.findall(r"`just (\w+)`", text)}
    assert {"quick", "test"} <= commands <= recipes


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_for_issues_is_one_that_github_shows(path: Path) -> None:
    form: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert FORM_NEEDS <= form.keys() <= FORM_MAY_HAVE
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    for field in fields:
        assert field["type"] in {"input", "textarea", "dropdown"}
        assert field["attributes"]["label"]
        shown = dict(field["attributes"])
        options = shown.pop("options", ["one"])
        # An unquoted date is no text, and GitHub refuses the whole form.
        assert all(isinstance(text, str) for text in [*shown.values(), *options])
        assert len(set(options)) == len(options)
    ids = [field["id"] for field in fields]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("field", "limit"), [("Summary", 200), ("Description", 400)])
def test_the_directorys_texts_keep_within_discords_limits(
    field: str, limit: int
) -> None:
    page = (ROOT / "docs" / "directory.md").read_text("utf-8")
    text = re.search(rf"^## {field}\n\n    (.+)$", page, re.MULTILINE)
    assert text
    assert 50 < len(text[1]) <= limit
