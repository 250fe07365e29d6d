-- The trail: the database itself keeps what each change set changed.
-- SQLSTATEs of our own: FT001 no change set, FT002 books, FT003 append only,
-- FT004 undo refused.

CREATE SEQUENCE change_statement_seq;

CREATE FUNCTION trail_open_set() RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    open_set bigint := nullif(current_setting('fintrack.change_set', true), '')::bigint;
BEGIN
    IF open_set IS NULL OR NOT EXISTS (
        SELECT FROM change_set WHERE id = open_set AND xid = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'write outside a change set of this transaction'
            USING ERRCODE = 'FT001';
    END IF;
    RETURN open_set;
END $$;

-- Arguments of the triggers below: the columns that are left out of the images.
CREATE FUNCTION trail_insert() RETURNS trigger
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    open_set bigint := trail_open_set();
    this bigint := nextval('change_statement_seq');
    hidden text[] := TG_ARGV;
BEGIN
    INSERT INTO change_row (change_set_id, statement, table_name, row_id, op, after)
    SELECT open_set, this, TG_TABLE_NAME, n.id, 'I', to_jsonb(n) - coalesce(hidden, '{}')
    FROM new_rows n;
    RETURN NULL;
END $$;

CREATE FUNCTION trail_delete() RETURNS trigger
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    open_set bigint := trail_open_set();
    this bigint := nextval('change_statement_seq');
    hidden text[] := TG_ARGV;
BEGIN
    INSERT INTO change_row (change_set_id, statement, table_name, row_id, op, before)
    SELECT open_set, this, TG_TABLE_NAME, o.id, 'D', to_jsonb(o) - coalesce(hidden, '{}')
    FROM old_rows o;
    RETURN NULL;
END $$;

CREATE FUNCTION trail_update() RETURNS trigger
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    open_set bigint := trail_open_set();
    this bigint := nextval('change_statement_seq');
    hidden text[] := coalesce(TG_ARGV, '{}');
BEGIN
    IF EXISTS (
        SELECT FROM old_rows o WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.id = o.id)
    ) THEN
        RAISE EXCEPTION 'the id of a row never changes' USING ERRCODE = 'FT002';
    END IF;
    INSERT INTO change_row
        (change_set_id, statement, table_name, row_id, op, before, after)
    SELECT open_set, this, TG_TABLE_NAME, n.id, 'U', to_jsonb(o) - hidden,
           to_jsonb(n) - hidden
    FROM old_rows o JOIN new_rows n USING (id)
    WHERE o IS DISTINCT FROM n;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'FT003';
END $$;

-- Security events change in one way only: they are marked as shipped, or no longer so
-- when the log database is lost.
CREATE FUNCTION refuse_all_but_shipping() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'shipped_at' IS DISTINCT FROM to_jsonb(NEW) - 'shipped_at' THEN
        RAISE EXCEPTION 'UPDATE of % is refused', TG_TABLE_NAME USING ERRCODE = 'FT003';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER change_row_fixed BEFORE UPDATE ON change_row
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER change_row_kept BEFORE TRUNCATE ON change_row
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER change_set_kept BEFORE DELETE OR TRUNCATE ON change_set
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_event_fixed BEFORE UPDATE ON security_event
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_shipping();
CREATE TRIGGER security_event_kept BEFORE DELETE OR TRUNCATE ON security_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Images leave MainDB only when LogDB has them.
CREATE FUNCTION refuse_unshipped() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM old_rows o JOIN change_set s ON s.id = o.change_set_id
        WHERE s.shipped_at IS NULL
    ) THEN
        RAISE EXCEPTION 'DELETE of % is refused before it is shipped', TG_TABLE_NAME
            USING ERRCODE = 'FT003';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER change_row_shipped AFTER DELETE ON change_row
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_unshipped();

-- Watches a table from now on, and closes older change sets to undo.
CREATE PROCEDURE trail_watch(watched regclass, VARIADIC hidden text[] DEFAULT '{}')
LANGUAGE plpgsql AS $$
DECLARE
    arguments text := (SELECT coalesce(string_agg(quote_literal(h), ', '), '')
                       FROM unnest(hidden) h);
BEGIN
    EXECUTE format(
        'CREATE TRIGGER trail_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows '
        'FOR EACH STATEMENT EXECUTE FUNCTION trail_insert(%s)', watched, arguments);
    EXECUTE format(
        'CREATE TRIGGER trail_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows '
        'NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION trail_update(%s)',
        watched, arguments);
    EXECUTE format(
        'CREATE TRIGGER trail_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows '
        'FOR EACH STATEMENT EXECUTE FUNCTION trail_delete(%s)', watched, arguments);
    EXECUTE format(
        'CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', watched);
    CALL trail_reshape(watched);
END $$;

-- To be called by each later migration that changes the shape of a watched table.
CREATE PROCEDURE trail_reshape(watched regclass)
LANGUAGE sql AS $$
    INSERT INTO tracked_table (name, undo_floor)
    VALUES ((SELECT relname FROM pg_class WHERE oid = watched),
            (SELECT coalesce(max(id), 0) FROM change_set))
    ON CONFLICT (name) DO UPDATE SET undo_floor = excluded.undo_floor;
$$;
