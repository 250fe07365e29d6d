"""What a submitted form sends, for handlers that read it.

On the wire Reflex wraps a form's fields as ``[name, value]`` pairs under one name; the
guard sees the payload before they are unwrapped, so that the annotation has to allow
both shapes.
"""

FormValues = dict[str, str | list[tuple[str, str]]]


def texts_of(values: FormValues) -> dict[str, str]:
    """The fields that are text, by name; anything else is not of our forms."""
    return {name: value for name, value in values.items() if isinstance(value, str)}
