/* Parts of the clerk's screen, shared by page_entry*.c only. */
#ifndef SURVEY_PAGE_ENTRY_H
#define SURVEY_PAGE_ENTRY_H

#include "survey/page_survey.h"

/* The questions of the form in the order of the paper; arena for sentences. */
void entry_write_sheet(const struct survey_page *page, struct arena *arena);
/* <template id="entry-texts">: what the script says on its own. */
void entry_write_texts(const struct survey_page *page);

#endif
