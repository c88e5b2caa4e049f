"""Programs that need no secret are told none: the environment of a process is read in /proc, its memory in a core."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys

from flows.serve import server_environment
from service.cli.installation import environment_of_prefect, environment_of_rounds, foreign_environment
from service.settings import Settings, read_settings
from tests.house.source import program

SECRETS = {
    "database_url": "postgresql://a:mat-khau-csdl@host/kehoach",
    "owner_database_url": "postgresql://o:mat-khau-chu@host/kehoach",
    "smtp_password": "mat-khau-thu",
    "secret_key": "khoa-niem-phong-dai-hon-muoi-sau",
    "oidc_client_secret": "bi-mat-oidc",
    "metrics_token": "ma-do-dac",
    "demo_password": "mat-khau-mau",
    "checkpoint_key": "khoa-chot",
    "prefect_key": "khoa-prefect",
    "prefect_database_url": "postgresql://p:mat-khau-prefect@host/prefect",
}
ENVIRON = {"PATH": "/usr/bin", "PREFECT_HOME": "/p", **{f"KEHOACH_{name.upper()}": of for name, of in SECRETS.items()}}


def settings() -> Settings:
    return read_settings(ENVIRON)


def told(environment: dict[str, str]) -> set[str]:
    """Which of the secrets stand in this environment, under whatever name."""
    return {name for name, secret in SECRETS.items() if any(secret in value for value in environment.values())}


def test_every_secret_setting_is_looked_for() -> None:
    hidden = {name for name, each in Settings.model_fields.items() if "Secret" in str(each.annotation) or not each.repr}
    assert hidden <= {*SECRETS, "exchange", "smtp_user"}, "a new secret: say here who is told of it"


def test_each_process_is_told_what_it_needs() -> None:
    rounds = environment_of_rounds(settings(), ENVIRON)
    assert told(rounds) == {"database_url", "smtp_password", "secret_key", "checkpoint_key", "prefect_key"}
    assert told(environment_of_prefect(settings(), ENVIRON)) == {"prefect_key", "prefect_database_url"}
    for environment in (server_environment(rounds), foreign_environment(ENVIRON)):
        assert told(environment) == set()
        assert environment["PATH"] == "/usr/bin"
    assert server_environment(rounds)["PREFECT_HOME"] == "/p"


def test_no_child_is_started_with_the_whole_environment() -> None:
    wrong = []
    for source in program():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"subprocess.run", "subprocess.Popen"}:
                given = {each.arg: ast.unparse(each.value) for each in node.keywords}.get("env", "os.environ")
                wrong += [f"{source.name}:{node.lineno}"] if given.startswith("os.environ") else []
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.execve":
                given = ast.unparse(node.args[2])
                wrong += [f"{source.name}:{node.lineno}"] if "**os.environ" in given else []
    assert wrong == []


def test_what_dies_writes_no_core() -> None:
    code = "from service.cli.main import main; import sys; sys.argv = ['kehoach']; import atexit, resource;"
    code += "atexit.register(lambda: print(resource.getrlimit(resource.RLIMIT_CORE))); main()"

    def allow() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, preexec_fn=allow)
    assert said.stdout.strip().endswith("(0, 0)")
