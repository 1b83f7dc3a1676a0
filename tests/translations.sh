#!/bin/sh
# Every text marked for translation has a German one. Usage: translations.sh SOURCE BUILD
set -eu
cd "$1"
find base forms analysis reports survey -name '*.[ch]' -o -name '*.def' | sort |
    xgettext -L C -k -ktr:2 -ktr_plural:2,3 -kN_ -kFAIL:3 --from-code=UTF-8 -o "$2/po/all.pot" -f - 2> /dev/null
for language in $(sed -nE 's/^LANGUAGE\(([a-z]+).*/\1/p' base/languages.def); do
    if ! msgcmp "po/$language.po" "$2/po/all.pot" 2> "$2/po/missing"; then
        grep -c 'used but not defined' "$2/po/missing" || true
        grep 'used but not defined' "$2/po/missing" | head -40
        exit 1
    fi
done
echo "translations: $(grep -c '^msgid ' "$2/po/all.pot") texts, none missing"
