/* Opens an .xlsx file: finds the workbook, its sheets, styles and shared strings by the relations the file states. */
#include "base/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "base/xlsx_private.h"
#include "base/xml_tree.h"

enum { NAMES_MAX = 1 << 20, TREE_MAX = 16 << 20 };

/* An entry as a tree. An entry that is missing is a root without children when it may be missing. */
static enum status read_tree(struct xlsx *xlsx, struct arena *arena, const char *entry, const struct xml_node **root,
                             struct fail *fail)
{
    struct buf bytes;
    buf_init(&bytes, TREE_MAX);
    enum status status = unzip_read(xlsx->unzip, entry, &bytes, fail);
    if (status == STATUS_OK)
        status = xml_tree_read(arena, xlsx->name, bytes.bytes != NULL ? bytes.bytes : "", bytes.length, root, fail);
    buf_free(&bytes);
    return status;
}

/* The end of an address such as http://…/relationships/sharedStrings; there are two families of them. */
static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* "worksheets/sheet1.xml" beside folder "xl/", or "/xl/worksheets/sheet1.xml". */
static char *entry_of(struct arena *arena, const char *folder, const char *target)
{
    return target[0] == '/' ? arena_string(arena, target + 1) : arena_format(arena, "%s%s", folder, target);
}

/* Target of the relation with that id or, when id is NULL, of the first of that type; NULL when there is none. */
static const char *related(const struct xml_node *relations, const char *id, const char *type)
{
    for (const struct xml_node *node = xml_child(relations, "Relationship"); node != NULL;
         node = xml_next(node, "Relationship")) {
        const char *own_id = xml_attribute(&node->element, "Id");
        const char *own_type = xml_attribute(&node->element, "Type");
        const char *target = xml_attribute(&node->element, "Target");
        const char *mode = xml_attribute(&node->element, "TargetMode");
        if (own_id == NULL || own_type == NULL || target == NULL || (mode != NULL && strcmp(mode, "External") == 0))
            continue;
        if (ends_with(own_type, type) && (id == NULL || strcmp(own_id, id) == 0))
            return target;
    }
    return NULL;
}

static enum status take_sheets(struct xlsx *xlsx, const struct xml_node *workbook, const struct xml_node *relations,
                               const char *folder, struct fail *fail)
{
    const struct xml_node *sheets = xml_child(workbook, "sheets");
    for (const struct xml_node *node = xml_child(sheets, "sheet"); node != NULL; node = xml_next(node, "sheet")) {
        const char *name = xml_attribute(&node->element, "name");
        const char *id = xml_attribute(&node->element, "id");
        const char *target = id != NULL ? related(relations, id, "/worksheet") : NULL;
        if (name == NULL || target == NULL)
            continue; /* a chart, or a sheet of macros */
        if (xlsx->sheet_count == SHEET_MAX)
            return FAIL(fail, STATUS_LIMIT, "%s: more than %d sheets", xlsx->name, (int)SHEET_MAX);
        xlsx->sheets[xlsx->sheet_count] = arena_string(&xlsx->arena, name);
        xlsx->entries[xlsx->sheet_count] = entry_of(&xlsx->arena, folder, target);
        if (xlsx->sheets[xlsx->sheet_count] == NULL || xlsx->entries[xlsx->sheet_count] == NULL)
            return FAIL(fail, STATUS_LIMIT, "%s: the names of the sheets are too long", xlsx->name);
        xlsx->sheet_count++;
    }
    return xlsx->sheet_count > 0 ? STATUS_OK
                                 : FAIL(fail, STATUS_INPUT, "%s: there are no sheets in the file", xlsx->name);
}

static enum status read_parts(struct xlsx *xlsx, const struct xml_node *relations, const char *folder,
                              struct fail *fail)
{
    const char *styles = related(relations, NULL, "/styles");
    const char *strings = related(relations, NULL, "/sharedStrings");
    const char *styles_entry = styles != NULL ? entry_of(&xlsx->arena, folder, styles) : NULL;
    const char *strings_entry = strings != NULL ? entry_of(&xlsx->arena, folder, strings) : NULL;
    enum status status = STATUS_OK;
    if (styles_entry != NULL && unzip_has(xlsx->unzip, styles_entry))
        status = xlsx_read_styles(xlsx, styles_entry, fail);
    if (status == STATUS_OK && strings_entry != NULL && unzip_has(xlsx->unzip, strings_entry))
        status = xlsx_read_strings(xlsx, strings_entry, fail);
    return status;
}

/* Where the workbook stands ("xl/workbook.xml" in every file known), and the folder it is in. */
static enum status find_workbook(struct xlsx *xlsx, struct arena *arena, const char **entry, const char **folder,
                                 const char **relations, struct fail *fail)
{
    const struct xml_node *root = NULL;
    enum status status = read_tree(xlsx, arena, "_rels/.rels", &root, fail);
    if (status != STATUS_OK)
        return status == STATUS_MISSING ? FAIL(fail, STATUS_INPUT, "%s: this is not a spreadsheet", xlsx->name)
                                        : status;
    const char *target = related(root, NULL, "/officeDocument");
    *entry = target != NULL ? entry_of(arena, "", target) : NULL;
    if (*entry == NULL)
        return FAIL(fail, STATUS_INPUT, "%s: this is not a spreadsheet", xlsx->name);
    const char *slash = strrchr(*entry, '/');
    const char *file = slash != NULL ? slash + 1 : *entry;
    *folder = arena_copy(arena, *entry, (size_t)(file - *entry));
    *relations = *folder != NULL ? arena_format(arena, "%s_rels/%s.rels", *folder, file) : NULL;
    return *relations != NULL ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "%s: out of memory", xlsx->name);
}

static enum status read_workbook(struct xlsx *xlsx, struct arena *arena, struct fail *fail)
{
    const char *entry = NULL;
    const char *folder = NULL;
    const char *relations_entry = NULL;
    const struct xml_node *workbook = NULL;
    const struct xml_node *relations = NULL;
    enum status status = find_workbook(xlsx, arena, &entry, &folder, &relations_entry, fail);
    if (status == STATUS_OK)
        status = read_tree(xlsx, arena, entry, &workbook, fail);
    if (status == STATUS_OK)
        status = read_tree(xlsx, arena, relations_entry, &relations, fail);
    if (status != STATUS_OK)
        return status == STATUS_MISSING ? STATUS_INPUT : status;
    const struct xml_node *properties = xml_child(workbook, "workbookPr");
    const char *calendar = properties != NULL ? xml_attribute(&properties->element, "date1904") : NULL;
    xlsx->since_1904 = calendar != NULL && (strcmp(calendar, "1") == 0 || strcmp(calendar, "true") == 0);
    status = take_sheets(xlsx, workbook, relations, folder, fail);
    return status == STATUS_OK ? read_parts(xlsx, relations, folder, fail) : status;
}

enum status xlsx_open(const char *name, const char *bytes, size_t length, size_t limit, struct xlsx **xlsx,
                      struct fail *fail)
{
    struct xlsx *made = calloc(1, sizeof *made);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    made->name = name;
    made->limit = limit;
    arena_init(&made->arena, NAMES_MAX);
    buf_init(&made->strings, limit);
    buf_init(&made->starts, XLSX_STRING_MAX * sizeof(uint32_t));
    struct arena trees;
    arena_init(&trees, TREE_MAX);
    enum status status = unzip_open(name, bytes, length, limit, &made->unzip, fail);
    if (status == STATUS_OK)
        status = read_workbook(made, &trees, fail);
    arena_free(&trees);
    if (status == STATUS_OK)
        *xlsx = made;
    else
        xlsx_close(made);
    return status;
}

void xlsx_close(struct xlsx *xlsx)
{
    if (xlsx == NULL)
        return;
    unzip_close(xlsx->unzip);
    buf_free(&xlsx->strings);
    buf_free(&xlsx->starts);
    arena_free(&xlsx->arena);
    free(xlsx);
}

size_t xlsx_sheet_count(const struct xlsx *xlsx)
{
    return xlsx->sheet_count;
}

const char *xlsx_sheet_name(const struct xlsx *xlsx, size_t sheet)
{
    return xlsx->sheets[sheet];
}
