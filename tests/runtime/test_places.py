from __future__ import annotations

from pathlib import Path

import pytest

from bot.runtime.places import cache_folder, shipped_data


def test_the_shipped_base_is_found() -> None:
    assert (shipped_data() / "conflict.yaml").is_file()


def test_compiled_bases_lie_in_allys_state_if_it_has_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLY_STATE", str(tmp_path / "state"))
    assert cache_folder() == tmp_path / "state" / "compiled"
    assert not (tmp_path / "state").exists(), "asking makes nothing"


def test_else_they_lie_where_this_users_caches_lie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from platformdirs import user_cache_path

    monkeypatch.delenv("ALLY_STATE", raising=False)
    assert cache_folder() == user_cache_path("ally", appauthor=False)
