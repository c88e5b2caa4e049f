"""An administrator of the office, and a case of no plan in which something went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.engine.building import BORDER, file, process, users
from tests.pages.conftest import PASSWORD, House
from tests.pages.page_client import Browser
from workflows.actions import deploy_definition, fail_job, start_process
from workflows.actions.fetch_jobs import fetch_jobs
from workflows.engine import Actor
from workflows.store import accounts, directory
from workflows.store.accounts import account_of

WORK = '<serviceTask id="j" name="Gửi tin &amp; báo" camunda:type="external" camunda:topic="gui_tin"/>'
AGAIN = '<exclusiveGateway id="g" name="Gửi lại?"/>'
GUI_TIN = file(process(BORDER + WORK + AGAIN + users("u"), "s j u g [${lai}] j", "g [${!lai}] e", key="gui_tin"))
WORKER = Actor(None, "Máy gửi tin", channel="worker", groups=frozenset({"*"}))


def administrator(house: House) -> Browser:
    """Somebody who signed in and administers the office."""
    database = house.cast.database
    with database.write() as connection:
        person = directory.add_person(connection, "Lê Quản Trị")
        post = directory.add_post(connection, house.cast.office.id, "quan_tri", "Quản trị hệ thống")
        directory.hold(connection, post, person)
        known = account_of(connection, int(next(iter(house.logins))))
        assert known is not None
        accounts.add_account(connection, person, "quantri", known.password_hash)
    house.logins[str(person)] = "quantri"
    browser = Browser(house.app)
    browser.sign_in("quantri", PASSWORD)
    return browser


def troubled_case(house: House) -> int:
    """A case of the office whose job has failed for good."""
    deploy_definition(house.cast.clock, GUI_TIN)
    case = start_process(house.cast.clock, "gui_tin", {"lai": True}, "tin:7", office_id=house.cast.office.id)
    break_job(house, case)
    return case


def break_job(house: House, case: int) -> None:
    """Let the open job of this case fail for good."""
    desk = replace(house.cast.clock, by=WORKER)
    (job,) = fetch_jobs(desk, ["gui_tin"], "m", timedelta(minutes=1))
    assert job.case_id == case
    fail_job(desk, job.id, "m", "tổng đài không trả lời", retries=0)
