"""Verbs with which a plan says what somebody does: where the name of a body ends and its duty begins."""

from __future__ import annotations

import re

from .normalise import UPPER, low, plain

# In Vietnamese as written, for without its marks "cần" is "cán"; behind a bar what makes the word something else.
_VERBS = (
    "chủ trì|chủ động|phối hợp|tham mưu|thực hiện(?! nhiệm vụ của)|tiếp tục|tăng cường|triển khai|căn cứ"
    "|chịu trách nhiệm",
    "tổ chức(?! chính trị| xã hội| đoàn thể| nội vụ| đảng| cán bộ|,)|có trách nhiệm|đẩy mạnh|giao|hướng dẫn|ban hành",
    "xây dựng(?! và môi trường| đảng)|rà soát|kiểm tra|theo dõi|đôn đốc|tổng hợp|tập hợp|báo cáo|cung cấp|bố trí|đưa",
    "nghiêm túc|(?<!giáo dục )thường xuyên|cập nhật|làm đầu mối|là đầu mối|là (?:cơ quan|đơn vị|bộ phận"
    "|thường trực)|giải tỏa|công khai",
    "cử|cam kết|trên cơ sở|định kỳ|chỉ đạo|quán triệt|tuyên truyền(?! \\w+ \\w+ cộng đồng| và| chuyển đổi| công nghệ)",
    "xem xét|lập|tập trung|duy trì|phát huy|hỗ trợ|tiếp nhận|giám sát|phân công|bám sát|trong quá trình|nâng cao"
    "|thông báo",
    "thành lập|tham gia|vận động|đổi mới(?! sáng tạo)|khai thác|phát động|đảm bảo|bảo đảm|sử dụng|gửi|thống nhất",
    "hàng năm|hàng quý|hàng tháng|hằng năm|hằng quý|hằng tháng|trực tiếp|kịp thời|khẩn trương|đăng ký|đăng tải"
    "|đăng tin",
    "phụ trách(?! các lĩnh vực| lĩnh vực| ngành)|đề xuất|trình|tiếp|phải|cần|sẽ|hoàn thành|hoàn tất|nghiên cứu"
    "|xác định",
    "giúp|chuẩn bị|thiết lập|công bố|niêm yết|hoàn thiện|hoàn chỉnh|khắc phục|thúc đẩy|phát triển(?! nông thôn)"
    "|biên soạn|tiến hành",
    "soạn thảo|ra quân|tuần tra|kiểm soát|lấy mẫu|thẩm định|thẩm tra|khảo sát|điều tra|đánh giá|phê duyệt|tập huấn",
    "bồi dưỡng|mở|ký|trao|tặng|xử lý|xử phạt|tổng kiểm tra|lắp đặt|sửa chữa|cải tạo|nâng cấp|trồng|tiêm|phun|khám",
    "(?<![-–] )thống kê|điều chỉnh|phát sóng|phát thanh(?! và|,)|đưa tin|viết|tham dự|lãnh đạo, chỉ đạo|làm tốt"
    "|giải quyết",
    "quản lý|số hóa|chuẩn hóa|kết nối|tích hợp|vận hành|thu gom|diễn tập|huấn luyện|luyện tập|đối thoại|biểu dương",
    "khen thưởng|tuyên dương|bình xét|lồng ghép|quan tâm|chăm lo|thăm|nêu cao|gương mẫu|chấp hành|phân tích|xác minh",
    "đo đạc|chỉnh trang|treo|phát dọn|ứng trực|trực(?! thuộc| tiếp)|in ấn|mua sắm|bàn giao|nghiệm thu|giải ngân"
    "|phân bổ",
    "tuyển chọn|lựa chọn|giới thiệu|quảng bá|kêu gọi|huy động|động viên|khuyến khích|tiếp thu|giải trình|sơ kết"
    "|tổng kết",
    "phổ biến|cụ thể hóa|phân loại|bổ sung|khuyến cáo|cảnh báo|tư vấn|ghi nhận|tổng rà soát|phản ánh|trả lời|áp dụng",
    "họp(?! báo)|xét duyệt|nộp|phát hành|công nhận|chi trả|khởi công|khánh thành|phát lệnh|bình cử|bình chọn"
    "|kẻ vạch|lắp|dựng|thu dọn",
)
_VERB = re.compile(rf",?\s+(?:tích cực |khẩn trương |kịp thời |trực tiếp )?({'|'.join(_VERBS)})(?!\w)")
# "Đoàn kiểm tra", "Tổ công tác": a word of one syllable that needs the next one to be a name.
_NEEDS_MORE = re.compile(
    r"(?:(?:cac|toan the|moi|thanh vien|truong)\s+)*(?:doan|to|doi|ban|nhom|hoi dong|bo phan|luc luong)$"
)
_NAMED_DEEDS = ("kiểm tra", "giám sát", "thẩm định", "tuyên truyền", "rà soát", "xây dựng", "tổng hợp", "soạn thảo",
                "biên soạn", "kiểm soát", "khảo sát", "đánh giá", "vận động", "phụ trách", "quản lý", "hỗ trợ",
                "tham gia")  # fmt: skip
# A verb of one syllable may be the second half of a word: "Thường trực", "chương trình".
_ENDS_IN_CAPITAL = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_{UPPER}]+$")
_OTHER_WORDS = re.compile(
    r"(?:(?:chuong|quy|cong|tien|lo|to|giao|phap) trinh|(?:chu|nhat|bien|dang|thu) ky|thuong truc)$"
)


def first_duty(text: str, start: int = 0) -> int:
    """Where the first verb of duty begins behind `start`, behind at least one word; -1 when there is none.

    A verb is written small ("Sở Xây dựng" has none), is not given to the body ("được giao chủ trì") and is not the
    second half of a name ("Đoàn kiểm tra").
    """
    lowered, folded = low(text), plain(text)
    given = -1
    for found in _VERB.finditer(lowered, start + 2):
        word, at = found[1], found.start(1)
        before = folded[start : found.start()]
        if not text[at : at + 1].islower() or (word in _NAMED_DEEDS and _NEEDS_MORE.fullmatch(before)):
            continue
        named_so = word in ("chủ trì", "phối hợp", "thực hiện", "tham mưu") and before.endswith("don vi")
        if named_so or before.endswith(("duoc", "co quan chu tri")) or (given >= 0 and word == "chủ trì"):
            given = found.end()
            continue
        if " " not in word and (
            _ENDS_IN_CAPITAL.search(text[: found.start()]) or _OTHER_WORDS.search(folded[: found.end()])
        ):
            continue
        return found.start()
    return -1


def begins_with_duty(words: str) -> bool:
    """Whether the words begin with a verb of duty, in small letters or with a capital."""
    return _VERB.match(f" {low(words)}") is not None
