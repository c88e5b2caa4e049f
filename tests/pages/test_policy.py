"""Every route declares who may open it, and every post demands its form token and an origin of our own."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Mount

from service.auth.form_tokens import FIELD
from service.auth.policy import Policy
from tests.pages.conftest import House, Stage

KINDS = {"public", "link", "person", "role"}
# What stands in an address where a number would not do.
IDS = {"task_id": "1-1", "link_token": "t" * 30, "code": "ABCD-EFGH-IJKL", "act": "doi-ten"}


def policies_of(route: APIRoute) -> list[Policy]:
    return [each.dependency for each in route.dependencies if isinstance(each.dependency, Policy)]


def pages_of(house: House) -> list[APIRoute]:
    found = [route for router in house.app.state.routers for route in router.routes]
    assert len(found) > 40
    return found


def test_every_route_declares_one_policy(stage: Stage) -> None:
    house = stage("drafting")
    served = [route for route in house.app.routes if not isinstance(route, Mount)]
    assert served
    for route in pages_of(house):
        assert [policy.kind in KINDS for policy in policies_of(route)] == [True], route.path


def test_no_page_changes_something_by_looking(stage: Stage) -> None:
    for route in pages_of(stage("drafting")):
        assert route.methods in ({"GET", "HEAD"}, {"POST"}), route.path


def test_every_post_demands_the_form_token(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    posts = [route for route in pages_of(house) if "POST" in route.methods]
    assert len(posts) > 10
    for route in posts:
        names = re.findall(r"{(\w+)", route.path)
        path = re.sub(r"{(\w+)[^}]*}", r"{\1}", route.path).format(**{name: IDS.get(name, "1") for name in names})
        for sent in ({}, {FIELD: "forged"}):
            response = browser.http.post(path, data=sent)
            assert response.status_code == 403, path
            assert "KH-403-FORM_EXPIRED" in response.text, path


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}],
)
def test_a_post_from_elsewhere_is_refused_even_with_the_token(stage: Stage, headers: dict[str, str]) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    token = browser.get("/viec").form("/dang-xuat").filled()
    response = browser.http.post("/dang-xuat", data=token, headers=headers)
    assert "KH-403-FORGED_POST" in response.text
    browser.get("/viec")


def test_a_post_without_origin_or_from_no_referrer_is_judged_by_its_token(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    token = browser.get("/viec").form("/dang-xuat").filled()
    assert browser.http.post("/dang-xuat", data=token, headers={"origin": "null"}).status_code == 303


def test_cookies_are_closed_to_scripts_and_demand_https(stage: Stage) -> None:
    house = stage("drafting", session_hours=8)
    response = house.browser().http.get("/dang-nhap")
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
