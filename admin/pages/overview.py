"""The first page of the staff area."""

import reflex as rx

from admin.frame import staff_page, staff_title
from fintrack.components.cards import callout
from fintrack.components.layout import page_head
from fintrack.components.text import t
from fintrack.core import routes


@rx.page(route=routes.STAFF, title=staff_title("Overview"))
def overview() -> rx.Component:
    """The page."""
    return staff_page(
        page_head(t("Overview")),
        callout(
            t("You work for everybody here and see nobody’s books."),
            icon_name="shield",
        ),
        here=routes.STAFF,
    )
