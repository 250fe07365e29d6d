"""What keeps somebody from using a page: findings of axe, and what is too wide."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
# A button that is still fading has the contrast of its fading.
SETTLE = """() => Promise.race([
  new Promise((settle) => setTimeout(settle, 1000)),
  Promise.allSettled(document.getAnimations()
    .filter(({ playState, effect }) =>
      playState === "running" && effect.getComputedTiming().endTime < Infinity)
    .map((one) => one.finished)),
])"""
FIND = """() => axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => [impact, `${id}: ${nodes[0].html}`]))"""


def findings(page: Page) -> list[str]:
    """Everything that axe finds, each rule with its first element."""
    return [words for _, words in _find(page)]


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    return [words for impact, words in _find(page) if impact in {"serious", "critical"}]


def is_too_wide(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    )


def _find(page: Page) -> Any:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    page.evaluate(SETTLE)
    return page.evaluate(FIND)
