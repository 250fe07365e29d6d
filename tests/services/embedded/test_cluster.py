from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.embedded import start
from tests.services.embedded.conftest import QUICK


def test_refused_setting_is_told_with_the_end_of_the_log(data_dir: Path) -> None:
    with pytest.raises(Unavailable, match=r"did not start: .*shared_buffers"):
        start(data_dir, options=QUICK | {"shared_buffers": "nonsense"})
    with start(data_dir, options=QUICK) as server:
        assert server.owned


def test_half_made_cluster_of_a_killed_start_is_made_anew(data_dir: Path) -> None:
    with start(data_dir, options=QUICK) as server:
        cluster = server.places.cluster
    partial = cluster.rename(cluster.with_name("cluster.new"))
    (partial / "PG_VERSION").unlink()
    with start(data_dir, options=QUICK) as server:
        assert server.owned
    assert not partial.exists()
