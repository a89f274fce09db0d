#!/bin/bash
# Applies db/schema.sql as the application's account when a database container starts for the
# first time. The image has made APP_USER by then, in the pluggable database; a .sql file in this
# folder would run as SYSDBA in the root container instead.
#
# The image runs this file if it is executable and sources it if not, both under `set -e`: a
# failure would stop the container, and the next start would not come back here. So nothing fails,
# and nothing exits: what is missing afterwards the server makes itself. It may even be quicker,
# which shows as ORA-00955.
#
# https://github.com/gvenzl/oci-oracle-xe#initialization-scripts

apply_persony_schema() {
  # The password reaches SQL*Plus through its input: arguments can be read by every process.
  sqlplus -S /nolog <<SQL
SET DEFINE OFF
CONNECT ${APP_USER}/"${APP_USER_PASSWORD}"@//localhost:1521/${APP_PDB:-XEPDB1}
@/opt/persony/schema.sql
EXIT SUCCESS
SQL
}

apply_persony_schema || echo "The schema was not applied; Persony makes it when it connects."
