from __future__ import annotations

from workflows.plans.document_parts import Period
from workflows.plans.table_columns import read_columns
from workflows.plans.table_rows import find_tables
from workflows.plans.task import Task
from workflows.plans.tasks_table import cell_items, read_table

YEAR = Period(2026, 2026)


def tasks(text: str) -> list[Task]:
    return [task for table in find_tables(text.split("\n")) for task in read_table(table, None, YEAR)]


def test_a_table_needs_tasks_and_who_leads() -> None:
    assert read_columns(["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"]) is not None
    assert read_columns(["TT", "Nội dung chi", "Đơn vị tính", "Số tiền"]) is None
    assert read_columns(["TT", "Chủ trì"]) is None


def test_cut_rows_repeated_headers_and_totals() -> None:
    text = (
        "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n1.\tTuyên truyền trên\tPhòng A\tPhòng B, UBND\tQuý I\n\n"
        "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n\tloa truyền thanh\t\tcác xã\t\n"
        "2\tKiểm tra\tnt\t-nt-\tQuý II\n\tTổng\t\t\t"
    )
    first, second = tasks(text)
    assert first.title == "Tuyên truyền trên loa truyền thanh"
    assert first.coop == ("Phòng B", "UBND các xã")
    assert (first.first_line, first.last_line) == (2, 5)
    assert second.lead == ("Phòng A",)


def test_rows_that_a_merged_cell_repeats_are_one_task() -> None:
    text = (
        "TT\tNhiệm vụ\tSản phẩm\tChủ trì\tThời gian\n1\tXây kho\tĐề án\tSở A\tQuý I\n1\tXây kho\tHệ thống\tSở B\tQuý II"
    )
    (task,) = tasks(text)
    assert [(row.text, row.lead) for row in task.rows] == [(("Đề án",), ("Sở A",)), (("Hệ thống",), ("Sở B",))]


def test_groups_and_a_header_in_two_rows() -> None:
    text = (
        "TT\tNhiệm vụ\tĐơn vị thực hiện\t\tThời gian\t\nTT\tNhiệm vụ\tChủ trì\tPhối hợp\tBắt đầu\tKết thúc\n"
        "I\tHẠ TẦNG SỐ\t\t\t\t\n1\tPhủ sóng\tSở A\tSở B\t01/3/2026\t30/6/2026"
    )
    (task,) = tasks(text)
    assert (task.group, task.lead, task.coop) == ("HẠ TẦNG SỐ", ("Sở A",), ("Sở B",))
    assert task.time[0].to_json() == {"kind": "window", "from": "2026-03-01", "to": "2026-06-30"}


def test_columns_of_quarters_with_crosses() -> None:
    text = "TT\tNội dung\tChủ trì\tQuý I\tQuý II\tQuý III\tQuý IV\n1\tHọp\tSở A\tx\t\tx\t"
    (task,) = tasks(text)
    assert [item.text for item in task.time[0].items] == ["Quý I", "Quý III"]  # type: ignore[union-attr]


def test_one_column_for_lead_and_help() -> None:
    text = (
        "| STT | Công việc | Cơ quan chủ trì, phối hợp | Thời hạn |\n"
        "|---|---|---|---|\n| 1 | Họp | Chủ trì: Sở A; Phối hợp: Sở B, Sở C | Tháng 6 |"
    )
    (task,) = tasks(text)
    assert (task.lead, task.coop) == (("Sở A",), ("Sở B", "Sở C"))


def test_items_of_a_cell() -> None:
    assert cell_items("<ul><li>- Các tin, bài;- Bộ TTHC.- Văn bản") == ["Các tin, bài", "Bộ TTHC", "Văn bản"]
    assert cell_items("- Phòng Văn hóa - Xã hội<br>- Phòng Kinh tế") == ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế"]
    assert cell_items("Văn bản chỉ đạo, hướng dẫn. - Báo cáo") == ["Văn bản chỉ đạo, hướng dẫn", "Báo cáo"]
    assert cell_items("") == []


def test_a_header_of_two_rows_that_the_next_page_repeats_is_no_task() -> None:
    header = "Stt\tNhiệm vụ\tPhân công thực hiện\t\tThời gian\n\t\tChủ trì\tPhối hợp\t\n"
    read = tasks(f"{header}1\tTuyên truyền\tPhòng A\tPhòng B\tQuý I\n\n{header}2\tTập huấn\tPhòng B\tPhòng A\tQuý II\n")
    assert [(task.no, task.lead) for task in read] == [("1", ("Phòng A",)), ("2", ("Phòng B",))]
