import pytest

from fintrack.core.device_name import name_device

LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"{LINUX} Chrome/140.0.0.0 Safari/537.36", "Chrome on Linux"),
        (f"{LINUX} Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        (f"{PHONE} (KHTML, like Gecko) Version/18.5 Safari/604.1", "Safari on iPhone"),
        (f"{PHONE} (KHTML, like Gecko) CriOS/140.0 Safari/604.1", "Chrome on iPhone"),
        (
            "Mozilla/5.0 (Android 16; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0",
            "Firefox on Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Firefox/143.0",
            "Firefox on Windows",
        ),
        ("curl/8.16.0", "curl"),
        ("Mozilla/5.0 (Linux)", "Linux"),
        ("", "Unknown device"),
        ("<script>alert(1)</script>", "Unknown device"),
    ],
)
def test_device_is_named_in_plain_words(said: str, name: str) -> None:
    assert name_device(said, "en") == name


def test_device_is_named_in_the_language_of_its_reader() -> None:
    said = f"{LINUX} Chrome/140.0.0.0 Safari/537.36"
    assert name_device(said, "tr") == "Linux üzerinde Chrome"
