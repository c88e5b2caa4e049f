"""Every kind of change × every kind of link: which of them a link survives; generated, so that no pair is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import update

from notifications.link_truth import why_dead
from notifications.links import make_link, resolve
from service.auth.form_tokens import FIELD, digest, token_of_link
from tests.pages.conftest import House, Stage
from workflows.actions import claim_task, release_task, revise_plan, stop_plan
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import directory, plans
from workflows.store.links import find_link
from workflows.store.tables.directory import holdings
from workflows.store.worklist import TaskRow

TOKEN = "matrixToken0123456789abcdefg"


def today(house: House) -> object:
    return house.cast.now.astimezone(VIETNAM).date()


class Scene:
    """One house, one task, one link to it, and whoever it was made for."""

    def __init__(self, house: House, kind: str) -> None:
        self.house, self.kind = house, kind
        element = "lay_y_kien" if kind == "body" else "trinh_ky"
        self.task: TaskRow = house.cast.open(element)[0]
        role, self.body_id = directory.parse_group(self.task.groups[0])
        with house.cast.database.write() as connection:
            holder = directory.holders_of(connection, f"{role}@{self.body_id}", today(house))[0]  # type: ignore[arg-type]
            self.lender = self.person = holder.person_id
            self.delegation = 0
            if kind == "delegate":
                self.person = directory.add_person(connection, "Người Được Ủy Quyền", "uyquyen@example.vn")
                self.delegation = directory.delegate(
                    connection,
                    self.lender,
                    self.person,
                    capacity="TUQ.",
                    groups=[self.task.groups[0]],
                    basis="Văn bản ủy quyền số 5",
                    valid_from=house.cast.now - timedelta(days=1),
                    valid_to=house.cast.now + timedelta(days=2),
                )
            version = plans.current_version(connection, house.cast.plan_id)
            whom = {"body_id": self.body_id} if kind == "body" else {"person_id": self.person}
            make_link(
                connection,
                token=TOKEN,
                now=house.cast.now,
                task_id=self.task.id,
                version=version.version,
                content_hash=version.content_hash,
                **whom,
            )

    def second_holder(self) -> int:
        """Somebody else in the same post."""
        role, _ = directory.parse_group(self.task.groups[0])
        with self.house.cast.database.write() as connection:
            post = directory.add_post(connection, self.body_id, role, "NGƯỜI KHÁC", rank=9)
            other = directory.add_person(connection, "Người Khác", "khac@example.vn")
            directory.hold(connection, post, other)
        return other

    def by_other(self, verb: Callable[..., None]) -> None:
        self.second_holder()
        role, _ = directory.parse_group(self.task.groups[0])
        verb(self.house.cast.desk(role, self.body_id, nth=-1), self.task.id)

    def state(self) -> str:
        """usable, or the code of the refusal."""
        with self.house.cast.database.read() as connection:
            try:
                resolve(connection, TOKEN, self.house.cast.now)
            except Refused as refused:
                return refused.code
            link = find_link(connection, digest(TOKEN))
            assert link is not None
            assert why_dead(connection, link, self.house.cast.now) is None
        return "usable" if worktask(self) == "open" else "CLOSED"


def worktask(scene: Scene) -> str:
    return "open" if scene.task.id in {each.id for each in scene.house.cast.open()} else "closed"


def nothing(scene: Scene) -> None:
    del scene


def claimed(scene: Scene) -> None:
    scene.by_other(claim_task)


def claimed_and_given_back(scene: Scene) -> None:
    scene.by_other(claim_task)
    role, _ = directory.parse_group(scene.task.groups[0])
    release_task(scene.house.cast.desk(role, scene.body_id, nth=-1), scene.task.id)


def edited(scene: Scene) -> None:
    cast = scene.house.cast
    changed = cast.text.replace("Hàng năm", "Hằng năm", 1)
    revise_plan(cast.drafter(), cast.plan_id, changed, "Sửa chữ", seen_version=1)


def edited_and_back(scene: Scene) -> None:
    edited(scene)
    cast = scene.house.cast
    revise_plan(cast.drafter(), cast.plan_id, cast.text, "Sửa lại", seen_version=2)


def left(scene: Scene) -> None:
    with scene.house.cast.database.write() as connection:
        directory.leave(connection, scene.person, today(scene.house))  # type: ignore[arg-type]


def post_ended(scene: Scene) -> None:
    yesterday = today(scene.house) - timedelta(days=1)  # type: ignore[operator]
    with scene.house.cast.database.write() as connection:
        connection.execute(update(holdings).where(holdings.c.person_id == scene.lender).values(valid_to=yesterday))


def delegation_revoked(scene: Scene) -> None:
    with scene.house.cast.database.write() as connection:
        directory.revoke_delegation(connection, scene.delegation, scene.house.cast.now)


def delegation_over(scene: Scene) -> None:
    scene.house.cast.now += timedelta(days=3)


def body_ended(scene: Scene) -> None:
    with scene.house.cast.database.write() as connection:
        directory.end_body(connection, scene.body_id, today(scene.house) - timedelta(days=1))  # type: ignore[operator]


def stopped(scene: Scene) -> None:
    cast = scene.house.cast
    stop_plan(cast.desk("chu_tich"), cast.plan_id, "Không còn phù hợp với tình hình")


def done(scene: Scene) -> None:
    cast = scene.house.cast
    cast.do(scene.task, {"ket_qua": "nhat_tri"} if scene.kind == "body" else {"ket_qua": "ky"})


def returned(scene: Scene) -> None:
    cast = scene.house.cast
    cast.do(scene.task, {"ket_qua": "tra_lai", "tra_ve": "soan_thao", "ly_do": "Cần sửa lại mục hai"})


def expired(scene: Scene) -> None:
    scene.house.cast.now += timedelta(days=1, hours=1) if scene.kind == "delegate" else timedelta(days=8)


LIVE, DEAD = "usable", "LINK_REVOKED"
# What becomes of the link of the holder, of a delegate, and of a body without account; "" where it cannot happen.
MATRIX: dict[Callable[[Scene], None], tuple[str, str, str]] = {
    nothing: (LIVE, LIVE, LIVE),
    claimed: (DEAD, DEAD, DEAD),
    claimed_and_given_back: (DEAD, DEAD, DEAD),
    edited: (DEAD, DEAD, DEAD),
    edited_and_back: (DEAD, DEAD, DEAD),
    left: (DEAD, DEAD, ""),
    post_ended: (DEAD, DEAD, ""),
    delegation_revoked: ("", DEAD, ""),
    delegation_over: ("", DEAD, ""),
    body_ended: ("", "", DEAD),
    stopped: ("CLOSED", "CLOSED", "CLOSED"),
    done: ("CLOSED", "CLOSED", "CLOSED"),
    returned: ("CLOSED", "CLOSED", ""),
    expired: ("LINK_EXPIRED", "", "LINK_EXPIRED"),
}
KINDS = ("holder", "delegate", "body")
PAIRS = [
    pytest.param(change, kind, wanted[number], id=f"{change.__name__}-{kind}")
    for change, wanted in MATRIX.items()
    for number, kind in enumerate(KINDS)
    if wanted[number]
]


@pytest.mark.parametrize(("change", "kind", "wanted"), PAIRS)
def test_what_becomes_of_a_link(stage: Stage, change: Callable[[Scene], None], kind: str, wanted: str) -> None:
    scene = Scene(stage("consulting" if kind == "body" else "signing"), kind)
    change(scene)
    assert scene.state() == wanted
    if wanted != LIVE:
        browser = scene.house.browser()
        page = browser.http.get(f"/x/{TOKEN}")
        # A body whose plan was stopped reads why its opinion is not taken any more.
        assert page.status_code == (200 if (kind, change) == ("body", stopped) else 410)
        waiting = scene.house.cast.waiting_at()
        sent = {FIELD: token_of_link(TOKEN), "ket_qua": "ky", "da_xem": scene.house.cast.seen_hash(), "ma": "123456"}
        assert browser.http.post(f"/x/{TOKEN}", data=sent).status_code in (200, 303, 410, 422)
        assert scene.house.cast.waiting_at() == waiting


def test_a_delegates_link_never_turns_into_a_right_of_the_own(stage: Stage) -> None:
    """A link made on somebody's authority does not go on by another authority that came later."""
    scene = Scene(stage("signing"), "delegate")
    with scene.house.cast.database.write() as connection:
        directory.revoke_delegation(connection, scene.delegation, scene.house.cast.now)
        post = directory.add_post(connection, scene.body_id, "chu_tich", "CHỦ TỊCH", rank=5)
        directory.hold(connection, post, scene.person)
    assert scene.state() == DEAD


def test_the_matrix_leaves_no_kind_out() -> None:
    assert len(PAIRS) + sum(not each for wanted in MATRIX.values() for each in wanted) == len(
        list(product(MATRIX, KINDS))
    )
