"""Letters of two bytes are told from European ones, of which each has one."""

import pytest

from fintrack.core.statements.double_byte import find_double_byte


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("日付,摘要,差引残高\n2026/2/1,カード,350\n", "cp932"),
        ("交易时间,交易对方,收/支\n2026-02-01,张三,支出\n", "gb18030"),
        ("거래일자,적요,출금액,잔액\n2026.02.01,카페,5500,1\n", "cp949"),
    ],
)
def test_pairs_of_common_letters_name_their_code_page(text: str, page: str) -> None:
    assert find_double_byte(text.encode(page)) == page


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Débit différé d’août;Prélèvement à l’étranger;Année", "cp1252"),
        ("PÄIVÄ;MÄÄRÄ;SÄÄSTÖTILI;TYÖNANTAJA ÄÄ OY", "cp1252"),
        ("ŻABKA ŁÓDŹ;PRZYSZŁOŚĆ;ŚWIĘTOKRZYSKA;ĆWIERĆ", "cp1250"),
        ("ŠKODA ČEŠTINA;ŽIŽKOV;PŘÍJEM ČEŘÍNEK", "cp1250"),
        ("İŞLEM;ÖĞRENCİ;DOĞALGAZ;GÜVENÇ ÜÇÜNCÜ", "cp1254"),
        ("Дата;Описание;Сумма;Оплата товаров и услуг", "cp1251"),
        ("ЗАЧИСЛЕНИЕ;ПЕРЕВОД;ПЛАТЕЖИ", "cp1251"),
        ("Ημερομηνία;Περιγραφή;ΠΟΣΟ;ΥΠΟΛΟΙΠΟ", "cp1253"),
        ("תאריך,תיאור,סכום,העברת שכר", "cp1255"),
    ],
)
def test_letters_of_one_byte_are_no_pairs(text: str, page: str) -> None:
    assert find_double_byte(text.encode(page)) is None


def test_few_letters_prove_nothing() -> None:
    assert find_double_byte("a,b\n円,3\n".encode("cp932")) is None


def test_sample_may_end_within_a_letter() -> None:
    data = "日付,摘要,差引残高\n2026/2/1,カード".encode("cp932")
    assert find_double_byte(data[:-1]) == "cp932"
