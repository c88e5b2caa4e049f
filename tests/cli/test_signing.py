"""`kehoach signing`: an office sets up its keys by the command, and gives up a signature that never comes."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from service.cli.main import DONE, REFUSED, run
from service.demo.signing import draw_seal, draw_signature
from service.demo.test_authority import TestAuthority
from tests.actions.small_office import START, started
from tests.databases import SqliteTemplate
from tests.pages.conftest import open_accounts
from tests.stories.cast import Cast
from workflows.store import signing
from workflows.store.database import Database


@pytest.fixture
def cast(sqlite_template: SqliteTemplate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    database = Database(sqlite_template.file(tmp_path / "kehoach.sqlite3"))
    cast = started(database)
    open_accounts(cast)
    monkeypatch.setenv("KEHOACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KEHOACH_TEST_KEY_PASSWORD", "kín")
    return cast


def test_keys_are_registered_and_a_signature_is_given_up(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = TestAuthority(START - timedelta(days=10))
    root, p12, picture = tmp_path / "root.pem", tmp_path / "an.p12", tmp_path / "an.png"
    root.write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
    p12.write_bytes(authority.issue("Nguyễn Văn An", "UBND xã An Bình").pkcs12(authority.root, "kín"))
    picture.write_bytes(draw_signature("Nguyễn Văn An"))
    assert run(["signing", "trust", str(root), "--offline", "--test"]) == DONE
    person = cast.actor("chu_tich").person
    facts = ["--fact", f"file={p12}", "--fact", "secret=env:KEHOACH_TEST_KEY_PASSWORD"]
    register = ["signing", "key", "pkcs12", "--picture", str(picture), "--person", f"u{person}", *facts]
    assert run(register) == DONE
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    capsys.readouterr()
    assert run(["signing", "waiting"]) == DONE
    assert '"role": "ky"' in capsys.readouterr().out
    assert run(["signing", "give-up", "1", "--reason", "ngắn"]) == REFUSED
    assert run(["signing", "give-up", "1", "--reason", "Người ký mất thiết bị, đã phát hành bản giấy"]) == DONE
    cast.act("phat_hanh", {})
    with cast.database.read() as connection:
        assert signing.orders_of(connection, "plan", cast.plan_id)["ky"].state == "given_up"
    assert run(["signing", "give-up", "1", "--reason", "Người ký mất thiết bị, đã phát hành bản giấy"]) == REFUSED
    assert "kín" not in capsys.readouterr().out


def test_what_is_wrong_with_a_key_is_said(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture, seal = tmp_path / "a.png", tmp_path / "seal.png"
    picture.write_bytes(draw_signature("An"))
    seal.write_bytes(draw_seal("UBND xã An Bình"))
    broken = tmp_path / "x.pem"
    broken.write_bytes(base64.b64encode(b"nothing"))
    assert run(["signing", "trust", str(broken)]) == REFUSED
    for arguments, code in (
        (["pkcs12", "--picture", str(picture), "--person", "nobody", "--fact", "file=x"], "NOT_FOUND"),
        (["usb", "--picture", str(seal), "--office", "1", "--fact", "file=x"], "UNKNOWN_KEY_KIND"),
        (["pkcs12", "--picture", str(seal), "--office", "1", "--fact", "file=x"], "KEY_FACTS_MISSING"),
        (["pkcs12", "--picture", str(picture), "--office", "1", "--fact", "file=x"], "BAD_PICTURE"),
    ):
        capsys.readouterr()
        assert run(["signing", "key", *arguments]) == REFUSED
        assert code in capsys.readouterr().out
