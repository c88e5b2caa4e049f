"""The description of the interface: OpenAPI 3.1, stable operation ids, tags, problems, a bearer token everywhere."""

from __future__ import annotations

from tests.api.conftest import Interface

OPERATIONS = {
    "fetch_jobs",
    "extend_lock",
    "complete_job",
    "fail_job",
    "throw_error",
    "publish_message",
    "broadcast_signal",
    "list_definitions",
    "deploy_definitions",
    "get_definition_file",
    "migrate_cases",
    "start_case",
    "list_cases",
    "get_case",
    "set_case_variables",
    "move_tokens",
    "suspend_case",
    "resume_case",
    "cancel_case",
    "list_incidents",
    "retry_incident",
    "resolve_incident",
    "list_tasks",
    "get_task",
    "assign_task",
    "release_task",
    "comment_on_task",
    "list_return_targets",
    "list_own_tasks",
    "search_everything",
    "claim_task",
    "free_task",
    "delegate_task",
    "hand_back_task",
    "complete_task",
    "request_later_due",
    "get_due_request",
    "decide_later_due",
    "return_task",
    "withdraw_task",
}


def asked_for(path: str) -> set[str]:
    """What a POST of this address may demand: to be done once, and on a case also If-Match."""
    of_a_case = any(each in path for each in ("{case_id}", "{task_id}", "{job_id}"))
    return {"idempotency-key", "if-match"} if of_a_case else {"idempotency-key"}


def test_the_document_names_every_operation(interface: Interface) -> None:
    answer = interface.http.get("/api/v1/openapi.json")
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    operations = [each for path in document["paths"].values() for each in path.values()]
    assert sorted(each["operationId"] for each in operations) == sorted(OPERATIONS)
    tags = {tag["name"] for tag in document["tags"]}
    for each in operations:
        assert set(each["tags"]) <= tags
        assert each["description"]
        ((scopes,),) = (each["security"][0].values(),)
        assert set(scopes) <= {"worker", "admin", "person", "people"}
        for status in ("401", "403", "404", "406", "422", "503"):
            assert "application/problem+json" in each["responses"][status]["content"]
    for name, path in document["paths"].items():
        headers = {each["name"] for each in path.get("post", {}).get("parameters", []) if each["in"] == "header"}
        assert headers == (asked_for(name) if "post" in path else set())
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    fetch = document["components"]["schemas"]["FetchJobs"]
    assert fetch["additionalProperties"] is False
    assert fetch["example"]["topics"]


def test_there_is_no_page_that_loads_scripts_from_elsewhere(interface: Interface) -> None:
    for path in ("/api/v1/docs", "/api/v1/redoc"):
        assert interface.http.get(path).status_code == 404
