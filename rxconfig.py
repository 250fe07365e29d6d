"""Reflex configuration: nothing here depends on the machine, so one build fits all."""

import reflex as rx

from fintrack.cli.portable_build import PortableBuild

config = rx.Config(
    app_name="fintrack",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    state_manager_mode="memory",
    default_color_mode="system",
    frontend_compression_formats=["gzip", "brotli"],
    # Never empty and never "*": an empty list switches the socket's origin check off.
    cors_allowed_origins=["http://localhost:8000"],
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(
                accent_color="teal",
                gray_color="slate",
                radius="medium",
                panel_background="solid",
            )
        ),
        PortableBuild(),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
