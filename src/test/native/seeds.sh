#!/usr/bin/env bash
# Makes src/test/resources/seeds: programs that not every machine can make, cut down by SmallElf. Needs go, rustc, dwz and a
# compiler for 32 bits. The arguments are the command that runs SmallElf.
set -euo pipefail
cd "$(dirname "$0")"
kept=$PWD/../resources/seeds
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT
go build -o "$made/go" seeds.go
go build -ldflags='-s -w' -o "$made/go-stripped" seeds.go
rustc -g -C opt-level=1 -o "$made/rust" seeds.rs
rustc -g -C opt-level=1 -C symbol-mangling-version=v0 -o "$made/rust-v0" seeds.rs
rustc -C strip=symbols -o "$made/rust-stripped" seeds.rs
cc -O2 -g -static -o "$made/c-static" seeds.c
cc -O2 -s -o "$made/c-stripped" seeds.c
cc -m32 -O1 -g -DBARE -nostdlib -static -o "$made/c-narrow" seeds.c
cc -O2 -g -o "$made/dwz" seeds.c
cc -O0 -g -o "$made/dwz-other" seeds.c
(cd "$made" && dwz -m dwz-common dwz dwz-other && rm dwz-other)
for program in "$made"/*; do
  (cd ../../.. && "$@" "$program" "$kept/$(basename "$program").gz")
done
