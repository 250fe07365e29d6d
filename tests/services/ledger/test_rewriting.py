"""Each part of an edit takes the posting that it is most like."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.entries import Part
from fintrack.core.money import Money
from fintrack.models.ledger import Posting
from fintrack.services.ledger.rewriting import Rewriting

DAY = date(2026, 3, 5)
CASH, BANK, FOOD = 1, 2, 3
pairs = st.lists(st.tuples(st.integers(1, 3), st.integers(-3, 3)), max_size=6)


def posting(id_: int, account_id: int, minor: int) -> Posting:
    return Posting(
        id=id_,
        ledger_id=1,
        transaction_id=1,
        on_date=DAY,
        account_id=account_id,
        currency="EUR",
        amount_minor=minor,
    )


def part(account_id: int, minor: int) -> Part:
    return Part(account_id, Money(minor, "EUR"))


def taken(rewriting: Rewriting) -> list[int | None]:
    return [kept.id if kept else None for _, kept in rewriting.pairs]


def test_order_does_not_matter() -> None:
    kept = [posting(1, CASH, -10), posting(2, FOOD, 10)]
    assert taken(Rewriting.of(kept, [part(FOOD, 10), part(CASH, -10)])) == [2, 1]


def test_same_amount_is_preferred_on_one_account() -> None:
    kept = [posting(1, FOOD, 4), posting(2, FOOD, 6), posting(3, CASH, -10)]
    parts = [part(CASH, -10), part(FOOD, 6), part(FOOD, 5)]
    assert taken(Rewriting.of(kept, parts)) == [3, 2, 1]


def test_posting_of_another_account_is_used_last() -> None:
    kept = [posting(1, CASH, -10), posting(2, FOOD, 10)]
    rewriting = Rewriting.of(kept, [part(BANK, -10), part(FOOD, 10)])
    assert taken(rewriting) == [1, 2]


def test_fewer_parts_leave_a_surplus() -> None:
    kept = [posting(1, CASH, -10), posting(2, FOOD, 4), posting(3, BANK, 6)]
    rewriting = Rewriting.of(kept, [part(CASH, -10), part(BANK, 10)])
    assert taken(rewriting) == [1, 3]
    assert [one.id for one in rewriting.surplus] == [2]


@given(before=pairs, after=pairs)
def test_each_posting_is_used_or_left_over_once(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    kept = [posting(n, *one) for n, one in enumerate(before)]
    rewriting = Rewriting.of(kept, [part(*one) for one in after])
    used = [id_ for id_ in taken(rewriting) if id_ is not None]
    left = [one.id for one in rewriting.surplus]
    assert sorted(used + left) == list(range(len(kept)))
    assert len(used) == min(len(kept), len(after))
