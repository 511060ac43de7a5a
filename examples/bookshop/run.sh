#!/usr/bin/env sh
# Brings the bookshop's database to head and shows where it is. LIMBECK may name a built command.
set -eu
cd "$(dirname "$0")"
limbeck() { ${LIMBECK:-cargo run --quiet --bin limbeck --} "$@"; }
show() { printf '\n$ limbeck %s\n' "$*"; limbeck "$@"; }

show upgrade head
show history --indicate-current
show status
