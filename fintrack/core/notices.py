"""What people are told of, and where: five switches over two channels.

Debts, a sign-in from a new device and a finished export have no switch: they are
always told.
"""

from collections.abc import Iterable
from enum import StrEnum


class Switch(StrEnum):
    """What a person switches on and off.

    ``DESKTOP`` is the channel in the app itself: without it nothing appears there,
    whatever the others say.
    """

    SPENDING_LIMIT = "SpendingLimitWarning"
    EXPECTED_BILL = "ExpectedBillReminder"
    WEEKLY_SUMMARY = "WeeklySpendingSummary"
    ANNOUNCEMENTS = "NewFeaturesAndAnnouncements"
    DESKTOP = "EnableDesktopNotifications"


class Channel(StrEnum):
    """Where somebody is told."""

    IN_APP = "in-app"
    EMAIL = "email"


def name_notice(switch: Switch, channel: Channel) -> str:
    """The name under which one switch of one channel is kept."""
    return f"{switch}.{channel}"


NOTICES = tuple(
    name_notice(switch, channel)
    for switch in Switch
    for channel in Channel
    if (switch, channel) != (Switch.DESKTOP, Channel.EMAIL)
)
# Advertising by mail waits until somebody asks for it.
FIRST_ON = tuple(
    name for name in NOTICES if name != name_notice(Switch.ANNOUNCEMENTS, Channel.EMAIL)
)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The known ones of ``names``, each once, in the order of the table."""
    given = frozenset(names)
    return tuple(name for name in NOTICES if name in given)
