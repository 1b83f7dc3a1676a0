#!/bin/sh
# 20,000 generated expressions with generated answers: C and the browser's script must agree to the last bit.
# Usage: expressions.sh EXPRESSION_CASES BUILD
set -eu
cases=$(mktemp)
trap 'rm -f "$cases"' EXIT
"$1" 20000 20261123 > "$cases"
CLIENT_JS=file://$2/client.js node "$(dirname "$0")/expression_cases.mjs" < "$cases"
