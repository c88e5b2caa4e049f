"""A consultation round that is open, and what the database says of it."""

from __future__ import annotations

from tests.stories.cast import Cast
from workflows.actions import Routing
from workflows.store import consultation
from workflows.store.consultation import Opinion, Round
from workflows.store.plans import Consulted


def with_round(cast: Cast) -> Cast:
    """The plan while the Mặt trận (which must answer) and one unit are asked."""
    unit = next(body for body in cast.office.bodies["unit"] if body != cast.office.drafting_unit_id)
    cast.import_and_start(Routing(consulted=(Consulted(cast.office.front_id, True), Consulted(unit, False))))
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return cast


def round_of(cast: Cast) -> Round:
    with cast.database.read() as connection:
        found = consultation.latest_round(connection, cast.plan_id)
    assert found is not None
    return found


def opinion(cast: Cast, body_id: int) -> Opinion:
    round_ = round_of(cast)
    with cast.database.read() as connection:
        return next(each for each in consultation.everybody_asked(connection, round_.id) if each.body_id == body_id)


def bodies_asked(cast: Cast) -> list[int]:
    return [task.variables["co_quan_hoi"] for task in cast.open("lay_y_kien")]


def not_asked(cast: Cast) -> int:
    """A unit of the office that speaks for itself and was not asked."""
    asked = {*bodies_asked(cast), cast.office.drafting_unit_id}
    return next(body for body in cast.office.bodies["unit"] if body not in asked)
