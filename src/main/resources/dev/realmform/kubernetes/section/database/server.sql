-- The user, in whose name Keycloak works. The administrator's own account is left as it is.
DO $$
DECLARE
  account text := current_setting('realmform.account');
  secret text := current_setting('realmform.password');
BEGIN
  IF account = session_user THEN
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = account) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', account);
  ELSIF NOT (SELECT rolcanlogin FROM pg_roles WHERE rolname = account) THEN
    EXECUTE format('ALTER ROLE %I LOGIN', account);
  END IF;
  IF secret <> '' THEN
    BEGIN
      EXECUTE format('ALTER ROLE %I PASSWORD %L', account, secret);
    EXCEPTION WHEN OTHERS THEN
      -- The server's own message would hold the statement, and so the password.
      RAISE EXCEPTION 'the password of the role % cannot be set: %', quote_ident(account), SQLERRM;
    END;
  END IF;
END
$$;

-- The owner: the user, or a role of its own, which cannot log in.
DO $$
DECLARE
  owner text := coalesce(nullif(current_setting('realmform.owner'), ''), current_setting('realmform.account'));
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner) THEN
    EXECUTE format('CREATE ROLE %I NOLOGIN', owner);
  END IF;
  -- The administrator of a managed server is no superuser: it has to be a member to hand a database over.
  IF owner <> session_user AND NOT pg_has_role(session_user, owner, 'USAGE') THEN
    EXECUTE format('GRANT %I TO %I', owner, session_user);
  END IF;
END
$$;

-- CREATE DATABASE can stand in no block.
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', current_setting('realmform.database'),
              coalesce(nullif(current_setting('realmform.owner'), ''), current_setting('realmform.account')))
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = current_setting('realmform.database')) \gexec

-- One that was there keeps its owner, unless another one was asked for.
SELECT format('ALTER DATABASE %I OWNER TO %I', datname, current_setting('realmform.owner'))
FROM pg_database
WHERE datname = current_setting('realmform.database') AND current_setting('realmform.owner') <> ''
  AND pg_get_userbyid(datdba) <> current_setting('realmform.owner') \gexec

DO $$
DECLARE
  name text := current_setting('realmform.database');
  account text := current_setting('realmform.account');
  encoding text := (SELECT pg_encoding_to_char(d.encoding) FROM pg_database d WHERE datname = name);
BEGIN
  IF encoding <> 'UTF8' THEN
    RAISE EXCEPTION 'the database % has the encoding %, and Keycloak needs UTF8', quote_ident(name), encoding;
  END IF;
  IF NOT has_database_privilege(account, name, 'CONNECT') THEN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', name, account);
  END IF;
END
$$;
