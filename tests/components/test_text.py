from fintrack.components.text import t


def test_a_text_is_quoted_for_the_browser() -> None:
    assert str(t('Say "no"; `${x}`')) == 't("Say \\"no\\"; `${x}`")'
