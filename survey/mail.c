/* Writes a message. Everything that is not plain ASCII is encoded: encoded words in the subject (RFC 2047), quoted-printable
 * in the parts (RFC 2045), so no mail server on the way can break it. */
#include "survey/mail.h"

#include <string.h>
#include <time.h>

#include "survey/recipients.h"

enum { WORD_BYTES = 42, LINE_ROOM = 72 };

/* Subject as encoded words of whole characters. */
static void add_subject(struct buf *out, const char *subject)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t used = WORD_BYTES; /* forces the first word */
    buf_add_string(out, "Subject:");
    for (const char *t = subject; *t != '\0'; t++) {
        unsigned char byte = (unsigned char)*t;
        bool starts = (byte & 0xC0) != 0x80; /* not inside a character */
        if (starts && used + 12 > WORD_BYTES) {
            buf_add_string(out, t == subject ? " =?UTF-8?Q?" : "?=\r\n =?UTF-8?Q?");
            used = 0;
        }
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (plain) {
            buf_add_byte(out, (char)byte);
        } else {
            const char encoded[4] = { '=', hex[byte >> 4], hex[byte & 15], '\0' };
            buf_add_string(out, encoded);
        }
        used += plain ? 1 : 3;
    }
    buf_add_string(out, *subject == '\0' ? "\r\n" : "?=\r\n");
}

static void add_quoted(struct buf *out, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t used = 0;
    for (const char *t = text; *t != '\0'; t++) {
        unsigned char byte = (unsigned char)*t;
        if (byte == '\n') {
            buf_add_string(out, "\r\n");
            used = 0;
            continue;
        }
        bool ends = t[1] == '\n' || t[1] == '\0';
        bool plain = byte >= 33 && byte <= 126 && byte != '=' && !(byte == '.' && used == 0);
        plain = plain || (byte == ' ' && !ends);
        if (used + 3 > LINE_ROOM) {
            buf_add_string(out, "=\r\n");
            used = 0;
            plain = plain && byte != '.';
        }
        if (plain) {
            buf_add_byte(out, (char)byte);
        } else {
            const char encoded[4] = { '=', hex[byte >> 4], hex[byte & 15], '\0' };
            buf_add_string(out, encoded);
        }
        used += plain ? 1 : 3;
    }
    buf_add_string(out, "\r\n");
}

static void add_part(struct buf *out, const struct mail *mail, const char *type, const char *text)
{
    buf_format(out,
               "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
               "Content-Language: %s\r\n\r\n",
               mail->boundary, type, mail->language);
    add_quoted(out, text);
}

enum status mail_build(const struct mail *mail, struct buf *out, struct fail *fail)
{
    if (!mail_address_ok(mail->from) || !mail_address_ok(mail->to))
        return FAIL(fail, STATUS_INPUT, "this is no e-mail address like name@example.org");
    buf_format(out, "From: <%s>\r\nTo: <%s>\r\n", mail->from, mail->to);
    add_subject(out, mail->subject);
    char date[64] = "";
    struct tm day;
    time_t now = (time_t)mail->now;
    if (gmtime_r(&now, &day) == NULL || strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &day) == 0)
        return FAIL(fail, STATUS_INPUT, "the clock of this machine is wrong");
    buf_format(out, "Date: %s\r\nMessage-ID: <%s%s>\r\n", date, mail->boundary, strchr(mail->from, '@'));
    buf_format(out,
               "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n"
               "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n",
               mail->boundary);
    add_part(out, mail, "text/plain", mail->text);
    add_part(out, mail, "text/html", mail->html);
    buf_format(out, "--%s--\r\n", mail->boundary);
    return buf_status(out, "the e-mail", fail);
}
