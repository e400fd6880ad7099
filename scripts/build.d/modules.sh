# shellcheck shell=bash
# Sourced: how programs outside the package see the modules that 'make build' left in .build/release. Sets
#   built       where they are
#   flags       for the compiler, to import them
#   libraries   for the linker

built=$PWD/.build/release
[ -f "$built/atelier.product/Objects.LinkFileList" ] || { echo "${0##*/}: build first: make build" >&2; exit 1; }
flags=(-I "$built/Modules")
# Modules of C are found by their maps: those that SwiftPM made first, then those that lie beside the sources.
declare -A mapped=()
for map in "$built"/*.build/module.modulemap Sources/*/module.modulemap Sources/*/include/module.modulemap \
    .build/checkouts/*/Sources/*/include/module.modulemap .build/checkouts/*/Sources/*/module.modulemap; do
    [ -f "$map" ] || continue
    target=${map%/module.modulemap}
    target=${target%/include}
    target=$(basename "$target" .build)
    [ -z "${mapped[$target]:-}" ] || continue
    mapped[$target]=yes
    flags+=(-Xcc "-fmodule-map-file=$(realpath "$map")")
done
packages=(vips libarchive sentencepiece glib-2.0 atelier-torch)
for flag in $(pkg-config --cflags "${packages[@]}"); do
    case $flag in -I* | -D*) flags+=(-Xcc "$flag") ;; esac
done
# shellcheck disable=SC2034 # for who sources this
read -ra libraries < <(pkg-config --libs "${packages[@]}")
