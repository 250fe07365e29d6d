"""``change-key``: puts another master key in the place of the one in use."""

from functools import partial

from fintrack.cli.databases import databases, run_with
from fintrack.core.settings import read_settings
from fintrack.services.key_exchange.exchanging import NAME, Exchanged
from fintrack.services.key_exchange.files import Resealed
from fintrack.services.key_exchange.pair import Place
from fintrack.services.key_exchange.running import Report, change_key
from fintrack.services.master_key import FILE_NAME

WORDS = {
    "totp": "secrets of second factors",
    "mail parameters": "letters that wait",
    "trail keys": "keys of ledgers and people",
    "former recovery keys": "keys of recovery codes of before",
}


def run() -> int:
    """Exchanges the master key, or ends an exchange that was killed; 0.

    Raises:
        FinTrackError: it cannot be done, said in a sentence.
    """
    settings = read_settings()
    place = Place(
        folder=settings.data_dir,
        given=settings.master_key,
        given_new=settings.new_master_key,
        external=not settings.uses_embedded_database,
    )
    with databases(settings) as urls:
        report = run_with(urls, partial(change_key, place), name=NAME)
    _tell(report, place)
    return 0


def _tell(report: Report, place: Place) -> None:
    if report.database:
        _tell_of_database(report.database)
    if report.files:
        _tell_of_files(report.files)
    print("The master key is exchanged. Recovery codes stay good.")
    if place.in_file:
        print(
            f"The new key is in {place.folder / FILE_NAME}. "
            "Make a new recovery sheet of it."
        )
    else:
        print(
            "Before the next start give FINTRACK_MASTER_KEY the value that "
            "FINTRACK_NEW_MASTER_KEY has now, and take the latter away."
        )
    print("Keep the sheet of the former key for as long as you keep backups of before.")


def _tell_of_database(done: Exchanged) -> None:
    print("Encrypted anew:")
    for label, count in done.sealed.items():
        print(f"{count:>9} {WORDS[label]}")
    print("Not carried over:")
    print(f"{done.codes:>9} mailed codes on their way, which have ended")
    print(f"{done.counters:>9} counters of failed tries, which start anew")


def _tell_of_files(done: Resealed) -> None:
    print(f"{done.files:>9} files are under the new key")
    for name in done.damaged:
        print(f"Note: no key opens {name}. It was damaged before and stays as it was.")
