# Sourced: install_packages NAME... from the distribution, if this user may; starts no service; asks nothing.

as_root() {
    if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get > /dev/null && { [[ $(id -u) -eq 0 ]] || sudo -n true 2> /dev/null; }
}

install_packages() {
    may_install || return 1
    # Debian's way to say "install, but start nothing" (101 = forbidden by policy); a policy already there stays
    local policy=/usr/sbin/policy-rc.d ours=no said
    said=$(mktemp)
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" > /dev/null
        as_root chmod 755 "$policy"
        ours=yes
    fi
    local done=0
    as_root env DEBIAN_FRONTEND=noninteractive bash -c '
        apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"' install "$@" \
        < /dev/null > "$said" 2>&1 || done=1
    if [[ $ours == yes ]]; then as_root rm -f "$policy"; fi
    if [[ $done -ne 0 ]]; then tail -n 5 "$said" >&2; fi
    rm -f "$said"
    return "$done"
}
