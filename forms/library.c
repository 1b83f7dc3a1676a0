/* Puts a shipped form and its translations together. */
#include "forms/library.h"

#include <stdio.h>
#include <string.h>

#include "base/asset.h"
#include "base/i18n.h"
#include "forms/form_yaml_write.h"
#include "forms/overlay.h"

enum { NAME_ROOM = 160 };

static const struct asset *find(const char *name, const char *code)
{
    char path[NAME_ROOM];
    if (strpbrk(name, "./") != NULL)
        return NULL;
    snprintf(path, sizeof path, "forms/library/%.64s%s%s.yaml", name, code != NULL ? "." : "", code != NULL ? code : "");
    return asset_find(path);
}

bool library_has(const char *name)
{
    return find(name, NULL) != NULL;
}

static enum status merge(struct arena *arena, const char *name, const struct asset *base, struct yaml_node *root,
                         const struct form_hooks *hooks, struct fail *fail)
{
    const struct yaml_node *read = NULL;
    enum status status =
        yaml_read(arena, (const char *)base->bytes, base->length, &read, NULL, NULL, fail);
    if (status == STATUS_OK)
        *root = *read;
    for (size_t i = 0; languages[i] != NULL && status == STATUS_OK; i++) {
        const struct asset *overlay = find(name, languages[i]->code);
        if (overlay == NULL)
            continue;
        const char *file = strrchr(overlay->name, '/');
        status = overlay_merge(arena, root, file != NULL ? file + 1 : overlay->name, (const char *)overlay->bytes,
                               overlay->length, languages[i]->code, hooks, fail);
    }
    return status;
}

enum status library_text(struct arena *arena, const char *name, struct buf *text, const struct form_hooks *hooks,
                         struct fail *fail)
{
    const struct asset *base = find(name, NULL);
    bool translated = false;
    if (base == NULL)
        return FAIL(fail, STATUS_MISSING, "there is no questionnaire %s", name);
    for (size_t i = 0; languages[i] != NULL; i++)
        translated = translated || find(name, languages[i]->code) != NULL;
    if (!translated) {
        buf_add(text, base->bytes, base->length);
        return buf_status(text, name, fail);
    }
    struct yaml_node root;
    const struct form *form = NULL;
    enum status status = merge(arena, name, base, &root, hooks, fail);
    if (status == STATUS_OK)
        status = form_make_yaml(arena, name, &root, &form, hooks != NULL ? hooks->fault : NULL,
                                hooks != NULL ? hooks->context : NULL, fail);
    return status == STATUS_OK ? form_write_yaml(form, text, fail) : status;
}
