"""The page for an address that leads nowhere."""

import reflex as rx

from fintrack.components.no_such_page import TITLE, no_such_page
from fintrack.core import routes


@rx.page(route=routes.NOT_FOUND, title=TITLE)
def not_found() -> rx.Component:
    """The page."""
    return no_such_page()
