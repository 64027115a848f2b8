#!/bin/sh
# Writes inputs of the fuzz targets. For `check` the spec files of this repository: a byte that chooses the file, then the file. For
# `page` and `audit` the pages that their tests read.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
corpus=${1:-"$root/codegen/fuzz/corpus"}
mkdir -p "$corpus/check" "$corpus/page" "$corpus/audit"
find "$root/spec" "$root/tests/suite/diag/base" "$root"/tests/suite/golden/*/spec \( -name '*.yaml' -o -name pages.lock \) | while read -r file; do
    case $(basename "$file") in
        types.yaml) choice=1 ;;
        service.yaml) choice=2 ;;
        spec.yaml) choice=3 ;;
        pages.lock) choice=4 ;;
        accepted.yaml) choice=5 ;;
        *) choice=0 ;;
    esac
    name=$(printf '%s' "${file#"$root"/}" | tr / -)
    { printf '%s' "$choice"; cat "$file"; } > "$corpus/check/$name"
done
find "$root/codegen/src/page/tests/pages" -type f ! -name '*.read' -exec cp {} "$corpus/page" \;
find "$root/codegen/tests/audit/pages" -type f -exec cp {} "$corpus/audit" \;
