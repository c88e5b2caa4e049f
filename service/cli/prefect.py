"""`kehoach prefect`: the one Prefect server of an installation on many machines, silent and behind its key."""

from __future__ import annotations

import os
import sys

from service.settings import read_settings
from workflows.errors import Refused

from .answers import verb_app
from .examine_start import is_this_machine
from .installation import environment_of_prefect

app = verb_app("Chạy máy chủ Prefect cho nhiều máy; kehoach worker trên mỗi máy làm việc với nó.")


@app.command()
def prefect() -> None:
    """Chạy cho đến khi được dừng; chỉ một máy chạy lệnh này."""
    settings = read_settings()
    if not settings.prefect_key.get_secret_value() and not is_this_machine(settings.prefect_host):
        raise Refused("NO_PREFECT_KEY", host=settings.prefect_host)
    command = [sys.executable, "-m", "flows.server", "--shared"]
    os.execve(sys.executable, command, environment_of_prefect(settings, os.environ))  # noqa: S606 - our own module
