-- The books keep themselves: postings of a transaction sum to zero in each currency,
-- carry the currency of their account, and are rolled up by month.

CREATE FUNCTION posting_zero_sum() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    moved posting := coalesce(NEW, OLD);
    legs bigint;
    open_currency text;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.ledger_id, OLD.transaction_id)
        IS DISTINCT FROM (NEW.ledger_id, NEW.transaction_id) THEN
        RAISE EXCEPTION 'a posting never changes its transaction'
            USING ERRCODE = 'FT002';
    END IF;
    SELECT sum(c.legs), min(c.currency) FILTER (WHERE c.total <> 0)
    INTO legs, open_currency
    FROM (
        SELECT currency, sum(amount_minor) AS total, count(*) AS legs
        FROM posting
        WHERE ledger_id = moved.ledger_id AND transaction_id = moved.transaction_id
        GROUP BY currency
    ) c;
    IF open_currency IS NOT NULL OR legs = 1 THEN
        RAISE EXCEPTION 'transaction % does not sum to zero in %',
            moved.transaction_id, coalesce(open_currency, 'two postings')
            USING ERRCODE = 'FT002';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER posting_zero_sum
    AFTER INSERT OR DELETE OR UPDATE OF amount_minor, currency, transaction_id, ledger_id
    ON posting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION posting_zero_sum();

CREATE FUNCTION posting_account_currency() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_rows p JOIN account a
            ON a.ledger_id = p.ledger_id AND a.id = p.account_id
        WHERE a.currency <> p.currency
    ) THEN
        RAISE EXCEPTION 'a posting carries another currency than its account'
            USING ERRCODE = 'FT002';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER posting_account_currency_insert AFTER INSERT ON posting
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION posting_account_currency();
CREATE TRIGGER posting_account_currency_update AFTER UPDATE ON posting
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION posting_account_currency();

CREATE FUNCTION account_nature() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind <> OLD.kind OR NEW.ledger_id <> OLD.ledger_id THEN
        RAISE EXCEPTION 'the kind of an account never changes' USING ERRCODE = 'FT002';
    END IF;
    IF NEW.currency IS DISTINCT FROM OLD.currency AND EXISTS (
        SELECT FROM posting WHERE ledger_id = OLD.ledger_id AND account_id = OLD.id
    ) THEN
        RAISE EXCEPTION 'the currency of an account with postings never changes'
            USING ERRCODE = 'FT002';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER account_nature BEFORE UPDATE ON account
    FOR EACH ROW EXECUTE FUNCTION account_nature();

-- Rows are written in key order: two writers in different orders would deadlock.
CREATE FUNCTION balance_insert() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO balance_month AS b
        (ledger_id, account_id, currency, month, amount_minor, posting_count)
    SELECT ledger_id, account_id, currency, date_trunc('month', on_date::timestamp)::date,
           sum(amount_minor), count(*)
    FROM new_rows WHERE voided_at IS NULL
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (ledger_id, account_id, currency, month) DO UPDATE
        SET amount_minor = b.amount_minor + excluded.amount_minor,
            posting_count = b.posting_count + excluded.posting_count;
    RETURN NULL;
END $$;

CREATE FUNCTION balance_update() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO balance_month AS b
        (ledger_id, account_id, currency, month, amount_minor, posting_count)
    SELECT ledger_id, account_id, currency, date_trunc('month', on_date::timestamp)::date,
           sum(amount_minor), sum(n)
    FROM (
        SELECT ledger_id, account_id, currency, on_date, amount_minor, 1 AS n
        FROM new_rows WHERE voided_at IS NULL
        UNION ALL
        SELECT ledger_id, account_id, currency, on_date, -amount_minor, -1
        FROM old_rows WHERE voided_at IS NULL
    ) moved
    GROUP BY 1, 2, 3, 4
    HAVING sum(amount_minor) <> 0 OR sum(n) <> 0
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (ledger_id, account_id, currency, month) DO UPDATE
        SET amount_minor = b.amount_minor + excluded.amount_minor,
            posting_count = b.posting_count + excluded.posting_count;
    DELETE FROM balance_month b USING (
        SELECT DISTINCT ledger_id, account_id, currency,
               date_trunc('month', on_date::timestamp)::date AS month
        FROM old_rows
    ) moved
    WHERE b.posting_count = 0 AND (b.ledger_id, b.account_id, b.currency, b.month)
        = (moved.ledger_id, moved.account_id, moved.currency, moved.month);
    RETURN NULL;
END $$;

CREATE FUNCTION balance_delete() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE balance_month b
    SET amount_minor = b.amount_minor - gone.amount_minor,
        posting_count = b.posting_count - gone.posting_count
    FROM (
        SELECT ledger_id, account_id, currency,
               date_trunc('month', on_date::timestamp)::date AS month,
               sum(amount_minor) AS amount_minor, count(*) AS posting_count
        FROM old_rows WHERE voided_at IS NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ) gone
    WHERE (b.ledger_id, b.account_id, b.currency, b.month)
        = (gone.ledger_id, gone.account_id, gone.currency, gone.month);
    DELETE FROM balance_month b USING (
        SELECT DISTINCT ledger_id, account_id, currency,
               date_trunc('month', on_date::timestamp)::date AS month
        FROM old_rows
    ) moved
    WHERE b.posting_count = 0 AND (b.ledger_id, b.account_id, b.currency, b.month)
        = (moved.ledger_id, moved.account_id, moved.currency, moved.month);
    RETURN NULL;
END $$;

CREATE TRIGGER balance_insert AFTER INSERT ON posting REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION balance_insert();
CREATE TRIGGER balance_update AFTER UPDATE ON posting
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION balance_update();
CREATE TRIGGER balance_delete AFTER DELETE ON posting REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION balance_delete();
