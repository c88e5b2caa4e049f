"""What is said about signing in at a provider elsewhere, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

# What the button of that sign-in calls it where the operator has not said.
SHARED_ACCOUNT = "tài khoản dùng chung"

ELSEWHERE: Mapping[str, str] = {
    "ELSEWHERE_AWAY": "Nơi đăng nhập dùng chung chưa trả lời. Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu.",
    "ELSEWHERE_REFUSED": "Nơi đăng nhập dùng chung không xác nhận được đồng chí. Chưa có gì thay đổi; hãy thử lại.",
    "ELSEWHERE_BEGIN_AGAIN": "Lần đăng nhập này đã dùng, quá 10 phút, hoặc của trình duyệt khác. Hãy đăng nhập lại.",
    "NOT_LINKED": (
        "Tài khoản {name} này chưa gắn với ai ở đây. Hãy đăng nhập bằng mật khẩu, hoặc nhờ quản trị gắn tài khoản."
    ),
    "NO_SUCH_LOGIN": "Không có tên đăng nhập “{login}”. Hãy xem lại tên trong trang Tổ chức.",
    "OUTSIDE_TAKEN": "Tài khoản “{subject}” hoặc người này đã gắn với một tài khoản khác. Hãy gỡ chỗ gắn cũ trước.",
    "SIGN_IN_ELSEWHERE": "Tài khoản này đăng nhập bằng {name}, không bằng mật khẩu. Hãy bấm nút bên dưới.",
    "NO_PROVIDER": "Chưa đặt KEHOACH_OIDC_ISSUER nên không có tài khoản nào để gắn.",
}
