# Shared by the scripts of this directory: starting peers, stopping them by their process ids, reading /proc.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
load="$root/benchmarks/load"
peers="$load/Peers/bin/Release/net10.0/Peers"
port_base=${PORT_BASE:-18080}
work=$(mktemp -d)
pids=()

fail() { echo "error: $*" >&2; exit 1; }

stop_all() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

need() {
  command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ] || fail "'$1' is missing. Debian package: $2."
}

build_peers() {
  dotnet build -c Release -v quiet -nologo "$load/Peers" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "Peers does not build."; }
}

# get PORT PATH: one request, and the whole answer.
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: load\r\nAccept: */*\r\nConnection: close\r\n\r\n' "$2" >&3
  cat <&3
  exec 3>&-
}

wait_for() {
  local port=$1 pid=$2 name=$3 i
  for ((i = 0; i < 200; i++)); do
    kill -0 "$pid" 2>/dev/null || fail "$name ended: $(cat "$work/$name.log")"
    if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return; fi
    sleep 0.1
  done
  fail "$name does not listen on port $port."
}

# start NAME PORT COMMAND...: leaves the process id in $started.
start() {
  local name=$1 port=$2
  shift 2
  if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "port $port is taken. Set PORT_BASE."; fi
  "$@" >"$work/$name.log" 2>&1 &
  started=$!
  pids+=("$started")
  wait_for "$port" "$started" "$name"
}

# User and system time of a process since its start, in clock ticks.
cpu_ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

# The most memory that a process has had at once, in KiB.
peak_kib() { awk '/^VmHWM/ { print $2 }' "/proc/$1/status"; }

