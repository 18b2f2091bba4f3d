"""The environment as Settings: every mistake reported at once, no secret ever shown."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


def _token(value: SecretStr | None) -> SecretStr | None:
    if value is None or not value.get_secret_value().strip():
        return None
    text = value.get_secret_value()
    if text != text.strip() or text.count(".") != 2 or any(c.isspace() for c in text):
        msg = "this is not a bot token: it has three parts with dots between, and no blanks"
        raise ValueError(msg)
    return value


def _existing(value: Path | None) -> Path | None:
    if value is not None and not (value / "conflict.yaml").is_file():
        msg = "this folder holds no conflict.yaml, so it is no knowledge base"
        raise ValueError(msg)
    return value


def _database(value: SecretStr | None) -> SecretStr | None:
    """Whether the address is one of the two databases'; the store itself looks closer when it opens it."""
    if value is None:
        return None
    scheme = value.get_secret_value().partition(":")[0].partition("+")[0]
    if scheme not in {"postgresql", "postgres", "sqlite"}:
        msg = "write postgresql://user:password@host/name, or sqlite:///file"
        raise ValueError(msg)
    return value


class SettingsError(Exception):
    """The environment is wrong; the message names every setting and what it wants."""


class Settings(BaseSettings):
    """Read from the environment and from ``.env`` in the working directory."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    discord_token: Annotated[SecretStr | None, AfterValidator(_token)] = None
    ally_data: Annotated[Path | None, AfterValidator(_existing)] = None
    ally_guild: Annotated[int | None, Field(ge=1)] = None
    ally_state: Path = Path(".ally")
    ally_database_url: Annotated[SecretStr | None, AfterValidator(_database)] = None
    ally_entries_per_server: Annotated[int, Field(ge=1, le=20_000)] = 2_000
    ally_suggestions_per_day: Annotated[int, Field(ge=0, le=1_000)] = 10
    ally_reload_seconds: Annotated[float, Field(ge=0, le=86_400)] = 5.0
    ally_log_format: Literal["text", "json"] = "text"
    ally_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> str:
        """Where servers' entries are kept: the address that was set, or a file beside the rest of Ally's state."""
        if self.ally_database_url:
            return self.ally_database_url.get_secret_value()
        return f"sqlite:///{self.ally_state.absolute() / 'ally.db'}"


def read_settings() -> Settings:
    """The settings, or SettingsError with one line for each mistake."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{str(found['loc'][0]).upper()}: {found['msg'].removeprefix('Value error, ')}"
            for found in error.errors(include_url=False, include_input=False)
        ]
        raise SettingsError("\n".join(lines)) from None


def shipped_data() -> Path:
    """The base inside the installed package, or beside it in a checkout."""
    inside = Path(str(files("bot").joinpath("_data")))
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "data"
