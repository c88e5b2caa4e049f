"""Story 18: a plan is issued on a Wednesday; who did not confirm is asked the next morning, once, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.databases import SqliteTemplate
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import SWEEPS, confirm_receipt
from workflows.actions.recipient_lines import change_channel, hand_over, resend_line
from workflows.store import distributing, issuing
from workflows.store.database import Database
from workflows.store.issuing import Recipient


@pytest.fixture
def cast(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Cast]:
    """The plan was issued on Wednesday 20/07/2022, and the letters have left."""
    database = Database(sqlite_template.file(tmp_path / "office.sqlite"))
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 20))
    cast.import_and_start()
    cast.pass_to_force()
    cast.sweep()
    yield cast
    database.close()


def sent(cast: Cast) -> list[Recipient]:
    with cast.database.read() as connection:
        found = issuing.recipients_of(connection, "plan", cast.plan_id)
    return [each for each in found if each.channel == "mail" and each.status == "da_gui"]


def reminded(cast: Cast) -> list[str]:
    cast.sweep()
    return [letter.address for letter in cast.channel.letters if letter.subject.startswith("[Chưa xác nhận]")]


def test_who_did_not_confirm_is_asked_once_and_courteously(cast: Cast) -> None:
    first, second, *others = sent(cast)
    confirm_receipt(cast.desk("van_thu"), first.id, "Người ký nhận")
    assert SWEEPS["chase_receipts"](cast.clock, 500).found == 0, "the day is not over"
    cast.now = day(2022, 7, 21, 8, 30)
    assert SWEEPS["chase_receipts"](cast.clock, 500).done == len(others) + 1
    assert SWEEPS["chase_receipts"](cast.clock, 500).done == 0
    assert len(reminded(cast)) >= len(others) + 1
    letters = [each for each in cast.channel.letters if each.subject.startswith("[Chưa xác nhận]")]
    outside = [each for each in letters if "Mặt trận" in each.text]
    assert all("kính đề nghị" in each.text for each in outside)
    # Saturday and Sunday are nobody's working days.
    cast.now = day(2022, 7, 23, 8, 30)
    assert SWEEPS["chase_receipts"](cast.clock, 500).done == 0
    # Whoever confirms is not asked again.
    confirm_receipt(cast.desk("van_thu"), second.id, "Người ký nhận")
    cast.now = day(2022, 7, 25, 8, 30)
    assert SWEEPS["chase_receipts"](cast.clock, 500).done == len(others)


def test_a_line_is_sent_again_then_on_paper_and_its_steps_are_on_record(cast: Cast) -> None:
    line = sent(cast)[0]
    cast.now += timedelta(days=1)
    resend_line(cast.desk("van_thu"), line.id)
    cast.sweep()
    change_channel(cast.desk("van_thu"), line.id, "paper")
    hand_over(cast.desk("van_thu"), line.id)
    confirm_receipt(cast.desk("van_thu"), line.id, "Văn thư Mặt trận, ký sổ giao")
    with cast.database.read() as connection:
        steps = [each.step for each in distributing.steps_of(connection, [line.id])[line.id]]
        now = issuing.recipient(connection, line.id)
    assert steps == ["again", "channel", "handed"]
    assert (now.channel, now.status) == ("paper", "da_tiep_nhan")
