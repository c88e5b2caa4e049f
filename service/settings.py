"""Every setting of the program: read once from KEHOACH_* variables, typed, described, and refused when unknown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from service.words.elsewhere_words import SHARED_ACCOUNT
from workflows.errors import Refused

PREFIX = "KEHOACH_"
FROM_FILE = "_FILE"
OF_THE_TESTS = ("KEHOACH_TEST_", "KEHOACH_NIGHTLY")


class Settings(BaseSettings):
    """The settings of one installation; KEHOACH_<NAME>_FILE gives any of them as the path of a file that holds it."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    data_dir: Path = Field(Path("data"), description="Folder of the embedded database and of files the program keeps.")
    database_url: str = Field(
        "", description="postgresql://… for more than one machine; empty: SQLite in data_dir.", repr=False
    )
    owner_database_url: str = Field(
        "",
        description="postgresql://… of the role that owns the tables, for db upgrade and restore; empty: database_url.",
        repr=False,
    )
    base_url: str = Field(
        "http://127.0.0.1:8800", description="Address at which people open the pages; links in letters start with it."
    )
    host: str = Field("127.0.0.1", description="Network address that the pages listen on.")
    proxies: str = Field(
        "",
        description="Addresses of proxies whose X-Forwarded-For is believed, by commas; empty: 127.0.0.1 with https.",
    )
    port: int = Field(8800, ge=0, le=65535, description="Port that the pages listen on.")
    demo: bool = Field(False, description="Fill an example province and show its letters on /hop-thu.")
    demo_password: str = Field("kehoach2026", description="Password of every account of the demo.")
    smtp_host: str = Field("", description="Mail server; empty: letters wait in the outbox.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", description="Encryption of mail on its way.")
    smtp_user: str = Field("", description="Account at the mail server; empty: no sign-in.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password at the mail server; best given by file.")
    mail_from: str = Field("kehoach@localhost", description="Sender address of the letters.")
    exchange: SecretStr = Field(
        SecretStr(""),
        description="Peers of the electronic exchange as JSON (howto/exchange-documents.md); best given by file.",
    )
    local_targets: bool = Field(
        False, description="Let webhooks, bells and other channels reach this very machine, for a relay or a trial."
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Keys that seal secrets in the database, newest first; best by file; empty: data_dir/secret.key.",
    )
    session_idle_minutes: int = Field(60, ge=1, description="A session ends after this many minutes without a page.")
    session_hours: int = Field(12, ge=1, description="A session ends after this many hours in any case.")
    device_days: int = Field(180, ge=1, description="A remembered device is forgotten after this many days unused.")
    oidc_issuer: str = Field(
        "", description="Provider of OpenID Connect at which people sign in, https://…; empty: by password only."
    )
    oidc_client_id: str = Field("", description="Name under which the provider knows this program.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="What this program says to the provider; best given by file; empty: PKCE alone."
    )
    oidc_name: str = Field(SHARED_ACCOUNT, description="What the button of that sign-in calls it.")
    oidc_claim: Literal["", "preferred_username", "email"] = Field(
        "", description="Claim that is the sign-in name here, to link accounts by itself; empty: `kehoach sso link`."
    )
    oidc_inside: bool = Field(False, description="The provider is inside the own network: private addresses count.")
    oidc_only: bool = Field(False, description="Whoever has a linked account signs in there and not by password.")
    functions: str = Field(
        "", description="package.module:registry, Python functions that processes call by name; empty: none of them."
    )
    prefect_url: str = Field("", description="Many machines: where kehoach worker finds Prefect, http://…:4200/api.")
    prefect_key: SecretStr = Field(
        SecretStr(""), description="Many machines: what Prefect's server asks for, name:secret; best given by file."
    )
    prefect_host: str = Field("127.0.0.1", description="Many machines: address that kehoach prefect listens on.")
    prefect_port: int = Field(4200, ge=1, le=65535, description="Many machines: port that kehoach prefect listens on.")
    prefect_database_url: str = Field(
        "", description="Many machines: postgresql://… of kehoach prefect; empty: SQLite in data_dir.", repr=False
    )
    sweep_rows: int = Field(
        500, ge=1, le=10_000, description="Rows that one run of a sweep takes at most; the next run finds the rest."
    )
    flows_at_once: int = Field(2, ge=1, le=32, description="Runs that Prefect has at the same time on a machine.")
    retry_seconds: int = Field(
        60, ge=1, description="A sweep that failed is tried again after this, then after twice as long, up to an hour."
    )
    checkpoint_key: SecretStr = Field(
        SecretStr(""), description="Key that signs checkpoints, PEM; the same on every machine; empty: one in data_dir."
    )
    checkpoint_folder: str = Field(
        "", description="Where signed checkpoints of the log are put, best another machine's; empty: in data_dir."
    )
    checkpoint_mail: str = Field("", description="Address that each signed checkpoint is mailed to; empty: none.")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="What a monitor says to read /metrics; empty: nobody reads them."
    )
    log_format: Literal["text", "json"] = Field("text", description="Log lines for people, or one JSON object each.")
    log_level: Literal["INFO", "WARNING", "ERROR"] = Field("WARNING", description="INFO tells each request too.")
    head_seconds: int = Field(
        15, ge=1, le=600, description="A connection is ended whose request has no whole head after this many seconds."
    )
    body_pace: int = Field(
        500, ge=1, description="A connection is ended whose request comes more slowly than this, in bytes a second."
    )
    connections_per_address: int = Field(
        200, ge=1, description="Connections that one address may have at once; those of `proxies` are not counted."
    )
    upload_megabytes: int = Field(5, ge=1, le=50, description="Largest request that a page accepts.")

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise ValueError("an address such as https://kehoach.example.vn is expected")
        return value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _is_an_issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
            raise ValueError("an address such as https://sso.example.vn is expected")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read_settings` hands over, so that no variable can be overlooked in silence."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @property
    def database_address(self) -> str:
        """The database URL that is used."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'kehoach.sqlite3').absolute()}"

    @property
    def owner_address(self) -> str:
        """The database URL of whoever may change the tables."""
        return self.owner_database_url or self.database_address

    @property
    def outside(self) -> Mapping[str, Any]:
        """Where the signed checkpoints of the log go, as `notifications.seal_log.outside` takes it."""
        key = self.checkpoint_key.get_secret_value()
        return {
            "data_dir": self.data_dir, "key": key, "folder": self.checkpoint_folder, "address": self.checkpoint_mail,
        }  # fmt: skip

    @property
    def believed_proxies(self) -> list[str]:
        """Who may say from where a request comes: the pages speak no TLS, so with https somebody stands before them."""
        named = [each.strip() for each in self.proxies.split(",") if each.strip()]
        return named or (["127.0.0.1", "::1"] if self.secure else [])

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over https, so that cookies may demand it."""
        return self.base_url.startswith("https://")


def is_setting(variable: str) -> bool:
    """Whether an environment variable of this name is meant for the program; some are the tests' own."""
    return variable.startswith(PREFIX) and not variable.startswith(OF_THE_TESTS)


def read_settings(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:  # noqa: ANN401 - typed by its use
    """The settings from KEHOACH_* variables, `given` winning; an unknown key is Refused, a bad value a ValueError."""
    environ = os.environ if environ is None else environ
    read: dict[str, Any] = {}
    unknown = []
    for key, value in environ.items():
        if not is_setting(key):
            continue
        name = key[len(PREFIX) :]
        by_file = name.endswith(FROM_FILE)
        field = (name[: -len(FROM_FILE)] if by_file else name).lower()
        if field not in Settings.model_fields:
            unknown.append(key)
        elif by_file:
            read[field] = Path(value).read_text(encoding="utf-8").strip()
        else:
            read.setdefault(field, value)
    if unknown:
        raise Refused("UNKNOWN_SETTING", keys=sorted(unknown), known=sorted(Settings.model_fields))
    return Settings(**{**read, **given})
