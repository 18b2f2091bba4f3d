"""The environment as Settings: every mistake reported at once, no secret ever shown."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

from dotenv.parser import Original, parse_stream
from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.knowledge.addresses import web_address
from bot.knowledge.text import cut, did_you_mean

ENV_FILE = Path(".env")
"""Where settings stand besides the environment, in the working directory."""
_OURS = "ALLY_"
"""How the names of nearly all settings begin."""
_SHOWN = 60
"""Units of a name that a message repeats."""


def bot_token(value: SecretStr | None) -> SecretStr | None:
    """A token as it is copied from the developer portal, None for an empty one;
    ValueError for what cannot be one.
    """
    if value is None or not value.get_secret_value().strip():
        return None
    text = value.get_secret_value()
    if not re.fullmatch(r"[!-~]+", text) or text.count(".") != 2:
        msg = (
            "this is not a bot token: it has three parts with dots between, and "
            "no blanks"
        )
        raise ValueError(msg)
    return value


def _existing(value: Path | None) -> Path | None:
    if value is not None and not (value / "conflict.yaml").is_file():
        msg = "this folder holds no conflict.yaml, so it is no knowledge base"
        raise ValueError(msg)
    return value


def _database(value: SecretStr | None) -> SecretStr | None:
    """Whether the address is one of the two databases'; the store itself looks closer
    when it opens it.
    """
    if value is None:
        return None
    scheme = value.get_secret_value().partition(":")[0].partition("+")[0]
    if scheme not in {"postgresql", "postgres", "sqlite"}:
        msg = "write postgresql://user:password@host/name, or sqlite:///file"
        raise ValueError(msg)
    if scheme != "sqlite" and find_spec("asyncpg") is None:
        msg = "PostgreSQL needs its driver: pip install '.[postgres]'"
        raise ValueError(msg)
    return value


def _pages(value: bool) -> bool:  # noqa: FBT001  # As pydantic calls it.
    """Whether pages may be read; the parser for them is an extra."""
    if value and find_spec("selectolax") is None:
        msg = "reading pages needs a parser: pip install '.[pages]'"
        raise ValueError(msg)
    return value


def _push(value: SecretStr | None) -> SecretStr | None:
    if value is None:
        return None
    if not value.get_secret_value().startswith(("https://", "http://")):
        msg = "this is not a web address; it begins with https://"
        raise ValueError(msg)
    return value


def site_address(value: str | None) -> str | None:
    """The address of a site, without a slash at its end; None for none.

    ValueError for one that is not https, or has more than a host and a path.
    """
    if value is None or not value.strip():
        return None
    address = web_address(value.strip())
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.query or parts.fragment:
        msg = "write the site's address as https://host/path, with nothing behind it"
        raise ValueError(msg)
    return address.rstrip("/")


def _base_url(value: str | None, info: ValidationInfo) -> str | None:
    """Where editions of the base are; the key and the folder were read before."""
    if value is None:
        return None
    if not value.startswith("https://"):
        msg = "this is not an address that begins with https://"
        raise ValueError(msg)
    if info.data.get("ally_data"):
        msg = "leave ALLY_DATA empty, for editions take its place"
        raise ValueError(msg)
    if not info.data.get("ally_base_key"):
        msg = "set ALLY_BASE_KEY too, the public key of whoever makes the editions"
        raise ValueError(msg)
    return value


class Shards(NamedTuple):
    """The shards of one process: their numbers, and how many there are in all."""

    numbers: tuple[int, ...]
    total: int


def _shards(value: str | None) -> str | None:
    if value is not None and shards_of(value) is None:
        msg = "write the shards of this process as 0-7/32, or 3/32 for one"
        raise ValueError(msg)
    return value


def shards_of(text: str) -> Shards | None:
    """``0-7/32`` as the shards 0 to 7 of 32; None if it is not of this form."""
    written = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", text.strip())
    if not written:
        return None
    first, last, count = int(written[1]), int(written[2] or written[1]), int(written[3])
    return (
        Shards(tuple(range(first, last + 1)), count) if first <= last < count else None
    )


class SettingsError(Exception):
    """The environment is wrong; the message names every setting and what it wants."""


class Settings(BaseSettings):
    """Read from the environment and from ``.env`` in the working directory."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, extra="ignore", frozen=True, env_ignore_empty=True
    )

    discord_token: Annotated[SecretStr | None, AfterValidator(bot_token)] = None
    ally_data: Annotated[Path | None, AfterValidator(_existing)] = None
    ally_base_key: Annotated[str | None, Field(pattern=r"^[0-9a-fA-F]{64}$")] = None
    ally_base_url: Annotated[str | None, AfterValidator(_base_url)] = None
    ally_guild: Annotated[int | None, Field(ge=1)] = None
    ally_state: Path = Path(".ally")
    ally_database_url: Annotated[SecretStr | None, AfterValidator(_database)] = None
    ally_entries_per_server: Annotated[int, Field(ge=1, le=20_000)] = 2_000
    ally_suggestions_per_day: Annotated[int, Field(ge=0, le=1_000)] = 10
    ally_shards: Annotated[str | None, AfterValidator(_shards)] = None
    ally_public_key: Annotated[str | None, Field(pattern=r"^[0-9a-fA-F]{64}$")] = None
    ally_http_host: str = "127.0.0.1"
    ally_http_port: Annotated[int, Field(ge=1, le=65_535)] = 8080
    ally_monitor_host: str = "127.0.0.1"
    ally_monitor_port: Annotated[int, Field(ge=0, le=65_535)] = 0
    ally_push_url: Annotated[SecretStr | None, AfterValidator(_push)] = None
    ally_reload_seconds: Annotated[float, Field(ge=0, le=86_400)] = 5.0
    ally_read_pages: Annotated[bool, AfterValidator(_pages)] = False
    ally_site_url: Annotated[str | None, AfterValidator(site_address)] = None
    ally_log_format: Literal["text", "json"] = "text"
    ally_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> str:
        """Where servers' entries are kept: the address that was set, or a file beside
        the rest of Ally's state.
        """
        if self.ally_database_url:
            return self.ally_database_url.get_secret_value()
        return f"sqlite:///{self.ally_state.absolute() / 'ally.db'}"


def _names_in_file() -> list[str]:
    """The names that ``.env`` sets, none without such a file; SettingsError for a file
    that cannot be read, with each line that is no setting.
    """
    if not ENV_FILE.is_file():
        return []
    try:
        with ENV_FILE.open(encoding="utf-8-sig") as file:
            statements = list(parse_stream(file))
    except UnicodeDecodeError:
        # PowerShell's > and Notepad's "Unicode" write UTF-16.
        msg = f"the file {ENV_FILE} is not in UTF-8; save it in that encoding"
        raise SettingsError(msg) from None
    except OSError as error:
        msg = f"the file {ENV_FILE} cannot be read: {error.strerror}"
        raise SettingsError(msg) from None
    broken = [_line_of(each.original) for each in statements if each.error]
    if broken:
        # What such a line holds may be a secret.
        msg = "it is not NAME=value, or a quotation mark has no second one"
        raise SettingsError("\n".join(f"{ENV_FILE}, line {n}: {msg}" for n in broken))
    return [each.key for each in statements if each.key]


def _line_of(original: Original) -> int:
    """The line on which a statement begins, behind the blank ones before it."""
    text = original.string
    return original.line + text[: len(text) - len(text.lstrip())].count("\n")


def settings_notes() -> list[str]:
    """What somebody who has set something may have meant otherwise, each in a few
    words: names that no setting has, and a folder in place of the file.
    """
    known = [name.upper() for name in Settings.model_fields]
    in_file = [name.upper() for name in _names_in_file()]
    # The environment may have other programs' DISCORD_….
    typed = [name for name in in_file if name.startswith((_OURS, "DISCORD_"))]
    typed += [name.upper() for name in os.environ if name.upper().startswith(_OURS)]
    notes: list[str] = []
    for name in dict.fromkeys(typed):
        if name not in known:
            hint = did_you_mean(name, known)
            said = f"no setting is called {cut(name, _SHOWN)}"
            notes.append(f"{said}; {hint}" if hint else said)
    if ENV_FILE.is_dir():
        notes.append(f"{ENV_FILE} is a folder, so no settings were read from it")
    return notes


def read_settings() -> Settings:
    """The settings, or SettingsError with one line for each mistake."""
    _names_in_file()
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{str(mistake['loc'][0]).upper()}: "
            f"{mistake['msg'].removeprefix('Value error, ')}"
            for mistake in error.errors(include_url=False, include_input=False)
        ]
        raise SettingsError("\n".join(lines)) from None
