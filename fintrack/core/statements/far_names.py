"""How banks call their columns in Asia, the Near East, the Baltic and the Balkans.

Keyed by what a column says, in the order and form of ``column_names``: folded words,
so without accents, kana without their two strokes, and without a currency behind them.
"""

FAR_NAMES = {
    "date": """
run date|reskontradatum|kirjauspaiva|tanggal|tanggal transaksi
|tarikh|ngay giao dich|ngay|data tranzactiei|data inregistrarii|data prelucrarii
|datum knjizenja|datum transakcije|datums|kuupaev|kande kuupaev|dagsetning
|ημερομηνια|ημερομηνια συναλλαγησ|ημ νια συναλλαγησ|дата платежа|дата транзакции
|дата i час операціі|дата операціі|датум|дата на операцията|дата на осчетоводяване
|תאריך|תאריך עסקה|תאריך פעולה|תאריך רכישה|التاريخ|تاريخ العملية|تاريخ المعاملة
|日付|取引日|お取引日|年月日|利用日|こ利用日|計算日|取引年月日|お取引年月日
|交易时间|交易日期|日期|记账日期|记账日|交易日|入账日期|交易日期时间|記帳日期|帳務日期
|거래일자|거래일시|거래일|거래날짜|이용일|이용일자|이용일시|승인일자
""",
    "value_date": """
arvopaiva|maksupaiva|booked date|ngay hieu luc|data valutei|datum valute|valuutapaev
|ημερομηνια αξιασ|תאריך ערך|יום ערך|تاريخ القيمة|起息日|結算日
""",
    "amount": """
maara|summa|jumlah|nominal|mutasi|amaun|so tien|iznos|znesek|upphaed|ποσο
|ποσο συναλλαγησ|сумма операции|сумма платежа|сума|сума операціі|сума в валюті картки
|износ|netto|nettobetrag|netto amount|total|total amount
|סכום|סכום חיוב|סכום בש ח|المبلغ|مبلغ العملية
|入出金|金額|取引金額|利用金額|こ利用金額|お支払い金額|こ請求金額
|金额|交易金额|發生金額|发生额|交易額|이용금액|거래금액|승인금액|금액
""",
    "credit": """
cr|kredit|paid-in|payment in|hyvitys|panot|indsat|uplata|uplate|dobro|kreedit
|kredits|prijem|incasari|intrari|ghi co|so tien ghi co|πιστωση|надходження|зарахування
|кредит|זכות|בזכות|داين|ايداع
|預かり金額|お預り金額|お預かり金額|お預入れ|お預入額|預入金額|入金|入金額|入金金額
|受入金額|存入|存入金额|收入金额|贷方金额|贷方发生额|存入金額|入賬
|입금|입금액|입금금액|맡기신금액|받으신금액
""",
    "debit": """
dr|debet|withdrawn|payment out|veloitus|otot|haevet|isplata|isplate|breme|deebet|debets
|plati|iesiri|vydaj|ghi no|so tien ghi no|χρεωση|списання|витрати|дебет|debitare
|חובה|בחובה|مدين|سحب
|支払い金額|お支払金額|支払金額|お引出し|お引出額|引出金額|出金|出金額|出金金額
|払出金額|支取|支出金额|借方金额|借方发生额|提出|提款|支出金額
|출금|출금액|출금금액|찾으신금액|보내신금액
""",
    "sign": """
billingamountsign|billing amount sign|cr db|db cr|debet kredit|debit kredit
|deebet kreedit|προσημο ποσου|προσημο|дебет кредит|收 支|借贷标志|借贷|收支|入払区分
|入出金区分|取引種別|입출금구분|inflow outflow
""",
    "fee": """
entgelt|gebuehr|biaya|phi|комиссия|комісія|手数料|支払手数料|手续费|수수료
""",
    "balance": """
bal|saldo konta|baki|so du|sold|sold final|stanje|jaak|atlikums|likutis|stada|υπολοιπο
|залишок|залишок після операціі|салдо|יתרה|היתרה|الرصيد|الرصيد المتاح
|残高|差引残高|取引後残高|お取引後残高|余额|账户余额|餘額|結餘|结余
|잔액|거래후잔액|거래후 잔액
""",
    "currency": """
valuutta|valuutat|mata uang|loai tien|tien te|valuta transakcije|valuuta|mynt|νομισμα
|валюта платежа|валюта операции|валюта операціі|מטבע|العملة|通貨|币种|幣別|货币|통화
""",
    "payee": """
saaja maksaja|platce prijemce|nazev protistrany|nazev obchodnika|obchodnik|protistrana
|obchodni misto|naziv partnera|primalac|platitelj primatelj|saaja maksja nimi
|beneficiar|beneficiar ordonator|nazwa odbiorcy|δικαιουχοσ|отримувач
|שם בית העסק|בית עסק|المستفيد|اسم التاجر
|取引先|利用店名|利用店名 商品名|こ利用店名|こ利用先|こ利用先なと|お取引先
|交易对方|对方户名|对方名称|商户名称|交易對象|가맹점명|가맹점|거래처|이용가맹점
|이용하신곳|받는분|보내는분
""",
    "payer": "maksaja|avsender|avsandare|platce|plateste|付款人|付款方|송금인",
    "recipient": "saaja|saajan nimi|mottaker|mottagare|prijemce|收款人|收款方|수취인",
    "description": """
transaction remarks|remarks|narrative 1|selite|selitys|viesti|tittel|melding
|libelles|libelle simplifie|libelle complet|popis|popis transakce|popis operace
|systemovy popis|popis prikazce|detaily transakce|oznaceni operace|keterangan|butiran
|uraian|dien giai|noi dung|mo ta|detalii|detalii tranzactie|explicatii|descriere
|svrha|namen|opis placanja|opis transakcije|selgitus|skyring|texti|περιγραφη
|αιτιολογια|деталі операціі|опис операціі|опис|призначення платежу|описание
|основание за плащане|пояснение|תיאור|תיאור פעולה|פרטים|תאור|הפעולה|פירוט
|الوصف|البيان|التفاصيل|وصف العملية
|摘要|摘要内容|お取り扱い内容|お取扱内容|内容|取引内容|お取引内容|入出金先内容
|入出金内容|備考|メモ|商品|商品说明|交易摘要|备注|附言|用途|交易类型|備註|說明|附註
|적요|기재내용|내용|거래내용|거래기록사항|메모|비고
""",
    "reference": """
arkistointitunnus|arkistotunnus|viite|viitenumero|viitenumber|receipt no
|transaktionscode|transaction no|cheque no|chqno|no ref|nr referinta|referinta
|poziv na broj|אסמכתא|אסמכתה|رقم المرجع|交易单号|交易订单号|交易流水号|流水号|取引番号
|승인번호|거래번호
""",
    "state": "transaction status|trans status|当前状态|交易状态|סטטוס|상태",
}  # fmt: skip
