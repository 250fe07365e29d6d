"""How banks of many countries call their columns, in folded words."""

from enum import StrEnum

from fintrack.core.statements.far_names import FAR_NAMES


class Role(StrEnum):
    """What a column says. Only descriptions may stand in several columns."""

    DATE = "date"
    VALUE_DATE = "value_date"
    AMOUNT = "amount"
    CREDIT = "credit"
    DEBIT = "debit"
    SIGN = "sign"
    FEE = "fee"
    BALANCE = "balance"
    CURRENCY = "currency"
    PAYEE = "payee"
    PAYER = "payer"
    RECIPIENT = "recipient"
    DESCRIPTION = "description"
    REFERENCE = "reference"
    STATE = "state"
    IGNORE = "ignore"


# Whole headers. Where a word means two things (Valuta), the cells decide later.
_WHOLE = {
    Role.DATE: """
date|booking date|transaction date|posting date|posted date|completed date|date posted
|trans date|entry date|buchungstag|buchungsdatum|buchung|datum|umsatzdatum
|date operation|date d operation|date de l operation|date de comptabilisation
|date comptable|fecha|fecha operacion|fecha de operacion|f contable|fecha contable
|data|data operazione|data contabile|data registrazione|tarih|islem tarihi|tarih saat
|boekdatum|transactiedatum|data operacji|data ksiegowania|data transakcji
|data movimento|data mov|data lancamento|data da operacao|created on|finished on
|data de lancamento|abschlussdatum|date de debut
|date processed|txn date|tran date|release date|dateop|datetime|uitvoeringsdatum
|datum verrichting|transaktionsdatum|bokforingsdag|bokforingsdatum|dato|bokforingsdato
|bogforingsdato|datum provedeni|datum transakce|tranzakcio datuma
|konyveles datuma|data transakcji|дата операции|дата|дата проводки
""",
    Role.VALUE_DATE: """
value date|valutadatum|wertstellung|valuta|wert|wertstellungsdatum|date valeur
|date de valeur|fecha valor|f valor|data valuta|valor tarihi|rentedatum|data waluty
|data valor|post date|started date|settlement date|valutatag|data de valor
|dateval|datum zauctovani|datum verrekening|execution date|valutadag|rentedato
|valordato|erteknap|дата обработки|value dat|date of transaction
""",
    Role.AMOUNT: """
amount|betrag|umsatz|montant|importe|importo|tutar|islem tutari|bedrag|kwota
|kwota operacji|valor|montante|transaction amount|buchungsbetrag|net amount|sum|value
|kwota transakcji|quantia|tutari|einzelbetrag|source amount after fees|monto
|net|transaction net amount|amount total|belopp|belob|belop|castka|objem
|zauctovana castka|osszeg|tranzakcio osszege|suma|mutatie
|kwota transakcji waluta rachunku|сумма|сумма пересчитанная в валюту счета
|сумма в валюте счета
""",
    Role.CREDIT: """
credit|credits|credit amount|paid in|money in|in|haben|gutschrift|entrate|accrediti
|avere|entrata|abono|abonos|haber|ingresos|alacak|alacak tutari|yatan|bij|uznania
|credito|creditos|deposit|deposits|deposit amt|eingang|recettes|ma
|inn|ind|inn pa konto|insattning|indbetaling|entrada|bevetel|приход|поступления
""",
    Role.DEBIT: """
debit|debits|debit amount|paid out|money out|out|soll|lastschrift|belastung|uscite
|addebiti|dare|uscita|cargo|cargos|debe|gastos|borc|borc tutari|cekilen|af|obciazenia
|debito|debitos|withdrawal|withdrawals|withdrawal amt|ausgang|depenses|wn
|ut|ud|ut fra konto|uttag|udbetaling|saida|kiadas|расход|списания
""",
    Role.SIGN: """
sign|soll haben|s h|d c|dr cr|cr dr|debit credit|credit debit|b a|borc alacak|af bij
|bij af|sens|debit or credit|credit or debit|credit debit indicator
|soll haben kennzeichen|umsatzart s h|dare avere|debe haber|kennzeichen|direction
|islem yonu
|d k|creditdebet|credit debet|debet credit|bevetel kiadas|balance impact
""",
    Role.FEE: """
fee|fees|gebuhr|frais|comision|commissione|masraf|source fee amount
""",
    Role.BALANCE: """
balance|running bal|running balance|saldo|saldo nach buchung|kontostand|solde
|saldo final|bakiye|bakiye tutari|kalan bakiye|saldo na trn|saldo po operacji
|closing balance|disponible|saldo contabile|saldo contabilistico|guncel bakiye
|saldo disponibile
|runningbalance|current balance|ledger balance|saldo po transakcji|saldos|saldo do dia
|partial balance|bokfort saldo|egyenleg|zustatek|остаток|verfugbares guthaben
""",
    Role.CURRENCY: """
currency|wahrung|waehrung|whg|wrg|devise|divisa|doviz|doviz cinsi|para birimi|munt
|waluta|moneda|moeda|ccy|currency code|source currency|devise du compte|valuta code
|valuta rekening|valutacode|monn|mena|mena uctu|valiuta|devizanem
|tranzakcio devizaneme|zahlungswahrung|валюта счета|валюта|coin
""",
    Role.PAYEE: """
payee|name|merchant|merchant name|counterparty|partner name|party
|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|empfanger
|auftraggeber empfanger|auftraggeber begunstigter|name zahlungsbeteiligter|tegenpartij
|auftraggeber beguenstigter|beneficiary|beneficiario|beneficiaire
|beneficiario ordenante|naam tegenpartij|naam omschrijving|nadawca odbiorca|alici
|karsi taraf|gonderen alici|name des partners|tiers|contraparte|controparte|kontrahent
|nome
|counter party|counterparty name|counteraccount name|partner neve|nazev protiuctu
|tegenrekeninghouder|handelaar|beneficiary s name|namn|gavejas|dane kontrahenta
|modtagernavn|nazwa kontrahenta|контрагент
""",
    Role.PAYER: """
payer|zahlungspflichtige r|zahlungspflichtiger|auftraggeber|payer name|donneur d ordre
|ordenante|ordinante|gonderen|nadawca|source name
|auftraggebername|from
""",
    Role.RECIPIENT: """
recipient|payee name|zahlungsempfanger in|zahlungsempfanger|zahlungsempfangerin
|target name|odbiorca|destinatario|destinataire
|empfangername|to
""",
    Role.DESCRIPTION: """
description|text|verwendungszweck|buchungstext|memo|narrative|transaction description
|notes|payment reference|details of payment|libelle|libelle operation|concepto
|observaciones
|descripcion|descrizione|descrizione completa|causale|aciklama|omschrijving
|omschrijving-1|omschrijving-2|omschrijving-3|opis operacji|opis|tytul|historico
|descricao|mitteilung|mededelingen|beschreibung|vorgang|descrizione operazione
|description1|description2|description3|notes and tags|islem|dettagli|movimiento
|beschreibung1|beschreibung2|beschreibung3|avisierungstext
|desc|item|narration|note|subject|message
|message for payee|message for me|memo description|rubrik|beskrivning|meddelande|tekst
|forklaring|beskrivelse|zprava|zprava pro prijemce|poznamka|kozlemeny|paaiskinimai
|toelichting|vwz|umsatztext|umsatzbeschreibung|opis transakcji|szczegoly|lancamento
|remarque|zahlungsreferenz|titulo|описание операции|основание
|назначение платежа|transaction ref
""",
    Role.REFERENCE: """
reference|id|transaction id|transferwise id|transaction reference|kundenreferenz
|kundenreferenz end-to-end|referenz|dekont no|dekont numarasi|fis no
|numero d operation|referencia|reference number|volgnr|transaktions-nr|nr transakcji
|islem no|referans|check or slip|fitid|fis dekont no|riferimento|bank reference
|n de transaction|id operace|id transakce|transaction reference number|referentie
|archive id|identificador|reference id|unique id|transaktions-id|id pokynu
|chq ref number
|ref no cheque no|референс проводки
""",
    Role.STATE: """
state|status|stato|durum|etat|estado|info|statut|stan|stato operazione
|статус|allapot|stav
""",
}  # fmt: skip

# One word inside a longer header; used where no whole header gave the role.
_WORDS = {
    Role.DATE: "date datum tarih tarihi fecha data dia buchungstag",
    Role.AMOUNT: (
        "amount betrag tutar tutari importe importo montant bedrag kwota valor belopp "
        "castka osszeg сумма"
    ),
    Role.CREDIT: (
        "credit credito haben gutschrift alacak entrate abono ingreso eingehend "
        "entrada deposit deposits"
    ),
    Role.DEBIT: (
        "debit debito soll belastung lastschrift borc uscite cargo ausgehend saida "
        "withdrawal withdrawals"
    ),
    Role.BALANCE: "balance saldo solde bakiye kontostand",
    Role.CURRENCY: "currency wahrung waehrung devise divisa doviz munt waluta moneda",
    Role.PAYEE: "payee merchant counterparty empfanger partner tegenpartij alici",
    Role.DESCRIPTION: (
        "description details verwendungszweck libelle concepto descrizione aciklama "
        "omschrijving opis tytul descricao memo narrative text buchungstext"
    ),
    Role.REFERENCE: "reference referenz referans referencia",
}

# Amounts in the currency of a purchase abroad are never the account's.
FOREIGN_WORDS = frozenset(
    [
        "foreign",
        "original",
        "originalbetrag",
        "originalni",
        "puvodni",
        "oryginalna",
        "ursprung",
        "ursprunglicher",
        "fremdwahrung",
        "orig",
        "exchange",
        "wechselkurs",
        "rate",
        "kurs",
        "kur",
        "taux",
        "target",
        "local",
        "lokale",
        "cambio",
        "koers",
        "instructed",
        "oorspr",
        "abweichender",
        "rekening",
        "account",
        "konto",
        "iban",
        "bic",
        "compte",
        "cuenta",
        "hesap",
        "price",
        "shares",
        "quantity",
        "unit",
    ]
)
# A currency behind the name of a column: Betrag (EUR), Débit euros, Kwota w PLN.
CURRENCY_WORDS = {
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "usd": "USD", "gbp": "GBP",
    "chf": "CHF", "tl": "TRY", "try": "TRY", "pln": "PLN", "zl": "PLN", "sek": "SEK",
    "nok": "NOK", "dkk": "DKK", "czk": "CZK", "huf": "HUF", "ron": "RON", "brl": "BRL",
    "inr": "INR", "cad": "CAD", "aud": "AUD", "nzd": "NZD", "jpy": "JPY", "kwd": "KWD",
    "sgd": "SGD", "hkd": "HKD", "zar": "ZAR", "ils": "ILS", "mxn": "MXN", "ars": "ARS",
    "clp": "CLP", "cop": "COP", "rub": "RUB", "uah": "UAH", "bgn": "BGN", "isk": "ISK",
    "aed": "AED", "sar": "SAR", "thb": "THB", "myr": "MYR", "php": "PHP", "idr": "IDR",
    "rs": "INR", "rp": "IDR", "rm": "MYR", "krw": "KRW", "cny": "CNY", "rmb": "CNY",
    "twd": "TWD", "vnd": "VND", "kes": "KES", "ngn": "NGN", "qar": "QAR", "bhd": "BHD",
    "omr": "OMR", "egp": "EGP", "pkr": "PKR", "lkr": "LKR", "bdt": "BDT",
    "euroa": "EUR", "円": "JPY", "元": "CNY", "원": "KRW",
}  # fmt: skip
CURRENCY_SIGNS = {"€": "eur", "£": "gbp", "₺": "try", "R$": "brl", "₹": "inr"}

WHOLE_HEADERS = {
    name.strip(): Role(role)
    for table in (FAR_NAMES, _WHOLE)
    for role, names in table.items()
    for name in names.split("|")
}
HEADER_WORDS = {word: role for role, words in _WORDS.items() for word in words.split()}
