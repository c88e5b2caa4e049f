"""The database of a form that comes back after its session ended: it is shown again, and nothing is written."""

from __future__ import annotations

from typing import NoReturn

from workflows.errors import Refused
from workflows.store.database import Database


class LookingDatabase(Database):
    """The same database, read only; whoever shows its form again after a refusal shows what was typed."""

    def __init__(self, database: Database) -> None:
        self.__dict__.update(database.__dict__)
        self.house = self

    def write(self) -> NoReturn:
        """No transaction that may write begins; Refused FILLED_IN_AGAIN."""
        raise Refused("FILLED_IN_AGAIN")

    def ahead(self) -> NoReturn:
        """Nor is anything decided on what is remembered."""
        self.write()

    def keep(self, ahead: object) -> NoReturn:
        """Nor kept."""
        del ahead
        self.write()
