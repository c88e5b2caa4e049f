"""What the choices of keys are called."""

from __future__ import annotations

from collections.abc import Mapping

KEYS: Mapping[str, str] = {"on": "Bấm một phím", "alt": "Giữ Alt và bấm phím", "off": "Tắt"}
