"""Sign-in at a provider of OpenID Connect: a real one over HTTP, the accounts that are linked, and what is forged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from service.auth.elsewhere.arriving import provider_of
from service.auth.form_tokens import FIELD
from service.masking import masked
from service.settings import Settings
from tests.actions.small_office import START, founded
from tests.pages.conftest import PASSWORD, House, house_of, open_accounts
from tests.pages.oidc_provider import (
    CLIENT,
    SECRET,
    EcKey,
    OidcProvider,
    RsaKey,
    running,
    signed_with_public_key,
    without_signature,
)
from tests.pages.page_client import Browser
from workflows.errors import Refused
from workflows.store import elsewhere
from workflows.store.database import Database

BACK = "/dang-nhap/noi-khac"
Founded = Callable[..., House]


@pytest.fixture(scope="module")
def key() -> RsaKey:
    return RsaKey("k1")


@pytest.fixture
def provider(key: RsaKey) -> Iterator[OidcProvider]:
    with running(OidcProvider(lambda: (_ for _ in ()).throw(AssertionError("no office yet")), key)) as answering:
        yield answering


@pytest.fixture
def office(memory: Database, tmp_path: Path, provider: OidcProvider) -> Founded:
    """An office whose people may sign in at the provider."""

    def found(**settings: Any) -> House:
        cast = founded(memory)
        open_accounts(cast)
        provider.now = lambda: cast.now
        told = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        return house_of(cast, tmp_path, **{**told, "oidc_name": "SSO tỉnh", "local_targets": True, **settings})

    return found


def chairman(house: House) -> str:
    return house.login("chu_tich")


def linked(house: House, provider: OidcProvider) -> Browser:
    """A browser of the chairman, whose account there an operator linked."""
    person_id = int(chairman(house)[1:])
    with house.cast.database.write() as connection:
        elsewhere.link(connection, provider.issuer, provider.subject, person_id, "Dòng lệnh", house.cast.now)
    return Browser(house.app)


def begin(browser: Browser, wanted: str = "/toi") -> str:
    """Press the button: the address at the provider."""
    page = browser.get(f"/dang-nhap?tiep_tuc={wanted}")
    answer = browser.http.post(BACK, data=page.form(BACK).filled())
    assert answer.status_code == 200, answer.text
    address = answer.headers["refresh"].removeprefix("0; url=")
    assert answer.headers["referrer-policy"] == "no-referrer"
    return str(address)


def come_back(browser: Browser, address: str) -> Any:
    """The provider sent the browser here; the form on the page finishes."""
    page = browser.get(address.removeprefix("http://testserver"))
    return browser.http.post(f"{BACK}/xong", data=page.form(f"{BACK}/xong").filled())


def is_in(browser: Browser) -> bool:
    return bool(browser.http.get("/toi").status_code == 200)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_whoever_is_linked_signs_in_and_goes_where_they_wanted(
    office: Founded, provider: OidcProvider, algorithm: str
) -> None:
    house = office()
    provider.key = EcKey("e1") if algorithm == "ES256" else provider.key
    browser = linked(house, provider)
    answer = come_back(browser, provider.authorize(begin(browser)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/toi")
    assert is_in(browser)
    page = browser.get("/toi")
    left = browser.http.post("/dang-xuat", data=page.form("/dang-xuat").filled())
    assert left.headers["location"] == "/dang-nhap?xong=1"
    assert f"{provider.issuer}/ra?client_id={CLIENT}" in browser.http.get("/dang-nhap?xong=1").text
    assert not is_in(browser)


def test_signing_still_asks_for_a_second_proof(office: Founded, provider: OidcProvider) -> None:
    house = office()
    browser = linked(house, provider)
    come_back(browser, provider.authorize(begin(browser)))
    page = browser.get("/toi/bao-mat")
    assert page.form("/toi/bao-mat/xac-nhan")
    token = {FIELD: page.form("/ngon-ngu").filled()[FIELD]}
    refused = browser.http.post("/toi/bao-mat/ung-dung", data=token)
    assert refused.status_code == 403


def test_nobody_gets_an_account_by_signing_in_there(office: Founded, provider: OidcProvider) -> None:
    browser = Browser(office().app)
    provider.claims = {"preferred_username": "u1", "email": "u1", "email_verified": True}
    answer = come_back(browser, provider.authorize(begin(browser)))
    assert answer.status_code == 422
    assert "chưa gắn với ai" in answer.text
    assert not is_in(browser)


def test_a_claim_links_where_the_operator_says_so_and_stays_with_that_account(
    office: Founded, provider: OidcProvider
) -> None:
    house = office(oidc_claim="preferred_username")
    provider.claims = {"preferred_username": chairman(house).upper()}
    browser = Browser(house.app)
    assert come_back(browser, provider.authorize(begin(browser))).status_code == 303
    provider.subject = "somebody-who-got-the-name"
    other = Browser(house.app)
    assert "đã gắn với một tài khoản khác" in come_back(other, provider.authorize(begin(other))).text
    assert not is_in(other)


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_nobody_verified_links_nothing(
    office: Founded, provider: OidcProvider, verified: object
) -> None:
    house = office(oidc_claim="email")
    provider.claims = {"email": chairman(house), "email_verified": verified}
    browser = Browser(house.app)
    assert come_back(browser, provider.authorize(begin(browser))).status_code == 422
    assert not is_in(browser)


FORGED: dict[str, dict[str, Any]] = {
    "for another program": {"aud": "khac"},
    "for several and none of them named": {"aud": [CLIENT, "khac"]},
    "for another party": {"azp": "khac"},
    "of another issuer": {"iss": "https://sso.example.vn"},
    "of another sign-in": {"nonce": "khac"},
    "without a nonce": {"nonce": None},
    "that is over": {"exp": 1_000},
    "without an end": {"exp": None},
    "of tomorrow": {"iat": 4_000_000_000, "exp": 4_000_000_300},
    "of nobody": {"sub": ""},
    "with an end that is no number": {"exp": "later"},
}


@pytest.mark.parametrize("what", FORGED)
def test_a_token_that_is_not_meant_for_this_sign_in_is_refused(
    office: Founded, provider: OidcProvider, what: str
) -> None:
    browser = linked(office(), provider)
    provider.claims = FORGED[what]
    answer = come_back(browser, provider.authorize(begin(browser)))
    assert (answer.status_code, is_in(browser)) == (422, False)
    assert "không xác nhận được" in answer.text


def test_no_algorithm_of_the_tokens_own_choice_counts(office: Founded, provider: OidcProvider, key: RsaKey) -> None:
    browser = linked(office(), provider)
    stranger = OidcProvider(provider.now, RsaKey("k1"))
    for forge in (without_signature, signed_with_public_key(key), stranger.signed, lambda _: "a.b", lambda _: "ơ.b.c"):
        provider.forge = forge
        assert come_back(browser, provider.authorize(begin(browser))).status_code == 422
    assert not is_in(browser)


def test_two_clocks_may_differ_a_little(office: Founded, provider: OidcProvider) -> None:
    house = office()
    browser = linked(house, provider)
    ahead = int((house.cast.now + timedelta(seconds=90)).timestamp())
    provider.claims = {"iat": ahead, "nbf": ahead, "exp": ahead - 150}
    assert come_back(browser, provider.authorize(begin(browser))).status_code == 303


def test_keys_may_change_and_an_invented_one_makes_nobody_ask_for_ever(office: Founded, provider: OidcProvider) -> None:
    house = office()
    browser = linked(house, provider)
    assert come_back(browser, provider.authorize(begin(browser))).status_code == 303
    house.cast.now += timedelta(minutes=5)
    provider.key = EcKey("k2")
    again = Browser(house.app)
    assert come_back(again, provider.authorize(begin(again))).status_code == 303
    provider.forge = lambda claims: provider.signed(claims, kid="khac")
    for _ in range(3):
        assert come_back(Browser(house.app), f"http://testserver{BACK}?code=x&state=y").status_code == 422
        other = Browser(house.app)
        assert come_back(other, provider.authorize(begin(other))).status_code == 422
    assert provider.asked.count("/khoa") == 2


def test_what_was_brought_back_counts_once_in_the_browser_that_began_and_in_time(
    office: Founded, provider: OidcProvider
) -> None:
    house = office()
    browser = linked(house, provider)
    back = provider.authorize(begin(browser))
    thief = Browser(house.app)
    begin(thief)
    assert come_back(thief, back).status_code == 422
    assert come_back(browser, back).status_code == 303
    browser.http.cookies.clear()
    assert come_back(browser, back).status_code == 422
    assert not is_in(browser)
    late = provider.authorize(begin(browser))
    house.cast.now += timedelta(minutes=11)
    assert "quá 10 phút" in come_back(browser, late).text
    code, state = (parse_qs(urlsplit(late).query)[name][0] for name in ("code", "state"))
    assert browser.http.get(f"{BACK}?code={code}&state={state}&iss=https://khac").status_code == 422
    assert not is_in(browser)


def test_the_way_on_leads_nowhere_else(office: Founded, provider: OidcProvider) -> None:
    browser = linked(office(), provider)
    answer = come_back(browser, provider.authorize(begin(browser, "//sso.example.vn/x")))
    assert answer.headers["location"] == "/viec"


def test_whoever_has_an_account_there_may_be_kept_from_passwords(office: Founded, provider: OidcProvider) -> None:
    house = office(oidc_only=True)
    linked(house, provider)
    browser = Browser(house.app)
    page = browser.get("/dang-nhap")
    typed = {"ten_dang_nhap": chairman(house), "mat_khau": PASSWORD}
    assert "SSO tỉnh" in browser.submit(page, "/dang-nhap", typed, status=422).text
    assert not is_in(browser)
    clerk = Browser(house.app)
    clerk.sign_in(house.login("van_thu"), PASSWORD)
    assert is_in(clerk)


def test_a_provider_that_is_away_is_told_and_passwords_still_work(office: Founded) -> None:
    house = office(oidc_issuer="http://127.0.0.1:9/khac")
    browser = Browser(house.app)
    page = browser.get("/dang-nhap")
    answer = browser.http.post(BACK, data=page.form(BACK).filled())
    assert (answer.status_code, "chưa trả lời" in answer.text) == (422, True)
    browser.sign_in(chairman(house), PASSWORD)
    assert is_in(browser)


@pytest.mark.parametrize("issuer", ["http://sso.example.vn", "https://169.254.169.254", "https://10.0.0.1"])
def test_an_address_inside_is_spoken_to_only_where_the_operator_says_so(tmp_path: Path, issuer: str) -> None:
    settings = Settings(data_dir=tmp_path, oidc_issuer=issuer, oidc_client_id=CLIENT)
    named = provider_of(settings)
    assert named is not None
    with pytest.raises(Refused) as refused:
        named.address("s", "n", "v", START)
    assert refused.value.code == "ELSEWHERE_AWAY"


def test_without_a_provider_there_is_no_such_page(office: Founded) -> None:
    browser = Browser(office(oidc_issuer="").app)
    assert browser.http.get(BACK).status_code == 404
    assert "noi-khac" not in browser.get("/dang-nhap").text


def test_no_log_shows_a_code() -> None:
    assert masked(f"GET {BACK}?code=bi-mat&state=x HTTP/1.1") == f"GET {BACK}?… HTTP/1.1"


LEFT = "http://schemas.openid.net/event/backchannel-logout"


def leave(house: House, provider: OidcProvider, *, header: dict[str, Any] | None = None, **claims: Any) -> int:
    """The provider says that somebody signed out there; without a value a claim is left out."""
    now = int(house.cast.now.timestamp())
    said = {"iss": provider.issuer, "aud": CLIENT, "sub": provider.subject, "iat": now, "exp": now + 120, "jti": "m1"}
    said |= {"events": {LEFT: {}}, **claims}
    token = provider.signed({name: value for name, value in said.items() if value is not None}, **(header or {}))
    return int(Browser(house.app).http.post(f"{BACK}/da-ra", data={"logout_token": token}).status_code)


def test_whoever_signs_out_there_is_signed_out_here_everywhere_and_once(
    office: Founded, provider: OidcProvider
) -> None:
    house = office()
    browser, other = linked(house, provider), house.browser("van_thu")
    come_back(browser, provider.authorize(begin(browser)))
    by_password = house.browser("chu_tich")
    assert leave(house, provider, header={"typ": "logout+jwt"}) == 200
    assert (is_in(browser), is_in(by_password), is_in(other)) == (False, False, True)
    again = house.browser("chu_tich")
    assert leave(house, provider) == 200  # the same message once more
    assert is_in(again)
    assert leave(house, provider, jti="m2", sub="nobody that we know") == 200
    assert is_in(again)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://khac.example.vn"},
        {"aud": "khac"},
        {"events": None},
        {"events": {"khac": {}}},
        {"events": {LEFT: "x"}},
        {"events": [LEFT]},
        {"nonce": "n"},
        {"sub": None},
        {"jti": None},
        {"iat": 0},
        {"iat": None},
        {"exp": 1},
        {"header": {"typ": "at+jwt"}},
        {"header": {"alg": "none"}},
        {"header": {"kid": "khac"}},
    ],
    ids=str,
)
def test_what_is_no_such_message_signs_nobody_out(
    office: Founded, provider: OidcProvider, wrong: dict[str, Any]
) -> None:
    house = office()
    browser = linked(house, provider)
    come_back(browser, provider.authorize(begin(browser)))
    assert leave(house, provider, **wrong) == 400
    assert is_in(browser)


def test_a_token_of_a_sign_in_signs_nobody_out_and_neither_does_anything_else(
    office: Founded, provider: OidcProvider
) -> None:
    house = office()
    browser = linked(house, provider)
    come_back(browser, provider.authorize(begin(browser)))
    for token in (provider.token("n"), without_signature({"sub": provider.subject}), "", "x" * 20_000):
        assert browser.http.post(f"{BACK}/da-ra", data={"logout_token": token}).status_code == 400
    assert browser.http.post(f"{BACK}/da-ra", content=b"\xff", headers={"content-type": "x/y"}).status_code == 400
    assert is_in(browser)
    assert house_of(house.cast, house.app.state.web.settings.data_dir).browser().http.post(f"{BACK}/da-ra").is_error
