"""What is said when something by which a person proves who they are came or went (security_messages.py)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .due_words import HANOI
from .letterhead import Writer, letterhead
from .messages import Message
from .one_line import trimmed
from .security_messages import SecurityChanged

LONGEST_NAME = 120
# For each change of actions/security_changes.py: the mark, and what happened.
CHANGES: Mapping[str, tuple[str, str]] = {
    "passkey_added": ("Thêm khóa truy cập", "khóa truy cập “{name}” được đăng ký cho tài khoản của {you}"),
    "passkey_removed": ("Bỏ khóa truy cập", "khóa truy cập “{name}” của {you} không dùng được nữa"),
    "app_added": ("Dùng ứng dụng tạo mã", "một ứng dụng tạo mã được dùng cho tài khoản của {you}"),
    "app_removed": ("Bỏ ứng dụng tạo mã", "ứng dụng tạo mã và các mã khôi phục của {you} không dùng được nữa"),
    "recovery_renewed": ("Đổi mã khôi phục", "các mã khôi phục của {you} được tạo lại; mã cũ không dùng được nữa"),
    "program_added": ("Thêm mã truy cập", "chương trình “{name}” được làm thay {you} (không ký được)"),
    "key_added": (
        "Thêm khóa ký số",
        "khóa ký số có chứng thư {name} được đăng ký cho {you}; khóa trước đó không dùng nữa",
    ),
    "password_changed": ("Đổi mật khẩu", "mật khẩu của tài khoản {you} được đổi; các phiên khác đã kết thúc"),
    "new_device": ("Đăng nhập từ thiết bị mới", "tài khoản của {you} được đăng nhập trên một thiết bị chưa dùng"),
}


def security_changed(book: AddressBook, occasion: Occasion) -> Writer:
    """What came or went, when, and from which browser."""
    data = occasion.data
    mark, what = CHANGES[str(data["change"])]
    name, device = trimmed(str(data["name"]), LONGEST_NAME), trimmed(str(data["device"]), LONGEST_NAME)
    at = f"{occasion.at.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"

    def write(to: Addressee, url: str) -> Message:
        said = what.format(name=name, you=to.you)
        return SecurityChanged(*letterhead(book, to, url), mark, said, at, device)

    return write
