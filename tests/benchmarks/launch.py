"""launch: start a program, wait for it, say what it cost; a process of its own, as small as Python can be.

    python -IS launch.py LOG FOLDER COMMAND...

A child's peak memory is never less than that of the process which starts it, so nothing is imported here.
Prints exit status, user CPU and wall time in seconds, and the peak memory of the largest process in KiB.
"""

import os
import sys
import time


def main() -> None:
    log, folder, *command = sys.argv[1:]
    os.chdir(folder)
    to_log = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    begin = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=to_log)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    print(os.waitstatus_to_exitcode(status), usage.ru_utime, wall, usage.ru_maxrss)


if __name__ == "__main__":
    main()
