"""What somebody who knows the tables would write for the figures of the dashboard."""

_KINDS = "a.ledger_id = :ledger AND a.kind IN ('asset', 'liability')"
_TAIL = """
    (SELECT p.account_id, p.currency, sum(p.amount_minor) AS minor FROM posting p
     WHERE p.ledger_id = :ledger AND p.account_id = a.id AND p.on_date >= {first}
     AND p.on_date < {past} AND p.voided_at IS NULL GROUP BY 1, 2)
"""
_NOT_YET = _TAIL.format(
    first="CAST(:past AS date)",
    past="(date_trunc('month', CAST(:past AS date)) + interval '1 month')",
)
_CHART = "SELECT id, name, kind, type, parent_id FROM account WHERE ledger_id = :ledger"
_RECENT = """
    SELECT t.id, t.on_date, t.payee, t.description, p.account_id, p.amount_minor,
           p.currency, a.name, a.kind
    FROM (SELECT * FROM transaction WHERE ledger_id = :ledger AND voided_at IS NULL
          AND on_date < :past ORDER BY on_date DESC, id DESC LIMIT 8) t
    JOIN posting p ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id
    JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id
    ORDER BY t.on_date DESC, t.id DESC, p.position
"""
_WAITING = """
    SELECT coalesce(sum(b.posting_count), 0) FROM balance_month b
    JOIN account a ON a.ledger_id = b.ledger_id AND a.id = b.account_id
    WHERE a.ledger_id = :ledger AND a.type = 'uncategorised'
"""
# Balances now; what moved in this month and in each of the five before.
_BALANCES = f"""
    SELECT a.id, m.currency, m.minor - coalesce(t.minor, 0) AS minor
    FROM account a
    CROSS JOIN LATERAL (SELECT b.currency, sum(b.amount_minor) AS minor
        FROM balance_month b WHERE b.ledger_id = :ledger AND b.account_id = a.id
        AND b.month < :past GROUP BY 1) m
    LEFT JOIN LATERAL {_NOT_YET} t ON t.currency = m.currency
    WHERE {_KINDS}
"""  # noqa: S608 - constants only
_FLOWS = f"""
    SELECT a.id, m.currency, m.month, m.minor - CASE WHEN m.month = :start
           THEN coalesce(t.minor, 0) ELSE 0 END AS minor
    FROM account a
    CROSS JOIN LATERAL (SELECT b.currency, b.month, b.amount_minor AS minor
        FROM balance_month b WHERE b.ledger_id = :ledger AND b.account_id = a.id
        AND b.month >= CAST(:start AS date) - interval '5 months'
        AND b.month < :past) m
    LEFT JOIN LATERAL {_NOT_YET} t ON t.currency = m.currency
    WHERE a.ledger_id = :ledger
"""  # noqa: S608 - constants only
# Spending of the three months before, up to the same day.
_USUAL = f"""
    SELECT coalesce(a.parent_id, a.id), p.currency, sum(p.minor) / 3
    FROM account a
    CROSS JOIN generate_series(1, 3) AS n
    CROSS JOIN LATERAL {
    _TAIL.format(
        first="CAST(:start AS date) - n * interval '1 month'",
        past="CAST(:past AS date) - n * interval '1 month'",
    )
} p
    WHERE a.ledger_id = :ledger AND a.kind = 'expense' GROUP BY 1, 2
"""  # noqa: S608 - constants only
# What moved in other currencies, in that of the books at the rates of its days: by
# month, and of the three months before up to the same day. The last two days are whose
# rates the balances need.
_CONVERTED = """
    WITH moved AS MATERIALIZED (
        SELECT m.* FROM account a CROSS JOIN LATERAL (
            SELECT p.account_id, p.currency, p.on_date, sum(p.amount_minor) AS minor
            FROM posting p WHERE p.ledger_id = :ledger AND p.account_id = a.id
            AND p.on_date >= CAST(:start AS date) - interval '5 months'
            AND p.on_date < :past AND p.currency <> :base AND p.voided_at IS NULL
            GROUP BY 1, 2, 3) m
        WHERE a.ledger_id = :ledger
    ), days AS (
        SELECT on_date FROM moved UNION SELECT CAST(:start AS date) - 1
        UNION SELECT CAST(:past AS date) - 1
    ), leg AS MATERIALIZED (
        SELECT d.on_date, c.code, said.per_usd FROM days d
        CROSS JOIN (SELECT DISTINCT currency FROM moved UNION SELECT :base) c (code)
        CROSS JOIN LATERAL (
            SELECT r.per_usd FROM rate_source s CROSS JOIN LATERAL (
                SELECT per_usd, last_seen_at FROM rate_run WHERE code = c.code
                AND source = s.name AND valid_from < d.on_date + 1
                ORDER BY valid_from DESC LIMIT 1) r
            ORDER BY least(r.last_seen_at, d.on_date + 1) DESC LIMIT 1) said
        WHERE c.code <> 'USD' UNION ALL SELECT on_date, 'USD', 1 FROM days
    ), rate AS MATERIALIZED (
        SELECT l.on_date, l.code, b.per_usd / l.per_usd AS value
        FROM leg l JOIN leg b ON b.on_date = l.on_date AND b.code = :base
    )
    SELECT m.account_id, m.currency, date_trunc('month', m.on_date) AS month,
           sum(m.minor * r.value) AS worth,
           sum(m.minor * r.value) FILTER (WHERE extract(day FROM m.on_date)
               <= extract(day FROM CAST(:past AS date) - 1)) AS usual,
           sum(m.minor) FILTER (WHERE r.value IS NULL) AS unconverted
    FROM moved m LEFT JOIN rate r ON r.on_date = m.on_date AND r.code = m.currency
    GROUP BY 1, 2, 3 UNION ALL
    SELECT NULL, code, on_date, value, NULL, NULL FROM rate
    WHERE on_date IN (CAST(:start AS date) - 1, CAST(:past AS date) - 1)
"""

BY_MONTHS = (_CHART, _BALANCES, _FLOWS, _USUAL, _CONVERTED, _RECENT, _WAITING)

BY_POSTINGS = (
    _CHART,
    """
    SELECT account_id, currency, sum(amount_minor),
           sum(amount_minor) FILTER (WHERE on_date >= :start)
    FROM posting WHERE ledger_id = :ledger AND on_date < :past AND voided_at IS NULL
    GROUP BY 1, 2
    """,
    """
    SELECT account_id, currency, date_trunc('month', on_date::timestamp),
           sum(amount_minor)
    FROM posting WHERE ledger_id = :ledger AND on_date < :past AND voided_at IS NULL
    AND on_date >= CAST(:start AS date) - interval '5 months' GROUP BY 1, 2, 3
    """,
    _RECENT,
    _WAITING,
)

RECOMPUTED = """
    SELECT p.currency, sum(p.amount_minor) AS minor FROM posting p
    JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id
    WHERE p.ledger_id = :ledger AND a.kind IN ('asset', 'liability')
    AND p.voided_at IS NULL AND p.on_date <= :on GROUP BY 1
"""
