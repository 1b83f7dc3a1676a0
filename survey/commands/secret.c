/* Passphrases: from a file, from the environment, or asked for on the terminal with the echo off. A passphrase never
 * stands on the command line, where every user of the machine could read it. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "survey/commands/commands.h"

enum { FILE_MAX = 4096, ASK_MAX = 3, INTERRUPT = 3, END_OF_FILE = 4, BACKSPACE = 8, DELETE = 127 };

/* One line without echo; the echo is off before the question is seen. The terminal's signals are off while it is read, so
 * that nobody is left with a silent terminal; Ctrl-C and Ctrl-D end it. */
static bool read_line(const char *label, char *line, size_t room)
{
    struct termios before;
    struct termios silent;
    size_t length = 0;
    bool done = false;
    char byte = 0;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) != 0)
        return false;
    fprintf(stderr, "%s: ", label);
    while (read(STDIN_FILENO, &byte, 1) == 1 && byte != INTERRUPT && byte != END_OF_FILE) {
        if (byte == '\n' || byte == '\r') {
            done = true;
            break;
        }
        if (byte == BACKSPACE || byte == DELETE) {
            while (length > 0 && ((unsigned char)line[length - 1] & 0xc0) == 0x80) /* rest of a UTF-8 character */
                length--;
            length -= length > 0;
        } else if (length + 1 < room) {
            line[length++] = byte;
        }
    }
    line[length] = '\0';
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputc('\n', stderr);
    return done;
}

static enum status ask(const struct language *language, const struct secret_question *question, char *secret,
                       size_t room, struct fail *fail)
{
    char again[256] = "";
    bool same = false;
    bool read = true;
    for (int tries = 0; tries < ASK_MAX && read && !same; tries++) {
        read = read_line(tr(language, question->label), secret, room);
        if (read && question->twice)
            read = read_line(tr(language, N_("The same once more")), again, sizeof again);
        same = read && (!question->twice || strcmp(secret, again) == 0);
        if (read && !same)
            fprintf(stderr, "%s\n", tr(language, N_("The two are different. Please type it again.")));
    }
    sodium_memzero(again, sizeof again);
    return same ? STATUS_OK : FAIL(fail, STATUS_INPUT, "no passphrase was given; nothing was changed");
}

enum status command_secret(const struct language *language, const struct secret_question *question, char *secret,
                           size_t room, struct fail *fail)
{
    const char *given = question->variable == NULL ? NULL : getenv(question->variable);
    struct buf file;
    buf_init(&file, FILE_MAX);
    enum status status = STATUS_OK;
    if (question->file != NULL) {
        status = buf_read_file(&file, question->file, fail);
        given = file.bytes;
    }
    size_t length = given == NULL ? 0 : strcspn(given, "\r\n");
    if (status == STATUS_OK && question->file == NULL && length == 0 && isatty(STDIN_FILENO) == 1)
        status = ask(language, question, secret, room, fail);
    else if (status == STATUS_OK && length == 0)
        status = FAIL(fail, STATUS_INPUT, "no passphrase: name a file with --%s or set %s", question->option,
                      question->variable == NULL ? "QUERSCHNITT_PASSPHRASE" : question->variable);
    else if (status == STATUS_OK && length >= room)
        status = FAIL(fail, STATUS_LIMIT, "the passphrase is longer than %zu bytes", room - 1);
    else if (status == STATUS_OK)
        snprintf(secret, room, "%.*s", (int)length, given);
    if (file.bytes != NULL)
        sodium_memzero(file.bytes, file.length);
    buf_free(&file);
    return status;
}

enum status command_passphrase(const struct arguments *arguments, enum passphrase which, char *passphrase, size_t room,
                               struct fail *fail)
{
    const struct secret_question questions[] = {
        [PASSPHRASE] = { N_("Passphrase"), "passphrase-file", arguments->texts[OPT_passphrase_file],
                         "QUERSCHNITT_PASSPHRASE", false },
        [PASSPHRASE_NEW] = { N_("New passphrase"), "passphrase-file", arguments->texts[OPT_passphrase_file],
                             "QUERSCHNITT_PASSPHRASE", true },
        [PASSPHRASE_SECOND] = { N_("Passphrase of the second half"), "second-passphrase-file",
                                arguments->texts[OPT_second_passphrase_file], "QUERSCHNITT_SECOND_PASSPHRASE", false },
        [PASSPHRASE_SECOND_NEW] = { N_("New passphrase of the second half"), "second-passphrase-file",
                                    arguments->texts[OPT_second_passphrase_file], "QUERSCHNITT_SECOND_PASSPHRASE",
                                    true },
    };
    return command_secret(arguments->language, &questions[which], passphrase, room, fail);
}
