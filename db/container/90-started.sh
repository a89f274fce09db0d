#!/bin/bash
# Leaves a file behind for the health check of docker-compose.yml. The image's own check is green as
# soon as the pluggable database is open, which at the first start is before APP_USER exists; the
# scripts of this folder run after that, at each start.
#
# https://github.com/gvenzl/oci-oracle-xe#startup-scripts

touch /tmp/persony-started
