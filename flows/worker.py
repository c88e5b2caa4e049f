"""`python -m flows.worker`: the runner of the rounds alone, for a Prefect server that others keep (PREFECT_API_URL)."""

from __future__ import annotations

import os
import sys

from .prefect_home import silence


def main() -> int:
    """Run the rounds until told to stop; several workers may run, a round is taken by one of them."""
    if not os.environ.get("PREFECT_API_URL"):
        print("PREFECT_API_URL is not set: where is the Prefect server?", file=sys.stderr)  # noqa: T201 - for the log
        return 2
    os.environ.update({**silence(), "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"})
    from .rounds import run_rounds  # noqa: PLC0415 - Prefect reads its settings while it is imported

    run_rounds(is_alive=lambda: True, alone=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
