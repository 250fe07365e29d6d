"""The post of somebody of the staff: their department and their position in it."""

from dataclasses import dataclass

from fintrack.core.actor import STAFF, Role
from fintrack.core.errors import Conflict, InvalidInput, Problem
from fintrack.core.text import message_id
from fintrack.core.words import is_showable
from fintrack.services.commands import Work, command
from fintrack.services.staff.finding import PersonView, note_deed, read_people
from fintrack.services.staff.standing import ADMINS, FINAL, PersonMark, marked

MAX_LETTERS = 80
UNFIT = message_id("Please write at most 80 letters on one line.")


@dataclass(frozen=True, slots=True)
class Post:
    """Either may be empty."""

    department: str
    position: str


@command("staff.change_post", roles=ADMINS, final=FINAL, fresh=True)
async def change_post(work: Work, mark: PersonMark, given: Post) -> PersonView:
    """Gives somebody of the staff another post; they stay signed in.

    It gives no right, so an admin may write their own.

    Raises:
        InvalidInput: with every finding, each on its field.
        NotFound: there is no such person.
        StaleVersion: they were changed since they were read.
        Conflict: they are not of the staff, or have this post already.
    """
    post = _read(given)
    person = await marked(work, mark)
    if Role(person.role) not in STAFF:
        raise Conflict("Only staff have a department and a position.")
    before = Post(person.department, person.position)
    if post == before:
        raise Conflict("This person has this department and position already.")
    person.department, person.position = post.department, post.position
    person.version += 1
    await work.session.flush()
    await note_deed(
        work,
        "post-changed",
        person.id,
        department=post.department,
        position=post.position,
        department_before=before.department,
        position_before=before.position,
    )
    return (await read_people(work, [person.id]))[0]


def _read(given: Post) -> Post:
    post = Post(given.department.strip(), given.position.strip())
    fields = {"department": post.department, "position": post.position}
    unfit = [
        Problem(UNFIT, field)
        for field, words in fields.items()
        if len(words) > MAX_LETTERS or not is_showable(words)
    ]
    if unfit:
        raise InvalidInput.of(unfit)
    return post
