"""confirm_receipt: the addressee says that the document arrived, once; the line knows whether a letter ever left."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from notifications.channels.error import ChannelError
from notifications.deliver import deliver
from tests.actions.small_office import refused
from tests.stories.cast import BASE_URL, Cast
from workflows.actions import Desk, confirm_receipt
from workflows.engine.actor import Actor
from workflows.store import directory, issuing, plans
from workflows.store.deliveries import Letter
from workflows.store.issuing import Recipient


@pytest.fixture
def issued(cast: Cast) -> Cast:
    """The plan is signed, numbered and on its way to everybody on Nơi nhận."""
    cast.pass_to_force()
    return cast


def lines(cast: Cast) -> dict[str, Recipient]:
    with cast.database.read() as connection:
        return {one.raw: one for one in issuing.recipients_of(connection, "plan", cast.plan_id)}


def guest(cast: Cast, body_id: int | None, channel: str = "link") -> Desk:
    return Desk(cast.database, cast.now, Actor(f"co_quan@{body_id}", "Bà Lan", channel=channel))


@dataclass
class Refusing:
    """A mail server that takes no letter to one address, or to any."""

    address: str | None = None
    permanent: bool = True
    name: str = "mail"

    def send(self, letter: Letter) -> None:
        if self.address in (None, letter.address):
            raise ChannelError("550 no such mailbox", permanent=self.permanent)

    def close(self) -> None:
        """Nothing is open."""


def send(cast: Cast, channel: Refusing) -> None:
    tokens = iter(range(10**6))
    deliver(cast.database, cast.now, channel, base_url=BASE_URL, tokens=lambda: f"{next(tokens):032x}")


def test_a_line_is_sent_when_its_letter_left(issued: Cast) -> None:
    assert {one.status for one in lines(issued).values()} == {"chua_gui", "luu"}
    issued.sweep()
    front = lines(issued)["Mặt trận Tổ quốc xã;"]
    assert (front.status, front.sent_at) == ("da_gui", issued.now)
    assert lines(issued)["Lưu: VT."].status == "luu"


def test_a_line_has_failed_when_none_of_its_letters_can_arrive(issued: Cast) -> None:
    send(issued, Refusing())
    failed = lines(issued)["Mặt trận Tổ quốc xã;"]
    assert failed.status == "loi"
    assert "550" in (failed.remark or "")
    assert failed.sent_at is None


def test_a_line_that_may_still_arrive_has_not_failed(issued: Cast) -> None:
    send(issued, Refusing(permanent=False))
    assert lines(issued)["Mặt trận Tổ quốc xã;"].status == "chua_gui"


def test_a_receipt_that_was_confirmed_is_not_undone_by_a_later_letter(issued: Cast) -> None:
    front = lines(issued)["Mặt trận Tổ quốc xã;"]
    confirm_receipt(issued.desk("van_thu"), front.id, "Bà Lan")
    issued.sweep()
    assert lines(issued)["Mặt trận Tổ quốc xã;"].status == "da_tiep_nhan"


def test_the_addressee_confirms_by_its_link_or_by_its_people(issued: Cast) -> None:
    issued.sweep()
    front, unit = lines(issued)["Mặt trận Tổ quốc xã;"], lines(issued)["Phòng Tư pháp;"]
    confirm_receipt(guest(issued, front.body_id), front.id, " Bà Lan ")
    confirm_receipt(issued.desk("can_bo", unit.body_id), unit.id, "Ông Bình")
    got = lines(issued)["Mặt trận Tổ quốc xã;"]
    assert (got.status, got.received_by, got.received_at) == ("da_tiep_nhan", "Bà Lan", issued.now)
    assert lines(issued)["Phòng Tư pháp;"].status == "da_tiep_nhan"


def test_the_second_confirmation_names_the_first_and_its_instant(issued: Cast) -> None:
    front = lines(issued)["Mặt trận Tổ quốc xã;"]
    confirm_receipt(guest(issued, front.body_id), front.id, "Bà Lan")
    with refused(issued.database, "ALREADY_RECEIVED") as caught:
        confirm_receipt(issued.desk("van_thu"), front.id, "Người khác")
    assert (caught.value.facts["by"], caught.value.facts["at"]) == ("Bà Lan", issued.now)


def test_nobody_confirms_for_another_body(issued: Cast) -> None:
    front, unit = lines(issued)["Mặt trận Tổ quốc xã;"], lines(issued)["Phòng Tư pháp;"]
    for desk in (
        guest(issued, unit.body_id),
        guest(issued, front.body_id, channel="web"),
        issued.desk("can_bo", unit.body_id),
        issued.desk("chu_tich"),
    ):
        with refused(issued.database, "NOT_YOURS"):
            confirm_receipt(desk, front.id, "Bà Lan")


def test_the_copy_that_is_kept_is_received_by_nobody(issued: Cast) -> None:
    with refused(issued.database, "NOTHING_TO_RECEIVE"):
        confirm_receipt(issued.desk("van_thu"), lines(issued)["Lưu: VT."].id, "Văn thư")


@pytest.mark.parametrize(("name", "code"), [("", "FIELD_REQUIRED"), (" ", "FIELD_REQUIRED"), ("x" * 201, "TOO_LONG")])
def test_a_name_is_demanded(issued: Cast, name: str, code: str) -> None:
    with refused(issued.database, code):
        confirm_receipt(issued.desk("van_thu"), lines(issued)["Phòng Tư pháp;"].id, name)


def test_a_line_that_is_not_there_is_not_found(issued: Cast) -> None:
    with refused(issued.database, "NOT_FOUND"):
        confirm_receipt(issued.desk("van_thu"), 10_000, "Bà Lan")


def test_two_bodies_of_the_same_name_on_one_line_both_get_it(cast: Cast) -> None:
    group = "Các trường"
    with cast.database.write() as connection:
        group_id = directory.add_body(connection, kind="group", name=group, office_id=cast.office.id)
        for number in (1, 2):
            school = directory.add_body(
                connection,
                kind="agency",
                name="Trường Kim Đồng",
                parent_id=cast.office.id,
                email=f"kd{number}@x.example",
            )
            directory.add_member(connection, group_id, school)
    cast.pass_to_signature()
    with cast.database.write() as connection:
        plans.change_plan(connection, cast.plan_id, added_recipients=[f"- {group};", "- Hội lạ; Hội lạ;"])
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    cast.act("phat_hanh", {})
    with cast.database.read() as connection:
        found = issuing.recipients_of(connection, "plan", cast.plan_id)
    assert [one.body_name for one in found if "Kim Đồng" in one.body_name] == ["Trường Kim Đồng", "Trường Kim Đồng (2)"]
    assert [(one.body_name, one.channel) for one in found if "lạ" in one.body_name] == [("Hội lạ", "paper")]
