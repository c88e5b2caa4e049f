"""The pages and the clock start only on a machine that may be trusted: what the doctor calls wrong is refused."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from service.settings import Settings
from workflows.errors import Reason, Refused
from workflows.store import schema
from workflows.store.database import Database
from workflows.store.finding import Finding

from .examine_files import examine_files
from .examine_start import examine_clock, examine_quarantine, examine_settings
from .installation import now, opened
from .machine import examine_machine
from .sentences import all_sentences, sentence

log = logging.getLogger(__name__)

# Errors of the doctor that may not keep people from reading: they need a person, and the pages say so themselves.
STARTS_ANYWAY = ("DISK", "PACKAGE", "CHECKPOINT_FOLDER", "CERTIFICATE_OVER")


def refuse_unfit(findings: Iterable[Finding]) -> None:
    """Refused with every reason at once."""
    bad = [each for each in findings if each.level == "error" and each.code not in STARTS_ANYWAY]
    if bad:
        raise Refused.because([Reason(each.code, each.facts) for each in bad])


@contextmanager
def opened_to_serve(settings: Settings, *, upgrade: bool = False) -> Iterator[Database]:
    """The installation's database, on a machine and with settings that are fit for people's work; else Refused."""
    files = list(examine_files(settings, os.environ))
    refuse_unfit([*examine_settings(settings), *examine_machine(settings), *files])
    for each in files:
        log.warning("%s", sentence(all_sentences(bad=True)[each.code], each.facts))
    with opened(settings, upgrade=upgrade, look=_look) as database:
        yield database


def _look(database: Database) -> None:
    """Before anything is written, the schema included."""
    found = [each for each in database.check() if each.code != "MIGRATIONS"]
    with database.read() as connection:
        made = schema.current(connection) is not None
    if made:
        found += [*examine_clock(database, now()), *examine_quarantine(database)]
    refuse_unfit(found)
