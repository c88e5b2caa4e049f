"""`python -m flows.server PARENT`: Prefect's server in the foreground, ended by Linux when the process PARENT ends."""

from __future__ import annotations

import sys

from .lifeline import die_with_parent


def main(parent: int) -> None:
    """Become the Prefect server; host, port, key and database come from the environment."""
    die_with_parent(parent)
    from prefect.cli import app  # noqa: PLC0415 - seconds of loading, after the lifeline is tied

    sys.argv = ["prefect", "server", "start"]
    app()


if __name__ == "__main__":
    main(int(sys.argv[1]))
