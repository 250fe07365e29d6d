"""Placeholder page of the skeleton."""

import reflex as rx


@rx.page(route="/", title="FinTrack")
def welcome() -> rx.Component:
    """The first page."""
    return rx.text("FinTrack")
