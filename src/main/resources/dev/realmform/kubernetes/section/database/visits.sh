# Makes the database ready in three visits: as the administrator of the server, as the administrator in the new database, and as
# the user whom Keycloak logs in as, which proves that it can. Names and passwords come in the environment alone.
set -eu
: "${REALMFORM_OWNER:=}" "${REALMFORM_PASSWORD:=}" "${REALMFORM_ADMIN_PASSWORD:=}"
export REALMFORM_OWNER REALMFORM_PASSWORD
here=$(dirname "$0")

# visit USER PASSWORD DATABASE FILE
visit() {
  if [ -n "$2" ]; then export PGPASSWORD="$2"; else unset PGPASSWORD; fi
  # Not as an option: psql would take a name with "=" in it for a whole connection string.
  PGUSER="$1" PGDATABASE="$3" psql -X -q -w -v ON_ERROR_STOP=1 -f "$here/parameters.sql" -f "$here/$4"
}

visit "$REALMFORM_ADMIN_USER" "$REALMFORM_ADMIN_PASSWORD" "$REALMFORM_ADMIN_DATABASE" server.sql
visit "$REALMFORM_ADMIN_USER" "$REALMFORM_ADMIN_PASSWORD" "$REALMFORM_DATABASE" database.sql
# Whoever is the administrator too has no second password.
if [ "$REALMFORM_USER" = "$REALMFORM_ADMIN_USER" ] && [ -z "$REALMFORM_PASSWORD" ]; then
  REALMFORM_PASSWORD=$REALMFORM_ADMIN_PASSWORD
fi
visit "$REALMFORM_USER" "$REALMFORM_PASSWORD" "$REALMFORM_DATABASE" check.sql
echo "The database is ready."
