"""The wiring: builds the app and imports every page; the only file that knows all."""

import reflex as rx

from fintrack.components.theme import STYLESHEETS, head_components
from fintrack.core.settings import read_settings
from fintrack.pages import welcome
from fintrack.pages.styleguide import add_styleguide

app = rx.App(stylesheets=STYLESHEETS, head_components=head_components())

if read_settings().development:
    add_styleguide(app)

__all__ = ["app", "welcome"]
