/* The column "type": all the spellings that pyxform takes, and what each becomes. */
#include <ctype.h>
#include <string.h>

#include "forms/xlsform.h"

#define PERSON N_("it would say who the person is")
#define PLACE N_("it would say where the person is")
#define FILES N_("pictures, sound and files can show a person")
#define CLOCK N_("times of day are not asked")
#define DEVICE N_("it records something about the person's device without asking")

static const struct named {
    const char *name;
    enum xlsform_kind kind;
    const char *reason;
} simple[] = {
    { "text", KIND_TEXT, NULL },
    { "string", KIND_TEXT, NULL },
    { "integer", KIND_INTEGER, NULL },
    { "int", KIND_INTEGER, NULL },
    { "decimal", KIND_DECIMAL, NULL },
    { "percentage", KIND_PERCENT, NULL },
    { "date", KIND_DATE, NULL },
    { "datetime", KIND_DATE, NULL },
    { "date_time", KIND_DATE, NULL },
    { "note", KIND_NOTE, NULL },
    { "acknowledge", KIND_CONSENT, NULL },
    { "trigger", KIND_CONSENT, NULL },
    { "calculate", KIND_CALCULATE, NULL },
    { "hidden_value", KIND_CALCULATE, NULL },
    { "range", KIND_RANGE, NULL },
    { "time", KIND_KEPT, CLOCK },
    { "geopoint", KIND_KEPT, PLACE },
    { "gps", KIND_KEPT, PLACE },
    { "location", KIND_KEPT, PLACE },
    { "geotrace", KIND_KEPT, PLACE },
    { "geoshape", KIND_KEPT, PLACE },
    { "image", KIND_KEPT, FILES },
    { "photo", KIND_KEPT, FILES },
    { "picture", KIND_KEPT, FILES },
    { "audio", KIND_KEPT, FILES },
    { "video", KIND_KEPT, FILES },
    { "file", KIND_KEPT, FILES },
    { "barcode", KIND_KEPT, PERSON },
    { "phone_number", KIND_KEPT, PERSON },
    { "hidden", KIND_KEPT, N_("its value comes from another program") },
    { "xml_external", KIND_LEFT_OUT, N_("it stands in another file") },
    { "csv_external", KIND_LEFT_OUT, N_("it stands in another file") },
    { "start", KIND_LEFT_OUT, DEVICE },
    { "end", KIND_LEFT_OUT, DEVICE },
    { "today", KIND_LEFT_OUT, DEVICE },
    { "audit", KIND_LEFT_OUT, DEVICE },
    { "deviceid", KIND_LEFT_OUT, DEVICE },
    { "device_id", KIND_LEFT_OUT, DEVICE },
    { "imei", KIND_LEFT_OUT, DEVICE },
    { "subscriberid", KIND_LEFT_OUT, DEVICE },
    { "subscriber_id", KIND_LEFT_OUT, DEVICE },
    { "simserial", KIND_LEFT_OUT, DEVICE },
    { "sim_id", KIND_LEFT_OUT, DEVICE },
    { "network_type", KIND_LEFT_OUT, DEVICE },
    { "phonenumber", KIND_LEFT_OUT, PERSON },
    { "username", KIND_LEFT_OUT, PERSON },
    { "email", KIND_LEFT_OUT, PERSON },
    { "caseid", KIND_LEFT_OUT, PERSON },
    { "start_geopoint", KIND_LEFT_OUT, PLACE },
    { "background_audio", KIND_LEFT_OUT, FILES },
    { "background_geopoint", KIND_LEFT_OUT, PLACE },
    { "end_group", KIND_END, NULL },
    { "end_repeat", KIND_END, NULL },
    { "end_loop", KIND_END, NULL },
    { "end_lgroup", KIND_END, NULL },
    { "end_looped_group", KIND_END, NULL },
    { "begin_group", KIND_BEGIN_GROUP, NULL },
    { "begin_repeat", KIND_BEGIN_REPEAT, NULL },
    { "begin_lgroup", KIND_BEGIN_REPEAT, NULL },
    { "begin_looped_group", KIND_BEGIN_REPEAT, NULL },
    { "include", KIND_INCLUDE, NULL },
}, selects[] = { /* longer spellings first */
    { "select_one_from_file", KIND_SELECT_ONE, "" },
    { "select_multiple_from_file", KIND_SELECT_MULTIPLE, "" },
    { "select_one_external", KIND_SELECT_ONE, "" },
    { "add_select_one_prompt_using", KIND_SELECT_ONE, NULL },
    { "add_select_multiple_prompt_using", KIND_SELECT_MULTIPLE, NULL },
    { "select_all_that_apply_from", KIND_SELECT_MULTIPLE, NULL },
    { "select_all_that_apply", KIND_SELECT_MULTIPLE, NULL },
    { "select_one_from", KIND_SELECT_ONE, NULL },
    { "select_multiple_from", KIND_SELECT_MULTIPLE, NULL },
    { "select_one", KIND_SELECT_ONE, NULL },
    { "select_multiple", KIND_SELECT_MULTIPLE, NULL },
    { "select1", KIND_SELECT_ONE, NULL },
    { "select", KIND_SELECT_MULTIPLE, NULL },
    { "odk:rank", KIND_RANK, NULL },
    { "rank", KIND_RANK, NULL },
    { "begin_loop_over", KIND_BEGIN_LOOP, NULL },
    { "osm", KIND_KEPT, PLACE },
};

/* Small letters, one "_" for blanks and "-"; "q integer" and "add integer prompt" become "integer". */
static void simplify(const char *cell, char *out, size_t room)
{
    size_t length = 0;
    for (; *cell != '\0' && length + 1 < room; cell++) {
        bool gap = isspace((unsigned char)*cell) || *cell == '_' || *cell == '-';
        if (gap && (length == 0 || out[length - 1] == '_'))
            continue;
        out[length++] = gap ? '_' : (char)tolower((unsigned char)*cell);
    }
    while (length > 0 && out[length - 1] == '_')
        length--;
    out[length] = '\0';
    if (strncmp(out, "q_", 2) == 0)
        memmove(out, out + 2, length - 1);
    else if (strncmp(out, "uri:", 4) == 0)
        memmove(out, out + 4, length - 3);
    else if (strncmp(out, "add_", 4) == 0 && length > 11 && strcmp(out + length - 7, "_prompt") == 0) {
        out[length - 7] = '\0';
        memmove(out, out + 4, length - 7 - 4 + 1);
    }
}

/* How many bytes of the cell the spelling takes: blanks, "_" and "-" are the same, letters of any size. 0: not that. */
static size_t matches(const char *cell, const char *spelling)
{
    size_t at = 0;
    for (; *spelling != '\0'; spelling++) {
        if (*spelling == '_') {
            size_t gap = strspn(cell + at, " \t_-");
            if (gap == 0)
                return 0;
            at += gap;
        } else if (tolower((unsigned char)cell[at]) == *spelling)
            at++;
        else
            return 0;
    }
    return cell[at] == '\0' || isspace((unsigned char)cell[at]) ? at : 0;
}

/* The last words "or_other" or "or specify other" are no part of the name of the list. */
static const char *take_list(struct xlsform *form, const char *rest, bool *or_other)
{
    static const char *const ends[] = { "or_specify_other", "or_other" };
    rest += strspn(rest, " \t");
    size_t length = strlen(rest);
    for (size_t i = 1; i < length; i++)
        for (size_t j = 0; j < COUNT(ends); j++)
            if (isspace((unsigned char)rest[i - 1]) && matches(rest + i, ends[j]) == length - i) {
                length = i;
                *or_other = true;
            }
    while (length > 0 && isspace((unsigned char)rest[length - 1]))
        length--;
    const char *list = arena_copy(form->arena, rest, length);
    if (list == NULL)
        xlsform_full(form);
    return list != NULL ? list : "";
}

struct xlsform_type xlsform_type(struct xlsform *form, const char *cell)
{
    struct xlsform_type type = { .kind = KIND_UNKNOWN, .list = "" };
    char name[64];
    simplify(cell, name, sizeof name);
    for (size_t i = 0; i < COUNT(simple); i++)
        if (strcmp(name, simple[i].name) == 0) {
            type.kind = simple[i].kind;
            type.reason = simple[i].reason;
            return type;
        }
    for (size_t i = 0; i < COUNT(selects); i++) {
        size_t length = matches(cell, selects[i].name);
        if (length == 0)
            continue;
        type.kind = selects[i].kind;
        type.external = selects[i].reason != NULL && selects[i].reason[0] == '\0';
        type.reason = type.external ? NULL : selects[i].reason;
        type.list = take_list(form, cell + length, &type.or_other);
        return type;
    }
    return type;
}
