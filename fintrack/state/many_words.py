"""What a change of many transactions did, in a sentence or two."""

from fintrack.core.text import message_id
from fintrack.services.many.changing import ManyChanged
from fintrack.services.many.deeds import Reason
from fintrack.state.amounts import Reader
from fintrack.state.matched import with_matched

WORDS: dict[Reason, str] = {
    Reason.STALE: message_id("changed by someone meanwhile ({n})"),
    Reason.GONE: message_id("not there any more ({n})"),
    Reason.SAME: message_id("so already ({n})"),
    Reason.VOID: message_id("void ({n})"),
    Reason.SPLIT: message_id("split ({n})"),
    Reason.TRANSFER: message_id("transfers ({n})"),
    Reason.OPENING: message_id("opening balances ({n})"),
    Reason.ELSEWHERE: message_id("not on this account ({n})"),
    Reason.CURRENCY: message_id("in another currency ({n})"),
    Reason.CLOSED: message_id("on a closed account ({n})"),
    Reason.READ_ONLY: message_id("on an account beyond your plan ({n})"),
    Reason.RECONCILED: message_id("reconciled ({n})"),
    Reason.LOCKED: message_id("would enter a reconciled period ({n})"),
    Reason.FULL: message_id("full of tags ({n})"),
}


def told(done: ManyChanged, reader: Reader) -> str:
    """How many changed, what became void for it, and what was left with its reasons."""
    if done.changed:
        text = reader.count(
            "{n} transaction changed.", "{n} transactions changed.", done.changed
        )
    else:
        text = reader.say("Nothing was changed.")
    text = with_matched(text, done.matched, reader)
    if not done.left:
        return text
    reasons = ", ".join(
        reader.say(WORDS[left.reason], n=len(left.transaction_ids))
        for left in done.left
    )
    return f"{text} {reader.say('Left as they were: {reasons}.', reasons=reasons)}"
