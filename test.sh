#!/usr/bin/env bash
# Chạy toàn bộ kiểm thử. / Runs all checks: ruff, mypy, the import layers, and pytest on SQLite and PostgreSQL with a real browser.
# Prepares everything itself; extra arguments go to pytest: ./test.sh tests/engine -k gateway
set -euo pipefail
cd "$(dirname "$0")"
. .ci/prepare.sh
. .ci/prepare_tests.sh
prepare requirements.lock requirements-dev.lock
unset PYTHONDONTWRITEBYTECODE  # the tests start hundreds of programs of ours
find_postgres
find_browser
find_paper_font
find_paper_programs
PATH="$PWD/.venv/bin:$PATH"

say "· ruff"; ruff check --quiet .; ruff format --quiet --check .
say "· mypy"; mypy --no-error-summary
say "· lint-imports"; lint-imports --no-cache >.venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
say "· pytest"
# Three at a time on two cores, for many tests wait for a browser, a server or a mail.
# By file: some files are one story, with an office that runs from their first test to their last.
exec pytest -n 3 --dist loadfile --no-loadscope-reorder "$@"
