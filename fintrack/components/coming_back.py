"""A tab that was out of sight asks the server again when somebody comes back to it."""

import reflex as rx


class ComingBack(rx.Component):
    """Calls ``on_back`` then; a frame includes it once. See ``assets/coming_back.js``.

    Never by a clock: an idle page must not keep its session alive.

    Example:
        ``ComingBack.create(on_back=ReviewCount.load)``
    """

    library = "$/public/coming_back.js"
    tag = "ComingBack"

    on_back: rx.EventHandler[rx.event.no_args_event_spec]
