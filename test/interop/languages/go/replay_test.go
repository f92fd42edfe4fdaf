package reader

import (
	"bytes"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// replay serves a capture until the test ends, and fails it with the report where the client did something else than
// the recorded one. It gives where, and the CA to trust.
func replay(t *testing.T, capture string) (string, *x509.CertPool) {
	folder := t.TempDir()
	portFile := filepath.Join(folder, "port")
	var report bytes.Buffer
	server := exec.Command("imapscope", "replay", capture, "--port-file", portFile, "--ca-dir", folder)
	server.Stdout, server.Stderr = &report, &report
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()

	var port []byte
	for !bytes.HasSuffix(port, []byte("\n")) {
		select {
		case err := <-ended:
			t.Fatal(err, report.String())
		case <-time.After(20 * time.Millisecond):
			port, _ = os.ReadFile(portFile)
		}
	}
	t.Cleanup(func() {
		server.Process.Signal(os.Interrupt)
		if err := <-ended; err != nil {
			t.Error(err, report.String())
		}
	})
	pem, err := os.ReadFile(filepath.Join(folder, "imapscope-ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return "localhost:" + strings.TrimSpace(string(port)), roots
}
