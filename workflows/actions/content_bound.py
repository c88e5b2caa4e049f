"""Forms that say yes or no to a text: they count only for exactly the version that was seen (NĐ 30/2020 Điều 11)."""

from __future__ import annotations

BOUND_TO_CONTENT = frozenset({"kiem_tra", "gop_y", "ky", "chuyen_tiep"})
