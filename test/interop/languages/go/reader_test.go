package reader

import (
	"reflect"
	"testing"
)

func TestNewLettersAreReadAndMarkedSo(t *testing.T) {
	address, roots := replay(t, "inbox.imapcap")
	subjects, err := ReadNew(address, roots, "alice", "any")
	if err != nil {
		t.Fatal(err)
	}
	expected := []string{"Lunch on Thursday?", "Release notes for 2.4"}
	if !reflect.DeepEqual(subjects, expected) {
		t.Errorf("%q", subjects)
	}
}
