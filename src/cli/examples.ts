/** Examples for `--help`, command by command: each can be run as it stands, with names of one's own. */

export const EXAMPLES = `
Examples:
  $ imapscope proxy imaps://imap.example.org            point the client at localhost, watch
  $ imapscope proxy imap.example.org --record day.imapcap
  $ imapscope view day.imapcap --filter 'status:no or wait>1s'
  $ imapscope view day.imapcap --lines | less           lines instead of the screen
  $ imapscope ca path                                   the certificate that clients must trust
  $ imapscope demo                                      recorded clients and servers, no account needed

A capture holds no credentials, unless --keep-secrets is given. It does hold the mail.`;

export const PROXY_EXAMPLES = `
Examples:
  $ imapscope proxy imaps://imap.example.org
        TLS on 993 (or 1993) and plain on 143 (or 1143) of this machine
  $ imapscope proxy imap.example.org --listen imap://127.0.0.1:1143
        plain for the client, TLS to the server: nothing to trust, the easiest start
  $ imapscope proxy imap.example.org --connect 192.0.2.7:993
        for a name that the hosts file sends to this machine
  $ imapscope proxy --upstream '*' --pass-through pinned.example.org
        each client reaches the server whose name it asks for (SNI)
  $ imapscope proxy imap.example.org --upstream test.example.org=imap://127.0.0.1:10143
        one more upstream behind the same listeners
  $ imapscope proxy --listen socks5://127.0.0.1:1080
        for clients that are set to a SOCKS 5 proxy: any server, under its own name
  $ imapscope proxy imap.example.org --record day.imapcap --filter 'defect or wait>500ms'
  $ imapscope proxy imap.example.org --record captures/ --rotate-size 100M
  $ imapscope proxy imap.example.org --lines
        a line for each exchange, instead of the screen

On a terminal it opens a screen: Enter looks inside, / finds, ? helps, q quits (docs/tui.md).

Signals: SIGINT and SIGTERM end it in order, a second one at once. SIGHUP begins a new capture: move the old one away first
(logrotate). When the terminal is closed it ends in order.`;

export const VIEW_EXAMPLES = `
Examples:
  $ imapscope view day.imapcap                          on the whole screen: ? helps, q quits (docs/tui.md)
  $ imapscope view day.imapcap --lines --filter 'wait>500ms'
  $ imapscope view day.imapcap --transcript --filter conn:2
  $ imapscope view day.imapcap --follow --verbose
  $ imapscope view - --json < day.imapcap.gz | jq .`;

export const DEMO_EXAMPLES = `
Examples:
  $ imapscope demo                                      on a terminal it goes on for clients of yours; q ends it
  $ curl -u alice:any imap://localhost:1143/INBOX -X 'EXAMINE INBOX'
  $ curl --cacert "$(imapscope ca path)" -u alice:any 'imaps://localhost:1993/INBOX;UID=1'
  $ imapscope demo | cat                                once, at once, and then it ends

Everything is real but the people: octets that imapscope recorded of imapflow, mutt and Dovecot go through sockets and TLS on
both sides of the proxy. The user is alice, with any password. Nothing leaves this machine (docs/demo.md).`;

export const REPLAY_EXAMPLES = `
Examples:
  $ imapscope replay day.imapcap --listen imaps://127.0.0.1:1993
  $ imapscope replay day.imapcap --listen imap://127.0.0.1:0 --plain --port-file port --once
        for a script: any password is right where the recorded login was accepted
  $ imapscope replay day.imapcap --speed 1x             with the recorded waiting times
  $ imapscope replay day.imapcap --junit replay.xml --once
  $ imapscope replay --as-client day.imapcap imaps://imap.example.org --record now.imapcap
        the other way about; the login is IMAPSCOPE_USER with IMAPSCOPE_PASSWORD or IMAPSCOPE_TOKEN

It tells on stdout what becomes of each command, and ends with a report. Exit code 1: a command had no recorded answer, or a
recorded exchange was not asked for (docs/replay.md).`;

export const CHECK_EXAMPLES = `
Examples:
  $ imapscope check fixture.imapcap
  $ imapscope check fixture.imapcap mended.imapcap --fix
  $ imapscope check fixture.imapcap --fix --in-place`;

export const SLICE_EXAMPLES = `
Examples:
  $ imapscope slice day.imapcap fixture.imapcap --filter 'cmd:fetch status:no'
  $ imapscope slice day.imapcap fixture.imapcap --connection 2 --until 30s
  $ gzip -dc day.imapcap.gz | imapscope slice - - --filter mailbox:INBOX | imapscope view -`;
