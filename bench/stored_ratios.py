"""The ratios that were reached, beside RESULTS.md; a run that is more than 15 % worse fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

STORED = Path(__file__).with_name("ratios.json")
ALLOWED = 0.15


def judge(measured: Mapping[str, float]) -> int:
    """The exit code of a bench: 1 when one of its ratios is worse than the stored one by more than is allowed.

    A stored ratio says by `better` whether more or less of it is wanted. What has none stored is only measured.
    """
    stored = json.loads(STORED.read_text())
    worse = []
    for name, ratio in measured.items():
        if name not in stored:
            continue
        was, more = stored[name]["ratio"], stored[name]["better"] == "more"
        bound = was * (1 - ALLOWED) if more else was * (1 + ALLOWED)
        if ratio < bound if more else ratio > bound:
            worse.append(f"{name}: {ratio:.2f}, stored {was:.2f}")
    for each in worse:
        print(f"WORSE by more than {ALLOWED:.0%}: {each}")
    return 1 if worse else 0
