"""Why a letter did not leave."""

from __future__ import annotations


class ChannelError(Exception):
    """A letter was not taken. `permanent`: it never will be.

    `unreachable`: no conversation could be begun, so the letter is not to blame; `silent`: the other side fell silent
    over this letter. After either the next letter need not try now.
    """

    def __init__(self, message: str, permanent: bool = False, unreachable: bool = False, silent: bool = False) -> None:
        self.permanent = permanent
        self.unreachable = unreachable
        self.silent = silent
        super().__init__(message)
