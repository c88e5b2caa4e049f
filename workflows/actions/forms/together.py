"""Which forms may be done many at once, and with which answer: where a yes needs no words and is no signature."""

from __future__ import annotations

from collections.abc import Mapping

# Signing, numbering and issuing are done one by one, always.
TOGETHER: Mapping[str, Mapping[str, str]] = {
    "gop_y": {"ket_qua": "nhat_tri"},
    "xac_nhan": {"ket_qua": "dat"},
    "chuyen_tiep": {"ket_qua": "dong_y"},
}
MOST_TOGETHER = 20
