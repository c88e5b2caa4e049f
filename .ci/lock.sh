#!/usr/bin/env bash
# Writes both lock files anew from pyproject.toml: exact versions with hashes, valid for Python 3.11 to 3.13.
# Locks keep the versions they hold; `.ci/lock.sh --upgrade` takes the newest that pyproject.toml allows.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
for target in requirements.lock requirements-dev.lock; do
    extras=()
    if [ "$target" = requirements-dev.lock ]; then extras=(--extra dev --constraint requirements.lock); fi
    # hatchling and editables build the project itself, uv installs the lock: they are locked like everything else.
    printf 'hatchling>=1.27\neditables\nuv\n' | "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-build-options \
        "${extras[@]}" "$@" --output-file "$target" pyproject.toml - >/dev/null
done
