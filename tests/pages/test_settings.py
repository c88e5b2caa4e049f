"""Settings: typed, described, from variables or files, and an unknown key is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings, read_settings
from workflows.errors import Refused


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_variables_and_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mật khẩu\n", encoding="utf-8")
    settings = read_settings(
        {"KEHOACH_PORT": "9000", "KEHOACH_SMTP_PASSWORD_FILE": str(secret), "HOME": "/x"}, data_dir=tmp_path
    )
    assert settings.port == 9000
    assert settings.smtp_password.get_secret_value() == "mật khẩu"
    assert "mật khẩu" not in repr(settings)
    assert settings.database_address == f"sqlite:///{tmp_path / 'kehoach.sqlite3'}"


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        read_settings({"KEHOACH_PROT": "9000"})
    assert refused.value.code == "UNKNOWN_SETTING"
    assert refused.value.facts["keys"] == ["KEHOACH_PROT"]


@pytest.mark.parametrize("given", [{"KEHOACH_PORT": "many"}, {"KEHOACH_BASE_URL": "office"}])
def test_a_bad_value_is_an_error(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        read_settings(given)


def test_https_makes_cookies_demand_it() -> None:
    assert Settings(base_url="https://kehoach.example.vn").secure
    assert not Settings().secure


@pytest.mark.parametrize(
    ("given", "believed"),
    [
        ({}, []),
        ({"KEHOACH_BASE_URL": "https://kehoach.example.vn"}, ["127.0.0.1", "::1"]),
        ({"KEHOACH_PROXIES": "192.0.2.1, 192.0.2.2"}, ["192.0.2.1", "192.0.2.2"]),
    ],
)
def test_only_a_proxy_that_there_may_be_says_from_where_somebody_comes(
    given: dict[str, str], believed: list[str]
) -> None:
    assert read_settings(given).believed_proxies == believed
