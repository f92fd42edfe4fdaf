/*
 * The load generator: one row of the benchmark against one port, over TLS 1.3. It compares every octet that it gets with
 * what must come, and fails at the first that differs.
 *
 *     load ROW PORT SECONDS|COUNT|GIB
 *
 * It warms up, prints `ready`, waits for a line (meanwhile the clock of the proxy's processor time is read), measures, and
 * prints its figures as JSON.
 */
#include "mail.h"

#define LISTED 10000
#define BIG (1024 * 1024)
#define SMALL 16384
#define WARM_UP 0.7

struct peer {
  SSL *ssl;
  int fd;
};

static SSL_CTX *context;
static int port;
static double amount;
static unsigned long long octets, commands;
static struct text expected, asked;
static double *samples;
static size_t sample_count, sample_room;

static void sample(double micros) {
  if (sample_count == sample_room) {
    sample_room = 2 * sample_room + 4096;
    samples = realloc(samples, sample_room * sizeof *samples);
  }
  samples[sample_count++] = micros;
}

static size_t read_some(struct peer *p, char *into, size_t room) {
  size_t got = 0;
  if (!SSL_read_ex(p->ssl, into, room, &got)) die("the connection ended too early");
  return got;
}

/* Takes exactly these octets; `at`, if given, gets the times at which each of them had come. */
static void expect_timed(struct peer *p, const char *wanted, size_t length, double *at_nanos) {
  char got[16384];
  for (size_t done = 0; done < length;) {
    size_t room = length - done < sizeof got ? length - done : sizeof got;
    size_t run = read_some(p, got, room);
    if (memcmp(got, wanted + done, run) != 0) die("octets differ from what the server sent");
    if (at_nanos != NULL) {
      double now = (double)now_nanos();
      for (size_t i = 0; i < run; i++) at_nanos[done + i] = now;
    }
    done += run;
  }
  octets += length;
}

static void expect(struct peer *p, const char *wanted, size_t length) { expect_timed(p, wanted, length, NULL); }

static void send_all(struct peer *p, const char *at, size_t length) {
  size_t written;
  if (!SSL_write_ex(p->ssl, at, length, &written)) die("cannot send");
}

/* Says a line and takes the answer, both text. */
static void exchange(struct peer *p, const char *line, const char *answer) {
  send_all(p, line, strlen(line));
  expect(p, answer, strlen(answer));
  commands++;
}

static struct peer connected(void) {
  struct sockaddr_in address = loopback(port);
  struct peer p = {.fd = socket(AF_INET, SOCK_STREAM, 0), .ssl = SSL_new(context)};
  if (connect(p.fd, (struct sockaddr *)&address, sizeof address) != 0) die("cannot connect");
  no_delay(p.fd);
  SSL_set_fd(p.ssl, p.fd);
  SSL_set_tlsext_host_name(p.ssl, "localhost");
  if (SSL_connect(p.ssl) != 1) die("no TLS");
  expect(&p, GREETING, strlen(GREETING));
  return p;
}

static struct peer selected(const char *mailbox) {
  char line[128];
  struct peer p = connected();
  exchange(&p, "a1 LOGIN alice secret-of-alice\r\n", "a1 OK done\r\n");
  snprintf(line, sizeof line, "a2 SELECT %s\r\n", mailbox);
  exchange(&p, line,
           "* FLAGS (\\Seen \\Answered)\r\n* 10000 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\na2 OK done\r\n");
  return p;
}

static void ended(struct peer *p) {
  SSL_shutdown(p->ssl);
  SSL_free(p->ssl);
  close(p->fd);
}

/* Lets the harness read its clocks. */
static void ready(const char *word) {
  printf("%s\n", word);
  fflush(stdout);
  char line[16];
  if (fgets(line, sizeof line, stdin) == NULL) exit(1);
}

static unsigned long long repeated(void (*once)(struct peer *), struct peer *p, double seconds) {
  unsigned long long begin = now_nanos(), end = begin + (unsigned long long)(seconds * 1e9);
  do once(p);
  while (now_nanos() < end);
  return now_nanos() - begin;
}

static int ascending(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

static void report(unsigned long long nanos) {
  printf("{\"octets\":%llu,\"commands\":%llu,\"micros\":%.0f", octets, commands, (double)nanos / 1e3);
  if (sample_count > 0) {
    qsort(samples, sample_count, sizeof *samples, ascending);
    printf(",\"p50Micros\":%.1f,\"p99Micros\":%.1f", samples[sample_count / 2], samples[sample_count * 99 / 100]);
  }
  printf("}\n");
}

/* Warms up with the same, then measures for that many seconds. */
static void measured(const char *mailbox, void (*once)(struct peer *)) {
  struct peer p = selected(mailbox);
  repeated(once, &p, WARM_UP);
  ready("ready");
  octets = commands = sample_count = 0;
  report(repeated(once, &p, amount));
  ended(&p);
}

/* Octets of the row are those of the answers or of what is sent up, whichever are many. */
static void ask_and_take(struct peer *p) {
  send_all(p, asked.at, asked.length);
  expect(p, expected.at, expected.length);
}

static void one_command(struct peer *p) {
  ask_and_take(p);
  commands++;
}

static void fetch_row(const char *mailbox, const char *items, long last, size_t mail_octets) {
  say(&asked, "A3 UID FETCH 1:%ld (%s)\r\n", last, items);
  say_fetched(&expected, items, 1, last, mail_octets);
  say(&expected, "A3 OK done\r\n");
  measured(mailbox, one_command);
}

static void download(void) { fetch_row("mail-1048576", "UID BODY.PEEK[]", 16, BIG); }
static void envelopes(void) { fetch_row("INBOX", "UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE", LISTED, 0); }
static void flags(void) { fetch_row("INBOX", "UID FLAGS", LISTED, 0); }

static void one_upload(struct peer *p) {
  exchange(p, "A3 APPEND INBOX (\\Seen) {1048576}\r\n", "+ go ahead\r\n");
  send_all(p, mail_of(BIG)->at, BIG);
  exchange(p, "\r\n", "A3 OK done\r\n");
  commands--;
  octets += BIG;
}

/* The same until so many GiB have come: for what only shows in the long run. */
static void volume(void) {
  say(&asked, "A3 UID FETCH 1:16 (UID BODY.PEEK[])\r\n");
  say_fetched(&expected, "BODY", 1, 16, BIG);
  say(&expected, "A3 OK done\r\n");
  struct peer p = selected("mail-1048576");
  ready("ready");
  unsigned long long begin = now_nanos();
  for (octets = 0; (double)octets < amount * 1024 * 1024 * 1024;) one_command(&p);
  report(now_nanos() - begin);
  ended(&p);
}

static void upload(void) { measured("INBOX", one_upload); }

#define BATCH 32
static void one_batch(struct peer *p) {
  ask_and_take(p);
  commands += BATCH;
}

static void messages(void) {
  for (long n = 1; n <= BATCH; n++) {
    say(&asked, "A%ld UID FETCH %ld (UID BODY.PEEK[])\r\n", n, n);
    say_fetched(&expected, "BODY", n, n, SMALL);
    say(&expected, "A%ld OK done\r\n", n);
  }
  measured("mail-16384", one_batch);
}

#define NOOPS 500
static void one_pipeline(struct peer *p) {
  ask_and_take(p);
  commands += NOOPS;
}

static void noops(void) {
  for (int n = 1; n <= NOOPS; n++) {
    say(&asked, "A%d NOOP\r\n", n);
    say(&expected, "A%d OK done\r\n", n);
  }
  measured("INBOX", one_pipeline);
}

static void one_round_trip(struct peer *p) {
  unsigned long long begin = now_nanos();
  exchange(p, "A3 NOOP\r\n", "A3 OK done\r\n");
  sample((double)(now_nanos() - begin) / 1e3);
}

static void roundtrip(void) { measured("INBOX", one_round_trip); }

/* Delays from each small write of the server to its last octet's arrival; the server tells its times afterwards. */
static void one_dribble(struct peer *p) {
  static double arrived[100 * 64];
  struct text pieces = {0};
  char times[8192 * TIME_OCTETS], head[64];
  say_fetched(&pieces, "FLAGS", 1, 100, 0);
  const char *line = "A3 UID FETCH 1:100 (UID FLAGS)\r\n";
  send_all(p, line, strlen(line));
  expect_timed(p, pieces.at, pieces.length, arrived);
  size_t count = (pieces.length + DRIBBLE_OCTETS - 1) / DRIBBLE_OCTETS;
  snprintf(head, sizeof head, "* 1 FETCH (UID 1 BODY[] {%zu}\r\n", count * TIME_OCTETS);
  expect(p, head, strlen(head));
  for (size_t got = 0; got < count * TIME_OCTETS;) got += read_some(p, times + got, count * TIME_OCTETS - got);
  for (size_t i = 0; i < count; i++) {
    size_t last = (i + 1) * DRIBBLE_OCTETS - 1;
    unsigned long long sent = strtoull(times + i * TIME_OCTETS, NULL, 16);
    sample((arrived[last < pieces.length ? last : pieces.length - 1] - (double)sent) / 1e3);
  }
  expect(p, ")\r\nA3 OK done\r\n", 15);
  commands++;
  free(pieces.at);
}

static void dribble(void) { measured("dribble", one_dribble); }

/* New connections, from several threads at once so that the proxy never waits. */
#define DIALLERS 4
static unsigned long long dial_until;
static unsigned long long dial_most;

static void *dial(void *count) {
  while (now_nanos() < dial_until && *(unsigned long long *)count < dial_most / DIALLERS) {
    struct peer p = connected();
    exchange(&p, "a1 LOGOUT\r\n", "* BYE see you\r\na1 OK done\r\n");
    ended(&p);
    ++*(unsigned long long *)count;
  }
  return NULL;
}

/* For so long, or until so many were made. */
static void dial_for(double seconds, unsigned long long most) {
  pthread_t threads[DIALLERS];
  unsigned long long counts[DIALLERS] = {0};
  dial_most = most;
  dial_until = now_nanos() + (unsigned long long)(seconds * 1e9);
  for (int i = 0; i < DIALLERS; i++) pthread_create(&threads[i], NULL, dial, &counts[i]);
  commands = 0;
  unsigned long long total = 0;
  for (int i = 0; i < DIALLERS; i++) pthread_join(threads[i], NULL), total += counts[i];
  commands = total;
}

static void measure_dialling(void) {
  ready("ready");
  unsigned long long begin = now_nanos();
  dial_for(amount, ~0ull);
  octets = 0;
  report(now_nanos() - begin);
}

/* A runtime that compiles as it goes needs some thousands of connections; who is slow gets as long as the others need. */
static void connections(void) {
  dial_for(8, 3000);
  measure_dialling();
}

static void first_connections(void) {
  measure_dialling();
}

/* Many idle connections: their memory is read between `ready` and `open`; in the end each of them must still answer. */
static struct peer *idling(size_t count) {
  struct peer *peers = calloc(count, sizeof *peers);
  struct peer first = selected("INBOX");
  ready("ready");
  for (size_t i = 0; i < count; i++) {
    peers[i] = selected("INBOX");
    exchange(&peers[i], "A3 IDLE\r\n", "+ idling\r\n");
  }
  ready("open");
  exchange(&first, "A3 NOOP\r\n", "A3 OK done\r\n");
  return peers;
}

static void alive(struct peer *peers, size_t count) {
  for (size_t i = 0; i < count; i++) exchange(&peers[i], "DONE\r\n", "A3 OK done\r\n");
}

static void idle(void) {
  size_t count = (size_t)amount;
  struct peer *peers = idling(count);
  commands = 0;
  alive(peers, count);
  report(0);
}

/* From the octet that lets the server push until the last of all has what was pushed. */
static void push(void) {
  size_t count = (size_t)amount, left = count;
  struct peer *peers = idling(count), sender = connected();
  struct pollfd *waiting = calloc(count, sizeof *waiting);
  for (size_t i = 0; i < count; i++) waiting[i] = (struct pollfd){.fd = peers[i].fd, .events = POLLIN};
  exchange(&sender, "a1 LOGIN alice secret-of-alice\r\n", "a1 OK done\r\n");
  exchange(&sender, "a2 APPEND push {2}\r\n", "+ go ahead\r\n");
  unsigned long long begin = now_nanos();
  send_all(&sender, mail_of(2)->at, 2);
  send_all(&sender, "\r\n", 2);
  while (left > 0) {
    if (poll(waiting, count, 10000) <= 0) die("not every idle connection was told");
    for (size_t i = 0; i < count; i++) {
      if (!(waiting[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
      expect(&peers[i], PUSHED, strlen(PUSHED));
      waiting[i].fd = -1;
      waiting[i].revents = 0;
      left--;
    }
  }
  unsigned long long took = now_nanos() - begin;
  expect(&sender, "a2 OK done\r\n", 12);
  commands = 0;
  alive(peers, count);
  report(took);
}

static const struct { const char *name; void (*run)(void); } rows[] = {
    {"download", download}, {"upload", upload},       {"envelopes", envelopes}, {"flags", flags},
    {"messages", messages}, {"roundtrip", roundtrip}, {"noops", noops},         {"dribble", dribble},
    {"connections", connections}, {"first", first_connections},
    {"idle", idle},         {"push", push},         {"volume", volume},
};

int main(int count, char **words) {
  if (count != 4) die("usage: load ROW PORT SECONDS|COUNT|GIB");
  port = atoi(words[2]);
  amount = atof(words[3]);
  context = tls_context(TLS_client_method());
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (strcmp(rows[i].name, words[1]) == 0) return rows[i].run(), 0;
  }
  die("no such row");
}
