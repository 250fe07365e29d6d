-- LogDB only ever grows.

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'FT003';
END $$;

CREATE TRIGGER audit_entry_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Payloads are compressed and encrypted already: pglz would only cost time.
ALTER TABLE audit_entry ALTER payload SET STORAGE EXTERNAL;

-- The relay writes as a role that can only read and add. Some servers let nobody make a
-- role: then it writes with the rights of its login, and the health of the trail says so.
DO $$
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fintrack_relay') THEN
            CREATE ROLE fintrack_relay NOLOGIN;
        END IF;
        -- From PostgreSQL 16 on, having made a role does not mean that one may take it.
        GRANT fintrack_relay TO CURRENT_USER;
    EXCEPTION
        WHEN insufficient_privilege THEN
            RAISE NOTICE 'fintrack_relay cannot be made or given here';
    END;
    -- An administrator may have made it and given it before.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fintrack_relay') THEN
        GRANT SELECT, INSERT ON audit_entry, audit_head TO fintrack_relay;
        GRANT USAGE ON SCHEMA public TO fintrack_relay;
    END IF;
END $$;
