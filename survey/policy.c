#include "survey/policy.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct threshold {
    const char *name; /* of the setting */
    size_t at;        /* in struct policy */
} thresholds[] = {
    { "min_answers", offsetof(struct policy, answers_min) },
    { "min_heads", offsetof(struct policy, heads_min) },
    { "min_percent_base", offsetof(struct policy, percent_base) },
    { "min_decimal_base", offsetof(struct policy, decimal_base) },
};

static unsigned *value_of(struct policy *policy, const struct threshold *threshold)
{
    return (unsigned *)((char *)policy + threshold->at);
}

static const struct threshold *find(const char *setting)
{
    for (size_t i = 0; i < COUNT(thresholds); i++)
        if (strcmp(thresholds[i].name, setting) == 0)
            return &thresholds[i];
    return NULL;
}

bool policy_is(const char *setting)
{
    return find(setting) != NULL;
}

/* A whole number from least on; 0 for anything else. */
static unsigned number_of(const char *text, unsigned least)
{
    size_t length = strlen(text);
    if (length == 0 || length > 5 || strspn(text, "0123456789") != length)
        return 0;
    unsigned long number = strtoul(text, NULL, 10);
    return number >= least && number <= POLICY_MOST ? (unsigned)number : 0;
}

enum status policy_read(struct store *store, struct policy *policy, struct fail *fail)
{
    *policy = policy_default;
    for (size_t i = 0; i < COUNT(thresholds); i++) {
        char text[16] = "";
        unsigned *value = value_of(policy, &thresholds[i]);
        enum status status = store_fact(store, thresholds[i].name, text, sizeof text, NULL);
        if (status == STATUS_MISSING)
            continue; /* nothing set: the default holds */
        if (status != STATUS_OK)
            return FAIL(fail, status, "the thresholds cannot be read");
        unsigned number = number_of(text, *value);
        if (number == 0)
            return FAIL(fail, STATUS_INPUT, "the threshold %s is stored as \"%s\"; it must be a whole number from %u to %d: set it again",
                        thresholds[i].name, text, *value, (int)POLICY_MOST);
        *value = number;
    }
    return STATUS_OK;
}

void policy_print(const struct policy *policy, char text[POLICY_TEXT])
{
    struct policy copy = *policy;
    size_t used = 0;
    for (size_t i = 0; i < COUNT(thresholds) && used < POLICY_TEXT; i++)
        used += (size_t)snprintf(text + used, POLICY_TEXT - used, "%s%s=%u", i == 0 ? "" : " ", thresholds[i].name,
                                 *value_of(&copy, &thresholds[i]));
}

enum status policy_scan(const char *text, struct policy *policy, struct fail *fail)
{
    struct policy read = policy_default;
    char number[8], again[POLICY_TEXT];
    const char *at = text;
    for (size_t i = 0; i < COUNT(thresholds); i++) {
        const char *value = strchr(at, '=');
        size_t length = value == NULL ? 0 : strcspn(value + 1, " ");
        if (value == NULL || length >= sizeof number)
            return FAIL(fail, STATUS_INPUT, "these are no thresholds: \"%.120s\"", text);
        memcpy(number, value + 1, length);
        number[length] = '\0';
        *value_of(&read, &thresholds[i]) = number_of(number, *value_of(&read, &thresholds[i]));
        at = value + 1 + length;
    }
    policy_print(&read, again);
    if (strcmp(again, text) != 0)
        return FAIL(fail, STATUS_INPUT, "these are no thresholds: \"%.120s\"", text);
    *policy = read;
    return STATUS_OK;
}

void policy_at_least(struct policy *policy, const struct policy *least)
{
    struct policy copy = *least;
    for (size_t i = 0; i < COUNT(thresholds); i++) {
        unsigned *value = value_of(policy, &thresholds[i]);
        const unsigned promised = *value_of(&copy, &thresholds[i]);
        *value = *value < promised ? promised : *value;
    }
}

enum status policy_raise(struct store *store, const char *setting, const char *value, struct fail *fail)
{
    const struct threshold *threshold = find(setting);
    struct policy policy;
    if (threshold == NULL)
        return FAIL(fail, STATUS_INPUT, "%s is no threshold", setting);
    enum status status = policy_read(store, &policy, fail);
    if (status != STATUS_OK)
        return status;
    const unsigned now = *value_of(&policy, threshold);
    if (number_of(value, now) == 0)
        return FAIL(fail, STATUS_INPUT, "%s is %u now; it may be raised up to %d, not lowered: staff were promised at least that",
                    setting, now, (int)POLICY_MOST);
    return store_fact_set(store, setting, value, fail);
}
