"""Where the project is at home: `[project.urls]` of pyproject.toml, nowhere else."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

PACKAGE = "ally-bot"


@cache
def project_address(label: str) -> str:
    """An address of the project, such as its *Issues*; empty where none is given."""
    try:
        listed = metadata(PACKAGE).get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    for each in listed:
        name, _, address = str(each).partition(", ")
        if name.casefold() == label.casefold():
            return address
    return ""
