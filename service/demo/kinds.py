"""What sort of body a name in a plan means, and who heads such a body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.plans.names import expand_abbreviations, fold


@dataclass(frozen=True)
class Kind:
    """A kind of body in the directory, with the titles of its head and of its officers."""

    kind: str
    head: str
    officer: str = "Chuyên viên"


# The first pattern that a folded, spelled-out name matches decides.
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"^(cac |toan the |mat tran (va )?cac |dai bieu )|^cong chuc xa$|cap huyen, xa", Kind("group", "")),
        (r"^(ubnd|uy ban nhan dan) cac ", Kind("group", "")),
        (r"mat tran|mttq", Kind("front", "Chủ tịch", "Ủy viên Thường trực")),
        (r"dang uy|huyen uy|tinh uy|tuyen giao|thanh uy", Kind("party", "Bí thư")),
        (r"^(thuong truc )?(hdnd|hoi dong nhan dan)", Kind("council", "Chủ tịch")),
        (r"^(hoi |doan |lien doan )", Kind("association", "Chủ tịch", "Ủy viên Ban Chấp hành")),
        (r"^(ubnd|uy ban nhan dan)", Kind("office", "Chủ tịch", "Văn thư")),
        (r"^so ", Kind("unit", "Giám đốc")),
        (r"^phong ", Kind("unit", "Trưởng phòng")),
        (r"^van phong", Kind("unit", "Chánh Văn phòng")),
        (r"^cong an", Kind("unit", "Trưởng Công an", "Cán bộ")),
        (
            r"^(bao |dai |cong (thong|trang)|trang |ban bien tap|trung tam|buu dien|thanh tra|truong )",
            Kind("agency", "Người đứng đầu", "Cán bộ"),
        ),
    )
)
_UNIT = Kind("unit", "Phụ trách", "Công chức")


def kind_of(name: str) -> Kind:
    """The kind of body that goes by this name; a unit of the office where nothing says otherwise."""
    folded = fold(expand_abbreviations(name))
    return next((kind for pattern, kind in _KINDS if pattern.search(folded)), _UNIT)
