import subprocess
import time

import pytest


class Replay:
    """A capture, served by imapscope until it is closed."""

    def __init__(self, capture, folder, ca_folder):
        port_file = folder / "port"
        self.host = "localhost"
        self.ca_file = str(ca_folder / "imapscope-ca.pem")
        self.process = subprocess.Popen(
            ["imapscope", "replay", capture, "--port-file", port_file, "--ca-dir", ca_folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while not port_file.exists() or not port_file.read_text().endswith("\n"):
            if self.process.poll() is not None:
                raise RuntimeError(self.process.stdout.read())
            time.sleep(0.02)
        self.port = int(port_file.read_text())

    def close(self):
        """Fails with the report where the client did something else than the recorded one."""
        self.process.terminate()
        report, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, report


@pytest.fixture
def replay(tmp_path, tmp_path_factory):
    """Serves a capture: `server = replay("inbox.imapcap")`."""
    servers = []

    def start(capture):
        server = Replay(capture, tmp_path, tmp_path_factory.getbasetemp() / "ca")
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.close()
