"""Functions of an office of its own, by the names that its processes call."""

from workflows.actions.functions import BpmnError, slow


def tinh_phi(call):
    """Reads variables and returns variables; nothing else of the case can be reached."""
    area = call.variables.get("dien_tich")
    if area is None:
        raise BpmnError("THIEU_DIEN_TICH", "chưa nhập diện tích")
    return {"phi": 2500 * area}


@slow
def bao_da_thu(call):
    """Would speak to the treasury: run by the sweep, so that nobody waits for it at a page."""
    return {"da_bao": call.now.isoformat()}


HAM = {"tinh_phi": tinh_phi, "bao_da_thu": bao_da_thu}
