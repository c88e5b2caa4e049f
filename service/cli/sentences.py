"""Vietnamese sentences for what only the command line meets: refusals and the doctor's findings; {…} are facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.words.quarantine_words import QUARANTINE

from . import start_sentences

REFUSALS: Mapping[str, str] = {
    "NO_DATABASE": "Chưa có cơ sở dữ liệu ở {database}. Hãy chạy: kehoach db upgrade (hoặc kehoach serve).",
    "OLD_SCHEMA": "Cấu trúc cơ sở dữ liệu ({current}) khác với phiên bản của chương trình ({newest}). "
    "Hãy sao lưu rồi chạy: kehoach db upgrade.",
    "BAD_DATABASE_URL": "Không hỗ trợ cơ sở dữ liệu loại {driver}. Hãy dùng sqlite:///… hoặc postgresql://….",
    "UNKNOWN_SETTING": "Không có thiết lập nào tên {keys}. Các tên có thể dùng (sau KEHOACH_): {known}.",
    "SEVERAL_BODIES": "Có nhiều cơ quan tên “{name}” (mã số {ids}). Hãy dùng tên đầy đủ.",
    "FILE_EXISTS": "Tệp {file} đã có và không bị ghi đè. Hãy chọn tên khác.",
    "DATABASE_EXISTS": "Ở {database} đã có dữ liệu nên không phục hồi vào đó. Hãy chuyển dữ liệu cũ đi nơi khác trước.",
    "BACKUP_NOT_WHOLE": "Vai trò trong {database} không đọc được mọi dòng nên bản sao lưu sẽ thiếu. "
    "Không có gì được ghi; hãy chạy kehoach db upgrade bằng vai trò sở hữu các bảng, rồi sao lưu lại.",
    "NOT_A_BACKUP": "Tệp {file} không phải là bản sao lưu nguyên vẹn của chương trình này. Không có gì được ghi.",
    "POSTGRES_PROGRAM_FAILED": "{program} báo lỗi: {said}",
    "PROGRAM_MISSING": "Không tìm thấy {program}. Hãy cài: sudo apt-get install {package}.",
    "PORT_TAKEN": "Cổng {port} trên {host} đang có chương trình khác dùng. Hãy dừng nó, hoặc chọn cổng khác: --port.",
    "LOG_NOT_INTACT": "Nhật ký không còn nguyên vẹn nên không dựng lại gì theo nó. Hãy giữ bằng chứng và phục hồi bản "
    "sao lưu gần nhất còn nguyên vẹn: kehoach restore.",
    "DEMO_IS_EMBEDDED": "Dữ liệu mẫu có cơ sở dữ liệu riêng. Hãy bỏ KEHOACH_DATABASE_URL khi chạy --demo.",
    "NO_PREFECT": "Chưa biết máy chủ Prefect ở đâu. Hãy đặt KEHOACH_PREFECT_URL, hoặc dùng kehoach serve trên một máy.",
    "NO_PREFECT_KEY": "Máy khác tới được {host}: hãy đặt KEHOACH_PREFECT_KEY_FILE, tệp chứa khóa dạng tên:bí-mật.",
}

FINDINGS: Mapping[str, str] = {
    "PYTHON": "Python {version}.",
    "PACKAGE": "{name} {version} (cần {wanted}).",
    "DATABASE_UNREACHABLE": "Không mở được cơ sở dữ liệu {database}: {why}.",
    "SQLITE_VERSION": "SQLite {version}.",
    "SQLITE_FTS5": "SQLite {version} có mô-đun FTS5 mà phần tìm kiếm cần: {there}.",
    "SQLITE_JOURNAL": "Chế độ nhật ký {mode}; SQLite {version} cần {wanted} (WAL của nhiều bản có thể mất dữ liệu).",
    "SQLITE_SYNCHRONOUS": "synchronous = {level} (cần từ 2 trở lên để không mất dữ liệu khi mất điện).",
    "SQLITE_FOREIGN_KEYS": "Khóa ngoại đang bật: {on}.",
    "PG_VERSION": "PostgreSQL {version}.",
    "PG_SETTING": "PostgreSQL: {name} = {value}.",
    "WALL_ROLE": "Vai trò {role} trong PostgreSQL không sở hữu bảng nào và không bỏ qua được tường ngăn.",
    "WALL_ROLE_TOO_MUCH": (
        "Chương trình làm việc bằng vai trò {role} ({found}) nên có thể tự bỏ qua tường ngăn giữa các cơ quan. "
        "Hãy dùng vai trò riêng cho chương trình: đặt KEHOACH_OWNER_DATABASE_URL là địa chỉ đang dùng, "
        "KEHOACH_DATABASE_URL là địa chỉ với vai trò mới, rồi chạy kehoach db upgrade."
    ),
    "WALL": "Tường ngăn giữa các cơ quan (row-level security) đang đứng ở mọi bảng.",
    "WALL_MISSING": (
        "Tường ngăn giữa các cơ quan (row-level security) còn thiếu ở {count} bảng. Các trang vẫn chạy, "
        "dữ liệu chỉ còn do chương trình tự lọc. "
        "Hãy chạy kehoach db upgrade bằng vai trò sở hữu các bảng và được tạo vai trò."
    ),
    "MIGRATIONS": "Cấu trúc cơ sở dữ liệu {current}; chương trình cần {newest}.",
    "FUNCTIONS": "Hàm Python mà quy trình gọi được: {count} ({names}).",
    "NO_FUNCTIONS": "Không nạp được hàm Python mà quy trình gọi: {why}",
    "FOLDER": "Thư mục dữ liệu {folder}: {state}.",
    "NETWORK_FOLDER": "Thư mục dữ liệu nằm trên ổ mạng ({kind}); SQLite chỉ an toàn trên ổ của chính máy này.",
    "DISK": "Ổ đĩa còn trống {free_percent} % ({free_megabytes} MB).",
    "TIME_ZONE": "Múi giờ Asia/Ho_Chi_Minh: {state}.",
    "FONT": "Phông chữ văn bản: {family} ({folder}).",
    "NO_FONT": "Chưa có phông chữ cho văn bản PDF. Hãy cài: sudo apt-get install fonts-croscore (Tinos).",
    "FONT_NOT_VIETNAMESE": "Phông {family} ({file}) thiếu {missing} chữ tiếng Việt. Hãy cài gói fonts-croscore.",
    "MAIL": "Máy chủ thư: {server}.",
    "SWEEP": "Lượt chạy {kind}: {last}; {error}.",
    "DUE": "Việc đến hạn lâu nhất chưa được xử lý ({what}): {since}.",
    "DEAD_LETTERS": "Thư không gửi được: {count}.",
    "SEAL_KEY": "Khóa niêm phong bí mật ({place}) dùng được.",
    "SEAL_KEY_NONE": "Chưa có khóa niêm phong bí mật; khóa được tạo khi chạy lần đầu.",
    "SEAL_KEY_MISSING": (
        "Không thấy khóa niêm phong bí mật ({place}) mà cơ sở dữ liệu này đã dùng. Hãy chép lại khóa từ nơi cất giữ, "
        "hoặc đặt KEHOACH_SECRET_KEY_FILE; không tạo khóa mới."
    ),
    "SEAL_KEY_OTHER": (
        "Khóa niêm phong bí mật ({place}) không phải khóa của cơ sở dữ liệu này. Hãy dùng đúng khóa đã niêm phong."
    ),
    "SEAL_KEY_OWN": (
        "Nhiều máy phải dùng chung một khóa niêm phong bí mật; máy này dùng khóa riêng ({place}). "
        "Hãy đặt KEHOACH_SECRET_KEY_FILE như nhau trên mọi máy."
    ),
    "SEAL_KEY_SHORT": "Khóa niêm phong bí mật ({place}) phải có ít nhất {shortest} ký tự.",
    "SEAL_KEY_READABLE": "Người khác đọc được khóa niêm phong bí mật. Hãy chạy: chmod 600 {place}",
}


def all_sentences(*, bad: bool = True) -> Mapping[str, str]:
    """The sentence for every code; where things are `bad`, with what to do about it."""
    told = {**FINDINGS, **start_sentences.FINDINGS, **REFUSALS, **start_sentences.REFUSALS, **QUARANTINE}
    if not bad:
        return told
    return {
        code: f"{said} {start_sentences.TO_DO[code]}" if code in start_sentences.TO_DO else said
        for code, said in told.items()
    }


def sentence(pattern: str, facts: Mapping[str, Any]) -> str:
    """The pattern with its facts; lists are read out with commas, what is not known is left as a dash."""
    return pattern.format_map(_Said({name: _say(value) for name, value in facts.items()}))


class _Said(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def _say(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
