"""Templates that move with whole books: read from a file, they name its places."""

from collections.abc import Mapping
from dataclasses import replace

from fintrack.core.book_fields import (
    Places,
    Said,
    account_of,
    category_of,
    naming,
    naming_in_list,
    objects_of,
    read_each,
    strict_choice,
    strict_money,
    strict_text,
    tags_of,
)
from fintrack.core.entries import MAX_PARTS
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.templates import (
    MOST_TEMPLATES,
    NewTemplate,
    TemplateKind,
    TemplateShare,
    check_template,
)
from fintrack.core.text import message_id

NO_TEMPLATE = message_id("The template {name} cannot come in.")


def read_templates(books: Said, places: Places) -> tuple[NewTemplate, ...]:
    """The templates of a file; their ids are the numbers of its places.

    Raises:
        InvalidInput: under ``file``: there are more than 100, two of one name, or the
            first five that cannot be.
    """
    said = objects_of(books, "templates", most=MOST_TEMPLATES)
    names = set[str]()

    def read(one: tuple[int, Said]) -> NewTemplate:
        found = _template(*one, places)
        with naming(NO_TEMPLATE, found.name):
            if fold(found.name) in names:
                raise InvalidInput("Another template already has this name.")
        names.add(fold(found.name))
        return found

    return tuple(read_each(enumerate(said, 1), read))


def placed(template: NewTemplate, ids: Mapping[int, int]) -> NewTemplate:
    """The same of the places behind the numbers."""
    target = template.to_account_id
    return replace(
        template,
        account_id=ids[template.account_id],
        to_account_id=None if target is None else ids[target],
        shares=tuple(
            replace(one, category_id=ids[one.category_id]) for one in template.shares
        ),
    )


def _template(place: int, said: Said, places: Places) -> NewTemplate:
    with naming_in_list(NO_TEMPLATE, place):
        name = strict_text(said, "name")
    with naming_in_list(NO_TEMPLATE, place, name):
        account = account_of(said, "account", places)
        has_target = said.get("to_account") is not None
        target = account_of(said, "to_account", places) if has_target else None
        new = NewTemplate(
            name=name,
            kind=strict_choice(said, "kind", TemplateKind),
            account_id=account.number,
            amount=_amount(said, account.currency),
            payee=strict_text(said, "payee"),
            to_account_id=target.number if target else None,
            shares=tuple(
                TemplateShare(
                    category_of(one, "category", places).number,
                    _amount(one, account.currency),
                    strict_text(one, "memo"),
                )
                for one in objects_of(said, "shares", most=MAX_PARTS)
            ),
            note=strict_text(said, "note"),
            tags=tags_of(said),
        )
        return check_template(new)


def _amount(said: Said, currency: str) -> Money | None:
    """An amount in the currency of the account, or none where it is left open."""
    if said.get("amount") is None:
        return None
    return strict_money({**said, "currency": currency}, "amount", "currency")
