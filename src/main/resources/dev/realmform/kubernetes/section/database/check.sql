-- As the user itself: a grant that had no effect is only a warning for whom gives it.
DO $$
DECLARE
  name text := current_setting('realmform.schema');
BEGIN
  IF NOT (has_schema_privilege(name, 'CREATE') AND has_schema_privilege(name, 'USAGE')) THEN
    RAISE EXCEPTION 'the user % may not make tables in the schema % of the database %: its owner has to grant CREATE',
      quote_ident(session_user::text), quote_ident(name), quote_ident(current_database()::text);
  END IF;
END
$$;
