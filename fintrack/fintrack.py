"""The wiring: builds the app and imports every page; the only file that knows all."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from reflex_base import constants
from reflex_base.registry import RegistrationContext

from admin.pages import jobs as staff_jobs
from admin.pages import mail as staff_mail
from admin.pages import overview as staff_overview
from admin.pages import person as staff_person
from admin.pages import rates as staff_rates
from admin.pages import trail as staff_trail
from admin.pages import users as staff_users
from fintrack.api.app import build_api
from fintrack.api.headers import SecureHeaders
from fintrack.api.packets import MOST_CHARACTERS
from fintrack.api.parts import Parts
from fintrack.api.setup import print_setup_code
from fintrack.api.socket_door import SocketDoor
from fintrack.api.subjects import SUBJECTS
from fintrack.cli.process_log import install_log, tell_defect_of_page
from fintrack.components.connection import install_connection_note
from fintrack.components.theme import STYLESHEETS, head_components
from fintrack.core.clock import utc_now
from fintrack.core.settings import read_settings
from fintrack.jobs import leading, telling
from fintrack.jobs.schedule import build_timetable
from fintrack.pages import (
    account,
    accounts,
    adding,
    categories,
    consents,
    currencies,
    currency,
    dashboard,
    enrol,
    forgot,
    history,
    importing,
    not_found,
    notices,
    reconcile,
    recurring,
    register,
    review,
    rules,
    security,
    setup,
    signin,
    tags,
    terms,
    trail,
    transactions,
    welcome,
)
from fintrack.pages import settings as settings_page
from fintrack.pages.styleguide import add_styleguide
from fintrack.services import (
    blobs,
    database,
    drawing,
    gate,
    master_key,
    plans,
    session_directory,
)
from fintrack.services.attachments import receiving as attaching
from fintrack.services.backups import keeping as backups
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.imports import readers, receiving
from fintrack.services.jobs import timetable
from fintrack.services.mail import transport
from fintrack.services.mail.choosing import choose_transport
from fintrack.services.master_key import secure_start
from fintrack.services.rates import fetching, keeping
from fintrack.services.rates.feeds.choosing import Places, choose_feeds
from fintrack.services.rates.feeds.feed import RateFeed
from fintrack.services.rates.fetching import Fetching
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.staff import health
from fintrack.state import entry
from fintrack.state.guard import Guard
from fintrack.state.sent_packets import forget_what_was_sent
from fintrack.state.shared_defaults import share_defaults

# A thread that computes may keep the event loop waiting for so long. One event waits up
# to ten times, and five milliseconds each, as Python has it, are felt.
SWITCH_SECONDS = 0.001

settings = read_settings()
directory = SessionDirectory()
session_directory.install(directory)
parts = Parts.of(settings, directory)
jobs = build_timetable(
    settings.rates,
    settings.rate_minutes,
    settings.backup_hour if settings.backups else None,
)
timetable.install(jobs)
entry.install(
    is_announced=parts.is_announced,
    registration_is_open=parts.registration_is_open,
)
app = rx.App(
    frontend_exception_handler=tell_defect_of_page,
    stylesheets=STYLESHEETS,
    head_components=head_components(),
    api_transformer=[
        build_api(parts, SUBJECTS),
        partial(
            SocketDoor,
            parts=parts,
            is_event=RegistrationContext.get().event_handlers.__contains__,
            clock=utc_now,
        ),
        partial(
            SecureHeaders,
            static_dir=get_web_dir() / constants.Dirs.STATIC,
            https=parts.is_public_https,
        ),
    ],
)
install_connection_note(app)
if settings.development:
    add_styleguide(app)
app.add_middleware(Guard(directory, parts.limiter, parts.proxies, parts.turned_away))
if app.sio is not None:
    # A callable: the list in rxconfig cannot know under which name we are reached.
    app.sio.eio.cors_allowed_origins = parts.accepts_socket
    # It tells pages what is too large.
    app.sio.eio.max_http_buffer_size = MOST_CHARACTERS
    forget_what_was_sent(app.sio.eio)
share_defaults(rx.State)


@app.register_lifespan_task
@asynccontextmanager
async def open_house() -> AsyncIterator[None]:
    """Installs the databases and the master key for as long as the process serves."""
    install_log(settings.log_format)
    sys.setswitchinterval(SWITCH_SECONDS)
    home = database.connect(settings.database_url, settings.log_database_url, utc_now)
    database.install(home)
    _keep_to_settings()
    health.watch_folder(settings.data_dir)
    try:
        parts.key = await secure_start(
            given=settings.master_key,
            folder=settings.data_dir,
            external=True,
        )
        master_key.install(parts.key)
        files = FolderBlobStore(
            settings.data_dir / blobs.FOLDER, parts.derive(blobs.LABEL)
        )
        blobs.install(files)
        _keep_backups()
        transport.install(
            choose_transport(settings.smtp_url, settings.smtp_from, sys.stdout)
        )
        await print_setup_code(parts, settings.host)
        async with telling.at_work(parts.turned_away), leading.at_work(jobs):
            yield
    finally:
        await readers.close()
        await drawing.close()
        await parts.limiter.close()
        transport.install(None)
        blobs.install(None)
        backups.install(None)
        health.watch_folder(None)
        master_key.install(None)
        database.install(None)
        await home.dispose()


def _keep_to_settings() -> None:
    gate.demand_factor(settings.second_factor)
    plans.set_billing(is_on=settings.billing != "off")
    receiving.set_most_bytes(settings.import_max_bytes)
    attaching.set_most_bytes(settings.attachment_max_bytes)
    keeping.set_most(settings.rate_jump)
    fetching.install(Fetching(_feeds()))
    health.watch_limiter(parts.limiter)


def _keep_backups() -> None:
    if settings.backups:
        folder = settings.data_dir
        backups.install(backups.Place(folder / backups.FOLDER, folder / blobs.FOLDER))


def _feeds() -> tuple[RateFeed, ...]:
    if settings.rates != "fetched":
        return ()
    return choose_feeds(
        Places(
            ecb=settings.ecb_url,
            currency_api=settings.currency_api_urls.split(),
            crypto=settings.crypto_url,
            currencyfreaks=settings.currencyfreaks_url,
            currencyfreaks_key=settings.currencyfreaks_key,
        )
    )


__all__ = [
    "account",
    "accounts",
    "adding",
    "app",
    "categories",
    "consents",
    "currencies",
    "currency",
    "dashboard",
    "enrol",
    "forgot",
    "history",
    "importing",
    "not_found",
    "notices",
    "reconcile",
    "recurring",
    "register",
    "review",
    "rules",
    "security",
    "settings_page",
    "setup",
    "signin",
    "staff_jobs",
    "staff_mail",
    "staff_overview",
    "staff_person",
    "staff_rates",
    "staff_trail",
    "staff_users",
    "tags",
    "terms",
    "trail",
    "transactions",
    "welcome",
]
