"""What people and the clock may do: one verb a file, one transaction a verb."""

from .act_on_task import Done, act_on_task
from .claim_task import claim_task, release_task
from .confirm_reading import confirm_reading
from .confirm_receipt import confirm_receipt
from .deploy import deploy_definition, deploy_library
from .desk import Desk, Swept
from .give_late_opinion import give_late_opinion
from .give_up_number import give_up_number
from .import_plan import import_plan
from .reserve_number import reserve_number
from .revise_plan import revise_plan
from .start_plan import Routing, start_plan
from .stop_plan import stop_plan
from .sweep import SWEEPS, sweep, sweep_all
from .teach_name import teach_name

__all__ = [
    "SWEEPS",
    "Desk",
    "Done",
    "Routing",
    "Swept",
    "act_on_task",
    "claim_task",
    "confirm_reading",
    "confirm_receipt",
    "deploy_definition",
    "deploy_library",
    "give_late_opinion",
    "give_up_number",
    "import_plan",
    "release_task",
    "reserve_number",
    "revise_plan",
    "start_plan",
    "stop_plan",
    "sweep",
    "sweep_all",
    "teach_name",
]
