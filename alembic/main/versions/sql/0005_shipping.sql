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
