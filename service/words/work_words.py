"""Words about work items between people: holders, requests, comments, and the sentences of their refusals."""

from __future__ import annotations

from collections.abc import Mapping

from . import dates


def counted(total: int, *, over: bool) -> str:
    """A count in figures; where counting stopped, that there are more."""
    written = dates.figure_words(total)
    return f"trên {written}" if over else written


WORK: Mapping[str, str] = {
    "WAITING_FOR_ANSWER": (
        "Việc này đang chờ câu trả lời của người được hỏi nên chưa hoàn thành được. Hãy đợi hoặc rút lại câu hỏi."
    ),
    "DELEGATED": (
        "Việc này được ủy quyền xử lý nên người được ủy quyền không tự hoàn thành. Hãy trả lại cho người ủy quyền."
    ),
    "ALREADY_HOLDS": "Đồng chí đó đang giữ chính việc này. Hãy chọn người khác.",
    "ALREADY_OWNER": "Đồng chí đó đã ủy quyền việc này. Hãy dùng “Trả lại cho người ủy quyền”.",
    "NOT_DELEGATED": "Việc này không đang được ủy quyền nên không có gì để trả lại. Hãy tải lại trang.",
    "ASKS_ONESELF": "Không thể hỏi chính người đang xử lý việc. Hãy chọn người khác.",
    "NOT_A_REQUEST": "Đây không phải là câu hỏi hay việc chuyển tiếp nên không rút lại được. Hãy tải lại trang.",
    "NOT_A_STEP": "Đây là câu hỏi thêm, không phải một bước của quy trình. Hãy trả lời hoặc báo người hỏi rút lại.",
    "MAY_NOT_RECEIVE": "Đồng chí đó không thuộc nhóm được giao việc này. Hãy chọn người trong danh sách.",
    "MAY_NOT_BE_ASKED": "Đồng chí đó không có trong danh bạ của cơ quan. Hãy chọn người trong danh sách.",
    "ALREADY_ASKED": "Đồng chí đó đang được hỏi về việc này. Hãy đợi trả lời hoặc rút lại câu hỏi trước.",
    "NOTHING_CHOSEN": "Chưa chọn việc nào. Hãy đánh dấu ít nhất một việc rồi bấm lại.",
    "TOO_MANY": "Mỗi lần chỉ xử lý được {most} việc. Hãy chọn ít hơn rồi làm tiếp phần còn lại.",
    "ONE_BY_ONE": "Việc này phải mở ra và xử lý riêng. Hãy mở việc đó trong danh sách.",
    "PLAN_IS_OVER": "Kế hoạch đã kết thúc hoặc đã dừng nên không thêm trao đổi được nữa. Nội dung cũ vẫn xem được.",
    "TOO_MANY_FILES": "Mỗi lần gửi được nhiều nhất {most} tệp. Hãy bỏ bớt tệp hoặc gửi làm nhiều lần.",
    "CANNOT_SEE": "Đ/c {by} không xem được kế hoạch này nên không nhắc tên được. Hãy dùng “Hỏi thêm một người”.",
    "FILE_NOT_ACCEPTED": "Tệp {filename} không thuộc loại được nhận. Các loại được nhận: {accepted}.",
    "FILE_DISGUISED": "Nội dung tệp {filename} không đúng là .{ending}. Hãy mở tệp gốc, lưu lại đúng loại rồi gửi lại.",
}

HANDED: Mapping[str, str] = {
    "claimed": "nhận việc",
    "released": "trả về cho đơn vị",
    "reassigned": "chuyển người xử lý",
    "delegated": "ủy quyền xử lý",
    "handed_back": "trả lại sau ủy quyền",
}
REQUEST: Mapping[str, str] = {"hoi_them": "Hỏi thêm", "chuyen_tiep": "Chuyển tiếp"}
REQUEST_STATE: Mapping[str, str] = {
    "open": "đang chờ trả lời",
    "completed": "đã trả lời",
    "cancelled": "đã rút lại hoặc không còn cần",
}
# What a page says after something was done, by the mark in its address.
DONE: Mapping[str, str] = {
    "chuyen": "Đã chuyển việc cho người khác; người nhận được báo qua thư.",
    "uy-quyen": "Đã ủy quyền xử lý. Việc sẽ trở lại danh sách của đồng chí khi được trả lại.",
    "tra-lai": "Đã trả lại việc cho người ủy quyền.",
    "giai-phong": "Đã đưa việc trở lại cho cả đơn vị.",
    "hoi": "Đã gửi. Câu trả lời sẽ hiện ở trang này và được báo qua thư.",
    "rut": "Đã rút lại.",
    "nhap": "Đã lưu nháp, chưa gửi. Tệp đính kèm không nằm trong bản nháp; hãy chọn tệp khi gửi.",
    "bo-nhap": "Đã bỏ bản nháp.",
    "nhac-lai": "Việc sẽ trở lại danh sách vào ngày đã chọn; trước đó xem ở “Đang chờ”.",
    "trao-doi": "Đã gửi trao đổi.",
    "huy": "Đã hủy duyệt. Việc trở lại với đồng chí; lần bấm trước và lần hủy đều còn trong nhật ký.",
    "vao": "Kế hoạch đã vào quy trình, bước đầu do đơn vị soạn thảo giữ. Xem lại lần cuối rồi bấm “Trình dự thảo” để "
    "chuyển người kiểm tra.",
    "theo-doi": "Đồng chí sẽ được báo mỗi khi kế hoạch sang bước khác.",
}
TABS: tuple[tuple[str, str, str], ...] = (
    ("can-xu-ly", "/viec", "Cần xử lý"),
    ("dang-cho", "/viec/dang-cho", "Đang chờ"),
    ("don-vi", "/viec/don-vi", "Cả đơn vị"),
    ("cho-nguoi-khac", "/viec/cho-nguoi-khac", "Chờ người khác"),
    ("sap-den", "/viec/sap-den", "Sắp đến lượt"),
    ("theo-doi", "/viec/theo-doi", "Tôi theo dõi"),
    ("da-xu-ly", "/viec/da-xu-ly", "Đã xử lý"),
)
TOGETHER: Mapping[str, str] = {"gop_y": "Nhất trí", "xac_nhan": "Xác nhận hoàn thành", "chuyen_tiep": "Đồng ý"}
