"""What pages say after something was done, or was not."""

import reflex as rx

from fintrack.core.errors import FinTrackError
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field, new_key
from fintrack.state.rows import Notice


class Telling(rx.State, mixin=True):
    """A page's toast; staff take nothing back with Undo."""

    notice: Notice = Notice()

    def _tell(self, text: str) -> None:
        self.notice = Notice(id=new_key(), text=text)

    def _warn(self, error: FinTrackError, reader: Reader) -> None:
        text = " ".join(errors_by_field(error, reader.language).values())
        self.notice = Notice(id=new_key(), text=text, tone="bad")
