#!/bin/sh
# Prints what somebody changed in the console, and nothing when nothing was: cron then sends no mail.
#
#   MAILTO=desktops@example.com
#   30 7 * * 1-5  /srv/desktops/drift.sh
#
# Beside it lie the project and reader.env, readable by its user only, with one NAME=value in a line: PULUMI_BACKEND_URL,
# PULUMI_CONFIG_PASSPHRASE_FILE, HW_REGION_NAME, HW_PROJECT_ID, HW_ACCESS_KEY, HW_SECRET_KEY, and PATH, for cron's own has no node.
set -eu
cd "$(dirname "$0")"
set -a
. ./reader.env
set +a
npx huaweicloud-workspace review --stack prod --unmanaged
