"""Every kind of letter there is."""

from __future__ import annotations

from . import messages
from .account_messages import ACCOUNT_KINDS
from .authority_messages import AUTHORITY_KINDS
from .deadline_messages import DEADLINE_KINDS
from .duty_messages import DUTY_KINDS
from .link_messages import LINK_KINDS
from .security_messages import SECURITY_KINDS
from .way_messages import WAY_KINDS
from .work_messages import WORK_KINDS
from .year_messages import YEAR_KINDS

KINDS: tuple[type[messages.Message], ...] = (
    *messages.KINDS,
    *WORK_KINDS,
    *DEADLINE_KINDS,
    *AUTHORITY_KINDS,
    *DUTY_KINDS,
    *SECURITY_KINDS,
    *YEAR_KINDS,
    *WAY_KINDS,
    *LINK_KINDS,
    *ACCOUNT_KINDS,
)
