/* Puts a list of the city (units, …) in place of the options of the items that ask for it. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "forms/form.h"
#include "forms/hash.h"

static enum status check_entries(const char *list, const struct listed entries[], size_t count, struct fail *fail)
{
    for (size_t i = 0; i < count; i++) {
        if (!form_code_fits(entries[i].code))
            return FAIL(fail, STATUS_INPUT, "%s: code “%.60s” must be 1 to %d letters, digits, “_”, “-” or “.”", list,
                        entries[i].code, (int)FORM_CODE_MAX);
        if (entries[i].name[0] == '\0' || !utf8_valid(entries[i].name, strlen(entries[i].name)))
            return FAIL(fail, STATUS_INPUT, "%s: the name of “%s” is empty or not UTF-8", list, entries[i].code);
        for (size_t j = 0; j < i; j++)
            if (strcmp(entries[i].code, entries[j].code) == 0)
                return FAIL(fail, STATUS_CONFLICT, "%s: code “%s” occurs twice", list, entries[i].code);
    }
    return STATUS_OK;
}

static enum status bind_item(struct arena *arena, const struct form *form, const char *list,
                             const struct listed entries[], size_t count, struct item *item, struct fail *fail)
{
    size_t total = count + item->option_count;
    if (total > FORM_OPTION_MAX)
        return FAIL(fail, STATUS_LIMIT, "%s: %zu options; at most %d are possible", list, total, (int)FORM_OPTION_MAX);
    struct option *options = ARENA_NEW(arena, struct option, total);
    if (options == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        if (item_option(item, entries[i].code) >= 0)
            return FAIL(fail, STATUS_CONFLICT, "%s: code “%s” is used by the question %s itself", list, entries[i].code,
                        item->id);
        options[i] = (struct option){ .code = arena_string(arena, entries[i].code), .points = -1 };
        const char *name = arena_string(arena, entries[i].name);
        if (options[i].code == NULL || name == NULL)
            return FAIL(fail, STATUS_MEMORY, "out of memory");
        for (size_t language = 0; language < form->language_count; language++)
            options[i].label.in[language] = name;
    }
    if (item->option_count > 0)
        memcpy(options + count, item->options, item->option_count * sizeof options[0]);
    item->options = options;
    item->option_count = total;
    return STATUS_OK;
}

/* The hash of form and list: fields separated by NUL, which no text can contain. */
static enum status hash_bound(const struct form *form, const char *list, const struct listed entries[], size_t count,
                              char hex[65], struct fail *fail)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    buf_add(&bytes, form->sha256, strlen(form->sha256) + 1);
    buf_add(&bytes, list, strlen(list) + 1);
    for (size_t i = 0; i < count; i++) {
        buf_add(&bytes, entries[i].code, strlen(entries[i].code) + 1);
        buf_add(&bytes, entries[i].name, strlen(entries[i].name) + 1);
    }
    enum status status = buf_status(&bytes, list, fail);
    if (status == STATUS_OK)
        status = hash_hex(bytes.bytes, bytes.length, hex, fail);
    buf_free(&bytes);
    return status;
}

enum status form_bind(struct arena *arena, const struct form *form, const char *list, const struct listed entries[],
                      size_t entry_count, const struct form **bound, struct fail *fail)
{
    enum status status = check_entries(list, entries, entry_count, fail);
    if (status != STATUS_OK)
        return status;
    struct form *copy = ARENA_NEW(arena, struct form, 1);
    struct item *items = ARENA_NEW(arena, struct item, form->item_count);
    if (copy == NULL || items == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    *copy = *form;
    copy->items = items;
    for (size_t i = 0; i < form->item_count && status == STATUS_OK; i++) {
        items[i] = form->items[i];
        if (items[i].options_from != NULL && strcmp(items[i].options_from, list) == 0)
            status = bind_item(arena, form, list, entries, entry_count, &items[i], fail);
    }
    if (status == STATUS_OK)
        status = hash_bound(form, list, entries, entry_count, copy->sha256, fail);
    if (status == STATUS_OK)
        *bound = copy;
    return status;
}
