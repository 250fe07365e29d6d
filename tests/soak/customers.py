"""Customers over REST who remember what was acknowledged to them, and nothing else.

Each has books of their own. A request that got no answer is sent again under its key
until there is one; so at the end their memory is exactly what the books must hold.
"""

import contextlib
import itertools
import queue
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from fintrack.core.consents import TERMS_VERSION
from tests.browser.letter_box import LetterBox
from tests.services.people import GOOD

FIRST_NAME = "Ada"
DAY = "2026-03-05"
OPENING = 1_000_000
IMPORTED = 5
MOST_ACCOUNTS = 20
PAUSE_SECONDS = 0.03
LETTER_SECONDS = 10
LONGEST_SECONDS = 120
TOO_MANY, AWAY = 429, 503
AUTH = "/api/v1/auth/user"
PLACE = "/api/v1/transactions"


@dataclass(frozen=True)
class Entry:
    """A transaction: its words, cents by account, and whether it is void."""

    payee: str
    cents: tuple[tuple[int, int], ...]
    is_void: bool = False


@dataclass
class Customer:
    """One person with a session; ``books`` holds transactions by id."""

    email: str
    http: httpx.Client
    accounts: list[int] = field(default_factory=list)
    category: int = 0
    books: dict[int, Entry] = field(default_factory=dict)
    undoable: list[tuple[int, dict[int, Entry | None]]] = field(default_factory=list)
    name: str = FIRST_NAME
    sign_ins: int = 0
    done: Counter[str] = field(default_factory=Counter)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def work(self, is_over: threading.Event) -> None:
        """Does one thing after the other until it is over."""
        while not is_over.wait(PAUSE_SECONDS):
            deed = random.choice(self._deeds())  # noqa: S311 - no secret
            deed()
            self.done[deed.__name__] += 1

    def settle_in(self) -> None:
        """Signs in and opens the first accounts."""
        self.sign_in()
        self.category = next(
            one["id"]
            for one in self.ask("/api/v1/categories")["items"]
            if one["kind"] == "expense"
        )
        self.open_account()
        self.open_account()

    def ask(self, path: str, **wanted: Any) -> Any:
        return self._send("GET", path, params=wanted)

    def listed(self) -> dict[int, Entry]:
        """All transactions as the house has them."""
        found: dict[int, Entry] = {}
        cursor: str | None = ""
        while cursor is not None:
            wanted = {"cursor": cursor} if cursor else {}
            page = self.ask(PLACE, with_void=True, limit=50, **wanted)
            found |= {row["id"]: _read(row, self.accounts) for row in page["items"]}
            cursor = page["next"]
        return found

    def sign_in(self) -> None:
        given = {"email": self.email, "password": GOOD}
        tokens = self._send("POST", f"{AUTH}/login", json=given)
        if tokens is not None:
            self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
            self.sign_ins += 1

    def open_account(self) -> None:
        opening = _money(OPENING)
        given = {"type": "Checking", "opening": opening, "opened_on": "2026-01-01"}
        name = self._new_name()
        made = self._send("POST", "/api/v1/accounts", json={**given, "name": name})
        self.accounts.append(made["item"]["id"])

    def record(self) -> None:
        words = {"on_date": DAY, "payee": self._new_name()}
        form = random.choice((self._expense, self._transfer))()  # noqa: S311 - no secret
        self._keep(self._send("POST", PLACE, json={**words, **form}))

    def edit(self) -> None:
        if row := self._any_standing():
            given = {"version": row["version"], "on_date": DAY, **self._expense()}
            given["payee"] = self._new_name()
            self._keep(self._send("PUT", f"{PLACE}/{row['id']}", json=given))

    def void(self) -> None:
        if row := self._any_standing():
            given = {"version": row["version"]}
            self._keep(self._send("POST", f"{PLACE}/{row['id']}/void", json=given))

    def undo(self) -> None:
        if self.undoable:
            change, before = self.undoable.pop()
            self._send("POST", f"/api/v1/changes/{change}/undo")
            self._put(before)

    def bring_statement(self) -> None:
        """Imports a file, and of three takes one back."""
        account, name = random.choice(self.accounts), self._new_name()  # noqa: S311 - no secret
        lines = [f"{DAY};-1.00;{name} {number};x" for number in range(IMPORTED)]
        body = "\n".join(("Date;Amount;Payee;Text", *lines, ""))
        wanted: Any = {"account_id": account, "filename": "bank.csv"}
        place = "/api/v1/imports"
        head = self._send("POST", place, params=wanted, content=body)["item"]
        done = self._send("POST", f"{place}/{head['id']}/confirm")
        assert done["item"]["rows_added"] == IMPORTED
        if random.random() < 1 / 3:  # noqa: S311 - no secret
            self._send("DELETE", f"{place}/{done['item']['id']}")
        else:
            rows = self.ask(PLACE, q=name)["items"]
            found = {row["id"]: _read(row, self.accounts) for row in rows}
            assert len(found) == IMPORTED, name
            self.undoable.append((done["change_id"], dict.fromkeys(found)))
            self._put({**found})

    def configure(self) -> None:
        given = {**self.ask("/api/v1/me/settings"), "first_name": self._new_name()}
        self._send("PUT", "/api/v1/me/settings", json=given)
        self.name = given["first_name"]

    def _deeds(self) -> tuple[Callable[[], None], ...]:
        """All there is to do, the usual more often."""
        often = (self.record,) * 6 + (self.edit, self.void, self.undo) * 2
        seldom = (self.bring_statement, self.configure, self.sign_in)
        grow = (self.open_account,) if len(self.accounts) < MOST_ACCOUNTS else ()
        return (*often, *seldom, *grow)

    def _expense(self) -> dict[str, Any]:
        account, cents = self._account_and_cents()
        line = {"category_id": self.category, "amount": _money(cents)}
        form = {"account_id": account, "amount": _money(cents), "lines": [line]}
        return {"expense": form}

    def _transfer(self) -> dict[str, Any]:
        left, right = random.sample(self.accounts, 2)
        _, cents = self._account_and_cents()
        form = {"from_account_id": left, "to_account_id": right, "sent": _money(cents)}
        return {"transfer": form}

    def _account_and_cents(self) -> tuple[int, int]:
        return random.choice(self.accounts), random.randint(1, 99_999)  # noqa: S311 - no secret

    def _any_standing(self) -> Any:
        """One of the latest that is not void, as it is now."""
        latest = itertools.islice(reversed(self.books), 20)
        standing = [one for one in latest if not self.books[one].is_void]
        if not standing:
            return None
        return self.ask(f"{PLACE}/{random.choice(standing)}")  # noqa: S311 - no secret

    def _keep(self, changed: Any) -> None:
        """Remembers an acknowledged change and how it was before."""
        row = changed["item"]
        before = {row["id"]: self.books.get(row["id"])}
        self.undoable.append((changed["change_id"], before))
        self._put({row["id"]: _read(row, self.accounts)})

    def _put(self, entries: dict[int, Entry | None]) -> None:
        for number, entry in entries.items():
            self.books.pop(number, None)
            if entry is not None:
                self.books[number] = entry

    def _new_name(self) -> str:
        return f"{self.email.partition('@')[0]} n{next(self.numbers)}n"

    def _send(self, method: str, path: str, **request: Any) -> Any:
        """Its acknowledged answer, however often it must be asked for.

        None is a sign-in that must wait: those that were killed have counted as tries.
        """
        headers = {"Idempotency-Key": secrets.token_hex(16)}
        begun = time.monotonic()
        while time.monotonic() - begun < LONGEST_SECONDS:
            with contextlib.suppress(httpx.TransportError):
                answer = self.http.request(method, path, headers=headers, **request)
                if answer.status_code < 300:
                    return answer.json()
                if answer.status_code == TOO_MANY:
                    return None
                assert answer.status_code == AWAY, f"{method} {path}: {answer.text}"
            time.sleep(0.1)
        raise AssertionError(f"{method} {path}: no answer")


@dataclass
class Registrar:
    """Registers one person after the other, each with an address of their own."""

    http: httpx.Client
    box: LetterBox
    asked: list[str] = field(default_factory=list)
    registered: list[str] = field(default_factory=list)

    def work(self, is_over: threading.Event) -> None:
        while not is_over.wait(PAUSE_SECONDS):
            self.register(f"p{secrets.token_hex(8)}@example.org")

    def register(self, email: str) -> bool:
        """Whether all of it was acknowledged; what was not is left half way."""
        # Letters are counted by address.
        hops = ".".join(str(part) for part in (10, *secrets.token_bytes(3)))
        form = {
            "first_name": FIRST_NAME,
            "email": email,
            "password": GOOD,
            "agrees_to_terms": True,
            "is_of_age": True,
            "terms_version": TERMS_VERSION,
        }
        with contextlib.suppress(httpx.TransportError, queue.Empty):
            begun = self._try("initiate-registration", form, hops)
            if begun is not None:
                self.asked.append(email)
                code = self.box.next_code(email, LETTER_SECONDS)
                given = {"flow": begun["flow"], "code": code}
                if self._try("verify-otp-and-register", given, hops) is not None:
                    self.registered.append(email)
                    return True
        return False

    def _try(self, step: str, given: dict[str, Any], hops: str) -> Any:
        headers = {"X-Forwarded-For": hops}
        answer = self.http.post(f"{AUTH}/{step}", json=given, headers=headers)
        self.http.cookies.clear()
        assert answer.status_code in {201, 202, AWAY}, answer.text
        return answer.json() if answer.is_success else None


def _read(row: Any, own: list[int]) -> Entry:
    """A transaction of an answer; of its postings those on ``own`` accounts."""
    cents = sorted(
        (one["account_id"], int(one["amount"]["amount"].replace(".", "")))
        for one in row["postings"]
        if one["account_id"] in own
    )
    return Entry(row["payee"], tuple(cents), row["voided_at"] is not None)


def _money(cents: int) -> dict[str, str]:
    return {"amount": f"{cents // 100}.{cents % 100:02}", "currency": "EUR"}
