#include "survey/demo_texts.h"

static const struct {
    const char *place, *text;
} texts[] = {
    { "response",
      N_("This invented city wrote to everybody twice and put up kiosks in the depots. Departments without desks answered less "
         "often than others all the same.") },
    { "workforce",
      N_("Retirements of the coming years are a chance: about a third of the posts will be filled anew within ten years.\n\n"
         "# What we look at next\n\n- **Advertisements**: do they name what the work needs?\n- **Training places**: who "
         "applies, who is chosen, who stays?") },
    { "said",
      N_("- **You said:** there are no forms in plain language. **We did:** the three forms used most often are rewritten.\n"
         "- **You said:** nobody knows where to complain. **We did:** the complaints office stands on every notice board.\n"
         "- **You said:** training takes place in the morning only. **We have not done it yet:** rooms in the afternoon are "
         "missing.") },
    { "advice",
      N_("- Keep the survey every year, so that change becomes visible.\n- Pay for interpreters from a common budget of the "
         "city.\n- Put the next report on the agenda before the summer break.") },
    { "cover.committees",
      N_("Committee for social affairs; preliminary consultation; 2 December 2025\nCouncil; for information; 16 December 2025") },
    { "cover.author", N_("Department of central services (invented)") },
};

enum status demo_texts(struct store *store, const char *wave, struct fail *fail)
{
    enum status status = STATUS_OK;
    for (const struct language *language = language_staff_next(NULL); language != NULL;
         language = language_staff_next(language))
        for (size_t i = 0; i < COUNT(texts) && status == STATUS_OK; i++) {
            const struct remark remark = { texts[i].place, language_code(language), tr(language, texts[i].text) };
            status = store_remark_put(store, wave, &remark, fail);
        }
    return status;
}
