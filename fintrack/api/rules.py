"""``/api/v1/rules``: what is done with transactions that look like this."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.rule_shapes import (
    AppliedShown,
    RuleEdit,
    RuleGiven,
    RulePreviewShown,
    RuleShown,
    RuleTried,
)
from fintrack.api.shapes import (
    Changed,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    Version,
    changed,
)
from fintrack.core.rule_checks import MAX_RULES
from fintrack.services.applying.applying import apply_rule
from fintrack.services.applying.previewing import Sketch, preview_rule
from fintrack.services.commands import ask, perform
from fintrack.services.rules.keeping import (
    RuleChange,
    RuleMark,
    RuleSwitch,
    add_rule,
    edit_rule,
    find_rule,
    list_rules,
    order_rules,
    remove_rule,
    switch_rule,
)

PLACE = "/v1/rules"
routes = Routes()
Place = Annotated[str | None, Query(pattern=r"^[0-9]{8}-[0-9]{1,18}$")]


class RuleSeen(Body):
    """A rule as you read it."""

    version: Version


class RuleTurned(RuleSeen):
    """Whether the rule is tried."""

    is_on: bool


class RuleOrder(Body):
    """All rules in the order in which they are tried."""

    ids: Annotated[list[Id], Field(max_length=MAX_RULES)]


rule = Resource(RuleShown, find_rule)


@routes.declare("GET", PLACE, access=PERSON, verb=list_rules)
async def get_rules(caller: SignedIn) -> Page[RuleShown]:
    """Lists rules in the order in which they are tried."""
    found = await ask(caller.actor, list_rules)
    return Page(items=[RuleShown.model_validate(kept) for kept in found])


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=add_rule)
async def post_rule(
    given: RuleGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[RuleShown]:
    """Adds a rule behind the others."""
    done = await perform(caller.actor, add_rule, given.read(), key=key)
    answer.headers["Location"] = f"/api{PLACE}/{done.value.rule.id}"
    return changed(RuleShown, done)


@routes.declare("POST", PLACE + "/preview", access=PERSON, verb=preview_rule)
async def post_rule_preview(
    given: RuleTried, caller: SignedIn, cursor: Place = None
) -> RulePreviewShown:
    """Shows what a rule would change, before and after; changes nothing."""
    sketch = Sketch(given.read(), given.rule_id or 0)
    found = await ask(caller.actor, preview_rule, sketch, after=cursor)
    return RulePreviewShown.model_validate(found)


@routes.declare("PUT", PLACE + "/order", access=PERSON, verb=order_rules)
async def put_rule_order(
    given: RuleOrder, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[Page[RuleShown]]:
    """Puts the rules in another order."""
    done = await perform(caller.actor, order_rules, tuple(given.ids), key=key)
    items = [RuleShown.model_validate(kept) for kept in done.value]
    return Changed(item=Page(items=items), change_id=done.change_id)


@routes.declare("GET", PLACE + "/{rule_id}", access=PERSON, verb=find_rule)
async def get_rule(rule_id: PathId, caller: SignedIn) -> RuleShown:
    """Gives one rule, also one that was removed."""
    return await rule.show(caller, rule_id)


@routes.declare("PUT", PLACE + "/{rule_id}", access=PERSON, verb=edit_rule)
async def put_rule(
    rule_id: PathId, given: RuleEdit, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[RuleShown]:
    """Replaces what a rule says."""
    change = RuleChange(rule_id, given.version, given.read())
    doing = perform(caller.actor, edit_rule, change, key=key)
    return await rule.answer(caller, rule_id, sent=given, doing=doing)


@routes.declare("DELETE", PLACE + "/{rule_id}", access=PERSON, verb=remove_rule)
async def delete_rule(
    rule_id: PathId,
    caller: SignedIn,
    version: Annotated[int, Query(ge=1, le=2**31 - 1)],
    key: IdempotencyKey = None,
) -> Changed[RuleShown]:
    """Removes a rule; what it did stays."""
    mark = RuleMark(rule_id, version)
    return changed(RuleShown, await perform(caller.actor, remove_rule, mark, key=key))


@routes.declare("POST", PLACE + "/{rule_id}/switch", access=PERSON, verb=switch_rule)
async def post_rule_switch(
    rule_id: PathId, given: RuleTurned, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[RuleShown]:
    """Lets a rule rest, or has it tried again."""
    switch = RuleSwitch(rule_id, given.version, given.is_on)
    doing = perform(caller.actor, switch_rule, switch, key=key)
    return await rule.answer(caller, rule_id, sent=given, doing=doing)


@routes.declare("POST", PLACE + "/{rule_id}/apply", access=PERSON, verb=apply_rule)
async def post_rule_apply(
    rule_id: PathId, given: RuleSeen, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[AppliedShown]:
    """Does with all old transactions what the rule says, as one step."""
    mark = RuleMark(rule_id, given.version)
    done = await perform(caller.actor, apply_rule, mark, key=key)
    return changed(AppliedShown, done)
