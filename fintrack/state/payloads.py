"""Checks what a page sends against the annotations of the handler it is sent to.

Reflex does not: a handler that says ``int`` can be given a dict, and a parameter with
a default can be set by whoever sends the event.
"""

import inspect
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, create_model
from reflex_base.utils.form import form_data_as_dict

MAX_BYTES = 256 * 1024


class WrongPayload(Exception):
    """The event does not fit its handler; nothing of its content is repeated here."""


def check_payload(
    handler: Callable[..., Any],
    payload: Mapping[str, Any],
    *,
    is_internal: bool = False,
) -> None:
    """Passes a payload that names every parameter of the handler, each of its type.

    A parameter with a default is the server's own and never comes from a page, unless
    the handler is Reflex's own. Types are those of JSON: a number is no text, NaN is no
    number.

    Raises:
        WrongPayload: something is missing, too much, too large or of another type.
    """
    try:
        # A form travels as its entries; Reflex makes a dict of them after the guard.
        flat = {name: form_data_as_dict(value) for name, value in payload.items()}
        text = json.dumps(flat, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise WrongPayload("not JSON") from error
    if len(text) > MAX_BYTES:
        raise WrongPayload("too large")
    try:
        _adapter(handler, is_internal=is_internal).validate_json(text, strict=True)
    except ValidationError as error:
        kinds = {finding["type"] for finding in error.errors(include_input=False)}
        raise WrongPayload(", ".join(sorted(kinds))) from None


def parameters_of(handler: Callable[..., Any]) -> dict[str, Any]:
    """The parameters a page may send, with their annotations; ``self`` is not one.

    One without an annotation stands as ``inspect.Parameter.empty``.
    """
    hints = get_type_hints(handler)
    _, *parameters = inspect.signature(handler).parameters.values()
    return {
        p.name: hints.get(p.name, p.empty) for p in parameters if p.default is p.empty
    }


@cache
def _adapter(handler: Callable[..., Any], *, is_internal: bool) -> TypeAdapter[Any]:
    fields: dict[str, Any] = {}
    if is_internal:
        hints = get_type_hints(handler)
        for p in inspect.signature(handler).parameters.values():
            if p.default is not p.empty:
                fields[f"p_{p.name}"] = (hints[p.name], Field(p.default, alias=p.name))
    for name, annotation in parameters_of(handler).items():
        if annotation is inspect.Parameter.empty:
            raise WrongPayload(f"{name} has no annotation")
        # Aliased, since a field of pydantic may not begin with an underscore.
        fields[f"p_{name}"] = (annotation, Field(alias=name))
    model = create_model(
        "Payload", __config__=ConfigDict(extra="forbid", strict=True), **fields
    )
    return TypeAdapter(model)
