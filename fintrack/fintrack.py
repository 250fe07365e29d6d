"""The wiring: builds the app and imports every page; the only file that knows all."""

import reflex as rx

from fintrack.pages import welcome

app = rx.App()

__all__ = ["app", "welcome"]
