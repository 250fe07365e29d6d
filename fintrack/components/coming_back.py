"""A tab that was out of sight asks the server again when somebody comes back to it."""

import reflex as rx

from fintrack.state.review_count import ReviewCount


class ComingBack(rx.Component):
    """Calls ``on_back`` then; see ``assets/coming_back.js``.

    Never by a clock: an idle page must not keep its session alive.

    Example:
        ``ComingBack.create(on_back=ReviewCount.load)``
    """

    library = "$/public/coming_back.js"
    tag = "ComingBack"

    on_back: rx.EventHandler[rx.event.no_args_event_spec]


def coming_back() -> rx.Component:
    """Counts the review anew, and finds out whether the session still is.

    Each frame includes it once.
    """
    return ComingBack.create(on_back=ReviewCount.load)
