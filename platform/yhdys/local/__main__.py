"""``./up``: what each of its words does. Plain Python; Django runs only in the processes started here."""

import os
import sys

from yhdys.local import supervisor, testing
from yhdys.local.processes import Trouble


def main(arguments: list[str]) -> int:
    word, *rest = arguments or [""]
    match word:
        case "":
            supervisor.Supervisor().run()
            return 0
        case "manage":
            return supervisor.manage(rest)
        case "check":
            return testing.check(rest)
        case "test":
            return testing.run(rest)
        case "bench":
            return testing.bench(rest)
    raise Trouble(f"./up does not know “{word}”; ./up --help tells what it knows.")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our words has gone; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
