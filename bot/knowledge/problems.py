"""What is wrong with a file, where, and what would be right: the same for people, CI
and programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding: ``file`` is relative to the base, ``line`` counts from 1, ``path``
    is like ``events[2].date``.
    """

    file: str
    line: int
    path: str
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        path = f" {self.path}:" if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        said = f"{where}:{path} {self.message}{hint} [{self.rule}]"
        # A key may hold line breaks, after which it could say anything: a line that
        # begins with :: is a command to GitHub's runner.
        return " ".join(said.splitlines())


def spelled(steps: Iterable[str | int]) -> str:
    """A path as people read it: ``events[2].date``."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


class AllyError(Exception):
    """The root of every error of Ally's own: each is caught where somebody can be told
    kindly what happened.
    """


class BaseInvalidError(AllyError):
    """The base cannot be read; ``problems`` holds every finding."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problem(s) in the knowledge base")


QUESTION = "conflict.yaml"
"""The file that says what all others may say."""
REST_WAITS = f"The other files are looked at once {QUESTION} is right."


def _its_own(problem: Problem) -> bool:
    """Whether a problem can be mended in ``conflict.yaml`` alone; what it names and
    nobody has may be a mistake of the file that should have it.
    """
    return problem.file == QUESTION and problem.rule != "dangling"


def to_tell(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in their order; where ``conflict.yaml`` has some of its own, these
    alone, for each makes many of other files that are none.
    """
    ordered = sorted(problems)
    return [each for each in ordered if _its_own(each)] or ordered


def rest_waits(problems: Iterable[Problem]) -> bool:
    """Whether problems that are told are ``conflict.yaml``'s own, so that others may
    yet come.
    """
    return any(map(_its_own, problems))


def _escaped(text: str, also: str = "") -> str:
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_github(problem: Problem, root: str = "") -> str:
    """A GitHub Actions annotation, escaped as its workflow commands ask."""
    name = f"{root}/{problem.file}" if root else problem.file
    text = f"{problem.path + ': ' if problem.path else ''}{problem.message}"
    if problem.hint:
        text += f" ({problem.hint})"
    return (
        f"::error file={_escaped(name, ':,')},line={problem.line},"
        f"title={problem.rule}::{_escaped(text)}"
    )


def as_json(problems: Iterable[Problem]) -> str:
    """One JSON object a line."""
    return "\n".join(json.dumps(asdict(p), ensure_ascii=False) for p in problems)
