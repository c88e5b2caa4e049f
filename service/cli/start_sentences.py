"""Vietnamese sentences for what keeps this machine from starting, and what to do about each finding of the doctor."""

from __future__ import annotations

from collections.abc import Mapping

FINDINGS: Mapping[str, str] = {
    "NEW_SCHEMA": "Cơ sở dữ liệu ({current}) do một phiên bản mới hơn của chương trình tạo ra; "
    "chương trình này chỉ biết đến {newest}.",
    "PG_ENCODING": "Cơ sở dữ liệu PostgreSQL dùng bảng mã {encoding}.",
    "CLOCK": "Giờ của máy này lệch {seconds} giây so với giờ của cơ sở dữ liệu.",
    "CLOCK_BACK": "Cơ sở dữ liệu có lượt chạy ghi lúc {last}, sau giờ hiện tại của máy {seconds} giây.",
    "BASE_URL": "Địa chỉ các trang: {address}.",
    "BASE_URL_OPEN": "Địa chỉ {address} là địa chỉ công khai mà không mã hóa (http).",
    "BASE_URL_INSIDE": "Địa chỉ {address} không mã hóa (http): ai trong mạng nội bộ cũng có thể đọc được.",
    "SMTP_OPEN": "Thư gửi tới {host} không mã hóa (KEHOACH_SMTP_SECURITY=none).",
    "DEMO_OPEN": "Dữ liệu mẫu mở cho máy khác ({host}) với mật khẩu mặc định ai cũng biết.",
    "WEAK_SECRET": "{name} quá ngắn hoặc quá dễ đoán.",
    "SECRET_READABLE": "Mọi tài khoản trên máy này đọc được {file}, nơi có bí mật hoặc dữ liệu.",
    "SECRET_WRITABLE": "Mọi tài khoản trên máy này ghi được vào {file}: ai cũng có thể thay khóa hoặc dữ liệu.",
    "CHECKPOINT_KEY_BAD": "KEHOACH_CHECKPOINT_KEY không phải khóa Ed25519 dạng PEM.",
    "CHECKPOINT_FOLDER": "Thư mục điểm chốt nhật ký {folder}: {state}.",
    "CERTIFICATE": "Chứng thư số của {holder} còn hiệu lực đến {ends}.",
    "CERTIFICATE_OVER": "Chứng thư số của {holder} đã hết hiệu lực từ {ends}; chữ ký của khóa này phải chờ.",
    "CERTIFICATE_SOON": "Chứng thư số của {holder} hết hiệu lực vào {ends}.",
}

# What to do where a finding is bad; the doctor says it with the finding, a start that is refused with the refusal.
TO_DO: Mapping[str, str] = {
    "NEW_SCHEMA": "Hãy cài phiên bản chương trình mới nhất, hoặc phục hồi bản sao lưu của phiên bản này.",
    "PG_VERSION": "Hãy nâng PostgreSQL lên phiên bản {oldest} hoặc mới hơn.",
    "PG_ENCODING": "Hãy tạo cơ sở dữ liệu với bảng mã UTF8 (createdb -E UTF8), nếu không chữ Việt sẽ hỏng.",
    "PG_SETTING": "Hãy đặt {name} = on trong postgresql.conf rồi nạp lại PostgreSQL; nếu không, việc đã báo xong "
    "có thể mất khi mất điện.",
    "SQLITE_FTS5": "Không có gì được ghi. Hãy dùng Python của Debian/Ubuntu hoặc python.org (SQLite của các bản này có "
    "FTS5), hoặc dùng PostgreSQL (KEHOACH_DATABASE_URL).",
    "SQLITE_JOURNAL": "Hãy dừng mọi chương trình khác đang mở tệp dữ liệu rồi chạy lại.",
    "CLOCK": "Hãy chỉnh giờ máy (timedatectl set-ntp true) rồi chạy lại.",
    "CLOCK_BACK": "Hãy kiểm tra giờ máy.",
    "BASE_URL_OPEN": "Hãy đặt máy chủ HTTPS phía trước và KEHOACH_BASE_URL=https://…",
    "SMTP_OPEN": "Hãy đặt KEHOACH_SMTP_SECURITY=starttls hoặc tls; “none” chỉ dùng cho máy chủ thư trên chính máy này.",
    "DEMO_OPEN": "Hãy đặt KEHOACH_DEMO_PASSWORD, hoặc chỉ mở trên máy này (KEHOACH_HOST=127.0.0.1).",
    "WEAK_SECRET": "Hãy tạo bí mật mới: openssl rand -hex 32.",
    "SECRET_READABLE": "Hãy chạy: chmod 600 {file}",
    "SECRET_WRITABLE": "Hãy chạy: chmod 600 {file}, rồi xem nội dung có bị ai thay không.",
    "CHECKPOINT_KEY_BAD": "Hãy tạo khóa: openssl genpkey -algorithm ed25519.",
    "CHECKPOINT_FOLDER": "Hãy cho người chạy chương trình quyền ghi, hoặc chọn nơi khác (KEHOACH_CHECKPOINT_FOLDER).",
    "CERTIFICATE_OVER": "Hãy xin chứng thư mới rồi ghi vào bằng kehoach signing.",
    "CERTIFICATE_SOON": "Hãy xin gia hạn trước ngày đó.",
    "FOLDER": "Hãy cho người chạy chương trình quyền ghi, hoặc chọn thư mục khác (KEHOACH_DATA_DIR).",
    "NETWORK_FOLDER": "Hãy chọn thư mục trên ổ của máy này, hoặc dùng PostgreSQL (KEHOACH_DATABASE_URL).",
    "DISK": "Hãy xóa bớt tệp không cần hoặc mở rộng ổ đĩa; khi hết chỗ thì chỉ còn đọc được.",
    "TIME_ZONE": "Hãy cài gói tzdata; không có múi giờ đúng thì mọi thời hạn đều sai.",
}

REFUSALS: Mapping[str, str] = {
    "QUARANTINE": "Dữ liệu vừa được phục hồi lúc {restored_at} (bản sao lưu dừng ở {copy_ends_at}) và đang cách ly: "
    "chưa gửi thư, chưa cấp số. Hãy chạy: kehoach quarantine, rồi kehoach quarantine end.",
    "NO_ROOM": "Không ghi được {file}: ổ đĩa đầy hoặc hỏng. Không có tệp nào được để lại. Hãy chọn ổ khác còn chỗ.",
    "DAMAGED_BACKUP": "Tệp sao lưu {file} đã bị hỏng hoặc bị sửa: mã kiểm tra không khớp tệp {beside}. "
    "Không có gì được ghi. Hãy dùng bản sao lưu khác.",
}

# What the operator does after a restore, in this order.
AFTER_RESTORE = (
    "1. Dừng hẳn máy cũ. 2. Chạy kehoach db upgrade, rồi kehoach verify-log (so với các điểm chốt để ngoài máy). "
    "3. Hỏi văn thư số cuối cùng đã cấp của từng dãy số (sổ giấy, văn bản đã phát hành sau bản sao lưu). "
    "4. Chạy kehoach quarantine end --letters hold --number MÃ_CƠ_QUAN:DÃY_SỐ:NĂM=SỐ … "
    "5. Khởi động lại, nhập lại những việc đã làm sau bản sao lưu."
)
LOST_TITLE = "(Số đã cấp sau bản sao lưu, trước khi phục hồi dữ liệu)"
LOST_NUMBER = "Đã cấp trước khi phục hồi dữ liệu; xem bản giấy và văn bản đã phát hành."
HELD = "Giữ lại khi phục hồi dữ liệu: có thể đã gửi trước đó. Kiểm tra rồi bấm gửi lại nếu cần."
