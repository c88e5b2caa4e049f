"""What the protocol shows of a case; the program has it, for `kehoach test` plays the same files."""

from __future__ import annotations

from service.process_tests.seen import CAPABILITIES, EngineError, seen

__all__ = ["CAPABILITIES", "EngineError", "seen"]
