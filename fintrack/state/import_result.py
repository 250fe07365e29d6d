"""What an import has done, as the page says it."""

from dataclasses import dataclass

from fintrack.core import routes
from fintrack.core.text import translate, translate_plural
from fintrack.services.commands import Done
from fintrack.services.imports.listing import ImportView
from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.accounts import NOTHING
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.matched import matched_text
from fintrack.state.rows import Amount


@dataclass(frozen=True)
class ImportResult:
    """What an import has done."""

    id: str = ""
    title: str = ""
    text: str = ""
    balance: Amount = NOTHING
    balance_label: str = ""
    transactions: str = ""
    account_page: str = ""
    left_out_file: str = ""
    change: str = ""


def result_of(
    done: Done[ImportView],
    account: AccountView,
    preview_id: int,
    clears: str,
    reader: Reader,
) -> ImportResult:
    """What the page says of it; ``clears`` tells of what it marked as cleared."""
    view, language = done.value, reader.language
    left_out = reader.count(
        "{n} row of the file was left out.",
        "{n} rows of the file were left out.",
        view.rows_skipped,
    )
    matched = matched_text(view.rows_matched, reader)
    told = (matched, left_out, clears) if view.rows_skipped else (matched,)
    return ImportResult(
        id=str(view.id),
        title=translate_plural(
            "{n} transaction was added to {account}.",
            "{n} transactions were added to {account}.",
            view.rows_added,
            language,
            account=account.name,
        ),
        text=" ".join(filter(None, told)),
        balance=amount_row(account.balance, language),
        balance_label=translate("{account} now", language, account=account.name),
        transactions=routes.transactions(account=str(account.id)),
        account_page=routes.account(str(account.id)),
        left_out_file=routes.left_out(str(preview_id)) if view.rows_skipped else "",
        change=str(done.change_id),
    )
