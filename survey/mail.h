/* An e-mail with a text and an HTML part, and its way to the mail server. Knows nothing of waves. */
#ifndef SURVEY_MAIL_H
#define SURVEY_MAIL_H

#include <stdint.h>

#include "base/buf.h"

struct mail {
    const char *from, *to; /* addresses that mail_address_ok accepts */
    const char *subject;   /* UTF-8, any */
    const char *text;      /* UTF-8, lines ended by LF */
    const char *html;      /* a whole document, UTF-8 */
    const char *language;  /* code */
    const char *boundary;  /* random letters and digits that stand in neither part; also names the message */
    int64_t now;           /* seconds since 1970: stands in the message, as the rules of e-mail ask, and nowhere else */
};

/* RFC 5322 message with CRLF: multipart/alternative, quoted-printable, ASCII throughout. No line of a value can become a
 * header. STATUS_INPUT for an address that is none. */
MUST_USE enum status mail_build(const struct mail *mail, struct buf *out, struct fail *fail);

struct mail_server {
    const char *url;      /* "smtps://mail.example.org" or "smtp://…" */
    const char *user;     /* NULL: no login */
    const char *password;
};
struct mail_line; /* a connection that is kept for many mails */

/* TLS is demanded unless the host is this machine. STATUS_INPUT for an address of another kind. */
MUST_USE enum status mail_connect(const struct mail_server *server, struct mail_line **line, struct fail *fail);
/* STATUS_IO with the server's reason; the address does not stand in it. */
MUST_USE enum status mail_send(struct mail_line *line, const char *from, const char *to, const struct buf *message,
                               struct fail *fail);
void mail_close(struct mail_line *line); /* accepts NULL */

#endif
