/* Private to expression_nodes.c, _terms.c, _translate.c, _xlsform.c and _limesurvey.c, each using those before it:
 * reading a foreign expression into a tree of ours. The grammar of both is the same but for spelling; functions and
 * names are the dialect's own. */
#ifndef FORMS_EXPRESSION_TRANSLATE_H
#define FORMS_EXPRESSION_TRANSLATE_H

#include "forms/expression_foreign.h"

enum { FOREIGN_OPERAND_MAX = 64, FOREIGN_NAME_MAX = 200 };

/* What an operand is before it is known what it is compared with. */
struct term {
    struct expression *node;  /* NULL: refused, or memory (see translator->status) */
    struct foreign_name name; /* item not NULL: the bare answer to a question */
    bool empty_possible;      /* may be their empty text where ours is missing */
};

struct translator {
    const struct foreign *foreign;
    const struct dialect *dialect;
    const char *at;
    size_t nodes;
    unsigned depth;
    enum status status; /* the first failure stays */
    struct fail *fail;
};

struct foreign_sign {
    const char *text;
    enum expression_operator operator;
};

struct foreign_function {
    const char *name;
    size_t least, most;
    struct term (*make)(struct translator *translator, struct term operands[], size_t count);
};

struct dialect {
    const struct foreign_sign *signs; /* longer ones first; ends with text NULL */
    const struct foreign_function *functions;
    size_t function_count;
    const char *name_characters;                          /* of functions */
    struct term (*read_name)(struct translator *reading); /* .node NULL and STATUS_OK: no name stands here */
    bool lime;
};

MUST_USE enum status foreign_translate(const struct foreign *foreign, const struct dialect *dialect, const char *source,
                                       const char **native, struct fail *fail);

/* Refuses; returns a term without node. why: N_(). */
struct term foreign_refuse(struct translator *translator, const char *why);
struct term foreign_find(struct translator *translator, const char *name);
struct term foreign_own(struct translator *translator);

/* A tree of one, two or three operands; NULL when one of them is. Operands belong to one parent only. */
struct expression *foreign_node(struct translator *translator, enum expression_operator operator,
                                struct expression * first, struct expression *second, struct expression *third);
struct expression *foreign_leaf(struct translator *translator, enum expression_operator operator, const char * text);
bool foreign_is_number(const char *text); /* digits, perhaps with a point between them */
struct expression *foreign_number(struct translator *translator, const char *digits);
struct expression *foreign_text(struct translator *translator, const char *text);
struct expression *foreign_missing(struct translator *translator);
struct expression *foreign_again(struct translator *translator, const struct term *term); /* a bare answer once more */

/* The operand as a number or text; as true or false; whether it is answered. */
struct expression *foreign_value(struct translator *translator, const struct term *term);
struct expression *foreign_truth(struct translator *translator, const struct term *term);
struct expression *foreign_answered(struct translator *translator, const struct term *term);

struct term foreign_equal(struct translator *translator, struct term left, struct term right, bool unequal);

struct term foreign_if(struct translator *translator, struct term operands[], size_t count);
struct term foreign_round(struct translator *translator, struct term operands[], size_t count);
/* min and max that are missing when one operand is. */
struct term foreign_least(struct translator *translator, struct term operands[], size_t count);
struct term foreign_most(struct translator *translator, struct term operands[], size_t count);
struct term foreign_length(struct translator *translator, struct term operands[], size_t count);
struct term foreign_not(struct translator *translator, struct term operands[], size_t count);

#endif
