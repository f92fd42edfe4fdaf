from reader import read_new


def test_new_letters_are_read_and_marked_so(replay):
    server = replay("inbox.imapcap")
    subjects = read_new(server.host, server.port, server.ca_file, "alice", "any")
    assert subjects == ["Lunch on Thursday?", "Release notes for 2.4"]
