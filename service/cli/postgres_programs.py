"""Copies of a PostgreSQL database: its own programs, told the password where nobody can see it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import inspect, make_url

from workflows.errors import Refused
from workflows.store.database import Database
from workflows.whole_file import whole_file

from .installation import foreign_environment

DEBIAN = Path("/usr/lib/postgresql")
UNSIGNED = ("--no-owner", "--no-privileges")
# Roles are of a machine and not of a copy: the wall between offices is put up anew where the copy is read.
OF_THE_WALL = re.compile(r" (POLICY|ROW SECURITY) |\bkehoach_\w+\(")


def dump(url: str, target: Path) -> None:
    """Write everything into a new file that only this user may read; the role must be one that sees every row."""
    with whole_file(target) as fresh:
        _run("pg_dump", url, "--format=custom", "--enable-row-security", *UNSIGNED, f"--file={fresh}")


def restore(url: str, source: Path) -> None:
    """Read a dump into a database without tables, all of it or nothing; its wall is left out."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".list") as chosen:
        listed = _said("pg_restore", {}, "--list", str(source))
        chosen.write("".join(line for line in listed.splitlines(keepends=True) if not OF_THE_WALL.search(line)))
        chosen.flush()
        whole = ("--single-transaction", "--exit-on-error", f"--use-list={chosen.name}")
        _run("pg_restore", url, *whole, *UNSIGNED, str(source))


def revision_in(file: Path) -> str | None:
    """The version of the schema in a dump; NOT_A_BACKUP when it is no dump."""
    result = _ran("pg_restore", {}, "--data-only", "--table=alembic_version", "--file=-", str(file))
    rows = result.stdout.partition("FROM stdin;\n")[2].split()
    if result.returncode != 0 or not rows:
        raise Refused("NOT_A_BACKUP", file=str(file))
    return rows[0]


def has_tables(database: Database) -> bool:
    """Whether anything is there that a restore would be mixed with."""
    with database.read() as connection:
        return bool(inspect(connection).get_table_names())


def _run(program: str, url: str, *arguments: str) -> None:
    place = make_url(url)
    target = place.set(drivername="postgresql", password=None).render_as_string()
    environment = {**foreign_environment(os.environ), **({"PGPASSWORD": str(place.password)} if place.password else {})}
    _said(program, environment, f"--dbname={target}", *arguments)


def _said(program: str, environment: Mapping[str, str], *arguments: str) -> str:
    """What a program of PostgreSQL prints; POSTGRES_PROGRAM_FAILED with its complaint."""
    result = _ran(program, environment, *arguments)
    if result.returncode != 0:
        raise Refused("POSTGRES_PROGRAM_FAILED", program=program, said=result.stderr.strip())
    return result.stdout


def _ran(program: str, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [_found(program), *arguments]
    return subprocess.run(command, env=dict(environment) or None, capture_output=True, text=True, check=False)  # noqa: S603 - PostgreSQL's own


def _found(program: str) -> str:
    on_path = shutil.which(program)
    if on_path:
        return on_path
    installed = sorted(DEBIAN.glob(f"*/bin/{program}"), key=lambda each: each.parts[-3].zfill(4))
    if not installed:
        raise Refused("PROGRAM_MISSING", program=program, package="postgresql-client")
    return str(installed[-1])
