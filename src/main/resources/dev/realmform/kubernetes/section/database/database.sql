-- Since PostgreSQL 15 nobody but the owner may make tables in the schema public.
DO $$
DECLARE
  name text := current_setting('realmform.schema');
  account text := current_setting('realmform.account');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = name) THEN
    EXECUTE format('CREATE SCHEMA %I', name);
  END IF;
  IF NOT (has_schema_privilege(account, name, 'CREATE') AND has_schema_privilege(account, name, 'USAGE')) THEN
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', name, account);
  END IF;
END
$$;
