-- What the statements are about, as settings of the session: so their text is always the same, and no name can change it.
\set VERBOSITY terse
\set SHOW_CONTEXT never
\getenv database REALMFORM_DATABASE
\getenv schema REALMFORM_SCHEMA
\getenv account REALMFORM_USER
\getenv password REALMFORM_PASSWORD
\getenv owner REALMFORM_OWNER
SET client_min_messages = warning;
SELECT set_config('realmform.database', :'database', false),
       set_config('realmform.schema', :'schema', false),
       set_config('realmform.account', :'account', false),
       set_config('realmform.password', :'password', false),
       set_config('realmform.owner', :'owner', false) \g /dev/null
