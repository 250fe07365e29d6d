"""The desk of those who reconcile; what locks stands beside the ledger's verbs."""

from tests.services.reconciling.conftest import desk

__all__ = ["desk"]
