#!/bin/sh
# Reads what is new once a night, in a container that does nothing else: a build at once where there is no database,
# then every day at the time given (of the zone in TZ).
#
#   nightly.sh [HH:MM] [once]
set -u

at=${1:-02:00}
db=${KEHOACH_DB:-/data/plans.db}
plans=${KEHOACH_PLANS:-/plans}
backups=${KEHOACH_BACKUPS:-/backups}

run() {
    if [ -s "$db" ]; then
        kehoach backup "$db" --to "$backups/" --keep 30 --log-format json
    fi
    kehoach build "$plans" --db "$db" --log-format json
    kehoach doctor "$db" >&2
}

wait_until() {
    now=$(date +%s)
    next=$(date -d "today $1" +%s)
    [ "$next" -gt "$now" ] || next=$(date -d "tomorrow $1" +%s)
    sleep $((next - now)) &
    wait $!
}

trap 'exit 0' TERM INT
[ -s "$db" ] && [ "${2:-}" != once ] || run
while [ "${2:-}" != once ]; do
    wait_until "$at"
    run
done
