"""`python -m licensing_portal.embedded start|stop|status|start-clamd|remove [demo|tests]`."""

import argparse
import sys

from licensing_portal import embedded


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m licensing_portal.embedded", description=embedded.__doc__)
    parser.add_argument("what", choices=["start", "stop", "status", "start-clamd", "remove"])
    parser.add_argument("cluster", nargs="?", choices=embedded.CLUSTERS, help="both when left out")
    chosen = parser.parse_args(arguments)
    clusters = [chosen.cluster] if chosen.cluster else list(embedded.CLUSTERS)
    for cluster in clusters:
        if chosen.what == "start":
            embedded.for_settings(cluster)
        elif chosen.what == "start-clamd":
            embedded.ensure_clamd(cluster)
        elif chosen.what == "stop":
            embedded.stop(cluster)
        elif chosen.what == "remove":
            embedded.remove(cluster)
        servers = embedded.running(cluster).items()
        states = ", ".join(
            f"{name} {f'runs (pid {pid})' if pid else 'does not run'}" for name, pid in servers
        )
        sys.stdout.write(f"{cluster}: {states}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
