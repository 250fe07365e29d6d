"""What the last visit to a payee fills into the form of a new transaction."""

from dataclasses import replace

from fintrack.services.ledger.payees import PayeeMemory
from fintrack.state.amounts import Reader
from fintrack.state.transaction_draft import IN, OUT, Draft
from fintrack.state.transaction_tags import FormTags

ACCOUNT, CATEGORY, KIND, TAGS = "account", "category", "kind", "tags"
ALL = frozenset({ACCOUNT, CATEGORY, KIND, TAGS})


class FormMemory(FormTags, mixin=True):
    """Each field apart: what somebody chose stays, the rest follows the payee.

    ``filled`` names the fields that memory fills at present. ``_own`` is what stands in
    the fields without it: that comes back when the payee turns out to be another.
    """

    memory: str = ""
    filled: list[str] = []
    _own: dict[str, str] = {}
    _chosen: frozenset[str] = frozenset()

    def _forget(self, draft: Draft) -> None:
        """Begins with what stands in ``draft``; nothing of it was chosen."""
        self._own = {ACCOUNT: draft.account, CATEGORY: draft.category, KIND: draft.kind}
        self._chosen = frozenset()
        self.memory, self.filled, self._remembered = "", [], ""

    def _choose(self, **texts: str) -> None:
        """Puts in what somebody chose."""
        self.draft = replace(self.draft, **texts)
        self._own = {**self._own, **texts}
        self._chosen |= texts.keys()

    def _fill(self, found: PayeeMemory | None, reader: Reader) -> None:
        """Puts what is remembered into each field that nobody chose."""
        remembered = _texts(found) if found else {}
        given = {
            name: text for name, text in remembered.items() if name not in self._chosen
        }
        self.draft = replace(self.draft, **{**self._own, **given})
        self.filled = [name for name in (ACCOUNT, CATEGORY) if name in given]
        self.memory = _sentence(self.filled, found, reader) if found else ""


def _texts(found: PayeeMemory) -> dict[str, str]:
    return {
        ACCOUNT: str(found.account_id),
        CATEGORY: str(found.category_id),
        KIND: IN if found.kind == "income" else OUT,
    }


def _sentence(filled: list[str], found: PayeeMemory, reader: Reader) -> str:
    if filled == [ACCOUNT, CATEGORY]:
        text = reader.count(
            "Category and account come from your last visit to {payee}.",
            "Category and account come from your last {n} visits to {payee}.",
            found.visits,
            payee=found.payee,
        )
    elif filled == [CATEGORY]:
        text = reader.count(
            "The category comes from your last visit to {payee}.",
            "The category comes from your last {n} visits to {payee}.",
            found.visits,
            payee=found.payee,
        )
    elif filled == [ACCOUNT]:
        text = reader.count(
            "The account comes from your last visit to {payee}.",
            "The account comes from your last {n} visits to {payee}.",
            found.visits,
            payee=found.payee,
        )
    else:
        text = ""
    return text
