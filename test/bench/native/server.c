/*
 * A synthetic IMAP server over TLS 1.3, a thread for each connection: it answers at once, and has no mail but what mail.h
 * makes. Prints its port.
 *
 *     server CERTIFICATE KEY
 *
 * The size of each message is in the name of the mailbox (`mail-16384`); the mailbox `dribble` is answered a few octets at a
 * time; APPEND to `push` tells every connection that idles.
 */
#include "mail.h"

struct connection {
  int fd;
  SSL *ssl;
  pthread_mutex_t lock;
  int idles;
  char input[65536];
  size_t from, until;
  struct text output, listing;
  char listed[256];
  size_t mail_octets;
  int dribbles;
};

static pthread_mutex_t idlers_lock = PTHREAD_MUTEX_INITIALIZER;
static struct connection **idlers;
static size_t idler_count;

static int send_all(struct connection *c, const char *octets, size_t length) {
  size_t written;
  return length == 0 || SSL_write_ex(c->ssl, octets, length, &written);
}

static int flush(struct connection *c) {
  int sent = send_all(c, c->output.at, c->output.length);
  c->output.length = 0;
  return sent;
}

/* Reads more; what is to be said is said first. */
static int fill(struct connection *c) {
  if (!flush(c)) return 0;
  if (c->from > 0) memmove(c->input, c->input + c->from, c->until - c->from);
  c->until -= c->from;
  c->from = 0;
  size_t got;
  if (c->until == sizeof c->input || !SSL_read_ex(c->ssl, c->input + c->until, sizeof c->input - c->until, &got)) return 0;
  c->until += got;
  return 1;
}

/* The next line without its end, or NULL at the end of the connection. */
static char *read_line(struct connection *c) {
  for (;;) {
    char *line = c->input + c->from;
    char *end = memchr(line, '\n', c->until - c->from);
    if (end == NULL) {
      if (!fill(c)) return NULL;
      continue;
    }
    c->from = (size_t)(end + 1 - c->input);
    end[end > line && end[-1] == '\r' ? -1 : 0] = 0;
    return line;
  }
}

/* Whether the literal that follows is the message of that size. */
static int take_literal(struct connection *c, size_t octets, int *same) {
  const char *expected = mail_of(octets)->at;
  *same = 1;
  for (size_t at = 0; at < octets;) {
    if (c->from == c->until && !fill(c)) return 0;
    size_t run = c->until - c->from;
    if (run > octets - at) run = octets - at;
    if (memcmp(c->input + c->from, expected + at, run) != 0) *same = 0;
    c->from += run;
    at += run;
  }
  return 1;
}

static void push_to_idlers(void) {
  pthread_mutex_lock(&idlers_lock);
  for (size_t i = 0; i < idler_count; i++) {
    pthread_mutex_lock(&idlers[i]->lock);
    if (idlers[i]->idles) send_all(idlers[i], PUSHED, strlen(PUSHED));
    pthread_mutex_unlock(&idlers[i]->lock);
  }
  pthread_mutex_unlock(&idlers_lock);
}

static void remember_idler(struct connection *c) {
  pthread_mutex_lock(&idlers_lock);
  idlers = realloc(idlers, (idler_count + 1) * sizeof *idlers);
  idlers[idler_count++] = c;
  pthread_mutex_unlock(&idlers_lock);
}

static void forget_idler(struct connection *c) {
  pthread_mutex_lock(&idlers_lock);
  for (size_t i = 0; i < idler_count; i++) {
    if (idlers[i] == c) idlers[i--] = idlers[--idler_count];
  }
  pthread_mutex_unlock(&idlers_lock);
}

/* Waits without the lock, so that others may push in the meantime. */
static int idle(struct connection *c) {
  say(&c->output, "+ idling\r\n");
  if (!flush(c)) return 0;
  remember_idler(c);
  c->idles = 1;
  struct pollfd waiting = {.fd = c->fd, .events = POLLIN};
  while (c->from == c->until && poll(&waiting, 1, -1) < 0) continue;
  pthread_mutex_lock(&c->lock);
  c->idles = 0;
  pthread_mutex_unlock(&c->lock);
  forget_idler(c);
  return read_line(c) != NULL;
}

/* Writes the times of the pieces behind them, as a message. */
static int dribble(struct connection *c) {
  struct text times = {0};
  for (size_t at = 0; at < c->listing.length; at += DRIBBLE_OCTETS) {
    size_t left = c->listing.length - at;
    say(&times, "%016llx\r\n", now_nanos());
    if (!send_all(c, c->listing.at + at, left < DRIBBLE_OCTETS ? left : DRIBBLE_OCTETS)) return 0;
    nanosleep(&(struct timespec){.tv_nsec = DRIBBLE_NANOS}, NULL);
  }
  say(&c->output, "* 1 FETCH (UID 1 BODY[] {%zu}\r\n", times.length);
  append(&c->output, times.at, times.length);
  say(&c->output, ")\r\n");
  free(times.at);
  return 1;
}

static int fetch(struct connection *c, const char *asked) {
  long first = 0, last = 0;
  if (sscanf(asked, "%ld:%ld", &first, &last) == 1) last = first;
  if (strcmp(c->listed, asked) != 0) {
    snprintf(c->listed, sizeof c->listed, "%s", asked);
    c->listing.length = 0;
    say_fetched(&c->listing, asked, first, last, c->mail_octets);
  }
  if (c->dribbles) return dribble(c);
  if (c->listing.length < 65536) {
    append(&c->output, c->listing.at, c->listing.length);
    return 1;
  }
  return flush(c) && send_all(c, c->listing.at, c->listing.length);
}

/* Answers one command; 0 when the connection is over. */
static int answer(struct connection *c, char *line) {
  char tag[64] = "";
  snprintf(tag, sizeof tag, "%.*s", (int)strcspn(line, " "), line);
  char *command = line + strlen(tag) + 1, *found;
  int same = 1;
  if (strncmp(command, "UID FETCH ", 10) == 0) {
    if (!fetch(c, command + 10)) return 0;
  } else if (strncmp(command, "APPEND ", 7) == 0 && (found = strchr(command, '{'))) {
    size_t octets = strtoul(found + 1, NULL, 10);
    int pushes = strncmp(command + 7, "push", 4) == 0;
    say(&c->output, "+ go ahead\r\n");
    if (!take_literal(c, octets, &same) || read_line(c) == NULL) return 0;
    if (pushes) push_to_idlers();
  } else if (strncmp(command, "SELECT ", 7) == 0) {
    c->dribbles = strcmp(command + 7, "dribble") == 0;
    c->mail_octets = (found = strchr(command, '-')) ? strtoul(found + 1, NULL, 10) : 0;
    c->listed[0] = 0;
    say(&c->output, "* FLAGS (\\Seen \\Answered)\r\n* 10000 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n");
  } else if (strcmp(command, "IDLE") == 0) {
    if (!idle(c)) return 0;
  } else if (strcmp(command, "LOGOUT") == 0) {
    say(&c->output, "* BYE see you\r\n");
  }
  say(&c->output, "%s %s done\r\n", tag, same ? "OK" : "NO");
  return 1;
}

static void *serve(void *argument) {
  struct connection *c = argument;
  if (SSL_accept(c->ssl) == 1 && send_all(c, GREETING, strlen(GREETING))) {
    for (char *line = read_line(c); line != NULL && answer(c, line); line = read_line(c)) continue;
    SSL_shutdown(c->ssl);
  }
  SSL_free(c->ssl);
  close(c->fd);
  free(c->output.at);
  free(c->listing.at);
  free(c);
  return NULL;
}

int main(int count, char **words) {
  if (count != 3) die("usage: server CERTIFICATE KEY");
  SSL_CTX *context = tls_context(TLS_server_method());
  if (SSL_CTX_use_certificate_chain_file(context, words[1]) != 1) die("no certificate");
  if (SSL_CTX_use_PrivateKey_file(context, words[2], SSL_FILETYPE_PEM) != 1) die("no key");
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 4096) != 0) die("cannot listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 256 * 1024);
  pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) continue;
    no_delay(fd);
    struct connection *c = calloc(1, sizeof *c);
    c->fd = fd;
    c->ssl = SSL_new(context);
    pthread_mutex_init(&c->lock, NULL);
    SSL_set_fd(c->ssl, fd);
    pthread_t thread;
    if (pthread_create(&thread, &small, serve, c) != 0) die("no thread");
  }
}
