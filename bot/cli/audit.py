"""``ally audit``, and what ``ally check`` finds to look at again."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from bot.answers.texts import Texts
from bot.cli.common import CommandError, base_in, clock_of, folder_of
from bot.cli.files import write_whole
from bot.cli.output import say, write, write_json
from bot.knowledge.audit import Audit, audit
from bot.knowledge.facts import Base
from bot.knowledge.findings import OLD_DAYS, Finding, findings
from bot.knowledge.plain import PlainObject
from bot.knowledge.problems import Problem
from bot.knowledge.text import between_marks
from bot.names.index import names_of
from bot.runtime.exit_code import ExitCode

BEGIN, END = "<!-- audit -->", "<!-- end of audit -->"
"""What stands around the tables on a page."""
_CODE = re.compile(r"^code:\s*['\"]?([\w-]+)", re.MULTILINE)


def _as_json(audited: Audit) -> PlainObject:
    """The audit as plain data: codes, counts and days."""
    plain: PlainObject = asdict(audited)
    for key in ("day", "oldest_review", "newest_fact"):
        plain[key] = str(plain[key]) if plain[key] else None
    return plain


def _on_page(path: Path, tables: str, *, check_only: bool) -> ExitCode:
    """Write the tables into a page, or say whether they stand there."""
    page = path.read_text(encoding="utf-8")
    try:
        fresh = between_marks(page, BEGIN, END, f"{tables}\n")
    except ValueError as error:
        raise CommandError(f"{path}: {error}") from error
    if fresh == page:
        return ExitCode.OK
    if check_only:
        say(f"{path} does not show the base as it is: run ally audit --markdown {path}")
        return ExitCode.FAILED
    write_whole(path, fresh)
    write(f"{path} rewritten")
    return ExitCode.OK


def show(args: argparse.Namespace) -> ExitCode:
    """``ally audit [PATH]``; FAILED for ``--check`` if the page is not up to date."""
    from bot.answers.audit import audit as page_of
    from bot.answers.audit import audit_as_markdown

    base = base_in(folder_of(args), clock_of(args).today())
    audited = audit(base)
    if args.json:
        write_json(_as_json(audited))
        return ExitCode.OK
    texts = Texts("en", names_of(base).display)
    if args.markdown or args.check:
        tables = audit_as_markdown(audited, base.conflict, texts)
        page = Path(args.check or args.markdown)
        return _on_page(page, tables, check_only=bool(args.check))
    from bot.cli.terminal import printer_of_output
    from bot.cli.terminal import show as show_page

    show_page(
        page_of(audited, base.conflict, texts), printer_of_output(), base.conflict
    )
    return ExitCode.OK


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a base, for saying where a finding is."""

    root: Path
    countries: dict[str, str]
    """By code, the name of its file relative to the base."""

    @classmethod
    def of(cls, root: Path) -> _Files:
        files: dict[str, str] = {}
        for path in sorted((root / "countries").glob("*.yaml")):
            code = _CODE.search(path.read_text(encoding="utf-8-sig"))
            if code:
                files[code[1]] = f"countries/{path.name}"
        return cls(root, files)

    def country(self, code: str) -> str:
        """The file of an actor."""
        return self.countries.get(code, "countries")

    def place(self, finding: Finding) -> tuple[str, int]:
        """The file to read and the line, from 1, on which the entry begins."""
        kind, _, key = finding.ref.rpartition(":")
        if kind:
            name, entry = f"{kind}s/{key}.yaml", f"- code: {finding.code}"
        else:
            name, entry = self.country(finding.code), f"- id: {key}"
        path = self.root / name
        lines = path.read_text(encoding="utf-8-sig").splitlines() if key else []
        at = (n for n, line in enumerate(lines, 1) if line.strip() == entry)
        return name, next(at, 1)

    def problem(self, finding: Finding) -> Problem:
        """A finding as a problem of a file."""
        name, line = self.place(finding)
        return Problem(name, line, finding.ref, finding.rule, finding.message)


def look_again(
    base: Base, root: Path, on: date, *, strict: bool
) -> tuple[list[Problem], str]:
    """The findings that are problems, and the others in one sentence (perhaps empty).

    One deed told twice is a problem always, everything else if ``strict``.
    """
    listed = findings(base, on)
    wrong = [each for each in listed if strict or each.rule == "told-twice"]
    files = _Files.of(root)
    rest = Counter(each.rule for each in listed if each not in wrong)
    if not rest:
        return [files.problem(each) for each in wrong], ""
    counts = ", ".join(f"{count} {rule}" for rule, count in sorted(rest.items()))
    warning = f"To look at again: {counts} (ally check --stale, ally check --strict)."
    return [files.problem(each) for each in wrong], warning


@dataclass(frozen=True, slots=True)
class _ToRead:
    """An actor to read again, and why."""

    reviewed: str
    file: str
    code: str
    why: tuple[str, ...]


def _to_read(base: Base, root: Path, on: date) -> Iterator[_ToRead]:
    """Actors with something to look at again or an old review, in no order."""
    files = _Files.of(root)
    why: dict[str, list[str]] = {}
    for each in findings(base, on):
        if each.rule != "tally-day":
            ref = f"{each.ref}: " if each.ref else ""
            why.setdefault(each.code, []).append(f"{ref}{each.message}")
    for code, country in base.countries.items():
        reasons = why.get(code, [])
        if (on - country.reviewed.first).days > OLD_DAYS:
            reasons.append("nobody has read it for a year")
        if reasons:
            reviewed = str(country.reviewed)
            yield _ToRead(reviewed, files.country(code), code, tuple(reasons))


def _urgency(each: _ToRead) -> tuple[str, int, str]:
    return each.reviewed, -len(each.why), each.file


def tell_stale(base: Base, root: Path, on: date, *, as_json: bool) -> None:
    """Write what to read next: the oldest review first, then who has most to mend."""
    rows: Iterable[_ToRead] = sorted(_to_read(base, root, on), key=_urgency)
    for each in rows:
        if as_json:
            write_json(asdict(each))
        else:
            write(
                f"{root}/{each.file}: reviewed {each.reviewed}; " + "; ".join(each.why)
            )
