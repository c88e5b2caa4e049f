"""What people and the clock may do: one verb a file, one transaction a verb."""

from .act_on_task import Done, act_on_task
from .act_on_tasks import Chosen, OneResult, act_on_tasks
from .activate_elements import activate_elements
from .api_tokens import Scopes, create_token, revoke_token
from .ask_person import Request, ask_person, withdraw_request
from .broadcast_signal import broadcast_signal
from .cancel_case import cancel_case
from .claim_task import claim_task, release_task
from .comment import comment
from .complete_job import complete_job
from .complete_task import complete_task
from .confirm_reading import confirm_reading
from .confirm_receipt import confirm_receipt
from .delegate_task import delegate_task, hand_back_task
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
from .keep_draft import drop_draft, save_draft
from .list_incidents import SeenIncident, list_incidents
from .look_at_case import look_at_case
from .migrate_case import CaseFindings, Migrated, migrate_all, migrate_case, migration_report
from .move_tokens import move_tokens
from .publish_message import publish_message
from .put_off_task import put_off_task, take_up_task
from .reassign_task import free_task, reassign_task
from .report_task_error import report_task_error
from .reserve_number import reserve_number
from .return_task import return_task, targets_of_task
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
from .watch_plan import unwatch_plan, watch_plan
from .withdraw_task import undo_decision, withdraw_task

__all__ = [
    "SWEEPS",
    "CaseFindings",
    "Chosen",
    "Desk",
    "Done",
    "FetchedJob",
    "Migrated",
    "OneResult",
    "Request",
    "Routing",
    "Scopes",
    "SeenIncident",
    "Swept",
    "act_on_task",
    "act_on_tasks",
    "activate_elements",
    "ask_person",
    "broadcast_signal",
    "cancel_case",
    "claim_task",
    "comment",
    "complete_job",
    "complete_task",
    "confirm_reading",
    "confirm_receipt",
    "create_token",
    "delegate_task",
    "deploy_decision",
    "deploy_definition",
    "deploy_library",
    "deploy_together",
    "drop_draft",
    "extend_lock",
    "fail_job",
    "fetch_jobs",
    "free_task",
    "give_late_opinion",
    "give_up_number",
    "hand_back_task",
    "import_plan",
    "list_incidents",
    "look_at_case",
    "migrate_all",
    "migrate_case",
    "migration_report",
    "move_tokens",
    "publish_message",
    "put_off_task",
    "reassign_task",
    "release_task",
    "report_task_error",
    "reserve_number",
    "resolve_incident",
    "resume_case",
    "retry_incident",
    "return_task",
    "revise_plan",
    "revoke_token",
    "save_draft",
    "set_case_variables",
    "sign_documents",
    "start_plan",
    "start_process",
    "step_up_for_task",
    "stop_plan",
    "suspend_case",
    "sweep",
    "sweep_all",
    "take_up_task",
    "targets_of_task",
    "teach_name",
    "undo_decision",
    "unwatch_plan",
    "watch_plan",
    "withdraw_request",
    "withdraw_task",
]
