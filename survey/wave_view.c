/* Not responsible for how it is shown: commands/wave_status.c, page_office_package.c. */
#include "survey/wave_view.h"

#include <string.h>

#include "base/day.h"
#include "base/i18n.h"

bool wave_over(const char *closes, const char *today)
{
    return strcmp(closes, today) < 0; /* ISO dates sort as text */
}

enum status wave_view(struct store *store, const char *dir, const struct wave *wave, const char *today,
                      struct wave_view *view, struct fail *fail)
{
    int64_t closes = 0;
    int64_t now = 0;
    *view = (struct wave_view){ .wave = *wave, .over = wave_over(wave->closes, today) };
    if (wave->state < WAVE_CLOSED && !view->over && day_read(wave->closes, &closes) && day_read(today, &now))
        view->days_left = closes - now + 1;
    enum status status = wave_manifest(dir, wave->name, &view->manifest, fail);
    if (status != STATUS_OK)
        return status;
    manifest_print(&view->manifest, view->check_code);
    wave_rehearsed(dir, &view->manifest, &view->rehearsal);
    view->deletion_due = wave->erased[0] == '\0' && !wave->rehearsal && strcmp(view->manifest.deletes, today) <= 0;
    return store_turnout(store, wave->id, &view->invited, &view->drawn, fail);
}

const char *wave_key_place(const struct manifest *manifest)
{
    if (strcmp(manifest->key, "server") == 0)
        return N_("on the server, locked by the staff council's passphrase");
    if (strcmp(manifest->key, "council") == 0)
        return N_("with the staff council, never on the server");
    return N_("in two halves, one with the staff council, one with HR; neither opens alone");
}

void wave_view_next(const struct wave_view *view, const struct language *language, struct buf *out)
{
    const char *name = view->wave.name;
    if (view->wave.erased[0] != '\0') {
        buf_add_string(out, tr(language, N_("Nothing more to do: ballots, keys and codes are deleted")));
        return;
    }
    switch (view->wave.state) {
    case WAVE_NEW:
    case WAVE_FROZEN:
        if (!view->rehearsal.done)
            buf_format(out, tr(language, N_("Rehearse it: querschnitt wave rehearse %s")), name);
        else if (view->invited == 0)
            buf_format(out, tr(language, N_("Make the invitations: querschnitt invite %s -o FILE")), name);
        else
            buf_format(out, tr(language, N_("Open it: querschnitt wave open %s")), name);
        return;
    case WAVE_OPEN:
        if (view->over)
            buf_format(out, tr(language, N_("It is over and closes by itself; at once with querschnitt wave close %s")),
                       name);
        else
            buf_format(out, tr(language, N_("Nothing to do: it closes by itself at the end of %s")), view->wave.closes);
        return;
    case WAVE_CLOSED:
    case WAVE_COUNTED:
        if (view->wave.state == WAVE_CLOSED)
            buf_format(out, tr(language, N_("Sign the minutes, then count: querschnitt count %s")), name);
        else if (view->deletion_due)
            buf_format(out, tr(language, N_("Deletion is due: querschnitt erase %s")), name);
        else
            buf_format(out, tr(language, N_("Write the report; delete ballots and keys from %s on")),
                       view->manifest.deletes);
        return;
    }
}
