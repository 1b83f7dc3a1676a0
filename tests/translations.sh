#!/bin/sh
# Every text marked for translation has a German one, and every text respondents read has one in each language.
# Usage: translations.sh SOURCE BUILD; translations.sh SOURCE --words CODE prints what that language lacks, ready to fill in.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
extract() { # extract OUT KEYWORDS…: the texts of the files named on standard input
    out=$1
    shift
    xgettext -L C -k -ktr:2 -ktr_plural:2,3 -kN_ "$@" --from-code=UTF-8 -o "$out" -f - 2> /dev/null
}
sources() { find base forms analysis reports survey -name '*.[ch]' -o -name '*.def' | sort; }
respondents() { # the files of tests/respondents.txt
    grep -v '^#' tests/respondents.txt | while read -r pattern; do
        # shellcheck disable=SC2086 # a pattern
        ls $pattern
    done
}
missing() { # missing CODE TEXTS: entries without a translation, as a .po without its head
    msgmerge -N -q -o "$work/merged.po" "po/$1.po" "$2"
    msgattrib --untranslated --no-obsolete --no-wrap "$work/merged.po" | sed '1,/^$/d'
}

respondents | extract "$work/respondents.pot"
if [ "$2" = --words ]; then
    missing "$3" "$work/respondents.pot"
    exit 0
fi
sources | extract "$work/all.pot" -kFAIL:3
grep '^LANGUAGE(' base/languages.def | while read -r line; do # the rule is what msgfmt has checked the forms by
    language=$(echo "$line" | sed -E 's/^[^"]*"([a-z-]+)".*/\1/')
    rule=$(echo "$line" | sed -E 's/.*", (.*)\)$/\1/')
    grep -qF "plural=($rule);" "po/$language.po" || {
        echo "po/$language.po: its Plural-Forms is not the rule of base/languages.def: $rule"
        exit 1
    }
done
# A language with a fallback says only what is to be said differently: the fallback is complete.
sed -nE 's/^LANGUAGE\([a-z_]+, "([a-z-]+)".*(EVERYBODY|RESPONDENTS), [A-Z]+, (NULL|"[a-z-]+").*/\1 \2 \3/p' \
    base/languages.def |
    while read -r language reach fallback; do
        [ "$fallback" = NULL ] || continue
        texts=$work/all.pot
        [ "$reach" = EVERYBODY ] || texts=$work/respondents.pot
        missing "$language" "$texts" > "$work/missing"
        count=$(grep -c '^msgid ' "$work/missing") || true
        echo "translations: $language: $count of $(($(grep -c '^msgid ' "$texts") - 1)) texts missing"
        [ "$count" -eq 0 ] || grep -q '^# unfinished' "po/$language.po" || { head -80 "$work/missing"; exit 1; }
    done
