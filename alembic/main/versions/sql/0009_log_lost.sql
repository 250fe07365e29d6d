-- Security events change in one way only: they are marked as shipped, or no longer so
-- when the log database is lost.
CREATE OR REPLACE FUNCTION refuse_all_but_shipping() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'shipped_at' IS DISTINCT FROM to_jsonb(NEW) - 'shipped_at' THEN
        RAISE EXCEPTION 'UPDATE of % is refused', TG_TABLE_NAME USING ERRCODE = 'FT003';
    END IF;
    RETURN NEW;
END $$;
