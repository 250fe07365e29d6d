"""Reflex configuration: nothing here depends on the machine, so one build fits all."""

import reflex as rx

from fintrack.cli.portable_build import PortableBuild

config = rx.Config(
    app_name="fintrack",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    state_manager_mode="memory",
    default_color_mode="system",
    frontend_compression_formats=["brotli", "gzip"],
    # Never empty and never "*". The wiring decides who may connect; this list feeds
    # cross-origin answers alone, and nobody gets any.
    cors_allowed_origins=["https://fintrack.invalid"],
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
    frontend_packages=["@fontsource-variable/inter@5.3.0"],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
