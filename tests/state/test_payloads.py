"""Payloads fit their handlers, or do not get there."""

import inspect
from typing import Any

import pytest

from fintrack.state.payloads import WrongPayload, check_payload, parameters_of


class Probe:
    def move(self, amount: int, memo: str, *, as_admin: bool = False) -> None:
        """Takes two things from a page."""

    def untyped(self, thing) -> None:  # noqa: ANN001 - that is what is tested
        """Takes anything: refused."""


def test_page_may_send_what_has_no_default() -> None:
    assert parameters_of(Probe.move) == {"amount": int, "memo": str}
    assert parameters_of(Probe.untyped) == {"thing": inspect.Parameter.empty}


def test_fitting_payload_passes() -> None:
    check_payload(Probe.move, {"amount": 5, "memo": "rent"})


@pytest.mark.parametrize(
    "payload",
    [
        {"amount": 5},
        {"amount": 5, "memo": None},
        {"amount": "5", "memo": "rent"},
        {"amount": 5, "memo": "rent", "as_admin": True},
        {"amount": 5, "memo": "rent", "more": 1},
        {"amount": 5, "memo": float("nan")},
        {"amount": object(), "memo": "rent"},
    ],
)
def test_other_payloads_are_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(WrongPayload):
        check_payload(Probe.move, payload)


def test_reflex_itself_is_sent_what_has_a_default_too() -> None:
    payload = {"amount": 5, "memo": "rent"}
    for more in ({}, {"as_admin": True}):
        check_payload(Probe.move, {**payload, **more}, is_internal=True)
    for wrong in ({"as_admin": "yes"}, {"more": 1}):
        with pytest.raises(WrongPayload):
            check_payload(Probe.move, {**payload, **wrong}, is_internal=True)


def test_handler_without_types_is_never_called() -> None:
    with pytest.raises(WrongPayload):
        check_payload(Probe.untyped, {"thing": 1})


def test_refusal_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(WrongPayload) as refused:
        check_payload(Probe.move, {"amount": "hunter2", "memo": "rent"})
    assert "hunter2" not in str(refused.value)


def _form(*entries: object) -> dict[str, Any]:
    """A form as the browser sends it: its entries, before Reflex makes a dict."""
    return {"form": {"__reflex_form_data__": list(entries)}}


class FormProbe:
    def save(self, form: dict[str, str | None]) -> None:
        """Takes a form; a field that is not on the page comes as None."""


def test_form_passes_by_its_entries() -> None:
    check_payload(FormProbe.save, _form(["amount", "5"], ["rate", None]))


@pytest.mark.parametrize("entry", [["amount", 5], ["a"], "x", [[], "5"], None])
def test_form_of_other_things_is_refused(entry: object) -> None:
    with pytest.raises(WrongPayload):
        check_payload(FormProbe.save, _form(entry))
