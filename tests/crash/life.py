"""The life of one office as steps that matter: each is what somebody does once, and does again where it got no answer.

A step looks before it acts, as a person does who presses again after a crash: what is done already is not there to be
done. Programs have no eyes; they send the same call again under the same key.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from notifications.channels.channel import Channel
from notifications.channels.memory import MemoryChannel
from notifications.channels.settings import ChannelSettings
from notifications.channels.smtp import SmtpChannel
from notifications.deliver import deliver
from notifications.links import make_link
from notifications.seal_log import outside, seal_log
from service.app import create_app
from service.auth.actor import actor_of
from service.cli import sqlite_copies
from service.demo.found_office import Office
from service.demo.signing import set_up_signing
from service.settings import Settings
from tests.actions.small_office import PLAN, START
from tests.pages.page_client import HOST, Browser
from tests.stories.cast import BASE_URL, Cast, day
from workflows.actions import SWEEPS, Desk, create_token, deploy_together
from workflows.actions.api_tokens import Scopes, create_own_token
from workflows.engine.actor import CLOCK
from workflows.store import accounts, clockwork, directory, plans
from workflows.store.database import Database
from workflows.store.preferences import QUIET_SETTING

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="crash" targetNamespace="http://kehoach.vn/tests">
  <process id="qua_tay" isExecutable="true">
    <startEvent id="bat_dau"/>
    <sequenceFlow id="f1" sourceRef="bat_dau" targetRef="xem"/>
    <userTask id="xem" name="Xem" camunda:candidateGroups="van_thu@{office}"/>
    <sequenceFlow id="f2" sourceRef="xem" targetRef="ky"/>
    <userTask id="ky" name="Ký" camunda:candidateGroups="chu_tich@{office}"/>
    <sequenceFlow id="f3" sourceRef="ky" targetRef="het"/>
    <endEvent id="het"/>
  </process>
</definitions>"""
REPORT = {"noi_dung": "Đã hoàn thành.", "hoan_thanh": "1", "dang_lam": "0", "cham": "0"}
LINK, PROGRAM, CLERK = "linkToken0123456789abcdefgh", "kh_may", "kh_van_thu"
COPY = "copy.sqlite"
# Longer than any lease: whoever took something and is not back is taken for dead.
LEASES = timedelta(minutes=11)


logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)
logging.getLogger("pyhanko").setLevel(logging.ERROR)


@dataclass
class Scene:
    """The office at one instant, seen by whoever acts in it; nothing is connected before the first deed."""

    database: Database
    folder: Path
    sink_port: int
    now: datetime = START
    office: Office = field(default_factory=lambda: Office(0, 0, 0, {}))
    plan_id: int = 0
    code: str = ""

    @property
    def cast(self) -> Cast:
        """The people of the office."""
        return Cast(self.database, self.office, PLAN, self.now, MemoryChannel(), self.plan_id)

    def app(self) -> FastAPI:
        """The real application over this office."""
        settings = Settings(base_url=HOST, data_dir=self.folder)
        return create_app(settings, self.database, lambda: self.now, lambda: token_urlsafe(32))

    def call(self, secret: str, path: str, key: str, body: Any) -> Any:
        """A program's call; one that was done before is done."""
        http = TestClient(self.app(), base_url=HOST)
        headers = {"authorization": f"Bearer {secret}", "idempotency-key": key}
        answer = http.post(f"/api/v1{path}", json=body, headers=headers)
        done = answer.status_code < 300 or answer.json()["code"] == "CALL_REPEATED"
        assert done, f"{path}: {answer.status_code} {answer.text}"

    def act(self, element: str, fields: dict[str, str]) -> None:
        """Whoever may do the one task at this step does it, if it is still there to be done."""
        if self.cast.open(element):
            self.cast.act(element, fields)

    def sweep(self, *kinds: str) -> None:
        """The clock comes round for these kinds."""
        for kind in kinds:
            SWEEPS[kind](Desk(self.database, self.now, CLOCK), 500)

    def letters(self, channel: Channel | None = None) -> None:
        """Everything that is to be told leaves, through a real conversation with the mail server."""
        server = ChannelSettings("127.0.0.1", self.sink_port, "kehoach@example.vn", BASE_URL, tls="none", timeout=5)
        mail = channel or SmtpChannel(server)
        deliver(self.database, self.now, mail, base_url=BASE_URL, tokens=lambda: token_urlsafe(32))

    def seal(self) -> None:
        """The evening's checkpoint is written and put outside."""
        seal_log(Desk(self.database, self.now, CLOCK), outside(self.folder), None)

    def drain(self) -> None:
        """Time passes until every lease is over, and the clock comes round."""
        for _ in range(3):  # what a round makes due is for the next, and letters are gathered for a while
            self.now += LEASES
            self.sweep(*(kind for kind in SWEEPS if kind != "checkpoint_log"))
            self.letters()


@dataclass(frozen=True)
class Step:
    """`before` brings the scene to where the deed is to be done; `deed` is what somebody may die in."""

    name: str
    deed: Callable[[Scene], None]
    before: Callable[[Scene], None] = lambda scene: None
    rests: bool = True  # whether the clock comes round before the next step begins
    draws: bool = False  # whether a document is drawn, by a library that leaves threads behind


def keys(scene: Scene) -> None:
    """The keys of the office, with pictures."""
    set_up_signing(scene.database, scene.folder / "keys", "mật khẩu thử", START - timedelta(days=30), START)


def found(scene: Scene) -> None:
    """The office, its plan at the first step, and the tokens of programs."""
    scene.database.upgrade()
    scene.office = scene.cast.found()
    scene.plan_id = scene.cast.import_and_start()
    desk = Desk(scene.database, START, CLOCK)
    deploy_together(desk, [PROCESS.format(office=scene.office.id).encode()])
    with scene.database.write() as connection:
        clockwork.set_setting(connection, QUIET_SETTING, "", now=START, by=None)
        holder = directory.holders_of(connection, f"van_thu@{scene.office.id}", START.date())[0]
        accounts.add_account(connection, holder.person_id, "van_thu", "không có mật khẩu")
        clerk = actor_of(connection, holder.person_id, holder.name, START)
    scopes = Scopes(topics=[], messages=[], signals=[], admin=True)
    create_token(desk, "máy", PROGRAM, scopes, office_id=scene.office.id, lasts=timedelta(days=365))
    create_own_token(replace(desk, by=clerk), "máy văn thư", CLERK, timedelta(days=365))


def _start_case(scene: Scene) -> None:
    scene.call(PROGRAM, "/cases", "k1", {"process": "qua_tay", "variables": {"so": 1}})


def _complete(scene: Scene) -> None:
    with scene.database.read() as connection:
        (task_id,) = connection.exec_driver_sql("SELECT id FROM tasks WHERE element = 'xem'").scalars()
    scene.call(CLERK, f"/tasks/{task_id}/complete", "k2", {"variables": {"xong": True}})


def _link_with_code(scene: Scene) -> None:
    """The first body that is asked has a link, and has asked for its code."""
    task = scene.cast.open("lay_y_kien")[0]
    _, body_id = directory.parse_group(task.groups[0])
    with scene.database.write() as connection:
        version = plans.current_version(connection, scene.plan_id)
        facts = {"version": version.version, "content_hash": version.content_hash, "due": task.due}
        make_link(connection, token=LINK, now=scene.now, task_id=task.id, body_id=body_id, **facts)
    browser = Browser(scene.app(), leaves_no_thread=True)
    browser.submit(browser.get(f"/x/{LINK}"), f"/x/{LINK}/gui-ma")
    channel = MemoryChannel()
    scene.letters(channel)
    (code,) = {
        match.group(0).replace(" ", "")
        for letter in channel.letters
        if (match := re.search(r"\b\d{3} ?\d{3}\b", letter.text)) and "mã" in letter.subject.lower()
    }
    scene.code = code


def _opinion_by_link(scene: Scene) -> None:
    browser = Browser(scene.app(), leaves_no_thread=True)
    answer = browser.http.get(f"/x/{LINK}")
    if answer.status_code != 200:
        assert answer.status_code in (303, 410), answer.status_code
        return  # it was given: the link says so
    page = browser.get(f"/x/{LINK}")
    typed = {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "Bổ sung kinh phí.", "ho_ten": "Trần Thị Hoa"}
    browser.submit(page, f"/x/{LINK}", {**typed, "ma": scene.code})


def _other_opinions(scene: Scene) -> None:
    cast = scene.cast
    while cast.open("lay_y_kien"):
        cast.do(cast.open("lay_y_kien")[0], {"ket_qua": "nhat_tri"})
    (task,) = cast.open("tiep_thu")
    with scene.database.read() as connection:
        told = connection.exec_driver_sql("SELECT id FROM opinions WHERE text IS NOT NULL").scalars()
        typed = {f"xu_ly_{opinion}": "tiep_thu" for opinion in told}
    cast.do(task, {"lay_lai": "khong", **typed})


def _at(instant: datetime) -> Callable[[Scene], None]:
    def wait(scene: Scene) -> None:
        scene.now = instant

    return wait


def _report(scene: Scene) -> None:
    """The first unit that was asked reports, unless it has."""
    with scene.database.read() as connection:
        asked = "SELECT id FROM tasks WHERE element = 'nop_bao_cao' ORDER BY id LIMIT 1"
        first = connection.exec_driver_sql(asked).scalar_one()
    for task in scene.cast.open("nop_bao_cao"):
        if task.id == first:
            scene.cast.do(task, REPORT)


def _backup(scene: Scene) -> None:
    copy = scene.folder / COPY
    if not copy.exists():
        sqlite_copies.copy(scene.database.engine.url.database or "", copy)


def steps(*, sqlite: bool) -> Iterator[Step]:
    """The life of the office; each step begins where the one before came to rest."""
    yield Step("a program starts a case", _start_case)
    yield Step("a program completes a task", _complete)
    yield Step(
        "a head approves",
        lambda scene: scene.act("kiem_tra_noi_dung", {"ket_qua": "dat"}),
        lambda scene: scene.act("soan_thao", {}),
    )
    yield Step("letters leave", Scene.letters, lambda scene: scene.act("kiem_tra_the_thuc", {"ket_qua": "dat"}))
    yield Step("a body answers by link", _opinion_by_link, _link_with_code)
    yield Step("the chairman signs", lambda scene: scene.act("trinh_ky", {"ket_qua": "ky"}), _other_opinions)
    yield Step("a number is given", lambda scene: scene.act("cap_so", {}), rests=False, draws=True)
    yield Step("the clock has it signed", lambda scene: scene.sweep("sign_documents"), draws=True)
    yield Step("the document is issued", lambda scene: scene.act("phat_hanh", {}), rests=False)
    yield Step("it is sealed and sent", lambda scene: scene.sweep("sign_documents", "distribute"), draws=True)
    yield Step("the ladder is climbed", lambda scene: scene.sweep("escalate"), _at(day(2024, 7, 3)))
    yield Step("a duty opens", lambda scene: scene.sweep("open_duties"), _at(day(2024, 9, 3)))
    yield Step("a report cycle opens", lambda scene: scene.sweep("open_cycles"), _at(day(2024, 10, 10)))
    yield Step("a unit reports", _report)
    yield Step("the log is sealed", Scene.seal, _at(day(2024, 10, 11, 23)))
    if sqlite:
        yield Step("a copy is made", _backup)
