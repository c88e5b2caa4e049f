"""A commune with a plan of two duties and one yearly report, and how a refusal is shown to have written nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Table, select

from tests.stories.cast import Cast, day
from workflows.errors import Refused
from workflows.store.database import Database
from workflows.store.tables import metadata

PLAN = """ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ AN BÌNH                      Độc lập - Tự do - Hạnh phúc

Số:      /KH-UBND               An Bình, ngày     tháng 02 năm 2024

KẾ HOẠCH
Cải cách hành chính năm 2024

I. MỤC TIÊU
Nâng cao chất lượng phục vụ người dân.

II. NHIỆM VỤ
1. Rà soát thủ tục hành chính
- Chủ trì: Phòng Tư pháp
- Phối hợp: Phòng Kinh tế
- Thời gian: Trước ngày 30/6/2024
- Sản phẩm: Báo cáo rà soát

2. Tuyên truyền cải cách hành chính
- Chủ trì: Phòng Văn hóa
- Thời gian: Tháng 9/2024

III. TỔ CHỨC THỰC HIỆN
1. Các phòng báo cáo kết quả về Văn phòng trước ngày 10/11/2024 để tổng hợp báo cáo UBND huyện trước ngày 20/11/2024.

Nơi nhận:
- UBND huyện Bình Minh;
- Mặt trận Tổ quốc xã;
- Phòng Tư pháp;
- Phòng Văn hóa;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH


Nguyễn Văn An
"""
START = day(2024, 2, 5)
# "Việc này gấp lắm rồi": long enough for a reason.
REASON = "Cần rà soát lại mục II trước khi ký"
# As text, for a hundred statements are compiled longer than they are run.
_EVERY_ROW = {
    table.name: f"SELECT * FROM {table.name} ORDER BY {', '.join(column.name for column in table.primary_key.columns)}"
    for table in metadata.sorted_tables
    if table.name != "confirmations"
}


def founded(database: Database) -> Cast:
    """The office, before anybody imported the plan."""
    return Cast.for_plan(database, PLAN, START)


def started(database: Database) -> Cast:
    """The office, with the plan at its first step."""
    cast = founded(database)
    cast.import_and_start()
    return cast


def stored(database: Database, table: Table, **wanted: Any) -> list[Any]:
    """The rows of a table with these values, in the order of its key."""
    conditions = [table.c[name] == value for name, value in wanted.items()]
    with database.read() as connection:
        return list(connection.execute(select(table).where(*conditions).order_by(*table.primary_key.columns)))


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table as the driver gives it, but for the proofs that people give before they sign."""
    with database.read() as connection:
        return {name: list(connection.exec_driver_sql(wanted)) for name, wanted in _EVERY_ROW.items()}


@contextmanager
def refused(database: Database, code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """What happens inside is refused with this code, and not one row is changed by it."""
    before = everything(database)
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code, caught.value
    assert everything(database) == before
