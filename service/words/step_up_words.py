"""What is said about passkeys, code apps, proofs before a signature, links of others, and lines of Nơi nhận."""

from __future__ import annotations

from collections.abc import Mapping

STEP_UP: Mapping[str, str] = {
    "STEP_UP_NEEDED": (
        "Ký và đóng dấu luôn cần xác nhận thêm, ngay lúc ký và cho đúng văn bản này. Hãy nhập mã hoặc dùng khóa truy "
        "cập rồi bấm lại."
    ),
    "NO_WAY_TO_CONFIRM": (
        "Đồng chí chưa có cách xác nhận khi ký. Hãy mở trang Bảo mật (/toi/bao-mat) để đăng ký khóa truy cập hoặc ứng "
        "dụng tạo mã, rồi quay lại."
    ),
    "SIGN_CODE_NEEDED": "Chưa có mã xác nhận. Hãy nhập mã rồi bấm lại.",
    "SIGN_CODE_WRONG": (
        "Mã xác nhận không đúng, đã dùng hoặc đã hết hạn. Hãy đợi mã mới trong ứng dụng, hoặc xem lại thư mới nhất."
    ),
    "TOO_MANY_CODES": "Đã nhập sai mã nhiều lần. Hãy chờ đến {until} rồi thử lại, hoặc dùng khóa truy cập.",
    "MAIL_CODES_OFF": "Cơ quan không dùng mã qua thư để ký. Hãy đăng ký khóa truy cập hoặc ứng dụng tạo mã.",
    "MAIL_CODE_LIMIT": "Đã gửi {most} mã trong một giờ. Hãy dùng mã trong thư mới nhất hoặc đợi rồi thử lại.",
    "PASSKEY_WRONG": "Khóa truy cập không xác nhận được. Hãy thử lại, hoặc dùng mã.",
    "PASSKEY_ELSEWHERE": (
        "Khóa truy cập cần địa chỉ https có tên miền; địa chỉ {address} không dùng được. Hãy dùng ứng dụng tạo mã."
    ),
    "PASSKEY_KNOWN": "Khóa truy cập này đã đăng ký. Hãy dùng thiết bị khác.",
    "TOO_MANY_PASSKEYS": "Mỗi người đăng ký tối đa {most} khóa truy cập. Hãy bỏ khóa không dùng nữa.",
    "CONFIRM_AGAIN": "Thay đổi khóa và mã cần xác nhận lại. Hãy nhập mật khẩu ở đầu trang rồi làm lại.",
    "NO_CODE_APP": "Chưa có ứng dụng tạo mã nào đang chờ. Hãy bắt đầu lại từ đầu.",
    "LINK_OF_ANOTHER": "Liên kết này gửi cho người khác. Không có gì được ghi lại.",
    "TOO_MANY_LINKS": "Đã mở nhiều liên kết không có thật. Hãy chờ ít phút; liên kết đúng vẫn mở được.",
    "CHANNEL_CLOSED": "{name} không gửi được qua cách này. Hãy chọn cách khác hoặc bổ sung địa chỉ trong danh bạ.",
    "LINE_SETTLED": "Dòng này đã ở trạng thái “{state}” nên không thay đổi được nữa. Hãy tải lại trang.",
    "NOT_BY_PAPER": "Dòng này không gửi bằng bản giấy. Hãy đổi cách gửi trước.",
}

SIGN_CODE_SENT = "Đã gửi mã vào hộp thư. Mã có 6 chữ số, dùng một lần trong ít phút, cho đúng việc này."
SIGN_CODE_HINT: Mapping[str, str] = {
    "app": "6 chữ số đang hiện trong ứng dụng tạo mã; mất điện thoại thì nhập một mã khôi phục.",
    "mail": "6 chữ số trong thư gửi tới hộp thư của đồng chí; bấm nút bên dưới để nhận mã.",
}
NO_WAY_YET = "Ký và đóng dấu luôn cần xác nhận thêm ngay lúc ký; đồng chí chưa đăng ký cách nào."
LINK_WHY: Mapping[str, str] = {
    "suspended": "cơ quan đang tạm ngừng; việc được giữ nguyên, liên kết dùng lại được khi cơ quan hoạt động",
    "left": "người nhận thư không còn công tác ở cơ quan",
    "held": "việc này đã được giao hoặc có người khác nhận",
    "authority": "chức danh hoặc ủy quyền mà thư dựa vào đã hết hiệu lực",
    "body": "cơ quan này không còn được hỏi về việc này",
    "draft": "dự thảo đã có phiên bản mới sau khi thư gửi đi",
}
