"""A step whose form has no answer of its own is played on: what the form refuses to be without says what it wants."""

from __future__ import annotations

import pytest

from service.simulation import answers
from service.simulation.neutral import hand_in_neutrally
from tests.stories.cast import Cast, day
from workflows.actions.forms import FORMS
from workflows.errors import Refused

STEPS = ("soan_thao", "kiem_tra_noi_dung", "kiem_tra_the_thuc")


def test_a_plan_is_carried_through_its_checks_without_an_answer_of_their_own(cast: Cast) -> None:
    cast.import_and_start()
    for step in STEPS:
        (task,) = cast.open(step)
        role, body = task.groups[-1].split("@")
        hand_in_neutrally(cast.desk(role, int(body)), task, cast.seen_hash())
    assert cast.open("lay_y_kien")
    for task in cast.open("lay_y_kien"):
        role, body = task.groups[-1].split("@")
        assert hand_in_neutrally(cast.desk(role, int(body)), task, cast.seen_hash()).outcome == "nhat_tri"


def test_duties_and_checks_of_reports_are_done_as_well(cast: Cast) -> None:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    for step, outcome in (("thuc_hien", "xong"), ("xac_nhan", "dat")):
        task = cast.open(step)[0]
        role, body = next(key for key in task.groups if key.startswith("thu_truong")).split("@")
        assert hand_in_neutrally(cast.desk(role, int(body)), task, cast.seen_hash()).outcome == outcome


def test_what_is_no_question_of_fields_is_refused_as_it_came(cast: Cast) -> None:
    cast.import_and_start()
    (task,) = cast.open("soan_thao")
    with pytest.raises(Refused, match="NOT_A_CANDIDATE"):
        hand_in_neutrally(cast.desk("van_thu"), task, cast.seen_hash())


def test_an_answer_of_its_own_is_kept_only_where_a_form_is_there_for_it() -> None:
    assert set(answers._ANSWERS) <= set(FORMS)
