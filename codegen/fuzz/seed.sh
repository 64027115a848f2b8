#!/bin/sh
# Writes the spec files of this repository as inputs of the fuzz target: a byte that chooses the file, then the file.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
corpus=${1:-"$root/codegen/fuzz/corpus/check"}
mkdir -p "$corpus"
find "$root/spec" "$root/tests/suite/diag/base" "$root"/tests/suite/golden/*/spec -name '*.yaml' | while read -r file; do
    case $(basename "$file") in
        types.yaml) choice=1 ;;
        service.yaml) choice=2 ;;
        spec.yaml) choice=3 ;;
        *) choice=0 ;;
    esac
    name=$(printf '%s' "${file#"$root"/}" | tr / -)
    { printf '%s' "$choice"; cat "$file"; } > "$corpus/$name"
done
