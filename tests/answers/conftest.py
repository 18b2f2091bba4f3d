"""A base that shares nothing with the shipped one."""

from __future__ import annotations

import pytest

from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from tests.support.bases import FOREIGN_TODAY, foreign


@pytest.fixture(scope="session")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return read_base(foreign(tmp_path_factory.mktemp("foreign")), FOREIGN_TODAY)


@pytest.fixture(scope="session")
def lighthouse_names(lighthouse: Base) -> NameIndex:
    return names_of(lighthouse)
