/* Texts for the YAML writer, and what an item would be without the words of its form. */
#include <string.h>

#include "forms/qtype.h"
#include "forms/write.h"

bool write_has(const struct text *text)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        if (text->in[i] != NULL && text->in[i][strspn(text->in[i], " \n")] != '\0')
            return true;
    return false;
}

void write_text(struct write *write, const char *key, const struct text *text)
{
    bool translated = false;
    if (!write_has(text))
        return;
    for (size_t i = 1; i < write->form->language_count; i++)
        translated = translated || text->in[i] != NULL;
    if (!translated) {
        yaml_write_string(&write->yaml, key, text->in[0]);
        return;
    }
    yaml_write_open(&write->yaml, key);
    for (size_t i = 0; i < write->form->language_count; i++)
        yaml_write_string(&write->yaml, write->form->languages[i], text->in[i]);
    yaml_write_end(&write->yaml);
}

void write_bare(const struct write *write, const struct item *item, struct item *bare)
{
    *bare = (struct item){ .id = item->id, .type = item->type, .grain = item->grain };
    if (item->type->complete != NULL && item->type->complete(write->arena, write->form, bare, NULL) != STATUS_OK)
        bare->option_count = 0; /* then they are written out: more than needed, and right */
}
