#!/bin/sh
# Unpacks Debian's Postfix and Exim side by side (as packages they exclude each other) for test/inputs/mta.test.ts.
# Needs apt-get with package lists (apt-get update). Usage: test/inputs/mta/fetch-mta.sh [FOLDER]
set -eu
folder=${1:-$(dirname "$0")/../../../node_modules/.cache/mta}
mkdir -p "$folder/packages"
folder=$(cd "$folder" && pwd)
cd "$folder/packages"
apt-get download postfix exim4-daemon-light exim4-base libidn12
for package in *.deb; do dpkg -x "$package" "$folder"; done
echo "$folder"
