"""What the columns of a task table hold, by the words of their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .normalise import plain, squeeze

Column = Literal[
    "no", "title", "criterion", "product", "lead", "coop", "both", "time", "start", "end", "budget", "detail"
]

_COLUMNS: tuple[tuple[Column, str], ...] = (
    ("no", r"^(?:tt|stt|so tt|so thu tu|so|no|#)\.?$"),
    ("both", r"chu tri.*phoi hop"),
    ("coop", r"phoi hop"),
    (
        "lead",
        r"chu tri|phu trach|chiu trach nhiem|dau moi|(?:don vi|co quan|bo phan|nguoi|to chuc|can "
        r"bo)[^|]*thuc hien|phan cong|duoc giao|^don vi(?! tinh)|^co quan|trach nhiem",
    ),
    ("budget", r"kinh phi|du toan|ghi chu|nguon|so tien"),
    ("product", r"san pham|ket qua|dau ra|muc tieu can dat"),
    ("start", r"bat dau|tu ngay|tu thang"),
    ("end", r"ket thuc|den ngay|den thang"),
    ("time", r"thoi gian|thoi han|tien do|hoan thanh|lo trinh|thoi diem|tan suat"),
    ("criterion", r"nhom|linh vuc|tieu chi|chi so|truc|tru cot"),
    ("title", r"nhiem vu|cong viec|hoat dong|giai phap"),
    ("title", r"noi dung|chi tieu|ten\b|van ban|danh muc"),
    ("detail", r"hinh thuc|cach thuc|dia diem|doi tuong|so luong|muc tieu"),
)
_FILLED = re.compile(r":\s*[^\W\d_]")
_PERIOD = re.compile(r"(?:quy (?:i|ii|iii|iv|[1-4])|thang \d{1,2}|(?:nam )?20\d\d)(?:\s*/\s*20\d\d)?$")


@dataclass(frozen=True)
class Columns:
    """The kind of each column by its place, and the columns that stand for a time ("Quý I", "2026")."""

    kinds: tuple[Column | None, ...]
    periods: dict[int, str] = field(default_factory=dict)

    def place(self, kind: Column) -> int | None:
        """Where the first column of this kind is."""
        return self.kinds.index(kind) if kind in self.kinds else None


def read_columns(headers: Sequence[str]) -> Columns | None:
    """The columns of a task table, or None when these cells are no header of one (it needs tasks and who leads)."""
    if len(headers) < 3 or any(len(cell) > 90 or _FILLED.search(cell) for cell in headers):
        return None
    kinds = [_kind(plain(squeeze(cell)).strip(" .:*")) for cell in headers]
    kinds = _one_lead(kinds, [plain(cell) for cell in headers])
    kinds = _one_title(kinds, [plain(cell) for cell in headers])
    if not any(kind in ("lead", "both") for kind in kinds) or "title" not in kinds:
        return None
    periods = {at: squeeze(cell) for at, cell in enumerate(headers) if _PERIOD.fullmatch(plain(squeeze(cell)))}
    return Columns(tuple(kinds), periods if len(periods) >= 2 else {})


def _kind(header: str) -> Column | None:
    return next((kind for kind, words in _COLUMNS if header and re.search(words, header)), None)


def _one_lead(kinds: list[Column | None], headers: list[str]) -> list[Column | None]:
    """Beside a column "Chủ trì" the one of the leader who oversees is a detail."""
    leads = [at for at, kind in enumerate(kinds) if kind == "lead"]
    sure = [at for at in leads if "chu tri" in headers[at]] or [
        at for at in leads if re.search(r"thuc hien|tham muu|don vi|co quan", headers[at])
    ]
    overseer: Column = "detail"
    return [
        overseer
        if sure and at in leads and at not in sure and re.search(r"lanh dao|chi dao|phu trach", headers[at])
        else kind
        for at, kind in enumerate(kinds)
    ]


def _one_title(kinds: list[Column | None], headers: list[str]) -> list[Column | None]:
    """Of several columns of content one is the task; those before it are its criterion, those after its details."""
    titles = [at for at, kind in enumerate(kinds) if kind == "title"]
    if not titles:
        at = next((at for at, kind in enumerate(kinds) if kind == "criterion"), None)
        return kinds if at is None else [*kinds[:at], "title", *kinds[at + 1 :]]
    named = [at for at in titles if re.search(r"nhiem vu|cong viec|hoat dong|giai phap", headers[at])]
    exact = [at for at in titles if re.search(r"cu the|chi tiet|thanh phan", headers[at])]
    best = (exact or named or titles)[0]
    before: Column = "criterion"
    after: Column = "detail"
    return [
        before if at in titles and at < best else after if at in titles and at > best else kind
        for at, kind in enumerate(kinds)
    ]
