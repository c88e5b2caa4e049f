#!/usr/bin/env bash
# Chạy toàn bộ kiểm thử. / Runs all checks: ruff, mypy, the import layers, and pytest on SQLite and PostgreSQL with a real browser.
# Prepares everything itself; extra arguments go to pytest: ./test.sh tests/engine -k gateway
set -euo pipefail
cd "$(dirname "$0")"
. .ci/prepare.sh
. .ci/prepare_tests.sh
make_environment
install_missing & debian=$!  # beside all that needs no more than Python
prepare requirements.lock requirements-dev.lock
unset PYTHONDONTWRITEBYTECODE  # the tests start hundreds of programs of ours
PATH="$PWD/.venv/bin:$PATH"

types() { # tells at once what it found, also while pytest runs
    mypy --no-error-summary >.venv/mypy.txt || { say "✗ mypy"; cat .venv/mypy.txt; return 1; }
}
say "· mypy"; types & types=$!  # beside all that follows
say "· ruff"; ruff check --quiet .; ruff format --quiet --check .
if [ $# != 0 ]; then # a whole run has it among its tests
    say "· lint-imports"; lint-imports --no-cache >.venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
fi
# Compiles the tests once, which each worker would do for itself; what has not changed is compiled.
if [ -n "$(find tests -name '*.py' ! -path '*/.*' -newer .venv/collected.txt -print -quit 2>&1)" ]; then
    pytest --collect-only "$@" >.venv/collecting.txt || { cat .venv/collecting.txt; exit 1; }
    [ $# != 0 ] || mv .venv/collecting.txt .venv/collected.txt
fi
wait "$debian"
find_postgres
find_browser
find_paper_font
find_paper_programs

say "· pytest"
# Four at a time on two cores, for many tests wait for Prefect's minutes, a browser, a server or a mail.
# By file: some files are one story, with an office that runs from their first test to their last.
played=0
pytest -n 4 --dist loadfile --no-loadscope-reorder "$@" || played=$?
wait "$types" || { say "✗ mypy (.venv/mypy.txt)"; exit 1; }
exit "$played"
