"""Runs a program on a new terminal of 80x24, with nobody at its keyboard, and ends as it ended."""
import fcntl
import os
import pty
import struct
import sys
import termios

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
while True:
    try:
        octets = os.read(terminal, 65536)
    except OSError:  # Linux says so when the program has closed its side.
        break
    if not octets:
        break
    os.write(1, octets)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
