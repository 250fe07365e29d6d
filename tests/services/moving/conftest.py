"""A blob store in a folder of the test."""

from tests.services.imports.conftest import store

__all__ = ["store"]
