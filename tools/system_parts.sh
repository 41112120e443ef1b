#!/bin/sh
# Installs the Debian parts the tests judge with, when this user may; says what is missing otherwise.
# With CI=true a missing part is a failure, elsewhere the tests that need it are skipped with a reason.
set -u
parts="libreoffice-impress libreoffice-writer libreoffice-calc poppler-utils fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea fonts-noto-core nodejs npm"
missing=""
for part in $parts; do
  if [ "$part" = nodejs ] && command -v node >/dev/null 2>&1; then continue; fi
  if [ "$part" = npm ] && command -v npm >/dev/null 2>&1; then continue; fi
  dpkg -s "$part" >/dev/null 2>&1 || missing="$missing $part"
done
[ -z "$missing" ] && exit 0
run=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run="sudo -n"; else
    echo "not installed:$missing (the tests that need them will be skipped; install them with apt-get)"
    [ "${CI:-}" = true ] && exit 1
    exit 0
  fi
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
if $run apt-get update -qq >/dev/null && $run apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
  exit 0
fi
echo "could not install:$missing (the tests that need them will be skipped)"
[ "${CI:-}" = true ] && exit 1
exit 0
