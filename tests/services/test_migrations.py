from fintrack.services import migrations


def test_both_databases_have_a_way_up() -> None:
    assert migrations.upgrade_main
    assert migrations.upgrade_log
