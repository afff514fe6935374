#!/bin/bash
# What `make run` and `make test` need on Debian 12. Idempotent, and quick when nothing is missing.
# As root or with sudo it installs Debian packages; without either it needs them to be there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PACKAGES=(
    ca-certificates openssl            # registries; bundle.zip is checked with openssl
    python3 python3-venv
    gettext                            # msgfmt compiles the catalogues
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig  # WeasyPrint; without -subset0 it crawls
    fonts-paratype fonts-noto-core     # every Kazakh letter
    clamav-daemon                      # the scanner; its service is not started
    chromium libatomic1                # browser tests and screenshots; the second for the node inside Playwright
)
POLICY=${PORTAL_POLICY_FILE:-/usr/sbin/policy-rc.d}  # tests look at another one
VENV=.venv
TOOLS=.run/uv
STAMP=$VENV/.installed

say() { printf '%s\n' "$*"; }
fail() {
    printf 'make setup: %s\n' "$*" >&2
    exit 1
}

missing_packages() {
    local package status
    for package in "${PACKAGES[@]}"; do
        status=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
        [[ $status == "ii "* ]] || printf '%s\n' "$package"
    done
}

as_root() {
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

# Debian starts a service as soon as its package is installed; policy-rc.d is its own way to say no.
# A machine that has such a file already keeps it.
forbid_services() {
    POLICY_SAVED=
    if [[ -e $POLICY || -L $POLICY ]]; then
        POLICY_SAVED=$POLICY.before-portal-setup
        as_root mv "$POLICY" "$POLICY_SAVED"
    fi
    trap allow_services EXIT
    trap 'exit 130' INT TERM HUP
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
    as_root chmod 755 "$POLICY"
}

allow_services() {
    trap - EXIT INT TERM HUP
    as_root rm -f "$POLICY"
    if [[ -n $POLICY_SAVED ]]; then as_root mv "$POLICY_SAVED" "$POLICY"; fi
}

install_packages() {
    local -a missing
    command -v dpkg-query >/dev/null || fail "this is not Debian; install by hand what corresponds to: ${PACKAGES[*]}"
    mapfile -t missing < <(missing_packages)
    [[ ${#missing[@]} == 0 ]] && return
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        fail "missing Debian packages, and neither root nor sudo to install them. As root: apt-get install ${missing[*]}"
    fi
    say "Installing from Debian: ${missing[*]}"
    forbid_services
    local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q)
    as_root "${apt[@]}" update
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
    allow_services
}

wanted() {
    # The checkout's path belongs to it: scripts of a moved .venv would start another folder's Python.
    printf '%s %s\n' "$(cat requirements-uv.lock requirements.lock | sha256sum)" "$PWD"
}

# uv does not read pip's settings; a mirror that a machine prescribes there holds for us too.
follow_pip_settings() {
    local index
    index=${PIP_INDEX_URL:-$("$TOOLS/bin/python" -m pip config get global.index-url 2>/dev/null || true)}
    if [[ -n $index ]]; then export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$index}; fi
    if [[ -n ${PIP_CERT:-} ]]; then export SSL_CERT_FILE=${SSL_CERT_FILE:-$PIP_CERT}; fi
}

install_libraries() {
    [[ -f $STAMP && $(cat "$STAMP") == "$(wanted)" ]] && return
    local python=${PYTHON:-python3}
    "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' ||
        fail "Python 3.11 or 3.12 is needed; $("$python" --version). Point to one: make setup PYTHON=/path/to/python3.11"
    say "Installing the Python libraries (requirements.lock)"
    if [[ ! -x $TOOLS/bin/uv || $TOOLS/.lock -ot requirements-uv.lock ]]; then
        rm -rf "$TOOLS"
        "$python" -m venv "$TOOLS"
        "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
            -r requirements-uv.lock
        touch "$TOOLS/.lock"
    fi
    rm -f "$STAMP"
    "$VENV/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear --without-pip "$VENV"
    follow_pip_settings
    UV_SYSTEM_CERTS=1 UV_LINK_MODE=copy "$TOOLS/bin/uv" pip sync --quiet --require-hashes \
        --python "$VENV/bin/python" requirements.lock
    wanted >"$STAMP"
}

compile_messages() {
    local po mo
    while IFS= read -r po; do
        mo=${po%.po}.mo
        if [[ ! $mo -nt $po ]]; then msgfmt --check-format -o "$mo" "$po" || fail "$po does not compile"; fi
    done < <(find . -path './.*' -prune -o -path '*/locale/*/LC_MESSAGES/*.po' -print)
}

main() {
    mkdir -p .run
    # Two set-ups at once in one checkout wait for each other.
    exec 9>.run/setup.lock
    flock 9
    install_packages
    install_libraries
    compile_messages
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then main; fi
