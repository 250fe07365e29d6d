"""Which files can be brought, and where a bank or a program gives them."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.text import Text, t


def which_files() -> rx.Component:
    """A line for each format, opened for more."""
    return card(
        card_head(t("Which file do I take?")),
        rx.el.p(
            t(
                "The one that says most: OFX, CAMT.053 or MT940 where your bank has "
                "it, else Excel or CSV. Several files are checked one after "
                "another."
            ),
            class_name="muted",
        ),
        rx.el.div(
            *[_format(*words) for words in (*_of_banks(), *_of_programs())],
            class_name="stack",
        ),
    )


def _format(name: Text, words: Text) -> rx.Component:
    return rx.el.details(
        rx.el.summary(name, class_name="medium"), rx.el.p(words, class_name="muted")
    )


def _of_banks() -> list[tuple[Text, Text]]:
    return [
        (
            t("OFX and QFX"),
            t(
                "Called Microsoft Money, Quicken or Web Connect by many banks. Each "
                "row has the bank’s own number, so that nothing comes in twice. "
                "Bank, card and investment accounts are read; of a file with "
                "several accounts you choose one after another."
            ),
        ),
        (
            t("CAMT.053 (XML)"),
            t(
                "The statement of European banks, as XML; a ZIP has to be unpacked "
                "first. Opening and closing balance are compared, and a booking of "
                "many payments is taken payment by payment."
            ),
        ),
        (
            t("MT940"),
            t(
                "Files that end in .sta, .mt940 or .940. Opening and closing "
                "balance are compared with the rows."
            ),
        ),
    ]


def _of_programs() -> list[tuple[Text, Text]]:
    return [
        (
            t("Excel (XLSX)"),
            t(
                "The sheet with the most rows is proposed. Formulas give the value "
                "that was saved with them; nothing is computed. Save an old .xls as "
                ".xlsx."
            ),
        ),
        (
            t("CSV"),
            t(
                "Any separator and encoding. How days, amounts and columns are read "
                "is shown before anything happens, can be changed, and is "
                "remembered."
            ),
        ),
        (
            t("QIF"),
            t(
                "From Quicken, GnuCash and Money: bank, cash, card, asset, loan and "
                "investment accounts. Categories, splits and transfers are taken where "
                "a category or an account of yours is called so, classes and the notes "
                "of parts are not. It has no numbers of a bank, and days in the order "
                "of its country: please look at the date before you import."
            ),
        ),
        (
            t("FinTrack (JSON)"),
            t(
                "Books in FinTrack’s own form, fintrack/1: one account of the file "
                "after another."
            ),
        ),
    ]
