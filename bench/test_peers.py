"""The same 100,000 rows in the text files of two peers, loaded by their programs.

They are no packages of ours: who wants their figures has ``hledger`` and ``bean-check``
on the path. A peer that is not there is named as such.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from bench.seeding import FIRST_DAY, statement_lines
from bench.table import print_table

ROWS = int(os.environ.get("ROWS", "100000"))
Event = Callable[[str, str, str, str], str]


def test_peers_load_the_same_rows(tmp_path: Path) -> None:
    shown = [
        _load("hledger", ["stats", "-f"], tmp_path / "books.journal", _for_hledger),
        _load("bean-check", ["--no-cache"], tmp_path / "books.bean", _for_beancount),
    ]
    print_table(f"{ROWS:,} rows loaded by", shown)


def _load(name: str, arguments: list[str], path: Path, event: Event) -> tuple[str, str]:
    program = shutil.which(name)
    if program is None:
        return name, "not installed"
    path.write_text("".join(_journal(event)), encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    began = perf_counter()
    subprocess.run(  # noqa: S603 - a program of the path, and a file of ours
        [program, *arguments, path],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment,
    )
    return name, f"{perf_counter() - began:.1f} s"


def _journal(event: Event) -> Iterator[str]:
    if event is _for_beancount:
        yield f"{FIRST_DAY} open Assets:Bank EUR\n{FIRST_DAY} open Expenses:Other\n"
    for day, payee, words, _, amount, _ in list(csv.reader(statement_lines(ROWS)))[1:]:
        yield event(day, payee, words, amount)


def _for_hledger(day: str, payee: str, words: str, amount: str) -> str:
    return f"{day} {payee} | {words}\n  bank  {amount} EUR\n  other\n\n"


def _for_beancount(day: str, payee: str, words: str, amount: str) -> str:
    head = f'{day} * "{payee}" "{words}"'
    return f"{head}\n  Assets:Bank  {amount} EUR\n  Expenses:Other\n\n"
