"""The log: one format for people, one for programs, and in neither what must stay
secret.
"""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import simcord

from bot.runtime.admission import (
    CURRENT_TRACE,
    Admission,
    InteractionTrace,
    reference_of,
)
from bot.runtime.logs import JsonLines, TextLines, _calm, set_up_logs
from bot.runtime.metrics import Metrics
from bot.runtime.settings import Settings
from bot.service.client import Client
from tests.support.replies import place, text_of


def record(text: str, *values: object, **more: Any) -> logging.LogRecord:
    return logging.LogRecord(
        "bot.x", logging.WARNING, __file__, 1, text, values, more.get("exc_info")
    )


def raised(error: Exception) -> Any:
    """An error as a log record carries it."""
    return type(error), error, error.__traceback__


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_no_token_that_a_library_logs_reaches_the_log(
    formatter: logging.Formatter,
) -> None:
    addresses = (
        (
            "POST "
            "https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24_x-y/callback"
        ),
        (
            "PATCH "
            "https://discord.com/api/v10/webhooks/100/aW50ZXJhY3Rpb24_x-y/messages/@original"
        ),
        "headers Authorization: Bot MTAw.aW50ZX.JhY3Rpb24_x-y",
    )
    for text in addresses:
        said = formatter.format(
            record("failed: %s", text, exc_info=raised(ValueError(text)))
        )
        assert "JhY3Rpb24" not in said
        assert "…" in said


def test_every_line_written_for_an_interaction_has_its_reference() -> None:
    trace = InteractionTrace(Admission(Metrics()), 77, "command", "ally")
    token = CURRENT_TRACE.set(trace)
    try:
        assert f"[{reference_of(77)}] something" in TextLines().format(
            record("something")
        )
        assert json.loads(JsonLines().format(record("some\nthing")))[
            "ref"
        ] == reference_of(77)
    finally:
        CURRENT_TRACE.reset(token)
    assert "[" not in TextLines().format(record("something"))


def test_broken_connections_are_one_line_and_voice_is_not_missed() -> None:
    broken = raised(ConnectionResetError("gone"))
    found = record(
        "Attempting a reconnect for shard ID %s in %.2fs", 3, 1.5, exc_info=broken
    )
    assert _calm(found)
    said = TextLines().format(found)
    assert said.endswith(
        "Attempting a reconnect for shard ID 3 in 1.50s (ConnectionResetError)"
    )
    assert found.levelname == "WARNING"
    assert not _calm(record("davey is not installed, voice will NOT be supported"))
    assert _calm(record("anything else"))


@pytest.mark.parametrize(("form", "level"), [("json", "INFO"), ("text", "WARNING")])
def test_the_settings_choose_the_format_and_the_level(
    form: str,
    level: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALLY_LOG_FORMAT", form)
    monkeypatch.setenv("ALLY_LOG_LEVEL", level)
    root = logging.getLogger()
    before, handlers = root.level, root.handlers[:]
    try:
        set_up_logs(Settings())
        logging.getLogger("bot").info("quiet")
        logging.getLogger("bot").warning("loud")
        logging.getLogger("discord").debug("what people said")
    finally:
        root.handlers[:] = handlers
        root.setLevel(before)
    lines = capsys.readouterr().err.splitlines()
    if form == "json":
        assert [json.loads(line)["message"] for line in lines] == ["quiet", "loud"]
    else:
        assert len(lines) == 1
        assert lines[0].endswith("WARNING bot: loud")


@pytest.mark.asyncio
async def test_the_reference_that_a_reader_is_told_is_the_one_in_the_log(
    env: simcord.Env, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    channel, reader, _ = place(env)
    client = env.bot
    assert isinstance(client, Client)

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the inside of the program")

    monkeypatch.setattr(client.replies, "actor_page", broken)
    with caplog.at_level(logging.INFO):
        result = await reader.slash(channel, "ally", country="belarus", on="2023")
        client.admission.flush()
    with pytest.raises(ExceptionGroup):
        env.raise_errors()
    told = text_of(result.response)
    assert "the inside" not in told
    reference = told.split("reference: ")[1].split()[0].strip(".")
    failed = next(each for each in caplog.records if each.exc_info)
    assert f"reference {reference}" in failed.getMessage()
    ended = [each for each in caplog.records if each.name == "bot.interactions"]
    assert len(ended) == 1
    (told_of,) = ended[0].__dict__["interactions"]
    fields = told_of.trace.fields()
    assert (fields["ref"], fields["outcome"]) == (reference, "error")


def test_many_interactions_are_a_line_each_with_its_own_time_and_reference(
    caplog: pytest.LogCaptureFixture,
) -> None:
    admission = Admission(Metrics())
    traces = [
        InteractionTrace(admission, number, "command", "ally") for number in (1, 2, 3)
    ]
    traces[2].outcome = "error"
    admission._ended = traces
    for seconds, trace in enumerate(traces):
        trace.ended = seconds * 2.0
    with caplog.at_level(logging.INFO):
        admission.flush()
    together, failed = caplog.records
    assert (together.levelname, failed.levelname) == ("INFO", "WARNING")
    lines = TextLines().format(together).split("\n")
    assert len({line[:19] for line in lines}) == 2
    assert [line[20:] for line in lines] == [
        f"INFO    bot.interactions: [{reference_of(number)}] command ally ok 0.0 ms"
        for number in (1, 2)
    ]
    rows = [json.loads(line) for line in JsonLines().format(together).split("\n")]
    assert [row["interaction"]["id"] for row in rows] == ["1", "2"]
    assert all(row["ref"] == row["interaction"]["ref"] for row in rows)
    assert json.loads(JsonLines().format(failed))["interaction"]["outcome"] == "error"
