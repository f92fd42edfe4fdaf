/*
 * What the synthetic server and the load generator both know: the octets of every answer, so that the generator can hold
 * what it gets against what must come, and TLS.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define GREETING "* OK [CAPABILITY IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS] ready\r\n"
#define PUSHED "* 10001 EXISTS\r\n"
/* Octets that a dribbling server writes at once, and what it waits before the next. */
#define DRIBBLE_OCTETS 7
#define DRIBBLE_NANOS 1000000
#define TIME_OCTETS 18

struct text { char *at; size_t length, room; };

static inline void die(const char *what) {
  fprintf(stderr, "%s\n", what);
  ERR_print_errors_fp(stderr);
  exit(1);
}

static inline void append(struct text *text, const char *octets, size_t length) {
  if (text->length + length > text->room) {
    text->room = 2 * text->room + length;
    text->at = realloc(text->at, text->room);
    if (text->at == NULL) die("out of memory");
  }
  memcpy(text->at + text->length, octets, length);
  text->length += length;
}

__attribute__((format(printf, 2, 3))) static inline void say(struct text *text, const char *format, ...) {
  char line[4096];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  append(text, line, (size_t)length);
}

/* A message of that many octets: lines of seventy-six, of letters that do not repeat. */
static inline void say_mail(struct text *text, size_t octets) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned long long state = 7;
  for (size_t i = 0; i < octets; i++) {
    size_t column = i % 78;
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    append(text, column == 76 ? "\r" : column == 77 ? "\n" : &letters[state >> 58], 1);
  }
}

/* The message of the size of a mailbox, made once. */
static inline const struct text *mail_of(size_t octets) {
  static __thread struct text mail;
  static __thread size_t made = (size_t)-1;
  if (made != octets) {
    mail.length = 0;
    say_mail(&mail, octets);
    made = octets;
  }
  return &mail;
}

static inline void say_envelope(struct text *text, long n) {
  char from[160];
  snprintf(from, sizeof from, "((\"Correspondent Number %ld\" NIL \"person.%ld\" \"mail.example.org\"))", n, n % 977);
  say(text,
      "* %ld FETCH (UID %ld FLAGS (\\Seen%s) INTERNALDATE \"%2ld-Nov-2026 %02ld:%02ld:00 +0000\" RFC822.SIZE %ld ENVELOPE "
      "(\"Thu, %ld Nov 2026 %02ld:%02ld:00 +0000\" \"=?utf-8?Q?Re:_the_matter_of_%ld?= and what follows\" %s %s %s "
      "((\"Alice Example\" NIL \"alice\" \"example.com\")(NIL NIL \"team\" \"example.com\")) NIL NIL "
      "\"<parent.%ld@mail.example.org>\" \"<message.%ld@mail.example.org>\"))\r\n",
      n, n, n % 7 ? "" : " \\Answered", n % 28 + 1, n % 24, n % 60, 2000 + n % 9000, n % 28 + 1, n % 24, n % 60, n, from,
      from, from, n - 1, n);
}

/* The untagged answers to FETCH of a range; ENVELOPE, BODY and FLAGS are told apart by the items that were asked for. */
static inline void say_fetched(struct text *text, const char *items, long first, long last, size_t mail_octets) {
  for (long n = first; n <= last; n++) {
    if (strstr(items, "ENVELOPE")) {
      say_envelope(text, n);
    } else if (strstr(items, "BODY")) {
      say(text, "* %ld FETCH (UID %ld BODY[] {%zu}\r\n", n, n, mail_octets);
      append(text, mail_of(mail_octets)->at, mail_octets);
      append(text, ")\r\n", 3);
    } else {
      say(text, "* %ld FETCH (UID %ld FLAGS (\\Seen))\r\n", n, n);
    }
  }
}

static inline unsigned long long now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (unsigned long long)now.tv_sec * 1000000000ULL + (unsigned long long)now.tv_nsec;
}

static inline SSL_CTX *tls_context(const SSL_METHOD *method) {
  signal(SIGPIPE, SIG_IGN);
  SSL_CTX *context = SSL_CTX_new(method);
  if (context == NULL || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)) die("no TLS 1.3");
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  return context;
}

static inline struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static inline void no_delay(int fd) {
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}
