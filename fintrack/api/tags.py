"""``/api/v1/tags``: words on transactions; a transaction brings new ones."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    Changed,
    Day,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    Text,
    Version,
    View,
    changed,
)
from fintrack.services.commands import ask, perform
from fintrack.services.tags.keeping import (
    TagMark,
    TagName,
    find_tag,
    list_tags,
    remove_tag,
    rename_tag,
)
from fintrack.services.tags.merging import (
    MAX_MERGED,
    TagMerge,
    TagsMerge,
    merge_tag,
    merge_tags,
)

PLACE = "/v1/tags"
routes = Routes()


class TagShown(View):
    """A tag, how many transactions have it and rules put it on, and the newest day."""

    id: Id
    name: str
    count: int
    version: int
    rules: int
    last_on: Day | None


class TagEdit(Body):
    """A new name."""

    version: Version
    name: Text


class TagInto(Body):
    """Everything gets the tag ``into_id`` instead."""

    version: Version
    into_id: Id


class TagSeen(Body):
    """A tag as its reader saw it."""

    id: Id
    version: Version


class TagsInto(Body):
    """Everything with one of ``tags`` gets the tag ``into_id`` instead."""

    tags: Annotated[list[TagSeen], Field(min_length=1, max_length=MAX_MERGED)]
    into_id: Id


tag = Resource(TagShown, find_tag)


@routes.declare("GET", PLACE, access=PERSON, verb=list_tags)
async def get_tags(caller: SignedIn) -> Page[TagShown]:
    """Lists tags by name."""
    found = await ask(caller.actor, list_tags)
    return Page(items=[TagShown.model_validate(view) for view in found])


@routes.declare("GET", PLACE + "/{tag_id}", access=PERSON, verb=find_tag)
async def get_tag(tag_id: PathId, caller: SignedIn) -> TagShown:
    """Gives one tag."""
    return await tag.show(caller, tag_id)


@routes.declare("PUT", PLACE + "/{tag_id}", access=PERSON, verb=rename_tag)
async def put_tag(
    tag_id: PathId, given: TagEdit, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[TagShown]:
    """Renames a tag."""
    change = TagName(tag_id, given.version, given.name)
    doing = perform(caller.actor, rename_tag, change, key=key)
    return await tag.answer(caller, tag_id, sent=given, doing=doing)


@routes.declare("POST", PLACE + "/merge", access=PERSON, verb=merge_tags)
async def post_tags_merge(
    given: TagsInto, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[TagShown]:
    """Puts one tag in the place of several, in one step."""
    marks = tuple(TagMark(one.id, one.version) for one in given.tags)
    merge = TagsMerge(marks, given.into_id)
    return changed(TagShown, await perform(caller.actor, merge_tags, merge, key=key))


@routes.declare("POST", PLACE + "/{tag_id}/merge", access=PERSON, verb=merge_tag)
async def post_tag_merge(
    tag_id: PathId, given: TagInto, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[TagShown]:
    """Puts another tag in the place of this one."""
    merge = TagMerge(tag_id, given.version, given.into_id)
    doing = perform(caller.actor, merge_tag, merge, key=key)
    return await tag.answer(caller, tag_id, sent=given, doing=doing)


@routes.declare("DELETE", PLACE + "/{tag_id}", access=PERSON, verb=remove_tag)
async def delete_tag(
    tag_id: PathId,
    caller: SignedIn,
    version: int = Query(ge=1, le=2**31 - 1),
    key: IdempotencyKey = None,
) -> dict[str, int]:
    """Takes a tag off every transaction and out of every rule.

    Rules that did nothing else are off now: `rules_off`.
    """
    mark = TagMark(tag_id, version)
    done = await perform(caller.actor, remove_tag, mark, key=key)
    return {"change_id": done.change_id, "rules_off": done.value.rules_off}
