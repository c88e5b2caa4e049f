"""`python -m flows.server PARENT`: Prefect's server in the foreground, ended by Linux when the process PARENT ends.

`python -m flows.server --shared`: the one server of many machines; key and database come from KEHOACH_PREFECT_….
"""

from __future__ import annotations

import os
import sys

from .lifeline import die_with_parent
from .prefect_home import shared_server


def main(who: str) -> None:
    """Become the Prefect server; as a child its host, port, key and database come from the environment."""
    if who == "--shared":
        os.environ.update(shared_server(os.environ))
    else:
        die_with_parent(int(who))
    from prefect.cli import app  # noqa: PLC0415 - seconds of loading, after the lifeline is tied

    sys.argv = ["prefect", "server", "start"]
    app()


if __name__ == "__main__":
    main(sys.argv[1])
