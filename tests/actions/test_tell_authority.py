"""Whom a delegation concerns hears when it is entered, begins, is taken back and is over; each turn once."""

from __future__ import annotations

from datetime import timedelta

from tests.actions.lent_office import desk_of, lend, loan, number_of
from tests.actions.small_office import stored
from tests.stories.cast import Cast
from workflows.actions.lend_authority import take_back
from workflows.actions.tell_authority import KIND, tell_authority
from workflows.store.tables.telling import outbox


def turns(cast: Cast) -> list[str]:
    return [row.data["how"] for row in stored(cast.database, outbox, kind=KIND)]


def letters(cast: Cast) -> list[tuple[str, str]]:
    """Whom the letters went to, and what they are called."""
    cast.channel.letters.clear()
    cast.sweep()
    cast.now += timedelta(hours=1)
    cast.sweep()
    return [(each.address, each.subject) for each in cast.channel.letters if "quyền" in each.subject]


def test_the_one_who_did_it_is_not_told_and_the_other_is_with_what_and_how_long(cast: Cast) -> None:
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    assert turns(cast) == ["lent"]
    told = letters(cast)
    assert len(told) == 1
    assert told[0][1].startswith("[Ủy quyền]")
    (letter,) = [each for each in cast.channel.letters if "quyền" in each.subject]
    assert "07/GUQ-UBND" in letter.text
    assert "(TUQ.)" in letter.text


def test_what_begins_later_and_what_ends_by_itself_is_told_to_both_once(cast: Cast) -> None:
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", since=cast.now + timedelta(days=2), days=1))
    letters(cast)
    assert tell_authority(cast.clock).done == 0
    cast.now += timedelta(days=2)
    assert [tell_authority(cast.clock).done for _ in range(2)] == [1, 0]
    assert len(letters(cast)) == 2
    cast.now += timedelta(days=1)
    assert [tell_authority(cast.clock).done for _ in range(2)] == [1, 0]
    assert turns(cast) == ["lent", "begins", "over"]


def test_what_was_taken_back_is_said_once_and_never_over_as_well(cast: Cast) -> None:
    given = lend(cast, loan(cast, "chu_tich", "pho_chu_tich", days=1))
    take_back(desk_of(cast, number_of(cast, "chu_tich")), given)
    cast.now += timedelta(days=2)
    tell_authority(cast.clock)
    assert turns(cast) == ["lent", "taken_back"]
