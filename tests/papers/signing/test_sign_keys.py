"""One interface, three real keys: a file, a token (SoftHSM), and a signing service that gets hashes only."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from service.demo.test_authority import TestAuthority
from workflows.errors import Refused
from workflows.papers.signing.keys import KeyPlace
from workflows.papers.signing.sign_pdf import sign_pdf
from workflows.papers.signing.trust import Trust
from workflows.papers.signing.verify_pdf import verify_pdf

from .house import NOW, SigningHouse, by_agency, by_person, letter
from .loopback import PIN, TOKEN, Answer, AuthorityOnLoopback, SigningService, serving

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN_PIN = "1357"
# SoftHSM reads its configuration once a process, so the token signs in a process of its own.
_SIGNING = """
import json, sys
from datetime import datetime
from pathlib import Path
from tests.papers.signing.house import NOW, by_person, letter
from workflows.papers.signing.keys import KeyPlace
from workflows.papers.signing.sign_pdf import sign_pdf
from workflows.papers.signing.trust import Trust
facts = json.load(sys.stdin)
trust = Trust.from_json(facts["trust"])
Path(facts["out"]).write_bytes(sign_pdf(letter(), KeyPlace("pkcs11", facts["place"]), by_person(), trust, NOW))
"""


@pytest.fixture
def token(house: SigningHouse, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A token of SoftHSM with a key and its certificate; the variables that lead to it."""
    issued = house.authority.issue("Nguyễn Thị Thẻ", "UBND xã An Bình")
    p12 = tmp_path / "token.p12"
    p12.write_bytes(issued.pkcs12(house.authority.root, "x"))
    (tmp_path / "tokens").mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    variables = {**os.environ, "SOFTHSM2_CONF": str(config), "KEHOACH_TEST_TOKEN_PIN": TOKEN_PIN}
    made = ["softhsm2-util", "--init-token", "--free", "--label", "kehoach", "--so-pin", "0000", "--pin", TOKEN_PIN]
    subprocess.run(made, check=True, capture_output=True, env=variables)
    load = """
import sys, pkcs11
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.x509 import decode_x509_certificate
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
key, certificate, _ = pkcs12.load_key_and_certificates(open(sys.argv[1], "rb").read(), b"x")
session = pkcs11.lib(sys.argv[2]).get_token(token_label="kehoach").open(user_pin=sys.argv[3], rw=True)
named = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "ky", pkcs11.Attribute.ID: b"1"}
der = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
session.create_object({**decode_ec_private_key(der), **named, pkcs11.Attribute.SIGN: True})
session.create_object({**decode_x509_certificate(certificate.public_bytes(Encoding.DER)), **named})
"""
    subprocess.run([sys.executable, "-c", load, str(p12), MODULE, TOKEN_PIN], check=True, env=variables)
    yield variables


def test_a_token_signs(house: SigningHouse, token: dict[str, str], tmp_path: Path) -> None:
    place = {"module": MODULE, "token": "kehoach", "key": "ky", "secret": "env:KEHOACH_TEST_TOKEN_PIN"}
    facts = {"trust": house.trust.to_json(), "place": place, "out": str(tmp_path / "signed.pdf")}
    subprocess.run([sys.executable, "-c", _SIGNING], input=json.dumps(facts), text=True, check=True, env=token)
    verdict = verify_pdf((tmp_path / "signed.pdf").read_bytes(), house.trust, NOW)
    assert verdict.state == "good"
    assert verdict.signatures[0].signer == "Nguyễn Thị Thẻ"


def test_a_token_with_another_pin_does_not(house: SigningHouse, token: dict[str, str], tmp_path: Path) -> None:
    place = {"module": MODULE, "token": "kehoach", "key": "ky", "secret": "env:KEHOACH_TEST_TOKEN_PIN"}
    facts = {"trust": house.trust.to_json(), "place": place, "out": str(tmp_path / "signed.pdf")}
    wrong = {**token, "KEHOACH_TEST_TOKEN_PIN": "9999"}
    done = subprocess.run(
        [sys.executable, "-c", _SIGNING],
        input=json.dumps(facts),
        text=True,
        check=False,
        env=wrong,
        capture_output=True,
    )
    assert "KEY_UNUSABLE" in done.stderr
    assert not (tmp_path / "signed.pdf").exists()


@pytest.fixture
def service(house: SigningHouse) -> SigningService:
    return SigningService(house.authority.issue("Trần Văn Xa", "UBND xã An Bình"), house.authority.root.certificate)


def remote(house: SigningHouse, url: str, pin: str = PIN) -> KeyPlace:
    (house.folder / "token").write_text(base64.b64encode(TOKEN.encode()).decode())
    (house.folder / "pin").write_text(pin)
    secrets = {"secret": f"file:{house.folder / 'token'}", "pin": f"file:{house.folder / 'pin'}"}
    return KeyPlace("csc", {"url": url, "credential": "chu-tich-01", **secrets})


def test_a_signing_service_signs_and_gets_one_hash_only(house: SigningHouse, service: SigningService) -> None:
    with serving(service.answer) as url:
        signed = sign_pdf(letter(), remote(house, url), by_person(), house.trust, NOW)
    verdict = verify_pdf(signed, house.trust, NOW)
    assert verdict.state == "good"
    assert verdict.signatures[0].signer == "Trần Văn Xa"
    assert [path.rpartition("/")[2] for path, _ in service.received] == ["info", "authorize", "signHash"]
    (authorized, hashed) = (asked["hash"] for path, asked in service.received[1:])
    assert authorized == hashed
    assert len(base64.b64decode(hashed[0])) == 32
    assert max(len(json.dumps(asked)) for _, asked in service.received) < 1000


@pytest.mark.parametrize("wrong", ["pin", "place"])
def test_a_signing_service_that_refuses_is_told_without_its_words(
    house: SigningHouse, service: SigningService, wrong: str
) -> None:
    with serving(service.answer) as url:
        key = remote(house, url if wrong == "pin" else f"{url}/nowhere", "0" if wrong == "pin" else PIN)
        with pytest.raises(Refused, match="KEY_UNUSABLE") as refused:
            sign_pdf(letter(), key, by_person(), house.trust, NOW)
    assert PIN not in str(refused.value)
    assert "invalid" not in str(refused.value)


def test_a_signing_service_that_is_away_is_a_refusal(house: SigningHouse, service: SigningService) -> None:
    with serving(service.answer) as url:
        key = remote(house, url)
    with pytest.raises(Refused, match="KEY_UNUSABLE"):
        sign_pdf(letter(), key, by_person(), house.trust, NOW)


def test_time_and_standing_are_asked_over_the_network_and_kept(tmp_path: Path, house: SigningHouse) -> None:
    """An authority as it is in life: OCSP, revocation list and time stamps by HTTP; afterwards the file needs none."""
    parts: list[AuthorityOnLoopback] = []

    def answer(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        return parts[0].answer(path, headers, body)

    with serving(answer) as url:
        authority = TestAuthority(NOW - timedelta(days=30), url)
        stamper = authority.issue_stamper()
        person = authority.issue("Lê Thị Mạng", "UBND xã An Bình")
        parts.append(AuthorityOnLoopback(authority, stamper, [stamper, person]))
        trust = Trust(roots=(authority.root.der,), stamps={"url": f"{url}/tsa"}, fetch=True, test=True)
        (tmp_path / "person.p12").write_bytes(person.pkcs12(authority.root, "x"))
        (tmp_path / "x").write_text("x")
        key = KeyPlace("pkcs12", {"file": str(tmp_path / "person.p12"), "secret": f"file:{tmp_path / 'x'}"})
        signed = sign_pdf(letter(), key, by_agency(first=True), trust, NOW)
        assert {"/tsa", "/ocsp"} <= set(parts[0].asked)
        before = len(parts[0].asked)
        verdict = verify_pdf(signed, trust, NOW)
        assert verdict.state == "good", verdict
        assert verdict.signatures[0].long_term
        assert len(parts[0].asked) == before, "verification asks nobody"
        authority.revoke(person, NOW - timedelta(days=1))
        with pytest.raises(Refused, match="CERTIFICATE_REFUSED"):
            sign_pdf(letter(), key, by_agency(first=True), trust, NOW)


def test_without_a_time_stamp_where_one_is_wanted_nothing_is_signed(house: SigningHouse) -> None:
    with serving(lambda *_: (500, "text/plain", b"")) as url:
        trust = Trust(house.trust.roots, (), house.trust.revocation_lists, {"url": f"{url}/tsa"})
        with pytest.raises(Refused, match="TIME_STAMP_FAILED"):
            sign_pdf(letter(), house.key("Nguyễn Văn D"), by_person(), trust, NOW)
