/* Brings codes to people: e-mails, letters, cards. A code exists only in the message that carries it; the store keeps its hash.
 * Not responsible for who is on the list (recipients.h) or for how a letter looks (reports/paper.h). */
#ifndef SURVEY_INVITE_H
#define SURVEY_INVITE_H

#include "forms/form.h"
#include "survey/mail.h"
#include "survey/wave.h"

struct invite {
    struct store *store;
    const char *dir; /* the instance */
    struct wave wave;
    struct manifest manifest;
    const struct form *form;
    char city[200], staff_council[300], demo[8]; /* "" when the instance has none */
    char fingerprint[65], check[48];
    unsigned per_minute; /* e-mails; 0: as fast as the server takes them */
};
/* STATUS_CONFLICT when the wave is not frozen yet, or closed. */
MUST_USE enum status invite_open(struct arena *arena, struct store *store, const char *dir, const char *wave,
                                 struct invite *invite, struct fail *fail);

struct invite_report {
    size_t sent, failed;
    size_t drawn;   /* took part meanwhile: nothing was sent */
    uint32_t line;  /* of the first failure, in the list of recipients */
    struct fail why;
};
struct invite_progress {
    void (*step)(void *context, size_t done, size_t total);
    void *context;
};

/* E-mails to all recipients with an address who are due. Each gets a new code, the hash of which is stored before the mail
 * goes out; what is interrupted or refused stays due and gets another code the next time.
 * STATUS_IO after the first failures that look like the server's, not the address's. */
MUST_USE enum status invite_by_mail(const struct invite *invite, const struct mail_server *server, const char *from,
                                    bool reminder, const struct invite_progress *progress,
                                    struct invite_report *report, struct fail *fail);
/* Letters for all due recipients without an e-mail address, in the order of the list. They count as sent when
 * invite_letters_sent is told that the file is written. */
MUST_USE enum status invite_by_letter(const struct invite *invite, struct arena *arena,
                                      const struct recipient **letters, size_t *count, struct buf *pdf,
                                      struct invite_report *report, struct fail *fail);
MUST_USE enum status invite_letters_sent(const struct invite *invite, const struct recipient *letters, size_t count,
                                         struct fail *fail);
/* Anonymous cards. */
MUST_USE enum status invite_cards(const struct invite *invite, struct arena *arena, size_t count, struct buf *pdf,
                                  struct fail *fail);

/* Subject, text and HTML of an invitation; for tests and preview. */
struct invite_message {
    char subject[300];
    struct buf text, html;
};
MUST_USE enum status invite_write(const struct invite *invite, const struct language *language, const char *code,
                                  bool reminder, struct invite_message *message, struct fail *fail);
/* Text for notice board and intranet. It also is the only reminder for people who have drawn and not sent: who they are nobody
 * can know. */
MUST_USE enum status invite_notice(const struct invite *invite, const struct language *language, struct buf *out,
                                   struct fail *fail);
void invite_message_free(struct invite_message *message); /* wiped: it holds a code */

#endif
