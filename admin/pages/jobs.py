"""Jobs: how each does, what ran, and a run now."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import named, older, toned_badge
from admin.state.jobs import JobRow, JobsState, RunRow
from fintrack.components import states
from fintrack.components.cards import card, card_head
from fintrack.components.elements import button, chip
from fintrack.components.layout import page_head
from fintrack.components.tables import table
from fintrack.components.text import t
from fintrack.core import routes


@rx.page(
    route=routes.STAFF_JOBS,
    title=staff_title(t("Jobs"), routes.STAFF_JOBS),
    on_load=JobsState.load,
)
def jobs() -> rx.Component:
    """The page."""
    state = JobsState
    return staff_page(
        page_head(
            t("Jobs"),
            button(t("Refresh"), icon_name="refresh-cw", on_click=state.load),
            sub=t("What runs by itself, when it ran last, and how it ended."),
        ),
        rx.fragment(
            rx.match(
                state.status,
                ("loading", card(states.loading_rows(6, t("Loading the jobs")))),
                (
                    "failed",
                    states.could_not_load(
                        t("The jobs could not be loaded"), state.load
                    ),
                ),
                rx.el.div(_jobs(), _runs(), class_name="stack"),
            )
        ),
        here=routes.STAFF_JOBS,
        notice=state.notice,
    )


def _jobs() -> rx.Component:
    heads = [
        t("Job"),
        t("Rhythm"),
        t("Last run"),
        t("Next run"),
        t("Standing"),
        rx.el.span(t("Actions"), class_name="sr"),
    ]
    return card(
        table(heads, JobsState.jobs, _job, caption=t("Jobs")),
        class_name="flush list",
    )


def _job(job: JobRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(job.name),
        rx.el.td(job.rhythm),
        named(t("Last run"), job.last),
        named(t("Next run"), job.next),
        rx.el.td(toned_badge(job.tone, job.standing)),
        rx.el.td(
            rx.el.span(
                button(
                    t("History"),
                    "ghost",
                    class_name="s",
                    on_click=JobsState.choose(job.id),
                    custom_attrs={"data-row": ""},
                ),
                button(t("Run now"), class_name="s", on_click=JobsState.run(job.id)),
                class_name="line",
            )
        ),
    )


def _runs() -> rx.Component:
    heads = [t("Job"), t("When"), t("Took"), t("Result"), t("Ended")]
    return rx.el.section(
        card_head(
            t("Runs"),
            rx.cond(
                JobsState.chosen,
                chip(JobsState.chosen, is_on=True, on_click=JobsState.choose("")),
                rx.fragment(),
            ),
        ),
        rx.cond(
            JobsState.runs,
            card(
                table(heads, JobsState.runs, _run, caption=t("Runs")),
                older(JobsState.older, JobsState.show_older),
                class_name="flush list",
            ),
            rx.el.p(t("Nothing has run yet."), class_name="muted"),
        ),
        aria_label=t("Runs"),
    )


def _run(run: RunRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(run.name),
        rx.el.td(run.when),
        rx.el.td(run.took),
        rx.el.td(run.detail),
        rx.el.td(toned_badge(run.tone, run.outcome)),
    )
