"""`kehoach worker`: the rounds of the schedule on this machine, for a Prefect server that others keep."""

from __future__ import annotations

import os
import sys

from service.settings import read_settings
from workflows.errors import Refused

from .answers import verb_app
from .fit_to_start import opened_to_serve
from .installation import environment_of_rounds

app = verb_app("Chạy các việc theo lịch với một máy chủ Prefect có sẵn (KEHOACH_PREFECT_URL).")


@app.command()
def worker() -> None:
    """Chạy cho đến khi được dừng; có thể chạy trên nhiều máy cùng lúc."""
    settings = read_settings()
    if not (settings.prefect_url or os.environ.get("PREFECT_API_URL")):
        raise Refused("NO_PREFECT")
    with opened_to_serve(settings):
        pass  # what is wrong is refused here and not in every run
    command = [sys.executable, "-m", "flows.worker"]
    os.execve(sys.executable, command, environment_of_rounds(settings, os.environ))  # noqa: S606 - our own module
