"""Lists that are put in order by dragging, and rows whose choices have numbers."""

import reflex as rx


def _two_texts(
    first: rx.Var[str], second: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str]]:
    return (first, second)


class RowOrder(rx.Component):
    """See ``assets/row_order.jsx``; rows carry ``data-drag`` and ``data-place``.

    ``on_move`` is called with the id of a row and the place where it was dropped.

    Example:
        ``RowOrder.create(rx.foreach(State.rows, row), on_move=State.move)``
    """

    library = "$/public/row_order.jsx"
    tag = "RowOrder"

    on_move: rx.EventHandler[_two_texts]


class NumberKeys(rx.Component):
    """See ``assets/number_keys.jsx``.

    Rows carry ``data-choices``, and each choice in them its number in ``data-key``.

    Example:
        ``NumberKeys.create()``
    """

    library = "$/public/number_keys.jsx"
    tag = "NumberKeys"
