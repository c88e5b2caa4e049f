"""The one table of what the clock does by itself and when; all times are those of the offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from .archive import archive
from .chase_receipts import chase_receipts
from .checkpoint_log import checkpoint_log
from .deliver import deliver
from .distribute import distribute
from .escalate import escalate
from .every_minute import every_minute
from .exchange import exchange
from .fire_timers import fire_timers
from .open_cycles import open_cycles
from .read_attachments import read_attachments
from .run_jobs import run_jobs
from .sign_documents import sign_documents

NAME = "kehoach"
ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Round:
    """One thing that comes round: which flow, and when as a cron line in the offices' time (None: started by hand)."""

    flow: Flow[[], Any]
    cron: str | None
    why: str


# A yearly cron would never fire (Prefect looks 100 days ahead), so yearly work is found by a daily round.
ROUNDS = (
    Round(every_minute, "* * * * *", "letters, deadlines and the programs' own steps wait a minute at most"),
    Round(escalate, "*/5 * * * *", "reminders are counted in days, five minutes late is on time"),
    Round(open_cycles, "0 6 * * *", "the day's reports and duties are open before people come to work"),
    Round(chase_receipts, "30 8 * * *", "whoever did not confirm a document yesterday is asked in the morning"),
    Round(archive, "0 22 * * *", "a plan that ended today has its file in the evening"),
    Round(checkpoint_log, "0 23 * * *", "the day's history is sealed in the evening"),
    Round(sign_documents, None, "a part of every-minute, to be started by hand"),
    Round(run_jobs, None, "a part of every-minute, to be started by hand"),
    Round(distribute, None, "a part of every-minute, to be started by hand"),
    Round(fire_timers, None, "a part of every-minute, to be started by hand"),
    Round(exchange, None, "a part of every-minute, to be started by hand"),
    Round(deliver, None, "a part of every-minute, to be started by hand"),
    Round(read_attachments, None, "a part of every-minute, to be started by hand"),
)


def deployments() -> list[RunnerDeployment]:
    """Every round as Prefect wants it; found again by module path, so that no file of ours shadows a package."""
    return [
        RunnerDeployment.from_flow(
            each.flow,
            name=NAME,
            schedule=Cron(each.cron, timezone=ZONE) if each.cron else None,
            description=each.why,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for each in ROUNDS
    ]
