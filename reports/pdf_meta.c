/* Metadata for PDF/A-2a and PDF/UA-1. Source: ISO 19005-2:2011, 6.2.3 and 6.6; ISO 14289-1:2014, 5 and 7.
 * Strong markup in headings is dropped in bookmarks and links. */
#include "reports/pdf_meta.h"

#include <string.h>

#include "base/asset.h"
#include "base/html.h"

enum { META_MAX = 4 * 1024 * 1024 };

void pdf_destination(struct buf *text, const struct pdf_place *heading)
{
    buf_format(text, "[%u 0 R/XYZ 0 ", pdf_object_id(heading->page));
    pdf_number(text, heading->y);
    buf_add_string(text, " null]");
}

/* The pdfaExtension part describes pdfuaid, which PDF/A-2 does not know; without it the file is no PDF/A. */
static const char xmp_head[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n";

static const char xmp_tail[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";

static void add_text(struct html *xmp, const char *before, const char *text, const char *after)
{
    buf_add_string(&xmp->out, before);
    html_text(xmp, text);
    buf_add_string(&xmp->out, after);
}

static void write_xmp(struct pdf_file *file, const struct doc *doc, struct buf *catalog)
{
    static const char *const names[] = { "Create", "Modify" };
    struct html xmp = { 0 };
    buf_init(&xmp.out, META_MAX);
    buf_add_string(&xmp.out, xmp_head);
    add_text(&xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", doc->title,
             "</rdf:li></rdf:Alt></dc:title>\n");
    if (doc->author != NULL)
        add_text(&xmp, "<dc:creator><rdf:Seq><rdf:li>", doc->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    if (doc->identifier != NULL)
        add_text(&xmp, "<dc:identifier>", doc->identifier, "</dc:identifier>\n");
    add_text(&xmp, "<dc:language><rdf:Bag><rdf:li>", language_code(doc->language),
             "</rdf:li></rdf:Bag></dc:language>\n");
    for (unsigned i = 0; i < 2 && doc->year > 0; i++) /* a questionnaire has no date */
        buf_format(&xmp.out, "<xmp:%sDate>%04d-%02d-%02dT00:00:00Z</xmp:%sDate>\n", names[i], doc->year, doc->month,
                   doc->day, names[i]);
    buf_add_string(&xmp.out, "<xmp:CreatorTool>Querschnitt</xmp:CreatorTool>\n");
    buf_add_string(&xmp.out, xmp_tail);
    if (xmp.out.failed)
        pdf_file_fail(file);
    struct pdf_object *stream = pdf_stream_new(file, xmp.out.bytes, xmp.out.length, false);
    static const char entries[] = "/Type/Metadata/Subtype/XML\n";
    pdf_object_add(file, stream, entries, sizeof entries - 1);
    buf_format(catalog, "/Metadata %u 0 R\n", pdf_object_id(stream));
    buf_free(&xmp.out);
}

static enum status write_intent(struct pdf_file *file, struct buf *catalog, struct fail *fail)
{
    const struct asset *profile = asset_find("color/sRGB.icc");
    if (profile == NULL)
        return FAIL(fail, STATUS_MISSING, "%s is not built into the program", "color/sRGB.icc");
    struct pdf_object *stream = pdf_stream_new(file, profile->bytes, profile->length, true);
    static const char entries[] = "/N 3\n";
    pdf_object_add(file, stream, entries, sizeof entries - 1);
    buf_format(catalog, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                        "/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile %u 0 R>>]\n",
               pdf_object_id(stream));
    return STATUS_OK;
}

struct bookmark {
    const struct pdf_place *heading;
    struct pdf_object *object;
    size_t parent, previous, next, first, last, count; /* indices; 0 is the root and means none */
};

/* Headings are strictly nested, so a stack of the last bookmark of each level is enough. */
static void link_bookmarks(struct bookmark *marks, size_t count)
{
    size_t path[4] = { 0 };
    for (size_t i = 1; i < count; i++) {
        unsigned level = marks[i].heading->block->level;
        struct bookmark *parent = &marks[path[level - 1]];
        marks[i].parent = path[level - 1];
        marks[i].previous = parent->last;
        if (parent->last != 0)
            marks[parent->last].next = i;
        else
            parent->first = i;
        parent->last = i;
        parent->count++;
        for (unsigned deeper = level; deeper < COUNT(path); deeper++)
            path[deeper] = i;
    }
}

static void add_reference(struct buf *text, const char *key, const struct bookmark *marks, size_t i)
{
    if (i != 0)
        buf_format(text, "/%s %u 0 R", key, pdf_object_id(marks[i].object));
}

static enum status write_bookmarks(struct pdf_file *file, struct arena *arena, const struct pdf_place *headings,
                                   struct buf *catalog, struct fail *fail)
{
    size_t count = 1;
    for (const struct pdf_place *heading = headings; heading != NULL; heading = heading->next)
        count++;
    struct bookmark *marks = ARENA_NEW(arena, struct bookmark, count);
    if (marks == NULL)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    size_t i = 0;
    marks[i++].object = pdf_object_new(file);
    for (const struct pdf_place *heading = headings; heading != NULL; heading = heading->next)
        marks[i++] = (struct bookmark){ .heading = heading, .object = pdf_object_new(file) };
    link_bookmarks(marks, count);
    struct buf text;
    buf_init(&text, META_MAX);
    for (i = 0; i < count; i++) {
        buf_clear(&text);
        if (i == 0) {
            buf_add_string(&text, "/Type/Outlines");
        } else {
            buf_add_string(&text, "/Title");
            pdf_text_string(&text, marks[i].heading->text);
            buf_format(&text, "/Parent %u 0 R/Dest", pdf_object_id(marks[marks[i].parent].object));
            pdf_destination(&text, marks[i].heading);
        }
        add_reference(&text, "Prev", marks, marks[i].previous);
        add_reference(&text, "Next", marks, marks[i].next);
        add_reference(&text, "First", marks, marks[i].first);
        add_reference(&text, "Last", marks, marks[i].last);
        /* Chapters are shown closed: a negative count. */
        if (marks[i].count > 0)
            buf_format(&text, "/Count %s%zu", i == 0 ? "" : "-", marks[i].count);
        pdf_object_add_text(file, marks[i].object, &text);
    }
    if (count > 1)
        buf_format(catalog, "/Outlines %u 0 R/PageMode/UseOutlines\n", pdf_object_id(marks[0].object));
    enum status status = buf_status(&text, "PDF", fail);
    buf_free(&text);
    return status;
}

enum status pdf_meta_write(struct pdf_file *file, struct arena *arena, const struct doc *doc,
                           const struct pdf_place *headings, const struct pdf_object *tree, size_t annex,
                           struct fail *fail)
{
    struct buf catalog;
    buf_init(&catalog, META_MAX);
    buf_format(&catalog, "/Lang(%s)/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>\n"
                         "/StructTreeRoot %u 0 R/PageLabels<</Nums[0<</S/D>>",
               language_code(doc->language), pdf_object_id(tree));
    if (annex > 0)
        buf_format(&catalog, " %zu<</S/D/P(A)>>", annex);
    buf_add_string(&catalog, "]>>\n");
    write_xmp(file, doc, &catalog);
    enum status status = write_intent(file, &catalog, fail);
    if (status == STATUS_OK)
        status = write_bookmarks(file, arena, headings, &catalog, fail);
    if (status == STATUS_OK)
        status = buf_status(&catalog, "PDF", fail);
    pdf_catalog_add(file, &catalog);
    buf_clear(&catalog);
    buf_add_string(&catalog, "/Title");
    pdf_text_string(&catalog, doc->title);
    pdf_info_add(file, &catalog);
    buf_free(&catalog);
    return status;
}
