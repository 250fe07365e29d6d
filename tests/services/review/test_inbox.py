"""What has no category yet stands by payee, the most frequent first."""

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.review.inbox import count_left, read_inbox
from tests.books import Books
from tests.services.applying.shelf import fill_shelf


async def test_spellings_of_one_payee_are_one_group(books: Books) -> None:
    shelf = await fill_shelf(books)
    for payee in ("Café  Çınar", "CAFE CINAR", "Café  Çınar", "Bar"):
        await shelf.spend(payee)
    inbox = await ask(books.actor, read_inbox)
    assert [(g.place, g.name, g.count) for g in inbox.groups] == [
        ("cafe cinar", "Café Çınar", 3),
        ("bar", "Bar", 1),
    ]
    assert [money.text for money in inbox.groups[0].sums] == ["-30.00"]
    assert inbox.left == await ask(books.actor, count_left) == 4


async def test_own_choice_for_the_payee_is_suggested_first(books: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Bar", shelf.fun)
    for _ in range(2):
        await shelf.spend("Market", shelf.food)
    await shelf.spend("BAR")
    (group,) = (await ask(books.actor, read_inbox)).groups
    assert [(one.name, one.is_learned) for one in group.suggestions] == [
        ("Fun", True),
        ("Food", False),
    ]


async def test_void_and_chosen_ones_are_not_there(books: Books) -> None:
    shelf = await fill_shelf(books)
    gone = await shelf.spend("Bar")
    await perform(books.actor, void_transaction, TransactionMark(gone, 1))
    await shelf.spend("Bar", shelf.food)
    inbox = await ask(books.actor, read_inbox)
    assert (inbox.groups, inbox.left) == ((), 0)
