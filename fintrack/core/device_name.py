"""What a browser says of itself, in plain words: "Firefox on Linux"."""

from fintrack.core.text import message_id, translate

# The first that is found counts: most browsers also name the ones they resemble.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
BOTH = message_id("{browser} on {system}")
UNKNOWN = message_id("Unknown device")


def name_device(user_agent: str, language: str) -> str:
    """The browser and its system; what cannot be told is left out.

    It is a hint for its owner and no proof: a browser may say anything.
    """
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return translate(BOTH, language, browser=browser, system=system)
    return browser or system or translate(UNKNOWN, language)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
