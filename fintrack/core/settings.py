"""Reads the environment once; the wiring passes the values down.

Every setting is ``FINTRACK_<NAME>``; ``FINTRACK_<NAME>_FILE`` names a file that holds
the value instead, for secrets that a container mounts.
"""

import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.factor_demand import FactorDemand
from fintrack.core.safe_address import is_safe_address
from fintrack.core.trusted_proxies import TrustedProxies

PREFIX = "FINTRACK_"
DRIVER: Final = "postgresql+psycopg"
# What stands before the last @ may hold anything: it is the password.
_POSTGRES: Final = re.compile(
    r"(postgres|postgresql|postgresql\+psycopg)"
    r"(://(?:.*@)?(?:\[[^\]]*\]|[^:/?\[\]@]*)(?::\d+)?(?:[/?][^@]*)?)",
    re.DOTALL,
)


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
    rates: Literal["fetched", "bundled", "off"] = "fetched"
    rate_minutes: int = Field(default=60, ge=5, le=24 * 60)
    rate_jump: Decimal = Field(default=Decimal(3), gt=1, le=1000)
    currencyfreaks_key: str = Field(default="", repr=False)
    currencyfreaks_url: str = "https://api.currencyfreaks.com/v2.0"
    currency_api_urls: str = (
        "https://cdn.jsdelivr.net/npm/@fawazahmed0/currency-api@{day}"
        "/v1/currencies/usd.json "
        "https://{day}.currency-api.pages.dev/v1/currencies/usd.json"
    )
    crypto_url: str = "https://api.coinpaprika.com/v1/tickers"
    ecb_url: str = "https://www.ecb.europa.eu/stats/eurofxref"
    billing: Literal["off", "sandbox", "stripe"] = "off"
    smtp_url: str = Field(default="", repr=False)
    smtp_from: str = ""
    registration: Literal["open", "closed"] = "open"
    second_factor: FactorDemand = FactorDemand.OFFERED
    import_max_bytes: int = Field(default=64 * 1024 * 1024, ge=1024)
    attachment_max_bytes: int = Field(default=10 * 1024 * 1024, ge=1024**2)
    backups: bool = True
    backup_hour: int = Field(default=3, ge=0, le=23)
    log_format: Literal["", "text", "json"] = ""
    development: bool = False
    # ``serve`` tells its worker: the key is the data directory's own, nobody gave it.
    key_is_made_here: bool = False

    @field_validator("database_url", "log_database_url")
    @classmethod
    def _name_driver(cls, url: str, info: ValidationInfo) -> str:
        found = _POSTGRES.fullmatch(url)
        if url and not found:
            raise InvalidInput(
                "{name} is not the address of a PostgreSQL database. It looks like "
                "{example}.",
                name=_variable(info.field_name),
                example="postgresql://user:password@host:5432/fintrack",
            )
        return f"{DRIVER}{found[2]}" if found else ""

    @field_validator("public_url")
    @classmethod
    def _check_origins(cls, urls: str) -> str:
        if not all(map(_is_origin, urls.replace(",", " ").split())):
            raise InvalidInput(
                "{name} needs whole addresses, each with https:// or http:// before "
                "its host: {example}.",
                name=_variable("public_url"),
                example="https://money.example",
            )
        return urls

    @field_validator("currencyfreaks_url", "currency_api_urls", "crypto_url", "ecb_url")
    @classmethod
    def _check_sources(cls, urls: str, info: ValidationInfo) -> str:
        if not all(map(is_safe_address, urls.split())):
            raise InvalidInput(
                "{name} is no address of a source of rates: it needs https://.",
                name=_variable(info.field_name),
            )
        return urls

    @field_validator("redis_url")
    @classmethod
    def _check_redis(cls, url: str) -> str:
        if url and not url.startswith(("redis://", "rediss://", "unix://")):
            raise InvalidInput(
                "{name} is not the address of a Redis server. It looks like {example}.",
                name=_variable("redis_url"),
                example="redis://host:6379",
            )
        return url

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, networks: str) -> str:
        try:
            TrustedProxies.of(networks)
        except ValueError as error:
            raise InvalidInput(
                "{name} holds what is no network. It looks like {example}.",
                name=_variable("trusted_proxies"),
                example="10.0.0.0/8, 192.168.1.7",
            ) from error
        return networks

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
        name = f"{_variable(field_name)}_FILE"
        path = os.environ.get(name)
        try:
            value = Path(path).read_text(encoding="utf-8").strip() if path else None
        except (OSError, ValueError) as error:
            raise InvalidInput(
                "{name} names a file that cannot be read: {reason}.",
                name=name,
                reason=getattr(error, "strerror", None) or "it is no text in UTF-8",
            ) from error
        return value, field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


def read_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of this process; ``overrides`` win over the environment.

    Raises:
        InvalidInput: one cannot be used; the sentence names the variable and holds no
            value.
    """
    try:
        return Settings(**(overrides or {}))
    except ValidationError as error:
        raise InvalidInput.of(
            [
                Problem(
                    "{name} cannot be used: {reason}.",
                    values=(
                        ("name", _variable(str(found["loc"][0]))),
                        ("reason", found["msg"]),
                    ),
                )
                for found in error.errors(include_input=False, include_url=False)
            ]
        ) from None


def _variable(field: str | None) -> str:
    return f"{PREFIX}{(field or '').upper()}"


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False
