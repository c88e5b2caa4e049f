"""Every kind of message has its event, every kind of occasion its words, every type of a webhook its title."""

from __future__ import annotations

from notifications.events import EVENTS
from notifications.kinds import KINDS
from notifications.machines import TITLES, TYPES
from notifications.note import CODE_KINDS
from notifications.writers import _WRITERS
from service.words import telling_words as said
from workflows.actions.set_escalation import TARGETS
from workflows.store.preferences import MAILS


def test_every_message_is_of_an_event_that_people_can_choose_a_way_for() -> None:
    chosen = {event.key for event in EVENTS} | {"tong_hop"}
    assert {kind.event for kind in KINDS} <= chosen
    assert chosen == set(said.EVENT_NAME)
    assert {event.key for event in EVENTS if event.fixed} == set(said.WHY_FIXED)


def test_every_kind_of_occasion_is_called_something_where_it_is_shown() -> None:
    assert set(_WRITERS) | set(CODE_KINDS) == set(said.REASON)


def test_every_choice_target_and_type_has_its_words() -> None:
    assert set(MAILS) == set(said.MAIL_CHOICE)
    assert set(TARGETS) == set(said.TARGET)
    assert set(TYPES.values()) == set(TITLES)
