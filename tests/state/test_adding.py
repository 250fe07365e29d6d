from types import SimpleNamespace

import pytest

from fintrack.core import routes
from fintrack.state.adding import MAX_LENGTH, filled
from fintrack.state.transaction_form import TransactionForm
from tests.books import Books
from tests.state.desk import sit_down


def test_address_fills_known_fields_only_and_briefly() -> None:
    asked = {"amount": "9", "payee": "x" * 1000, "account": "7", "form_key": "k"}
    assert filled(asked) == {"amount": "9", "payee": "x" * MAX_LENGTH}
    assert routes.new_transaction(**filled({"amount": "1+2", "note": ""})) == (
        "/transactions?new=1&amount=1%2B2"
    )


@pytest.mark.database
@pytest.mark.parametrize("more", [{}, {"template": "9"}])
async def test_address_that_opened_the_line_keeps_the_filters_alone(
    books: Books, monkeypatch: pytest.MonkeyPatch, more: dict[str, str]
) -> None:
    """Loaded once more it would fill in again what is saved by then."""
    await books.open("Cash")
    form = await (await sit_down(books)).state(TransactionForm)
    asked = {"new": "1", "amount": "12,50", "payee": "Zoo", "period": "2026-03", **more}
    router = SimpleNamespace(url=SimpleNamespace(query_parameters=asked))
    monkeypatch.setattr(TransactionForm, "router", router)
    gone_to = str(await form.load())
    assert (form.mode, form.draft.amount) == ("new", "12,50")
    assert "/transactions?period=2026-03" in gone_to
    assert not {"new=1", "amount", "payee", "template"} & set(gone_to.split("&"))
    assert "Zoo" not in gone_to
