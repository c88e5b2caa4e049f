"""What people and the clock may do: one verb a file, one transaction a verb."""

from .act_on_task import Done, act_on_task
from .activate_elements import activate_elements
from .api_tokens import Scopes, create_token, revoke_token
from .broadcast_signal import broadcast_signal
from .cancel_case import cancel_case
from .claim_task import claim_task, release_task
from .complete_job import complete_job
from .complete_task import complete_task
from .confirm_reading import confirm_reading
from .confirm_receipt import confirm_receipt
from .deploy import deploy_definition, deploy_library, deploy_together
from .deploy_decision import deploy_decision
from .desk import Desk, Swept
from .extend_lock import extend_lock
from .fail_job import fail_job
from .fetch_jobs import FetchedJob, fetch_jobs
from .give_late_opinion import give_late_opinion
from .give_up_number import give_up_number
from .import_plan import import_plan
from .incidents import resolve_incident, retry_incident
from .list_incidents import SeenIncident, list_incidents
from .look_at_case import look_at_case
from .migrate_case import CaseFindings, Migrated, migrate_all, migrate_case, migration_report
from .move_tokens import move_tokens
from .publish_message import publish_message
from .report_task_error import report_task_error
from .reserve_number import reserve_number
from .revise_plan import revise_plan
from .set_case_variables import set_case_variables
from .sign_documents import sign_documents
from .start_plan import Routing, start_plan
from .start_process import start_process
from .step_up import step_up_for_task
from .stop_plan import stop_plan
from .suspend_case import resume_case, suspend_case
from .sweep import SWEEPS, sweep, sweep_all
from .teach_name import teach_name

__all__ = [
    "SWEEPS",
    "CaseFindings",
    "Desk",
    "Done",
    "FetchedJob",
    "Migrated",
    "Routing",
    "Scopes",
    "SeenIncident",
    "Swept",
    "act_on_task",
    "activate_elements",
    "broadcast_signal",
    "cancel_case",
    "claim_task",
    "complete_job",
    "complete_task",
    "confirm_reading",
    "confirm_receipt",
    "create_token",
    "deploy_decision",
    "deploy_definition",
    "deploy_library",
    "deploy_together",
    "extend_lock",
    "fail_job",
    "fetch_jobs",
    "give_late_opinion",
    "give_up_number",
    "import_plan",
    "list_incidents",
    "look_at_case",
    "migrate_all",
    "migrate_case",
    "migration_report",
    "move_tokens",
    "publish_message",
    "release_task",
    "report_task_error",
    "reserve_number",
    "resolve_incident",
    "resume_case",
    "retry_incident",
    "revise_plan",
    "revoke_token",
    "set_case_variables",
    "sign_documents",
    "start_plan",
    "start_process",
    "step_up_for_task",
    "stop_plan",
    "suspend_case",
    "sweep",
    "sweep_all",
    "teach_name",
]
