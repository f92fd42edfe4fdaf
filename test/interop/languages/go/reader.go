// Package reader reads letters.
package reader

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"
)

var subject = regexp.MustCompile(`ENVELOPE \("[^"]*" "([^"]*)"`)

// ReadNew gives the subjects of the letters that are new, which are then marked as read.
func ReadNew(address string, roots *x509.CertPool, user, password string) ([]string, error) {
	socket, err := tls.Dial("tcp", address, &tls.Config{RootCAs: roots})
	if err != nil {
		return nil, err
	}
	client := textproto.NewConn(socket)
	defer client.Close()
	if _, err := client.ReadLine(); err != nil {
		return nil, err
	}
	tags := 0
	send := func(command string) ([]string, error) {
		tags++
		tag := fmt.Sprintf("a%d", tags)
		if err := client.PrintfLine("%s %s", tag, command); err != nil {
			return nil, err
		}
		var lines []string
		for {
			line, err := client.ReadLine()
			if err != nil {
				return nil, err
			}
			if strings.HasPrefix(line, tag+" ") {
				if !strings.HasPrefix(line, tag+" OK") {
					err = fmt.Errorf("%s: %s", command, line)
				}
				return lines, err
			}
			lines = append(lines, line)
		}
	}
	if _, err := send(fmt.Sprintf("LOGIN %q %q", user, password)); err != nil {
		return nil, err
	}
	if _, err := send("SELECT INBOX"); err != nil {
		return nil, err
	}
	found, err := send("UID SEARCH UNSEEN")
	if err != nil {
		return nil, err
	}
	uids := strings.ReplaceAll(strings.TrimPrefix(found[0], "* SEARCH "), " ", ",")
	letters, err := send("UID FETCH " + uids + " (FLAGS ENVELOPE)")
	if err != nil {
		return nil, err
	}
	var subjects []string
	for _, letter := range letters {
		subjects = append(subjects, subject.FindStringSubmatch(letter)[1])
	}
	if _, err := send(`UID STORE ` + uids + ` +FLAGS.SILENT (\Seen)`); err != nil {
		return nil, err
	}
	_, err = send("LOGOUT")
	return subjects, err
}
