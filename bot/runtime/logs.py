"""The log: text or JSON, a line a record, each with the reference of the interaction
that it was written for.

Levels. DEBUG: what helps in finding a fault in Ally itself. INFO: each interaction that
was answered, connections, starts and stops, reloads. WARNING: what Ally copes with but
an operator may want to know, as an interaction that was too old or a request that
Discord failed at. ERROR: something failed, and somebody was told so. CRITICAL: Ally
cannot go on.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.knowledge.plain import PlainObject
from bot.runtime.admission import CURRENT_TRACE, EndedInteraction
from bot.runtime.settings import Settings

_SECRET = re.compile(
    r"((?:interactions|webhooks)/\d+/)[\w.-]+|(\bBot )[\w-]+\.[\w-]+\.[\w-]+"
)
"""Where libraries may write tokens into what they log: addresses of replies, and the
header of requests.
"""


_TIME, _JSON_TIME = "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"


def _ended(record: logging.LogRecord) -> Sequence[EndedInteraction]:
    """The interactions that a record tells of."""
    return getattr(record, "interactions", ())


def _reference() -> str:
    trace = CURRENT_TRACE.get()
    return trace.reference if trace else ""


def _without_secrets(text: str) -> str:
    if "interactions/" not in text and "webhooks/" not in text and "Bot " not in text:
        return text
    return _SECRET.sub(lambda secret: f"{secret[1] or secret[2]}…", text)


def _in_words(seconds: float, form: str) -> str:
    """A time, in seconds since 1970, as this machine's time zone has it."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime(form)


class TextLines(logging.Formatter):
    """Text for people: time, level, logger, the reference in brackets, and the
    message.
    """

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)-7s %(name)s: %(ref)s%(message)s",
            _TIME,
        )
        self._second, self._written = 0, ""

    def _line(self, record: logging.LogRecord, ended: EndedInteraction) -> str:
        """One of many interactions: its time is written once a second."""
        second = int(ended.at)
        if second != self._second:
            self._second = second
            self._written = _in_words(second, _TIME)
        trace = ended.trace
        return (
            f"{self._written} {record.levelname:<7} {record.name}: "
            f"[{trace.reference}] {trace.said}"
        )

    def format(self, record: logging.LogRecord) -> str:
        """One record; a traceback follows on lines of its own."""
        if ended := _ended(record):
            return "\n".join([self._line(record, each) for each in ended])
        reference = _reference()
        record.ref = f"[{reference}] " if reference else ""
        return _without_secrets(super().format(record))


class JsonLines(logging.Formatter):
    """JSON for programs: one object a line, ``interaction`` with fields of its own
    where it tells of one.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One record, its traceback in ``exception``."""
        if ended := _ended(record):
            return "\n".join([self._line(record, each) for each in ended])
        row: PlainObject = {
            "time": self.formatTime(record, _JSON_TIME),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if reference := _reference():
            row["ref"] = reference
        if record.exc_info:
            row["exception"] = self.formatException(record.exc_info)
        return _without_secrets(json.dumps(row, ensure_ascii=False))

    def _line(self, record: logging.LogRecord, ended: EndedInteraction) -> str:
        told = ended.trace.fields()
        row: PlainObject = {
            "time": _in_words(ended.at, _JSON_TIME),
            "level": record.levelname,
            "logger": record.name,
            "message": ended.trace.said,
            "ref": told["ref"],
            "interaction": told,
        }
        return json.dumps(row, ensure_ascii=False)


def _calm(record: logging.LogRecord) -> bool:
    """Shorten what discord.py makes of everyday events: connections break, and Ally
    needs no voice.
    """
    if record.exc_info and "reconnect" in str(record.msg):
        cause = record.exc_info[1]
        record.msg, record.args = (
            f"{record.getMessage()} ({type(cause).__name__})",
            None,
        )
        record.exc_info, record.levelno, record.levelname = (
            None,
            logging.WARNING,
            "WARNING",
        )
    return "voice will NOT be supported" not in str(record.msg)


def set_up_logs(settings: Settings) -> None:
    """Write to standard error, in the settings' format and from their level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_calm)
    handler.setFormatter(
        JsonLines() if settings.ally_log_format == "json" else TextLines()
    )
    logging.basicConfig(level=settings.ally_log_level, handlers=[handler], force=True)
    root = logging.getLogger()
    # At DEBUG, discord.py would write down what people said.
    logging.getLogger("discord").setLevel(max(logging.INFO, root.level))
    logging.getLogger("alembic").setLevel(max(logging.WARNING, root.level))
    # Nothing here reads them, and looking for them costs a little with each record.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
