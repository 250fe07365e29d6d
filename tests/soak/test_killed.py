"""The served program and its databases die by ``kill -9``, ``KILLS`` times.

Meanwhile customers write over REST. LogDB is also away for ``AWAY`` seconds.
"""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
import pytest

from fintrack.cli.databases import MAIN_DATABASE, DatabaseUrls
from fintrack.services import embedded
from tests.browser.letter_box import LetterBox, letter_box
from tests.services.people import GOOD
from tests.serving import built, data_dir, port
from tests.soak import proofs
from tests.soak.customers import OPENING, Customer, Registrar
from tests.soak.house import House, standing

KILLS = int(os.environ.get("KILLS", "20"))
AWAY_SECONDS = int(os.environ.get("AWAY", "5"))
CUSTOMERS = 3
SECONDS = 60
METRICS_TOKEN = "soak"
UNSHIPPED = "SELECT id FROM change_set WHERE shipped_at IS NULL"
NEWEST = "SELECT max(id) FROM change_set"
FAILING = 'fintrack_job_failing{job="trail.ship"} 1\n'

__all__ = ["built", "data_dir", "port"]


@dataclass
class Crowd:
    """All who write, each in a thread, and what they remember."""

    customers: list[Customer]
    registrar: Registrar
    is_over: threading.Event = field(default_factory=threading.Event)
    at_work: list[Future[None]] = field(default_factory=list)

    def look_after(self) -> None:
        """Fails as soon as one of them saw what must not be."""
        for one in self.at_work:
            if one.done():
                one.result()

    @contextmanager
    def working(self) -> Iterator[None]:
        everybody = [*self.customers, self.registrar]
        with ThreadPoolExecutor(len(everybody)) as pool:
            self.at_work = [pool.submit(one.work, self.is_over) for one in everybody]
            try:
                yield
            finally:
                self.is_over.set()
        self.look_after()


@pytest.fixture
def box() -> Iterator[LetterBox]:
    with letter_box() as opened:
        yield opened


@pytest.fixture
def house(data_dir: Path, port: int, box: LetterBox) -> Iterator[House]:
    settings = {
        **box.settings,
        "FINTRACK_RATE_LIMITS": "false",
        "FINTRACK_TRUSTED_PROXIES": "127.0.0.1",
        "FINTRACK_METRICS_TOKEN": METRICS_TOKEN,
    }
    with standing(data_dir.parent, port, settings) as house:
        yield house


def test_nothing_acknowledged_is_lost_or_half_done(
    house: House, box: LetterBox
) -> None:
    admin = ("create-admin", "root@example.org", "--first-name", "Root")
    assert proofs.run_command(house.environment, *admin, given=GOOD)[0] == 0
    house.start()
    house.await_health()
    with ExitStack() as doors:
        crowd = _gather_crowd(house, box, doors)
        kills = _kill_while_they_work(house, crowd)
        for customer in crowd.customers:
            _prove_books(customer)
    assert house.stop() == 0
    _prove_all(house, box, crowd)
    sys.stdout.write(f"{KILLS} kills {dict(kills)}\n")


def _kill_while_they_work(house: House, crowd: Crowd) -> Counter[str]:
    """How often each of them was killed."""
    kills: Counter[str] = Counter()
    with crowd.working():
        for number in range(KILLS):
            kills[house.kill(number)] += 1
            crowd.look_after()
        _take_log_away(house)
    return kills


def _gather_crowd(house: House, box: LetterBox, doors: ExitStack) -> Crowd:
    def open_door() -> httpx.Client:
        return doors.enter_context(httpx.Client(base_url=house.url, timeout=SECONDS))

    registrar = Registrar(open_door(), box)
    customers = []
    for number in range(CUSTOMERS):
        email = f"c{number}@example.org"
        assert registrar.register(email)
        customers.append(Customer(email, open_door()))
        customers[-1].settle_in()
    return Crowd(customers, registrar)


def _take_log_away(house: House) -> None:
    """The relay fails and says so, and begins again by itself."""
    with house.log_away():
        begun = time.monotonic()
        _await_truth(lambda: FAILING in _metrics(house))
        time.sleep(max(0.0, AWAY_SECONDS - (time.monotonic() - begun)))
    house.await_health()
    ((newest,),) = proofs.rows(house.main_conninfo, NEWEST)
    waiting = f"{UNSHIPPED} AND id <= {newest}"
    _await_truth(lambda: not proofs.rows(house.main_conninfo, waiting))


def _metrics(house: House) -> str:
    bearer = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    return httpx.get(f"{house.url}/metrics", headers=bearer).text


def _await_truth(is_so: Callable[[], bool]) -> None:
    for _ in range(SECONDS):
        if is_so():
            return
        time.sleep(1)
    pytest.fail("The relay does not come to it.")


def _prove_books(customer: Customer) -> None:
    """Each transaction that was acknowledged, as it was, once; no other one."""
    found = {id_: one for id_, one in customer.listed().items() if one.payee}
    assert found == customer.books
    assert len({one.payee for one in found.values()}) == len(found)
    balances = dict.fromkeys(customer.accounts, OPENING)
    for entry in found.values():
        for account, cents in entry.cents:
            balances[account] += 0 if entry.is_void else cents
    shown = {
        one["id"]: int(one["balance"]["amount"].replace(".", ""))
        for one in customer.ask("/api/v1/accounts")["items"]
    }
    assert shown == balances
    assert customer.ask("/api/v1/me/settings")["first_name"] == customer.name


def _prove_all(house: House, box: LetterBox, crowd: Crowd) -> None:
    settings, main = house.read_settings(), house.main_conninfo
    with embedded.start(house.data_dir) as server:
        urls = DatabaseUrls(server.url(MAIN_DATABASE), settings.log_database_url)
        proofs.settle(settings, urls)
        shipped = proofs.prove_trail(main, house.log_conninfo)
        sent = proofs.prove_letters(main, box, crowd.registrar.asked)
        _prove_people(main, crowd)
        checked = proofs.run_command(house.environment, "check")
        assert checked == (0, "The books are sound.\n")
        verified, said = proofs.run_command(house.environment, "audit", "verify")
        assert (verified, f"{shipped} rows" in said) == (0, True), said
        _damage_a_row(house, shipped // 2)
    sys.stdout.write(
        f"{dict(sum((one.done for one in crowd.customers), Counter[str]()))}, "
        f"{len(crowd.registrar.registered)} registrations, {sent} letters, "
        f"{shipped} rows of the trail\n"
    )


def _prove_people(main: str, crowd: Crowd) -> None:
    people = {email for (email,) in proofs.rows(main, "SELECT email FROM person")}
    assert {*crowd.registrar.registered} <= people
    events = "SELECT email FROM security_event JOIN person p ON p.id = person_id "
    known = Counter(
        email for (email,) in proofs.rows(main, f"{events} WHERE kind = 'sign-in'")
    )
    for customer in crowd.customers:
        assert known[customer.email] > customer.sign_ins


def _damage_a_row(house: House, position: int) -> None:
    """Who owns LogDB changes a row; the command names it."""
    with psycopg.connect(house.log_conninfo) as connection:
        connection.execute("SET session_replication_role = replica")
        change = "UPDATE audit_entry SET at = at + interval '1 second' "
        connection.execute(f"{change} WHERE position = {position}".encode())
    verified = proofs.run_command(house.environment, "audit", "verify")
    assert verified == (1, f"Row {position} was changed.\n")
