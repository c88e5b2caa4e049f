"""The one sentence that says how things stand."""

from __future__ import annotations


def sentence(late: int, today: int, waiting: str, late_reports: int, late_plans: int) -> str:
    """What waits for the person and what is late in the office, the worst first."""
    if waiting == "0":
        own = "Đồng chí không có việc nào đang chờ."
    elif late:
        own = f"Đồng chí có {waiting} việc đang chờ, trong đó {late} việc quá hạn."
    elif today:
        own = f"Đồng chí có {waiting} việc đang chờ, {today} việc hạn hôm nay."
    else:
        own = f"Đồng chí có {waiting} việc đang chờ, chưa việc nào quá hạn."
    found = []
    if late_plans:
        found.append(f"{late_plans} kế hoạch có việc quá hạn")
    if late_reports:
        found.append(f"{late_reports} báo cáo gửi chậm")
    return f"{own} Toàn cơ quan có {' và '.join(found)}." if found else f"{own} Toàn cơ quan không có gì quá hạn."
