"""What is said of founding many offices from a file, of invitations, and of suspending an office."""

from __future__ import annotations

from collections.abc import Mapping

STATUS: Mapping[str, str] = {
    "new": "Sẽ thành lập",
    "there": "Đã có, không tạo lại",
    "error": "Lỗi, không thành lập",
    "waiting": "Đang chờ",
    "made": "Đã thành lập",
    "refused": "Không thành lập được",
    "undone": "Đã hoàn tác",
    "worked": "Giữ lại vì đã có người vào hoặc làm việc",
}
SHEET = "mau-thanh-lap-co-quan"
BACK = "Đã bỏ {gone} cơ quan; {stay} cơ quan giữ lại."
INVITED_AGAIN = "Lời mời mới đã gửi tới {mail}."

FOUNDING: Mapping[str, str] = {
    "TOO_MANY_OFFICES": "Tệp có {number} cơ quan, nhiều nhất {most} trong một tệp. Hãy tách thành nhiều tệp.",
    "FOUND_EMPTY": "Ô {place}: chưa có “{heading}”. Hãy điền rồi tải lên lại.",
    "FOUND_LONG": "Ô {place}: dài quá {most} ký tự. Hãy rút ngắn.",
    "FOUND_DANGEROUS": "Ô {place}: “{value}” bắt đầu như một công thức bảng tính. Hãy bỏ dấu ở đầu.",
    "FOUND_BAD_MAIL": "Ô {place}: “{value}” không phải địa chỉ thư điện tử. Hãy sửa, ví dụ ten@coquan.gov.vn.",
    "FOUND_BAD_PHONE": "Ô {place}: “{value}” không phải số điện thoại. Hãy chỉ ghi một số, ví dụ 0912 345 678.",
    "FOUND_BAD_CODE": "Ô {place}: “{value}” không phải mã định danh. Hãy ghi như 000.00.16.H56.",
    "FOUND_TWICE": "Ô {place}: “{value}” lặp lại dòng {row}. Hãy xóa một dòng.",
    "FOUND_SAME_NAME": (
        "Ô {place}: đã có “{value}” trực thuộc {above}. Nếu là cơ quan khác, hãy ghi cơ quan cấp trên của nó."
    ),
    "FOUND_NO_ABOVE": "Ô {place}: không có “{value}” trong hệ thống và trong tệp. Hãy thêm dòng cho cơ quan đó.",
    "FOUND_ABOVE_SEVERAL": "Ô {place}: có nhiều cơ quan tên “{value}”. Hãy ghi mã định danh của cơ quan cấp trên.",
    "FOUND_ABOVE_WRONG": "Ô {place}: cơ quan cấp trên “{value}” ở dòng {row} còn lỗi. Hãy sửa dòng đó trước.",
    "FOUND_CYCLE": "Ô {place}: “{value}” làm các cơ quan trực thuộc nhau thành vòng. Hãy sửa cột cấp trên.",
    "FOUND_CODE_TAKEN": "Ô {place}: mã “{value}” là của {name}. Mã không dùng lại cho cơ quan khác; hãy kiểm tra.",
    "FOUND_CODE_TWICE": "Ô {place}: mã “{value}” lặp lại dòng {row}. Hãy sửa một dòng.",
    "FOUND_NO_TEMPLATE": "Ô {place}: không có mẫu hay cơ quan “{value}”. Hãy ghi Xã, Phường, Sở hoặc “như” và tên.",
    "FOUND_MAIL_OF": "Ô {place}: địa chỉ “{value}” là của {name}. Hãy ghi đúng tên người ấy hoặc địa chỉ khác.",
    "FOUND_MAIL_TWICE": "Ô {place}: địa chỉ “{value}” ở dòng {row} là của người khác. Hãy sửa một dòng.",
    "FOUND_LOGIN_TAKEN": "Ô {place}: “{value}” đang là tên đăng nhập của người khác. Hãy ghi địa chỉ khác.",
    "FOUNDING_RUNS": "Một tệp khác đang thành lập dở. Hãy làm xong hoặc hoàn tác tệp ấy trước.",
    "NOTHING_TO_FOUND": "Không còn cơ quan nào cần thành lập: mọi dòng đã có hoặc còn lỗi. Hãy xem lại tệp.",
    "FOUNDING_UNDONE": "Việc thành lập này đã được {by} hoàn tác lúc {at}. Không phải làm gì thêm.",
    "UNDO_OVER": "Chỉ hoàn tác được trong {days} ngày. Hãy chấm dứt từng cơ quan ở trang Tổ chức.",
    "INVITATION_USED": "Lời mời này đã dùng. Hãy đăng nhập bằng địa chỉ thư của đồng chí và mật khẩu đã đặt.",
    "INVITATION_OVER": "Lời mời này hết hạn hoặc đã thay bằng lời mời khác. Hãy báo nơi đã mời để được gửi lại.",
    "ALREADY_INVITED_IN": "Người này đã có tài khoản nên không cần mời lại.",
    "PASSWORD_SHORT": "Mật khẩu cần ít nhất {shortest} ký tự. Hãy chọn một câu dễ nhớ với đồng chí.",
    "PASSWORD_LONG": "Mật khẩu dài quá {most} ký tự. Hãy rút ngắn.",
    "PASSWORD_PLAIN": "Mật khẩu này dễ đoán. Hãy chọn câu khác, không phải tên hay địa chỉ thư của đồng chí.",
    "PASSWORDS_DIFFER": "Hai lần nhập mật khẩu khác nhau. Hãy nhập lại cả hai.",
}
