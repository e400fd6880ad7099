# Telling SwiftPM where libtorch lies, and binaries where its libraries are.

# Writes atelier-torch.pc to a folder pkg-config searches by itself, or else to the cache, which the Makefile names.
write_pkg_config() {
    local folder file text own=$cache/pkgconfig
    folder=${ATELIER_PKGCONFIG:-$(default_pkg_config_folder)}
    file=$folder/atelier-torch.pc
    text=$(pkg_config_text)
    if [ -r "$file" ] && [ "$(cat "$file")" = "$text" ]; then
        rm -f "$own/atelier-torch.pc"
        return
    fi
    if ! is_anothers "$file" && put_file "$file" "$text"; then
        rm -f "$own/atelier-torch.pc"
        say "wrote $file"
        return
    fi
    [ -r "$own/atelier-torch.pc" ] && [ "$(cat "$own/atelier-torch.pc")" = "$text" ] && return
    mkdir -p "$own"
    printf '%s\n' "$text" >"$own/atelier-torch.pc"
    say "$file is not ours to write; wrote $own/atelier-torch.pc instead."
    say "'make' finds it there; for plain 'swift build' first run: export PKG_CONFIG_PATH=$own"
}

default_pkg_config_folder() {
    if [ "$system" = Darwin ]; then
        echo "$(brew --prefix)/lib/pkgconfig"
    else
        echo /usr/local/lib/pkgconfig
    fi
}

pkg_config_text() {
    cat <<END
prefix=${libtorch// /\\ }
Name: atelier-torch
Description: libtorch
Version: $libtorch_version
Cflags: -I\${prefix}/include -I\${prefix}/include/torch/csrc/api/include
Libs: -L\${prefix}/lib -ltorch -ltorch_cpu -lc10
END
}

# Whether FILE serves a libtorch that lies, alive, in another user's folder.
is_anothers() {
    local prefix
    [ -r "$1" ] || return 1
    prefix=$(sed -n 's/^prefix=//p' "$1")
    [ -n "$prefix" ] && [ ! -O "$prefix" ] && [ "$prefix" != "$libtorch" ] && as_root test -e "$prefix/lib"
}

# put_file FILE TEXT: by a temporary name in the same folder; false when that is not allowed.
put_file() {
    local folder
    folder=$(dirname "$1")
    if mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; then
        printf '%s\n' "$2" >"$1.$$" && mv -f "$1.$$" "$1"
    else
        # shellcheck disable=SC2016
        as_root sh -c 'umask 022; mkdir -p "$1" && printf "%s\n" "$3" >"$2.new" && mv -f "$2.new" "$2"' \
            sh "$folder" "$1" "$2" 2>/dev/null
    fi
}

# Links libtorch's libraries beside the binaries: SwiftPM's binaries search their own folder.
link_libraries() {
    local configuration folder library link
    for configuration in debug release; do
        folder=$root/.build/$triple/$configuration
        mkdir -p "$folder"
        for link in "$folder"/lib*.so* "$folder"/lib*.dylib; do
            # Left from another libtorch.
            if [ -L "$link" ] && [ ! -e "$libtorch/lib/${link##*/}" ]; then rm -f "$link"; fi
        done
        for library in "$libtorch"/lib/lib*.so* "$libtorch"/lib/lib*.dylib; do
            [ -f "$library" ] || continue
            link=$folder/${library##*/}
            [ "$link" -ef "$library" ] || ln -sfn "$library" "$link"
        done
    done
}

# Compiles, links and runs a program that adds two tensors; once for each libtorch and compiler.
test_loading() {
    local library stamp identity folder compiler
    library=$(find "$libtorch/lib" -maxdepth 1 -name 'libtorch_cpu.*' | head -n 1)
    identity="$libtorch $libtorch_version $(wc -c <"$library") $swift_version"
    stamp=$cache/loaded
    [ -r "$stamp" ] && [ "$(cat "$stamp")" = "$identity" ] && return
    compiler=$(dirname "$(command -v swift)")/clang++
    [ -x "$compiler" ] || compiler=$(command -v clang++ || command -v g++) || fail \
        "there is no C++ compiler: neither clang++ beside swift nor g++ on PATH." "install Swift's toolchain whole."
    folder=$(mktemp -d)
    say "compiling a program that adds two tensors"
    if ! "$compiler" -std=c++20 "$root/scripts/setup.d/add.cpp" -o "$folder/add" \
        -I"$libtorch/include" -I"$libtorch/include/torch/csrc/api/include" \
        -L"$libtorch/lib" -Wl,-rpath,"$libtorch/lib" -ltorch -ltorch_cpu -lc10 >"$log" 2>&1; then
        grep -m 4 'error\|undefined' "$log" >&2 || tail -n 4 "$log" >&2
        rm -rf "$folder"
        fail "a small C++ program does not compile and link against libtorch in $libtorch." \
            "$(load_cure)"
    fi
    if ! "$folder/add" >"$log" 2>&1; then
        tail -n 4 "$log" >&2
        rm -rf "$folder"
        fail "libtorch in $libtorch does not load or does not add." "$(load_cure)"
    fi
    rm -rf "$folder"
    mkdir -p "$cache"
    printf '%s\n' "$identity" >"$stamp"
}

load_cure() {
    if [ -n "${LIBTORCH:-}" ]; then
        echo "set LIBTORCH to a libtorch built for this system (C++11 ABI, $processor), or unset it so that setup fetches one."
    else
        echo "remove $libtorch and run 'make setup' again; if it stays, install g++ (its C++ library) and report it."
    fi
}
