"""Deploys the tests' database in a throwaway cluster and keeps it, for the workers of one run to copy.

Runs as a process of its own, beside the checks: ``python -m yhdys.local.pytest_prepare``.
"""

import signal
import sys
from types import FrameType

from yhdys.local.processes import Trouble
from yhdys.local.pytest_cluster import Cluster


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    signal.signal(signal.SIGTERM, _end)
    cluster = Cluster()
    try:
        cluster.start()
        cluster.deploy()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        cluster.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
