"""Laws and decrees that others took the place of, which plans still cite: by number, and laws also by title and year.

Only what is certain, by the closing articles of the successors. A law that was only amended is not here: Luật Mặt trận
Tổ quốc 75/2015/QH13 stands, with Luật 97/2025/QH15. What is not here is not said to be in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Replaced:
    """A document that another one took the place of: by its number or its title's words, from which day."""

    number: str
    title: str | None
    since: date
    by: str


REPLACED = (
    Replaced("01/2011/QH13", "Luật Lưu trữ", date(2025, 7, 1), "Luật Lưu trữ 33/2024/QH15"),
    Replaced("45/2013/QH13", "Luật Đất đai", date(2024, 8, 1), "Luật Đất đai 31/2024/QH15"),
    Replaced("65/2014/QH13", "Luật Nhà ở", date(2024, 8, 1), "Luật Nhà ở 27/2023/QH15"),
    Replaced("55/2014/QH13", "Luật Bảo vệ môi trường", date(2022, 1, 1), "Luật Bảo vệ môi trường 72/2020/QH14"),
    Replaced("43/2013/QH13", "Luật Đấu thầu", date(2024, 1, 1), "Luật Đấu thầu 22/2023/QH15"),
    Replaced("11/2012/QH13", "Luật Giá", date(2024, 7, 1), "Luật Giá 16/2023/QH15"),
    Replaced("39/2019/QH14", "Luật Đầu tư công", date(2025, 1, 1), "Luật Đầu tư công 58/2024/QH15"),
    Replaced("83/2015/QH13", "Luật Ngân sách nhà nước", date(2026, 1, 1), "Luật Ngân sách nhà nước 89/2025/QH15"),
    Replaced("23/2012/QH13", "Luật Hợp tác xã", date(2024, 7, 1), "Luật Hợp tác xã 17/2023/QH15"),
    Replaced("15/2003/QH11", "Luật Thi đua, khen thưởng", date(2024, 1, 1), "Luật Thi đua, khen thưởng 06/2022/QH15"),
    Replaced(
        "34/2007/PL-UBTVQH11",
        "Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn",
        date(2023, 7, 1),
        "Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15",
    ),
    Replaced("59/2014/QH13", "Luật Căn cước công dân", date(2024, 7, 1), "Luật Căn cước 26/2023/QH15"),
    Replaced(
        "23/2008/QH12",
        "Luật Giao thông đường bộ",
        date(2025, 1, 1),
        "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15 và Luật Đường bộ 35/2024/QH15",
    ),
    Replaced(
        "27/2001/QH10",
        "Luật Phòng cháy và chữa cháy",
        date(2025, 7, 1),
        "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ 55/2024/QH15",
    ),
    Replaced("56/2010/QH12", "Luật Thanh tra", date(2023, 7, 1), "Luật Thanh tra 11/2022/QH15"),
    Replaced("11/2022/QH15", "Luật Thanh tra", date(2025, 7, 1), "Luật Thanh tra 84/2025/QH15"),
    Replaced("03/2011/QH13", "Luật Tố cáo", date(2019, 1, 1), "Luật Tố cáo 25/2018/QH14"),
    Replaced(
        "55/2005/QH11", "Luật Phòng, chống tham nhũng", date(2019, 7, 1), "Luật Phòng, chống tham nhũng 36/2018/QH14"
    ),
    Replaced("58/2014/QH13", "Luật Bảo hiểm xã hội", date(2025, 7, 1), "Luật Bảo hiểm xã hội 41/2024/QH15"),
    Replaced("40/2009/QH12", "Luật Khám bệnh, chữa bệnh", date(2024, 1, 1), "Luật Khám bệnh, chữa bệnh 15/2023/QH15"),
    Replaced("23/2000/QH10", "Luật Phòng, chống ma túy", date(2022, 1, 1), "Luật Phòng, chống ma túy 73/2021/QH14"),
    Replaced("38/2013/QH13", "Luật Việc làm", date(2026, 1, 1), "Luật Việc làm 74/2025/QH15"),
    Replaced("28/2001/QH10", "Luật Di sản văn hóa", date(2025, 7, 1), "Luật Di sản văn hóa 45/2024/QH15"),
    Replaced(
        "80/2015/QH13",
        "Luật Ban hành văn bản quy phạm pháp luật",
        date(2025, 4, 1),
        "Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15",
    ),
    Replaced("76/2015/QH13", "Luật Tổ chức Chính phủ", date(2025, 3, 1), "Luật Tổ chức Chính phủ 63/2025/QH15"),
    Replaced("22/2008/QH12", "Luật Cán bộ, công chức", date(2025, 7, 1), "Luật Cán bộ, công chức 80/2025/QH15"),
    Replaced(
        "11/2003/QH11",
        "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân",
        date(2016, 1, 1),
        "Luật Tổ chức chính quyền địa phương 77/2015/QH13",
    ),
    Replaced(
        "77/2015/QH13",
        "Luật Tổ chức chính quyền địa phương",
        date(2025, 3, 1),
        "Luật Tổ chức chính quyền địa phương 65/2025/QH15",
    ),
    Replaced(
        "14/1999/QH10",
        "Luật Mặt trận Tổ quốc Việt Nam",
        date(2016, 1, 1),
        "Luật Mặt trận Tổ quốc Việt Nam 75/2015/QH13",
    ),
    Replaced("51/2005/QH11", "Luật Giao dịch điện tử", date(2024, 7, 1), "Luật Giao dịch điện tử 20/2023/QH15"),
    Replaced(
        "29/2018/QH14", "Luật Bảo vệ bí mật nhà nước", date(2026, 3, 1), "Luật Bảo vệ bí mật nhà nước 117/2025/QH15"
    ),
    Replaced("24/2018/QH14", "Luật An ninh mạng", date(2026, 7, 1), "Luật An ninh mạng 116/2025/QH15"),
    Replaced("65/2025/QH15", None, date(2025, 6, 16), "Luật Tổ chức chính quyền địa phương 72/2025/QH15"),
    Replaced("110/2004/NĐ-CP", None, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
    Replaced("09/2010/NĐ-CP", None, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
    Replaced("01/2011/TT-BNV", None, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
    Replaced("39/2022/NĐ-CP", None, date(2026, 5, 29), "Nghị định 191/2026/NĐ-CP"),
    Replaced("13/2023/NĐ-CP", None, date(2026, 1, 1), "Nghị định 356/2025/NĐ-CP"),
    Replaced("09/2015/QĐ-TTg", None, date(2018, 6, 21), "Nghị định 61/2018/NĐ-CP"),
    Replaced("61/2018/NĐ-CP", None, date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    Replaced("107/2021/NĐ-CP", None, date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    Replaced("24/2014/NĐ-CP", None, date(2025, 3, 1), "Nghị định 45/2025/NĐ-CP"),
    Replaced("37/2014/NĐ-CP", None, date(2025, 3, 1), "Nghị định 45/2025/NĐ-CP"),
    Replaced("45/2025/NĐ-CP", None, date(2025, 7, 1), "Nghị định 150/2025/NĐ-CP"),
    Replaced("16/2015/NĐ-CP", None, date(2021, 8, 15), "Nghị định 60/2021/NĐ-CP"),
    Replaced("56/2015/NĐ-CP", None, date(2020, 8, 20), "Nghị định 90/2020/NĐ-CP"),
    Replaced("43/2011/NĐ-CP", None, date(2022, 8, 15), "Nghị định 42/2022/NĐ-CP"),
    Replaced("43/2014/NĐ-CP", None, date(2024, 8, 1), "Nghị định 102/2024/NĐ-CP"),
    Replaced("102/2009/NĐ-CP", None, date(2020, 1, 1), "Nghị định 73/2019/NĐ-CP"),
)
