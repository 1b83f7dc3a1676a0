/* One person's questionnaire: what is shown, what is skipped, what is said. Codes are those of questionnaire.md. */
#include "survey/demo_people.h"

#include <stdio.h>
#include <string.h>

struct writer {
    const struct demo_city *city;
    const struct demo_year *year;
    const struct demo_person *person;
    struct seeded seeded;
    struct answers *answers;
    bool silent;    /* keeps M1..M5 to themselves */
    bool languages; /* speaks more than German */
};

enum { CODE_ROOM = 16 };

static void draw_code(struct seeded *seeded, const char *const codes[], const unsigned weights[], size_t count,
                      char code[CODE_ROOM])
{
    snprintf(code, CODE_ROOM, "%s", codes[demo_draw(seeded, weights, count)]);
}

/* Single items whose answer does not follow from the person: codes and weights without and with immigration history. */
static const struct plain {
    const char *id;
    const char *codes[6];
    unsigned weights[2][6];
} plains[] = {
    { "KP2", { "1", "2", "3", "4", "9" }, { { 22, 43, 24, 6, 5 }, { 18, 40, 28, 9, 5 } } },
    { "KP3", { "1", "2", "3", "4", "5", "6" }, { { 37, 14, 8, 24, 12, 5 }, { 27, 31, 8, 20, 10, 4 } } },
    { "SP2", { "1", "2", "3", "4", "9" }, { { 22, 17, 8, 48, 5 }, { 41, 31, 12, 9, 7 } } },
    { "SP3", { "1", "2", "3", "4", "5" }, { { 20, 23, 28, 18, 11 }, { 10, 15, 25, 27, 23 } } },
    { "DI3", { "1", "2", "3", "4", "9" }, { { 65, 11, 12, 7, 5 }, { 51, 18, 12, 12, 7 } } },
    { "DI4", { "1", "2" }, { { 46, 54 }, { 41, 59 } } },
    { "FB1", { "1", "2", "3", "4", "5" }, { { 16, 8, 31, 22, 23 }, { 18, 9, 34, 22, 17 } } },
    { "SJ1", { "a", "b", "c", "d" }, { { 21, 47, 18, 14 }, { 17, 54, 17, 12 } } },
    { "SJ2", { "a", "b", "c", "d" }, { { 17, 6, 44, 33 }, { 14, 9, 52, 25 } } },
    { "SJ3", { "a", "b", "c", "d" }, { { 31, 50, 3, 16 }, { 27, 56, 2, 15 } } },
    { "SJ4", { "a", "b", "c", "d" }, { { 9, 15, 70, 6 }, { 5, 9, 77, 9 } } },
};

static bool plain_code(struct writer *writer, const char *id, char code[CODE_ROOM])
{
    for (size_t i = 0; i < COUNT(plains); i++) {
        if (strcmp(id, plains[i].id) != 0)
            continue;
        size_t count = 0;
        while (count < COUNT(plains[i].codes) && plains[i].codes[count] != NULL)
            count++;
        draw_code(&writer->seeded, plains[i].codes, plains[i].weights[writer->person->migration], count, code);
        return true;
    }
    return false;
}

static void person_code(struct writer *writer, const char *id, char code[CODE_ROOM])
{
    const struct demo_person *person = writer->person;
    const bool refused = demo_chance(&writer->seeded, 0.03);
    unsigned value = 9;
    if (strcmp(id, "D2") == 0)
        value = person->band;
    else if (strcmp(id, "D3") == 0)
        value = person->tenure;
    else if (strcmp(id, "D4") == 0)
        value = person->leadership > 0 ? 1 : 2;
    else if (strcmp(id, "D5") == 0)
        value = demo_age_band(person);
    else if (strcmp(id, "D6") == 0)
        value = person->sex == 'w' ? 1 : person->sex == 'm' ? 2 : person->sex == 'd' ? 3 : 9;
    snprintf(code, CODE_ROOM, "%u", refused ? 9 : value);
}

/* The person's unit if the form offers it, else the nearest unit above it that is offered. */
static void unit_code(struct writer *writer, const struct item *item, char code[CODE_ROOM])
{
    int unit = writer->person->unit;
    while (unit >= 0 && item_option(item, writer->city->units[unit].id) < 0)
        unit = writer->city->units[unit].parent;
    if (demo_chance(&writer->seeded, 0.04))
        snprintf(code, CODE_ROOM, "9");
    else if (unit >= 0)
        snprintf(code, CODE_ROOM, "%s", writer->city->units[unit].id);
}

static void origin_code(struct writer *writer, const char *id, char code[CODE_ROOM])
{
    const size_t question = (size_t)(id[1] - '1');
    const bool unknown = question >= 2 && demo_chance(&writer->seeded, 0.015);
    snprintf(code, CODE_ROOM, "%u", writer->silent || unknown ? 9u : (unsigned)writer->person->facts[question]);
}

static void worse_code(struct writer *writer, char code[CODE_ROOM])
{
    const bool refused = demo_chance(&writer->seeded, 0.04);
    const bool once = demo_chance(&writer->seeded, writer->person->migration ? 0.45 : 0.6);
    snprintf(code, CODE_ROOM, "%s", refused ? "9" : !writer->person->worse ? "1" : once ? "2" : "3");
}

static void speaking_code(struct writer *writer, char code[CODE_ROOM])
{
    static const char *const codes[] = { "1", "2", "3", "4" };
    static const unsigned none[] = { 0, 0, 4, 96 };
    static const unsigned some[] = { 12, 18, 34, 36 };
    static const unsigned many[] = { 38, 20, 24, 18 };
    draw_code(&writer->seeded, codes, !writer->languages ? none : writer->person->migration ? many : some, 4, code);
}

static void rating_code(struct writer *writer, enum demo_scale scale, size_t position, char code[CODE_ROOM])
{
    /* Who has no contact with residents cannot judge the structures as often. */
    const double unsure = scale == DEMO_ST ? (writer->person->contact >= 4 ? 0.22 : 0.10)
                          : scale == DEMO_IK && position >= 3 ? 0.08 : 0.0;
    if (demo_chance(&writer->seeded, unsure))
        snprintf(code, CODE_ROOM, "98");
    else
        snprintf(code, CODE_ROOM, "%u", demo_rating(writer->city, writer->year, writer->person, scale, position));
}

static bool starts(const char *id, const char *prefix)
{
    return strncmp(id, prefix, strlen(prefix)) == 0;
}

static void choose_single(struct writer *writer, const struct item *item, char code[CODE_ROOM])
{
    enum demo_scale scale = DEMO_HM;
    size_t position = 0;
    if (demo_rated(item->id, &scale, &position))
        rating_code(writer, scale, position, code);
    else if (strcmp(item->id, "KP1") == 0)
        snprintf(code, CODE_ROOM, "%u", writer->person->contact);
    else if (strcmp(item->id, "SP1") == 0)
        speaking_code(writer, code);
    else if (strcmp(item->id, "DI1") == 0)
        worse_code(writer, code);
    else if (strcmp(item->id, "D1") == 0)
        unit_code(writer, item, code);
    else if (strlen(item->id) == 2 && item->id[0] == 'M' && item->id[1] >= '1' && item->id[1] <= '5')
        origin_code(writer, item->id, code);
    else if (!plain_code(writer, item->id, code) && starts(item->id, "D"))
        person_code(writer, item->id, code);
}

/* Options of the multiple items with their chances in per cent, without and with immigration history. */
static const struct wish {
    const char *id, *code;
    unsigned chance[2];
} wishes[] = {
    { "DI2", "1", { 42, 45 } }, { "DI2", "2", { 22, 28 } }, { "DI2", "3", { 46, 50 } },
    { "DI2", "4", { 9, 10 } }, { "FB2", "1", { 42, 36 } }, { "FB2", "2", { 31, 27 } },
    { "FB2", "3", { 38, 30 } }, { "FB2", "4", { 27, 23 } }, { "FB2", "5", { 12, 29 } },
    { "FB2", "6", { 10, 12 } }, { "FB2", "7", { 24, 22 } }, { "FB2", "8", { 35, 33 } },
    { "D8", "eng", { 82, 62 } }, { "D8", "fra", { 12, 6 } }, { "D8", "spa", { 6, 3 } },
    { "D8", "ita", { 2, 4 } }, { "D8", "tur", { 1, 33 } }, { "D8", "ara", { 0, 11 } },
    { "D8", "ron", { 0, 7 } }, { "D8", "pol", { 3, 14 } }, { "D8", "bul", { 0, 4 } },
    { "D8", "ukr", { 0, 3 } }, { "D8", "kur", { 0, 6 } }, { "D8", "rus", { 4, 13 } },
    { "D8", "bks", { 0, 6 } }, { "D8", "fas", { 0, 3 } }, { "D8", "gsg", { 1, 1 } },
    { "D8", "oth", { 5, 9 } },
};

static uint32_t bit(const struct item *item, const char *code)
{
    const int option = item_option(item, code);
    return option >= 0 && option < FORM_SET_MAX ? (uint32_t)1 << option : 0;
}

static uint32_t choose_several(struct writer *writer, const struct item *item)
{
    const bool refused = demo_chance(&writer->seeded, 0.04);
    if (refused && bit(item, "9") != 0)
        return bit(item, "9");
    if (strcmp(item->id, "D8") == 0 && !writer->languages)
        return bit(item, "deu");
    uint32_t set = 0;
    unsigned chosen = 0;
    /* Starts anywhere in the list, so that "no more than three" does not favour the first options. */
    const size_t start = seeded_below(&writer->seeded, COUNT(wishes));
    for (size_t i = 0; i < COUNT(wishes); i++) {
        const struct wish *wish = &wishes[(start + i) % COUNT(wishes)];
        if (strcmp(wish->id, item->id) != 0 || (item->choose_max > 0 && chosen >= item->choose_max))
            continue;
        const bool wished = seeded_below(&writer->seeded, 100) < wish->chance[writer->person->migration];
        if (wished && bit(item, wish->code) != 0) {
            set |= bit(item, wish->code);
            chosen++;
        }
    }
    if (set != 0)
        return set;
    return bit(item, strcmp(item->id, "FB2") == 0 ? "0" : strcmp(item->id, "D8") == 0 ? "deu" : "9");
}

/* Chance to leave a question out; later and more personal questions are skipped more often. */
static double skipping(const struct item *item)
{
    return item->sensitive ? 0.035 : starts(item->id, "D") ? 0.02 : 0.012;
}

static void answer_item(struct writer *writer, size_t position)
{
    const struct item *item = &writer->answers->form->items[position];
    struct answer *answer = &writer->answers->items[position];
    if (item->off || item->option_count == 0 || demo_chance(&writer->seeded, skipping(item)))
        return;
    if (strcmp(item->id, "DI2") == 0 || strcmp(item->id, "FB2") == 0 || strcmp(item->id, "D8") == 0) {
        answer->set = choose_several(writer, item);
        return;
    }
    char code[CODE_ROOM] = "";
    choose_single(writer, item, code);
    const int option = code[0] != '\0' ? item_option(item, code) : -1;
    if (option >= 0 && option < ANSWER_NONE)
        answer->choice = (uint8_t)option;
}

enum status demo_answers(const struct demo_city *city, int year, const struct form *form, size_t person,
                         struct arena *arena, struct answers *answers, struct fail *fail)
{
    const struct demo_year *staff = demo_year(city, year);
    if (staff == NULL || person >= staff->person_count)
        return FAIL(fail, STATUS_INPUT, "the demo city has no such person");
    const enum status status = answers_create(arena, form, answers, fail);
    if (status != STATUS_OK)
        return status;
    struct writer writer = { .city = city, .year = staff, .person = &staff->persons[person], .answers = answers };
    demo_generator(&writer.seeded, city->seed, PURPOSE_ANSWER, ((uint64_t)year << 32) + writer.person->key);
    writer.silent = demo_chance(&writer.seeded, 0.05);
    writer.languages = demo_chance(&writer.seeded, writer.person->migration ? 0.93 : 0.48);
    for (size_t i = 0; i < form->page_count; i++) {
        const struct page *page = &form->pages[i];
        size_t left = page->rotate > 0 && page->rotate < page->item_count ? page->rotate : page->item_count;
        for (size_t j = 0; j < page->item_count; j++) {
            /* Selection sampling: each of the remaining items with the chance left / remaining. */
            if (seeded_below(&writer.seeded, (uint32_t)(page->item_count - j)) >= left)
                continue;
            left--;
            if (answers_shown(answers, page->item_first + j))
                answer_item(&writer, page->item_first + j);
        }
    }
    return STATUS_OK;
}
