/* Every unit held against all others by each of its children, in many draws (see votes.py).
   Compiled once for vectors of each number of BYTES. */

#include <stdint.h>

#ifndef BYTES
#define BYTES 16
#endif
#define NAMED_(bytes) softpower_votes_##bytes
#define NAMED(bytes) NAMED_(bytes)
#define EACH (BYTES / 8) /* numbers of a vector */

typedef double Numbers __attribute__((vector_size(BYTES)));
typedef int64_t Masks __attribute__((vector_size(BYTES)));

static inline Numbers where(Masks mask, Numbers numbers)
{
    return (Numbers)((Masks)numbers & mask);
}

static inline Numbers all(double number)
{
    Numbers out;
    for (int i = 0; i < EACH; i++)
        out[i] = number;
    return out;
}

/* Write how many of the others each unit beats by votes, less how many beat it (draws x units).

   Each child has a weight, values of the units (NaN where missing), and what a difference is above
   that is a lead, which are one for all draws if their `step` is 0. Votes of a pair are divided by
   the weight of what both have, unless all have all (`whole`); what is not above `even` is a tie.
   `room` is (children + 3) x units, up to a full vector. */
void NAMED(BYTES)(int64_t children, int64_t draws, int64_t units, const double *const *weight,
                  const int64_t *weight_step, const double *const *value, const int64_t *value_step,
                  const double *const *lead, const int64_t *lead_step, int64_t whole, double even,
                  Numbers *room, double *out)
{
    const int64_t length = (units + EACH - 1) / EACH;
    const Numbers none = all(0.0), one = all(1.0), tie = all(even);
    Numbers *over = room + children * length, *both = over + length, *sums = both + length;
    for (int64_t draw = 0; draw < draws; draw++, out += units) {
        for (int64_t k = 0; k < children; k++) {
            const double *own = value[k] + draw * value_step[k];
            double *to = (double *)(room + k * length);
            for (int64_t u = 0; u < length * EACH; u++)
                to[u] = u < units ? own[u] : __builtin_nan("");
        }
        for (int64_t part = 0; part < length; part++)
            sums[part] = none;
        for (int64_t unit = 0; unit + 1 < units; unit++) {
            const int64_t first = (unit + 1) / EACH; /* those before were held against it */
            for (int64_t part = first; part < length; part++)
                over[part] = both[part] = none;
            for (int64_t k = 0; k < children; k++) {
                const Numbers *own = room + k * length;
                const Numbers self = all(((const double *)own)[unit]);
                const Numbers by = all(weight[k][draw * weight_step[k]]);
                const Numbers beyond = all(lead[k][draw * lead_step[k]]);
                for (int64_t part = first; part < length; part++) {
                    Numbers apart = self - own[part];
                    over[part] += where(apart > beyond, by) - where(apart < -beyond, by);
                }
                for (int64_t part = first; !whole && part < length; part++) {
                    Numbers apart = self - own[part];
                    both[part] += where(apart == apart, by);
                }
            }
            for (int64_t u = first * EACH; u <= unit; u++)
                ((double *)over)[u] = 0.0;
            Numbers sum = none;
            for (int64_t part = first; part < length; part++) {
                Numbers votes = over[part];
                if (!whole)
                    votes = where(both[part] > none, votes / both[part]);
                votes = where(votes > tie, one) - where(votes < -tie, one);
                sums[part] -= votes;
                sum += votes;
            }
            for (int i = 0; i < EACH; i++)
                ((double *)sums)[unit] += sum[i];
        }
        for (int64_t u = 0; u < units; u++)
            out[u] = ((const double *)sums)[u];
    }
}
