/* Words to the person who runs the server, on standard error, where the system's journal takes them. */
#ifndef SURVEY_TELL_H
#define SURVEY_TELL_H

/* In English or the default language; never a word on a respondent. */
void tell_operator(const char *sentence);

#endif
