"""Reads the environment once; the wiring passes the values down.

Every setting is ``FINTRACK_<NAME>``; ``FINTRACK_<NAME>_FILE`` names a file that holds
the value instead, for secrets that a container mounts.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from fintrack.core.factor_demand import FactorDemand

PREFIX = "FINTRACK_"


class Settings(BaseSettings):
    """What an operator may set; nothing is needed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True, frozen=True
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    data_dir: Path = Path(platformdirs.user_data_dir("fintrack"))
    database_url: str = ""
    log_database_url: str = ""
    master_key: str = Field(default="", repr=False)
    new_master_key: str = Field(default="", repr=False)
    metrics_token: str = Field(default="", repr=False)
    public_url: str = ""
    trusted_proxies: str = ""
    jwt_issuer: str = Field(default="fintrack", min_length=1)
    jwt_audience: str = Field(default="fintrack", min_length=1)
    jwt_minutes: int = Field(default=60, ge=1, le=24 * 60)
    redis_url: str = Field(default="", repr=False)
    rate_limits: bool = True
    billing: Literal["off", "sandbox", "stripe"] = "off"
    smtp_url: str = Field(default="", repr=False)
    smtp_from: str = ""
    registration: Literal["open", "closed"] = "open"
    second_factor: FactorDemand = FactorDemand.OFFERED
    import_max_bytes: int = Field(default=64 * 1024 * 1024, ge=1024)
    attachment_max_bytes: int = Field(default=10 * 1024 * 1024, ge=1024**2)
    log_format: Literal["", "text", "json"] = ""
    development: bool = False
    # ``serve`` tells its worker: the key is the data directory's own, nobody gave it.
    key_is_made_here: bool = False

    @property
    def uses_embedded_database(self) -> bool:
        """Whether MainDB is the server that FinTrack starts itself."""
        return not self.database_url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the ``*_FILE`` variables."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, _FileVariables(settings_cls)


class _FileVariables(PydanticBaseSettingsSource):
    """``FINTRACK_X_FILE=/run/secrets/x`` gives ``x`` the stripped text of the file."""

    def get_field_value(
        self, field: FieldInfo, field_name: str
    ) -> tuple[Any, str, bool]:
        del field
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        value = Path(path).read_text(encoding="utf-8").strip() if path else None
        return value, field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


def read_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of this process; ``overrides`` win over the environment."""
    return Settings(**(overrides or {}))
