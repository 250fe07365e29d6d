from fintrack.core.notices import FIRST_ON, NOTICES, Channel, Switch, in_order


def test_each_switch_has_its_channels() -> None:
    assert len(NOTICES) == len(Switch) * len(Channel) - 1
    assert "EnableDesktopNotifications.email" not in NOTICES


def test_only_announcements_by_mail_wait_until_they_are_asked_for() -> None:
    assert set(NOTICES) - set(FIRST_ON) == {"NewFeaturesAndAnnouncements.email"}


def test_names_come_once_in_the_order_of_the_table() -> None:
    mixed = [NOTICES[3], NOTICES[0], NOTICES[3], "Nothing.email"]
    assert in_order(mixed) == (NOTICES[0], NOTICES[3])
