/* Entry point: prepares the libraries once and hands the table of commands over to the command line. */
#include <curl/curl.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>

#include "survey/commands/commands.h"

#define O(id) (UINT64_C(1) << OPT_##id)
#define COMMAND(function, name, words, fewest, most, option_bits, text) \
    { name, words, fewest, most, (option_bits) | O(language) | O(help), text, run_##function },
static const struct command commands[] = {
#include "survey/commands.def"
};
#undef COMMAND

int main(int count, char *words[])
{
    signal(SIGPIPE, SIG_IGN);
    gsl_set_error_handler_off();
    if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        fputs("querschnitt: the system gives no randomness\n", stderr);
        return 1;
    }
    int code = command_main(commands, COUNT(commands), count, words);
    curl_global_cleanup();
    return code;
}
