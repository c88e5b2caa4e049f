"""PDF files as offices make them, set by typst: two-column head and end, page numbers, tables over pages, scans."""

from __future__ import annotations

from io import BytesIO

import typst
from PIL import Image

_STYLE = """
#set page(paper: "a4", margin: (left: 3cm, right: 2cm, top: 2cm, bottom: 2cm))
#set page(numbering: "1", number-align: top + center)
#set text(font: "Tinos", size: 13pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1cm, all: true))
"""
_HEAD = """
#grid(columns: (1fr, 1.6fr), align: center,
  [#set par(first-line-indent: 0pt, justify: false); UBND TỈNH LÂM SƠN\\ *SỞ NỘI VỤ*\\ Số: 08/KH-SNV],
  [#set par(first-line-indent: 0pt, justify: false)
   #text(size: 12pt)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*]\\ *Độc lập - Tự do - Hạnh phúc*\\
   _Lâm Sơn, ngày 05 tháng 02 năm 2026_])
#align(center)[*KẾ HOẠCH*\\
*Kiểm tra công tác cải cách hành chính và kỷ luật, kỷ cương hành chính trên địa bàn tỉnh năm 2026*]
"""
_END = """
#grid(columns: (1fr, 1fr),
  [#set par(first-line-indent: 0pt, justify: false)
   #text(size: 12pt)[*_Nơi nhận:_*]\\
   #text(size: 11pt)[\\- UBND tỉnh (báo cáo);\\ \\- Giám đốc, các PGĐ Sở;\\
   \\- Các sở, ban, ngành, đoàn thể và các cơ quan trung ương đóng trên địa bàn tỉnh;\\ \\- Lưu: VT, CCHC.]],
  align(center)[*KT. GIÁM ĐỐC*\\ *PHÓ GIÁM ĐỐC*\\ \\ \\ \\ *Lê Thị Minh Hạnh*])
"""


def plan_pdf(rows: int = 3) -> bytes:
    """A plan over several pages: long paragraphs, a table with a group row and merged cells, both ends in columns."""
    points = "\n\n".join(
        f"{letter}) Đánh giá đúng thực trạng công tác cải cách hành chính tại các sở, ban, ngành và các xã, phường; "
        "kịp thời phát hiện những cách làm hay để nhân rộng trong toàn tỉnh."
        for letter in "abcdđeghiklmn"
    )
    many = "\n".join(
        f"[{number}], [Kiểm tra trực tiếp lần {number} tại các xã, phường trên địa bàn tỉnh], [Thanh tra Sở], "
        f"[Công an tỉnh], [Quý II/2026], [Biên bản số {number}],"
        for number in range(2, rows + 1)
    )
    table = f"""#{{set par(first-line-indent: 0pt, justify: false)
table(columns: (1.1cm, 4.5cm, 3cm, 2.8cm, 2.4cm, 2.2cm),
table.header([*TT*], [*Nhiệm vụ*], [*Chủ trì*], [*Phối hợp*], [*Thời gian*], [*Sản phẩm*]),
[I], table.cell(colspan: 5)[Kiểm tra trực tiếp],
[1], [Xây dựng kế hoạch kiểm tra chi tiết và thông báo đến các đơn vị], [Phòng Cải cách hành chính],
[Văn phòng Sở; các phòng chuyên môn], [Trước 28/02/2026], [Kế hoạch],
{many}
[{rows + 1}], table.cell(rowspan: 2)[Kiểm tra đột xuất], table.cell(rowspan: 2)[Thanh tra tỉnh], [Công an tỉnh],
[Quý III/2026], [Báo cáo],
[{rows + 2}], [Sở Tài chính], [Quý IV/2026], [Kết luận])}}"""
    body = f"""{_HEAD}

Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể;

Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2026 của UBND tỉnh, Sở Nội vụ ban hành Kế hoạch như sau:

*I. MỤC ĐÍCH, YÊU CẦU*

{points}

*II. NHIỆM VỤ*

{table}

*III. TỔ CHỨC THỰC HIỆN*

1\\. Các sở, ban, ngành báo cáo kết quả về Sở Nội vụ (qua Phòng Cải cách hành chính) trước ngày 10/12/2026 để tổng hợp,
trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./.
{_END}"""
    return typst.compile((_STYLE + body).encode())


def scanned_pdf() -> bytes:
    """Two pages that are pictures."""
    page = Image.new("L", (620, 877), 240)
    buffer = BytesIO()
    page.save(buffer, "PDF", save_all=True, append_images=[page.copy()])
    return buffer.getvalue()
