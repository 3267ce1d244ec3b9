"""Run one program so that it ends with its parent, and without being root where it refuses root.

Usage: ``launch.py PARENT_PID SIGNAL_NUMBER OWNED_FOLDER PROGRAM [ARGUMENT…]``. The program gets the signal when the
parent process dies, however it dies (Linux; elsewhere the next start clears away what is left). With an OWNED_FOLDER
the program never sees uid 0: started by root, it runs in a user namespace where root bears an ordinary account's
number, or, where the kernel refuses that, as an ordinary account that owns the folder and may pass through its closed
parents.

Runs as a script with the standard library only, and replaces itself by the program.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def libc_call(name: str, *arguments: object) -> None:
    """Call a libc function that answers 0; raise OSError when it does not."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def ordinary_account() -> pwd.struct_passwd:
    """An account that is not root: PostgreSQL wants its user to have a name."""
    return next(entry for entry in pwd.getpwall() if entry.pw_uid != 0)


def enter_user_namespace() -> None:
    """Let root bear an ordinary account's number; its files stay its own. Raises OSError where refused."""
    account = ordinary_account()
    uid, gid = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{account.pw_uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{account.pw_gid} {gid} 1")


def may_enter_user_namespace() -> bool:
    """Try it in a child: a namespace entered by half cannot be left."""
    child = os.fork()
    if child == 0:
        try:
            enter_user_namespace()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def give_folder(folder: Path, uid: int, gid: int) -> None:
    """Make uid the owner of folder and all in it, unless it is."""
    if folder.stat().st_uid == uid:
        return
    for base, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.chown(Path(base, name), uid, gid, follow_symlinks=False)


def become_ordinary_account() -> None:
    """Drop root but for the right to pass through folders closed to others (the clone may lie in a private home)."""
    account = ordinary_account()
    libc_call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(account.pw_gid, account.pw_gid, account.pw_gid)
    os.setresuid(account.pw_uid, account.pw_uid, account.pw_uid)
    bit = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    libc_call("capset", header, (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0))
    libc_call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def shed_root(folder: Path) -> None:
    if may_enter_user_namespace():
        give_folder(folder, os.geteuid(), os.getegid())
        enter_user_namespace()
    else:
        account = ordinary_account()
        give_folder(folder, account.pw_uid, account.pw_gid)
        become_ordinary_account()


def main() -> None:
    parent, number, owned, *command = sys.argv[1:]
    if owned and os.geteuid() == 0:
        shed_root(Path(owned))
    if sys.platform == "linux":
        # After the change of user: the kernel forgets the wish when credentials change.
        libc_call("prctl", PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - replacing this process is the purpose


if __name__ == "__main__":
    main()
