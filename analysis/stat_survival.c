/* One pass: the share is a product over the times at which somebody left. */
#include "analysis/stat_survival.h"

#include <gsl/gsl_cdf.h>

static enum status check(const struct survival_step steps[], size_t count, double *people, struct fail *fail)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct survival_step *step = &steps[i];
        if (!isfinite(step->time) || (i > 0 && !(step->time > steps[i - 1].time)))
            return FAIL(fail, STATUS_INPUT, "times must ascend, each of them once");
        if (!(step->left >= 0) || !(step->censored >= 0) || !isfinite(step->left + step->censored))
            return FAIL(fail, STATUS_INPUT, "counts of people must not be negative");
        sum += step->left + step->censored;
    }
    *people = sum;
    return STATUS_OK;
}

static void add_ranges(struct survival *survival, double share, double variance, double confidence)
{
    const double z = gsl_cdf_ugaussian_Pinv(0.5 + confidence / 2);
    survival->log_log = survival->plain = (struct range){ share, NOT_A_NUMBER, NOT_A_NUMBER };
    survival->error = share > 0 ? share * sqrt(variance) : NOT_A_NUMBER;
    if (!(share > 0))
        return;
    survival->plain.low = fmax(0, share - z * survival->error);
    survival->plain.high = fmin(1, share + z * survival->error);
    if (!(share < 1))
        return;
    const double width = z * sqrt(variance) / -log(share);
    survival->log_log.low = pow(share, exp(width));
    survival->log_log.high = pow(share, exp(-width));
}

enum status survival_at(const struct survival_step steps[], size_t count, double time, double confidence,
                        struct survival *survival, struct fail *fail)
{
    double people = 0;
    if (!(confidence > 0) || !(confidence < 1) || !isfinite(time))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    const enum status status = check(steps, count, &people, fail);
    if (status != STATUS_OK)
        return status;
    struct survival made = { .people = people, .watched = people };
    double share = people > 0 ? 1 : NOT_A_NUMBER;
    double variance = 0; /* of the logarithm of the share */
    bool until = false;  /* somebody was seen until that very time */
    for (size_t i = 0; i < count && steps[i].time <= time; i++) {
        const struct survival_step *step = &steps[i];
        if (step->left > 0) {
            share *= (made.watched - step->left) / made.watched;
            variance += step->left / (made.watched * (made.watched - step->left));
        }
        until = step->time >= time && step->left + step->censored > 0;
        made.left += step->left;
        made.watched -= step->left + step->censored;
    }
    if (!(people > 0) || !(made.watched > 0 || share <= 0 || until))
        return FAIL(fail, STATUS_DENIED, "nobody was seen for so long: the share is not known");
    add_ranges(&made, share, variance, confidence);
    *survival = made;
    return STATUS_OK;
}
