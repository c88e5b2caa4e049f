"""Why a letter did not leave."""

from __future__ import annotations


class ChannelError(Exception):
    """A letter was not taken; `permanent`: it never will be; `unreachable`: nobody answers, the next need not try."""

    def __init__(self, message: str, permanent: bool = False, unreachable: bool = False) -> None:
        self.permanent = permanent
        self.unreachable = unreachable
        super().__init__(message)
