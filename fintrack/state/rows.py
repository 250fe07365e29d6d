"""Values that states hold and components draw: text, booleans and chart points.

The door that fills them has formatted and translated every text for its reader.
"""

from dataclasses import dataclass, field


def isolated(amount: str) -> str:
    """An amount inside a sentence, marked (invisibly) so that privacy can blur it."""
    return f"\u2068{amount}\u2069"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, cut where its look changes.

    ``−€1,284.90`` is sign ``−``, before ``€``, major ``1,284``, minor ``.90``. A
    symbol that follows stands in ``after`` with its space; a currency without a symbol
    gives its ``code``, which is drawn small. An amount with more than three decimals
    keeps them in ``major``. Without a rate, ``major`` is the word for unknown.

    ``tone``: empty (ink), ``in`` (income), ``quiet`` (transfer, base currency),
    ``danger`` (act now) or ``unknown``.
    """

    major: str
    minor: str = ""
    sign: str = ""
    before: str = ""
    after: str = ""
    code: str = ""
    tone: str = ""


NOTHING = Amount("")


@dataclass(frozen=True)
class Person:
    """Who is signed in, as the account menu names them.

    ``picture`` is an address; without one the initials stand in its place.
    """

    name: str = ""
    email: str = ""
    initials: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Notice:
    """A sentence that appears once, in the corner.

    A new ``id`` shows it; an empty one shows nothing. ``tone`` is ``done``, ``calm``
    or ``bad`` (stays until it is closed). ``change`` names the change set that Undo
    takes back; empty means there is no Undo. ``undone`` names the one that was just
    taken back or done again: the notices that told of it before go.
    """

    id: str = ""
    text: str = ""
    tone: str = "done"
    change: str = ""
    undone: str = ""


@dataclass(frozen=True)
class LineChart:
    """A line over days, oldest first; ``y`` is made for drawing only.

    ``x`` are unique labels, ``texts`` the amounts in words beside each point,
    ``x_ticks`` the labels of ``x`` that are written below (as ``x_tick_texts``),
    ``summary`` says in one sentence what a reader sees.
    """

    x: list[str] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    x_ticks: list[str] = field(default_factory=list)
    x_tick_texts: list[str] = field(default_factory=list)
    y_ticks: list[float] = field(default_factory=list)
    y_tick_texts: list[str] = field(default_factory=list)
    summary: str = ""


@dataclass(frozen=True)
class FlowChart:
    """Money in and out per month, oldest first; the last month is the present one."""

    x: list[str] = field(default_factory=list)
    came_in: list[float] = field(default_factory=list)
    went_out: list[float] = field(default_factory=list)
    in_texts: list[str] = field(default_factory=list)
    out_texts: list[str] = field(default_factory=list)
    summary: str = ""


@dataclass(frozen=True)
class BarRow:
    """One bar of a sorted list, with its page.

    ``width`` and ``mark`` are CSS lengths (``74.9%``); the mark is the comparison and
    is empty when there is none. ``note`` says the difference in words.
    """

    name: str
    amount: Amount
    width: str
    mark: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class NeedRow:
    """Something that waits for the person."""

    text: str
    href: str
    glyph: str


@dataclass(frozen=True)
class Difference:
    """One field that two versions of a thing do not share."""

    label: str
    mine: str
    theirs: str
