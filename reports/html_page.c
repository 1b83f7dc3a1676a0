/* The whole report as one HTML file that needs nothing else: no script, no font, no address outside; the style sheet
 * stands inside and the policy in the head allows this one only. Sections are html_body's business. */
#include <openssl/evp.h>

#include "base/asset.h"
#include "reports/html_body.h"

/* 'sha256-…' of a Content-Security-Policy wants Base64: 32 bytes, 44 characters. */
static enum status style_hash(const struct asset *style, char out[45], struct fail *fail)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (EVP_Digest(style->bytes, style->length, digest, &length, EVP_sha256(), NULL) != 1 || length != 32)
        return FAIL(fail, STATUS_CRYPTO, "SHA-256 failed");
    (void)EVP_EncodeBlock((unsigned char *)out, digest, (int)length);
    return STATUS_OK;
}

static void write_head(struct html *page, const struct doc *doc, const struct asset *style, const char *hash)
{
    HTML(page, "<!DOCTYPE html>\n<html");
    HTML_ATTR(page, "lang", language_code(doc->language));
    HTML(page, ">\n<head>\n<meta charset=\"utf-8\"/>\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    html_text(page, hash);
    HTML(page, "'\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
    html_text(page, doc->title);
    if (doc->author != NULL) {
        HTML(page, " · ");
        html_text(page, doc->author);
    }
    HTML(page, "</title>\n");
    if (doc->identifier != NULL) {
        HTML(page, "<meta name=\"dcterms.identifier\"");
        HTML_ATTR(page, "content", doc->identifier);
        HTML(page, "/>\n");
    }
    HTML(page, "<style>");
    buf_add(&page->out, style->bytes, style->length); /* ours, without a sign that would end the element */
    HTML(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#report\">");
    html_text(page, tr(doc->language, N_("To the text")));
    HTML(page, "</a>\n<main id=\"report\" tabindex=\"-1\">\n");
}

enum status doc_write_page(const struct doc *doc, struct buf *out, struct fail *fail)
{
    char hash[45];
    const struct asset *style = asset_find("reports/report.css");
    if (style == NULL || doc->title == NULL)
        return FAIL(fail, STATUS_INPUT, "the report has no title");
    enum status status = style_hash(style, hash, fail);
    if (status != STATUS_OK)
        return status;
    struct html page;
    buf_init(&page.out, out->limit);
    write_head(&page, doc, style, hash);
    status = html_body(&page, doc, true, fail);
    HTML(&page, "</main>\n</body>\n</html>\n");
    if (status == STATUS_OK)
        return buf_move(out, &page.out, tr(doc->language, N_("the report")), fail);
    buf_free(&page.out);
    return status;
}
