"""Whole books of another FinTrack, on the page of imports."""

import reflex as rx

from fintrack.components.books_move import books_move
from fintrack.components.cards import card, card_head
from fintrack.components.text import t
from fintrack.state.importing import ImportState


def whole_books() -> rx.Component:
    """A file of all accounts at once, for books that are still empty."""
    return card(
        card_head(t("Moving from another FinTrack?")),
        rx.el.p(
            t(
                "Take the JSON that Export above the transactions gives for all days. "
                "Accounts, categories, tags, transactions, rules, recurring items and "
                "templates come in at once, transfers and splits stay whole; your "
                "books here must be empty."
            ),
            class_name="muted",
        ),
        books_move(ImportState.books_brought),
    )
