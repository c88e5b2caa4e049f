"""Messages and signals over HTTP reach the own office's cases alone."""

from __future__ import annotations

from tests.api.conftest import Interface


def test_a_message_reaches_the_one_case_of_the_own_office(interface: Interface) -> None:
    office = interface.office
    own, other = interface.begin(office.commune, "W", "hs:1"), interface.begin(office.province, "W", "hs:1")
    machine = interface.machine(office.commune, messages=["da_tra"], signals=["het_gio"])
    told = machine.post("/messages", 200, name="da_tra", key="hs:1", variables={"tien": 5})
    assert told == {"started_case": None}
    state = interface.field.state(own)
    assert state.process_variables()["tien"] == 5
    assert machine.post("/messages", 404, name="da_tra", key="hs:1")["code"] == "NO_MATCH"
    assert interface.field.state(other).process_variables() == {"so": 1}
    assert machine.post("/signals", 200, name="het_gio") == {"reached": 1}
    assert interface.field.waiting(own) == ["u"]


def test_a_message_for_several_changes_nothing(interface: Interface) -> None:
    for _ in range(2):
        interface.begin(interface.office.commune, "W", "hs:1")
    machine = interface.machine(None, messages=["*"])
    assert machine.post("/messages", 409, name="da_tra", key="hs:1")["code"] == "AMBIGUOUS"


def test_names_outside_the_scope_are_refused(interface: Interface) -> None:
    machine = interface.machine(None, messages=["khac"], signals=["khac"])
    assert machine.post("/messages", 403, name="da_tra")["code"] == "OUT_OF_SCOPE"
    assert machine.post("/signals", 403, name="het_gio")["code"] == "OUT_OF_SCOPE"
    assert machine.post("/signals", 200, name="khac") == {"reached": 0}
