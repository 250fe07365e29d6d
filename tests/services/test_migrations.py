"""Migrations give what the models say, tables as well as functions and triggers."""

import pytest

from fintrack.services import migrations
from tests.conftest import TestServer

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("schema", "template"),
    [(migrations.MAIN, "template_main"), (migrations.LOG, "template_log")],
    ids=["main", "log"],
)
def test_migrated_database_equals_the_models(
    server: TestServer, schema: migrations.Schema, template: str
) -> None:
    assert migrations.find_drift(schema, server.url(template)) == []


def test_second_migration_changes_nothing(server: TestServer) -> None:
    main, log = server.clone("template_main"), server.clone("template_log")
    migrations.migrate_all(server.url(main), server.url(log))
    assert migrations.find_drift(migrations.MAIN, server.url(main)) == []
    server.drop(main)
    server.drop(log)
