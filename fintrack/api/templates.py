"""``/api/v1/templates``: patterns of entries, kept, replaced, renamed, removed."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyGiven, MoneyShown, read_optional
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    MAX_VERSION,
    Changed,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    Text,
    Version,
    View,
    created,
)
from fintrack.core.entries import MAX_PARTS
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.services.commands import ask, perform
from fintrack.services.tags.rows import MAX_TAGS
from fintrack.services.templates.keeping import (
    TemplateChange,
    TemplateMark,
    TemplateName,
    add_template,
    edit_template,
    find_template,
    list_templates,
    remove_template,
    rename_template,
)

PLACE = "/v1/templates"
ONE = PLACE + "/{template_id}"
routes = Routes()


class ShareGiven(Body):
    """A category; without an amount it is left open."""

    category_id: Id
    amount: MoneyGiven | None = None
    memo: Text = ""


class TemplateGiven(Body):
    """The pattern of an entry; whatever is left out is left open.

    Amounts are positive and in the currency of the account. A transfer has
    ``to_account_id``, the others have ``shares``. ``tags`` are names.
    """

    name: Text
    kind: Annotated[TemplateKind, Field(strict=False)]
    account_id: Id
    amount: MoneyGiven | None = None
    payee: Text = ""
    to_account_id: Id | None = None
    shares: list[ShareGiven] = Field(default_factory=list, max_length=MAX_PARTS)
    note: Text = ""
    tags: list[Text] = Field(default_factory=list, max_length=MAX_TAGS)

    def read(self) -> NewTemplate:
        """The template that this means.

        Raises:
            InvalidInput: names the field.
        """
        return NewTemplate(
            name=self.name,
            kind=self.kind,
            account_id=self.account_id,
            amount=read_optional(self.amount, "amount"),
            payee=self.payee,
            to_account_id=self.to_account_id,
            shares=tuple(
                TemplateShare(
                    share.category_id,
                    read_optional(share.amount, f"shares.{place}.amount"),
                    share.memo,
                )
                for place, share in enumerate(self.shares)
            ),
            note=self.note,
            tags=tuple(self.tags),
        )


class TemplateEdit(TemplateGiven):
    """What a template is to say now, all of it."""

    version: Version


class TemplateRename(Body):
    """A new name."""

    version: Version
    name: Text


class ShareShown(View):
    """A category of a template."""

    category_id: Id
    category_name: str
    amount: MoneyShown | None
    memo: str
    is_closed: bool


class TemplateShown(View):
    """A template; ``closed`` names what it speaks of and is closed."""

    id: Id
    name: str
    kind: TemplateKind
    account_id: Id
    account_name: str
    to_account_id: int | None
    to_account_name: str
    amount: MoneyShown | None
    payee: str
    note: str
    shares: list[ShareShown]
    tags: list[str]
    closed: list[str]
    version: int


template = Resource(TemplateShown, find_template)


@routes.declare("GET", PLACE, access=PERSON, verb=list_templates)
async def get_templates(caller: SignedIn) -> Page[TemplateShown]:
    """Lists templates by name."""
    found = await ask(caller.actor, list_templates)
    return Page(items=[TemplateShown.model_validate(view) for view in found])


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=add_template)
async def post_template(
    given: TemplateGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[TemplateShown]:
    """Keeps a template under a name."""
    done = await perform(caller.actor, add_template, given.read(), key=key)
    return created(TemplateShown, done, answer, PLACE)


@routes.declare("GET", ONE, access=PERSON, verb=find_template)
async def get_template(template_id: PathId, caller: SignedIn) -> TemplateShown:
    """Gives one template."""
    return await template.show(caller, template_id)


@routes.declare("PUT", ONE, access=PERSON, verb=edit_template)
async def put_template(
    template_id: PathId,
    given: TemplateEdit,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[TemplateShown]:
    """Replaces what a template says."""
    change = TemplateChange(template_id, given.version, given.read())
    doing = perform(caller.actor, edit_template, change, key=key)
    return await template.answer(caller, template_id, sent=given, doing=doing)


@routes.declare("POST", ONE + "/rename", access=PERSON, verb=rename_template)
async def post_template_name(
    template_id: PathId,
    given: TemplateRename,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[TemplateShown]:
    """Gives a template another name, whatever is closed of what it speaks of."""
    change = TemplateName(template_id, given.version, given.name)
    doing = perform(caller.actor, rename_template, change, key=key)
    return await template.answer(caller, template_id, sent=given, doing=doing)


@routes.declare("DELETE", ONE, access=PERSON, verb=remove_template)
async def delete_template(
    template_id: PathId,
    caller: SignedIn,
    version: Annotated[int, Query(ge=1, le=MAX_VERSION)],
    key: IdempotencyKey = None,
) -> dict[str, int]:
    """Removes a template; what was entered by it stays."""
    mark = TemplateMark(template_id, version)
    done = await perform(caller.actor, remove_template, mark, key=key)
    return {"change_id": done.change_id}
