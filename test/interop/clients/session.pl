# One Mail::IMAPClient session; prints what came back without anything that changes with time.
# Arguments: host port tls|startTls|plain cafile user prefix separator. The password is read from stdin.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Mail::IMAPClient;
use IO::Socket::SSL;

my ($host, $port, $transport, $cafile, $user, $prefix, $separator) = @ARGV;
my $password = <STDIN>;
chomp $password;

my $trust = [SSL_ca_file => $cafile, SSL_verify_mode => SSL_VERIFY_PEER, SSL_verifycn_name => $host];
my %tls = $transport eq "tls" ? (Ssl => $trust) : $transport eq "startTls" ? (Starttls => $trust) : ();
my $imap = Mail::IMAPClient->new(
    Server => $host, Port => $port, User => $user, Password => $password,
    Uid => 1, Peek => 1, Timeout => 60, Ignoresizeerrors => 0, %tls,
) or die "cannot connect: $@";

sub must { my ($name, $value) = @_; defined $value or die "$name: " . ($imap->LastError // "?") . "\n"; return $value }
sub show { my ($name, @values) = @_; print "$name: ", join(" ", map { $_ // "undef" } @values), "\n" }

# COMPRESS after LOGIN, where the server has it; from here on the stream is deflated.
my $compressed = $imap->has_capability("COMPRESS=DEFLATE") && $ENV{COMPRESS} ? $imap->compress : undef;
show("compressed", $compressed ? 1 : 0);
show("folders", sort $imap->folders);
show("subscribed", sort $imap->subscribed);
for my $box ("INBOX", $prefix . "Archive", $prefix . "&U9dP4Xux-") {
    show("count", $box, $imap->message_count($box), $imap->unseen_count($box), $imap->uidnext($box));
}
must("select", $imap->select("INBOX"));
my @all = @{ must("messages", scalar $imap->messages) };
show("messages", @all);
show("flagged", $imap->search("FLAGGED", "UNSEEN"));
show("sentsince", $imap->sentsince("10-Mar-2024"));
show("sorted", $imap->sort("SUBJECT", "US-ASCII", "ALL")) if $imap->has_capability("SORT");
for my $uid (@all) {
    show("size", $uid, $imap->size($uid), $imap->internaldate($uid));
    show("message", $uid, sha256_hex(must("message_string", $imap->message_string($uid))));
}
for my $uid (@all[0 .. 8]) {
    my $headers = must("headers", $imap->parse_headers($uid, "Subject", "From", "Date"));
    show("headers", $uid, map { "$_=@{$headers->{$_}}" } sort keys %$headers);
    show("flags", $uid, sort grep { $_ ne "\\Recent" } $imap->flags($uid));
    my $structure = $imap->get_bodystructure($uid);
    show("structure", $uid, $structure ? ($structure->bodytype, $structure->bodysubtype, $structure->parts) : "none");
    my $envelope = $imap->get_envelope($uid);
    show("envelope", $uid, $envelope ? ($envelope->subject, $envelope->messageid) : "none");
}
show("part", sha256_hex($imap->bodypart_string($all[7], 1) // ""));
must("see", $imap->see(@all[0 .. 3]));
must("deny", $imap->deny_seeing(@all[4 .. 6]));
must("copy", $imap->copy($prefix . "Archive", @all[0 .. 2]));
must("move", $imap->move($prefix . "Archive", $all[3]));
must("append", $imap->append_string($prefix . "Archive", "Subject: appended\r\n\r\nFrom Perl.\r\n", "(\\Seen)"));
must("idle", my $tag = $imap->idle);
must("done", $imap->done($tag));
must("delete", $imap->delete_message($all[10], $all[11]));
must("expunge", $imap->expunge);
show("left", $imap->messages);
must("create", $imap->create($prefix . "From Perl"));
must("rename", $imap->rename($prefix . "From Perl", $prefix . "Renamed"));
must("drop", $imap->delete($prefix . "Renamed"));
show("refused", $imap->select($prefix . "not there") ? "selected" : "no");
must("close", $imap->select("INBOX") && $imap->close);
# Over a compressed stream the end of the connection is an error to Mail::IMAPClient.
$imap->logout;
