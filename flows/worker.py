"""`python -m flows.worker`: the runner of the rounds alone, for a Prefect server that others keep."""

from __future__ import annotations

import os
import sys

from .prefect_home import worker


def main() -> int:
    """Run the rounds until told to stop; several workers may run, a round is taken by one of them."""
    variables = worker(os.environ)
    if not variables["PREFECT_API_URL"]:
        print("KEHOACH_PREFECT_URL is not set: where is the Prefect server?", file=sys.stderr)  # noqa: T201 - for the log
        return 2
    os.environ.update(variables)
    from .rounds import run_rounds  # noqa: PLC0415 - Prefect reads its settings while it is imported

    run_rounds(is_alive=lambda: True, alone=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
