"""Names of people who do not exist, the same for the same post, so that a demo and a simulation can be replayed."""

from __future__ import annotations

from hashlib import sha256

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
_MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Quốc", "Hữu", "Ngọc", "Thu", "Đức", "Kim", "Xuân", "Hoài")
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Liên",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Phúc",
    "Phương",
    "Quang",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thủy",
    "Trung",
    "Tuấn",
    "Yến",
)


def invented_name(post: str) -> str:
    """A name for the holder of this post, such as "văn thư, UBND xã Đức Tân"."""
    digest = sha256(post.encode()).digest()
    return " ".join(choices[digest[at] % len(choices)] for at, choices in enumerate((_FAMILY, _MIDDLE, _GIVEN)))
