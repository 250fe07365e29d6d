-- Takes one change set back: the reverse of its rows, statement by statement from the
-- last to the first, with every foreign key deferred until the end.

-- Returns how many rows the statement changed back; fewer than it has means that a row
-- is no longer as the change set left it. Columns that the images leave out keep their
-- value, and a version only ever rises.
CREATE FUNCTION undo_statement(undone bigint, this bigint, target text, op text)
RETURNS bigint
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    relation regclass := quote_ident(target)::regclass;
    image jsonb := (SELECT coalesce(after, before) FROM change_row
                    WHERE change_set_id = undone AND statement = this LIMIT 1);
    ignored text[];
    assignments text;
    reversal text;
    changed bigint;
BEGIN
    SELECT array_agg(attname::text) FILTER (WHERE NOT image ? attname::text) || 'version'::text,
           string_agg(CASE WHEN attname = 'version' THEN 'version = t.version + 1'
                      ELSE format('%1$I = r.%1$I', attname) END, ', ')
               FILTER (WHERE image ? attname::text AND attname <> 'id')
    INTO ignored, assignments
    FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped;

    reversal := CASE op
        WHEN 'I' THEN
            'DELETE FROM %1$s t USING change_row c'
        WHEN 'D' THEN
            'INSERT INTO %1$s SELECT r.* FROM change_row c, jsonb_populate_record('
            'NULL::%1$s, CASE WHEN c.before ? ''version'' THEN jsonb_set(c.before, '
            '''{version}'', to_jsonb((c.before ->> ''version'')::int + 1)) '
            'ELSE c.before END) r'
        ELSE
            'UPDATE %1$s t SET %2$s FROM change_row c, '
            'jsonb_populate_record(NULL::%1$s, c.before) r'
        END || ' WHERE c.change_set_id = $1 AND c.statement = $2';
    IF op = 'I' THEN
        reversal := reversal || ' AND t.id = c.row_id '
            'AND to_jsonb(t) - $3 = c.after - ''version''';
    ELSIF op = 'U' THEN
        -- A row may be back already: taking a transaction's day back has moved its
        -- postings along by their foreign key.
        reversal := reversal || ' AND t.id = c.row_id AND to_jsonb(t) - $3 '
            'IN (c.after - ''version'', c.before - ''version'')';
    END IF;
    EXECUTE format(reversal, relation, assignments) USING undone, this, ignored;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$;

CREATE PROCEDURE undo_change_set(undone bigint)
LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    SET CONSTRAINTS ALL DEFERRED;
    FOR part IN
        SELECT statement, table_name, op, count(*) AS rows_changed
        FROM change_row WHERE change_set_id = undone
        GROUP BY statement, table_name, op ORDER BY statement DESC
    LOOP
        IF undo_statement(undone, part.statement, part.table_name, part.op)
            <> part.rows_changed THEN
            RAISE EXCEPTION 'rows of % differ from what the change left', part.table_name
                USING ERRCODE = 'FT004';
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
END $$;
