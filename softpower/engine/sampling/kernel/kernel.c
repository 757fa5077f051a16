/* Many draws at once: weighted means in spite of gaps, the order of the units, and what is counted.

   LANES draws lie side by side (a tile: units x LANES), so that one instruction works on several.
   They are put in order by a network, which compares the same positions in every draw, or if there
   are many by their digits. All of this has a twin in numpy, which leads to the same counts. Compiled once for vectors of each number of
   BYTES; that for the shortest, which every processor has, chooses among them. */

#include <stdint.h>
#include <string.h>

#ifndef BYTES
#define BYTES 16
#endif
#define NAMED_(bytes) softpower_count_##bytes
#define NAMED(bytes) NAMED_(bytes)

#define LANES 16
#define TOGETHER 4 /* units whose sums are worked out side by side */
#define MANY 1536  /* more units than these are put in order draw by draw... */
#define UNIT 16    /* ...by keys of which the unit has so many bits... */
#define DIGIT 8    /* ...and each of two digits of the score as many as this; */
#define MOVES 8    /* then they stand by fewer places than this, on average, from where they belong */
#define NONE 0     /* the pattern of gaps of a unit that has no value in a pillar... */
#define ALL 1      /* ...of one that lacks nothing... */
#define SOME 2     /* ...and the first of the others */

typedef double Numbers __attribute__((vector_size(BYTES)));
typedef int64_t Masks __attribute__((vector_size(BYTES)));
typedef int32_t Whole __attribute__((vector_size(BYTES)));
typedef uint32_t Positive __attribute__((vector_size(BYTES)));
typedef int32_t Narrow __attribute__((vector_size(BYTES / 2))); /* as many as there are Numbers */
#define EACH (BYTES / 8)         /* numbers of a vector */
#define PARTS (LANES / EACH)     /* vectors of numbers for all lanes */
#define HALVES (LANES * 4 / BYTES) /* vectors of whole numbers for all lanes */

typedef union {
    Numbers part[PARTS];
    Masks mask[PARTS];
    double lane[LANES];
} Lanes;

typedef union {
    Whole half[HALVES];
    Narrow part[PARTS];
    int32_t lane[LANES];
    uint32_t positive[LANES];
} Keys;

/* Weighted means throughout a tree. Pillars come after those that are below them. */
typedef struct {
    int64_t pillars, indicators;
    const int64_t *children; /* how many each pillar has... */
    const int64_t *direct;   /* ...and how many of these are indicators */
    const int64_t *slots;    /* which children these are, then which are pillars, pillar by pillar */
    const int64_t *below;    /* which pillars the latter are, pillar by pillar */
    const double *values;    /* units / TOGETHER x indicators x TOGETHER, 0 where missing */
    const int64_t *gaps;     /* units / TOGETHER x pillars x TOGETHER: the pattern of gaps */
    const int64_t *patterns; /* how many each pillar has, NONE and ALL among them... */
    const double *there;     /* ...and which children the others have, 1 or 0, pillar by pillar */
    int64_t divided;         /* whether sums are divided by the weights of what is there */
} Tree;

/* Where numbers are worked out. */
typedef struct {
    Lanes *tile;    /* units, up to a full TOGETHER */
    Lanes *weights; /* children of all pillars */
    Lanes *factors; /* patterns of all pillars */
    Lanes *means;   /* pillars x TOGETHER */
    Lanes *wins;    /* steps of the walk */
    Keys *keys;     /* units */
    int64_t *longer; /* 2 x units */
    uint16_t *order; /* units */
} Room;

/* What is asked for, and where it goes. */
typedef struct {
    int64_t places;
    uint16_t *first;     /* places x draws: the units that have the first places */
    int64_t width;
    uint16_t *counts;    /* units x width: how often each unit has each place; or nowhere */
    uint16_t *order;     /* draws x units: the units by their places; or nowhere */
    int64_t steps;
    const int64_t *walk; /* steps + 1: units, each of which is held against the next... */
    int64_t *wins;       /* ...and how often it has the higher score */
    uint8_t *close;      /* draws: where two neighbours are too close to tell; not counted */
} Asked;

static inline int64_t lane(int64_t first, int64_t draws, int l)
{
    return first + l < draws ? first + l : draws - 1;
}

static inline Numbers lower(Numbers a, Numbers b)
{
    Numbers out;
    for (int l = 0; l < EACH; l++)
        out[l] = a[l] < b[l] ? a[l] : b[l];
    return out;
}

static inline Numbers higher(Numbers a, Numbers b)
{
    Numbers out;
    for (int l = 0; l < EACH; l++)
        out[l] = a[l] > b[l] ? a[l] : b[l];
    return out;
}

static inline void exchange(Whole *a, Whole *b)
{
    Whole low, high;
    for (int l = 0; l < BYTES / 4; l++) {
        low[l] = (*a)[l] < (*b)[l] ? (*a)[l] : (*b)[l];
        high[l] = (*a)[l] < (*b)[l] ? (*b)[l] : (*a)[l];
    }
    *a = low;
    *b = high;
}

/* Scores (draws x units) as a tile. */
static void given(const double *scores, int64_t first, int64_t draws, int64_t units, Lanes *tile)
{
    for (int l = 0; l < LANES; l++) {
        const double *row = scores + lane(first, draws, l) * units;
        for (int64_t u = 0; u < units; u++)
            tile[u].lane[l] = row[u];
    }
}

/* What a pillar counts under each pattern of gaps; 0 if nothing that it has has a weight. */
static int factors(const Tree *tree, int64_t pillar, const Lanes *weights, const double *there,
                   Lanes *out)
{
    int64_t children = tree->children[pillar];
    int lost = 0;
    for (int l = 0; l < LANES; l++) {
        out[NONE].lane[l] = 0.0;
        out[ALL].lane[l] = 1.0;
    }
    for (int64_t p = SOME; p < tree->patterns[pillar]; p++, there += children)
        for (int n = 0; n < PARTS; n++) {
            Numbers sum = {0.0};
            for (int64_t k = 0; k < children; k++)
                sum += there[k] * weights[k].part[n];
            for (int l = 0; l < EACH; l++)
                lost |= !(sum[l] > 0.0);
            out[p].part[n] = tree->divided ? 1.0 / sum : sum - sum + 1.0;
        }
    return !lost;
}

/* The weighted means of TOGETHER units. */
static void means(const Tree *tree, const double *values, const int64_t *gaps, const Room *room,
                  Lanes *out)
{
    const Lanes *weights = room->weights, *by = room->factors;
    const int64_t *slots = tree->slots, *below = tree->below;
    for (int64_t i = 0; i < tree->pillars; i++, gaps += TOGETHER) {
        int64_t direct = tree->direct[i], children = tree->children[i];
        Lanes *mean = i + 1 < tree->pillars ? room->means + TOGETHER * i : out;
        for (int n = 0; n < PARTS; n += 2) {
            Numbers one[TOGETHER] = {{0.0}}, two[TOGETHER] = {{0.0}};
            const double *value = values;
            for (int64_t k = 0; k < direct; k++, value += TOGETHER) {
                const Lanes *weight = weights + slots[k];
                for (int t = 0; t < TOGETHER; t++) {
                    one[t] += value[t] * weight->part[n];
                    two[t] += value[t] * weight->part[n + 1];
                }
            }
            for (int64_t k = direct; k < children; k++) {
                const Lanes *weight = weights + slots[k];
                const Lanes *mean_of = room->means + TOGETHER * below[k - direct];
                for (int t = 0; t < TOGETHER; t++) {
                    one[t] += mean_of[t].part[n] * weight->part[n];
                    two[t] += mean_of[t].part[n + 1] * weight->part[n + 1];
                }
            }
            for (int t = 0; t < TOGETHER; t++) {
                mean[t].part[n] = one[t] * by[gaps[t]].part[n];
                mean[t].part[n + 1] = two[t] * by[gaps[t]].part[n + 1];
            }
        }
        values += TOGETHER * direct;
        slots += children;
        below += children - direct;
        weights += children;
        by += tree->patterns[i];
    }
}

/* Weighted means as a tile; 0 if in some draw all that a unit has counts nothing. Weights are
   draws x children for each pillar, and those that do not vary have a step of 0. */
static int weighted(const Tree *tree, const double *const *drawn, const int64_t *step,
                    int64_t first, int64_t draws, int64_t units, const Room *room)
{
    Lanes *weights = room->weights, *by = room->factors;
    const double *there = tree->there;
    for (int64_t i = 0; i < tree->pillars; i++) {
        int64_t children = tree->children[i], patterns = tree->patterns[i];
        for (int l = 0; l < LANES; l++) {
            const double *row = drawn[i] + lane(first, draws, l) * step[i];
            for (int64_t k = 0; k < children; k++)
                weights[k].lane[l] = row[k];
        }
        if (!factors(tree, i, weights, there, by))
            return 0;
        there += (patterns - SOME) * children;
        weights += children;
        by += patterns;
    }
    const double *values = tree->values;
    const int64_t *gaps = tree->gaps;
    for (int64_t u = 0; u < units; u += TOGETHER) {
        means(tree, values, gaps, room, room->tile + u);
        values += TOGETHER * tree->indicators;
        gaps += TOGETHER * tree->pillars;
    }
    return 1;
}

/* Put the keys of every lane in order, the least first: Batcher's network (Knuth, 5.2.2 M). */
static void sort(Keys *keys, int64_t units)
{
    int64_t top = 1;
    while (2 * top < units)
        top *= 2;
    for (int64_t p = top; p > 0; p /= 2)
        for (int64_t q = top, r = 0, d = p;; d = q - p, q /= 2, r = p) {
            for (int64_t from = r; from < units - d; from += 2 * p) {
                int64_t to = from + p < units - d ? from + p : units - d;
                for (int64_t i = from; i < to; i++)
                    for (int n = 0; n < HALVES; n++)
                        exchange(&keys[i].half[n], &keys[i + d].half[n]);
            }
            if (q == p)
                break;
        }
}

/* The lowest and the highest score of every lane, and how near is too near. Returns 0 if a score
   is no number. */
static int ends(const Lanes *tile, int64_t units, double share, double largest, Lanes *lowest,
                Lanes *highest, Lanes *apart)
{
    for (int n = 0; n < PARTS; n++) {
        Numbers low = tile[0].part[n], high = low, sum = low - low;
        for (int64_t u = 0; u < units; u++) {
            Numbers score = tile[u].part[n];
            low = lower(score, low);
            high = higher(score, high);
            sum += score - score;
        }
        for (int l = 0; l < EACH; l++) {
            if (!(sum[l] == 0.0))
                return 0;
            double range = high[l] - low[l], size = largest;
            size = range > size ? range : size;
            size = -low[l] > size ? -low[l] : size;
            size = high[l] > size ? high[l] : size;
            apart->lane[n * EACH + l] = share * (size > 1e-200 ? size : 1e-200);
        }
        lowest->part[n] = low;
        highest->part[n] = high;
    }
    return 1;
}

/* How many steps there are to a unit of a score, if the range of scores has `most`. */
static inline double steps_of(double range, double most)
{
    return range > 1e-200 ? most / range : 0.0;
}

/* Scores as keys, the highest score the least, with the unit as lowest digits; and how many keys
   are too near in each lane. */
static void keyed(const Lanes *tile, int64_t units, int bits, const Lanes *low, const Lanes *high,
                  const Lanes *apart, Keys *keys, Keys *least)
{
    const double most = 0.999 * (double)((int64_t)1 << (32 - bits));
    const double half = (double)((int64_t)1 << (31 - bits));
    for (int n = 0; n < PARTS; n++) {
        Numbers top = high->part[n], by;
        for (int l = n * EACH; l < (n + 1) * EACH; l++) {
            by[l - n * EACH] = steps_of(high->lane[l] - low->lane[l], most);
            double steps = apart->lane[l] * by[l - n * EACH];
            least->positive[l] = ((uint32_t)(steps < most ? steps : most) + 2) << bits;
        }
        for (int64_t u = 0; u < units; u++) {
            Numbers steps = (top - tile[u].part[n]) * by - half;
            Narrow key = __builtin_convertvector(steps, Narrow);
            keys[u].part[n] = key * (1 << bits) + (int32_t)u;
        }
    }
}

/* Which lanes have neighbours nearer than `least` in keys that are in order. */
static void doubted(const Keys *keys, int64_t units, const Keys *least, Keys *doubt)
{
    for (int n = 0; n < HALVES; n++) {
        Whole found = {0};
        for (int64_t u = 1; u < units; u++)
            found |= (Positive)keys[u].half[n] - (Positive)keys[u - 1].half[n] <
                     (Positive)least->half[n];
        doubt->half[n] = found;
    }
}

/* Put keys in order by merges of two parts that are in order, twice as long each time (Knuth,
   5.2.4 S); returns where they then are. */
static int64_t *merged(int64_t *from, int64_t *to, int64_t units)
{
    for (int64_t size = 1; size < units; size *= 2) {
        for (int64_t first = 0; first < units; first += 2 * size) {
            int64_t half = first + size < units ? first + size : units;
            int64_t end = half + size < units ? half + size : units;
            for (int64_t at = first, one = first, two = half; at < end; at++)
                to[at] = two == end || (one < half && from[one] < from[two]) ? from[one++]
                                                                              : from[two++];
        }
        int64_t *done = to;
        to = from;
        from = done;
    }
    return from;
}

/* The order of the units in one lane, by longer keys: by their two highest digits, the lower one
   first, each as often as it occurs (Knuth, 5.2.5 D), and by insertion of what is left. Returns
   keys with the unit as lowest digits, or nothing where two neighbours are nearer than `apart`. */
static const int64_t *ordered(const Lanes *tile, int l, int64_t units, double low, double high,
                              double apart, int64_t *one, int64_t *two)
{
    enum { SIZE = 1 << DIGIT, LOWER = 63 - 2 * DIGIT, UPPER = 63 - DIGIT };
    const double most = 0.999 * (double)((int64_t)1 << (63 - UNIT));
    int32_t lower[SIZE] = {0}, upper[SIZE] = {0};
    double by = steps_of(high - low, most), steps = apart * by;
    int64_t least = ((int64_t)(steps < most ? steps : most) + 2) << UNIT, moves = 0;
    for (int64_t u = 0; u < units; u++) {
        int64_t key = (int64_t)((high - tile[u].lane[l]) * by) << UNIT | u;
        lower[key >> LOWER & (SIZE - 1)]++;
        upper[key >> UPPER]++;
        one[u] = key;
    }
    for (int32_t d = 0, before = 0, above = 0; d < SIZE; d++) {
        int32_t some = lower[d], more = upper[d];
        lower[d] = before;
        upper[d] = above;
        before += some;
        above += more;
    }
    for (int64_t u = 0; u < units; u++)
        two[lower[one[u] >> LOWER & (SIZE - 1)]++] = one[u];
    for (int64_t u = 0; u < units; u++)
        one[upper[two[u] >> UPPER]++] = two[u];
    for (int64_t i = 1; i < units && moves < MOVES * units; i++) {
        int64_t key = one[i], at = i;
        for (; at > 0 && one[at - 1] > key; at--)
            one[at] = one[at - 1];
        one[at] = key;
        moves += i - at;
    }
    const int64_t *keys = moves < MOVES * units ? one : merged(one, two, units);
    for (int64_t i = 1; i < units; i++)
        if (keys[i] - keys[i - 1] < least) {
            double above = tile[(uint16_t)keys[i - 1]].lane[l];
            if (!(above - tile[(uint16_t)keys[i]].lane[l] >= apart))
                return NULL;
        }
    return keys;
}

/* Whether two neighbours are nearer than `apart`, the one at `i` and the one before it. */
static inline int near(const Lanes *tile, int l, const Keys *keys, int64_t i, int32_t mask,
                       double apart)
{
    double above = tile[keys[i - 1].lane[l] & mask].lane[l];
    return !(above - tile[keys[i].lane[l] & mask].lane[l] >= apart);
}

/* Put the keys of one lane in order by the scores themselves, where keys that are in order are
   nearer than `least`. Returns 1 if that is done, 0 if two neighbours are nearer than `apart`, and
   -1 if it takes too many moves. */
static int careful(const Lanes *tile, int l, int64_t units, int32_t mask, uint32_t least,
                   double apart, Keys *keys)
{
    int64_t moves = 0;
    for (int64_t i = 1; i < units; i++) {
        int32_t key = keys[i].lane[l];
        if (keys[i].positive[l] - keys[i - 1].positive[l] >= least)
            continue;
        double score = tile[key & mask].lane[l];
        int64_t at = i;
        for (; at > 0 && tile[keys[at - 1].lane[l] & mask].lane[l] < score; at--)
            keys[at].lane[l] = keys[at - 1].lane[l];
        keys[at].lane[l] = key;
        if ((at > 0 && near(tile, l, keys, at, mask, apart)) ||
            (at < i && near(tile, l, keys, at + 1, mask, apart)))
            return 0;
        if ((moves += i - at) >= MOVES * units)
            return -1;
    }
    return 1;
}

/* Add to how often each of a walk of units has a higher score than the next, in lanes that live. */
static void compared(const Lanes *tile, const Asked *asked, const Lanes *live, Lanes *wins)
{
    for (int64_t c = 0; c < asked->steps; c++)
        for (int n = 0; n < PARTS; n++) {
            Numbers one = tile[asked->walk[c]].part[n], next = tile[asked->walk[c + 1]].part[n];
            wins[c].mask[n] -= (one > next) & live->mask[n];
        }
}

/* Put the units of all draws in order, and count what is asked for. Scores are those of a tree
   under drawn weights, or (draws x units) given; times `sign` the highest is best. Neighbours are
   too close to tell if they are nearer than `share` of the largest score or part. Returns 0 if
   some score is none. */
int32_t NAMED(BYTES)(const Tree *tree, const double *const *drawn, const int64_t *step,
                     const double *scores, int64_t draws, int64_t units, double sign, double share,
                     double largest, const Room *room, const Asked *asked)
{
    int bits = 1;
    while (((int64_t)1 << bits) < units)
        bits++;
    const int32_t mask = (int32_t)(((int64_t)1 << bits) - 1);
    Keys *keys = room->keys;
    memset(room->wins, 0, (size_t)asked->steps * sizeof *room->wins);
    for (int64_t first = 0; first < draws; first += LANES) {
        Lanes low, high, apart, live;
        Keys least, doubt;
        if (scores)
            given(scores, first, draws, units, room->tile);
        else if (!weighted(tree, drawn, step, first, draws, units, room))
            return 0;
        if (sign < 0)
            for (int64_t u = 0; u < units; u++)
                for (int n = 0; n < PARTS; n++)
                    room->tile[u].part[n] = -room->tile[u].part[n];
        if (!ends(room->tile, units, share, largest, &low, &high, &apart))
            return 0;
        if (units <= MANY) {
            keyed(room->tile, units, bits, &low, &high, &apart, keys, &least);
            sort(keys, units);
            doubted(keys, units, &least, &doubt);
        }
        memset(&live, 0, sizeof live);
        for (int l = 0; l < LANES && first + l < draws; l++) {
            uint16_t *own = asked->order ? asked->order + (first + l) * units : room->order;
            const int64_t *found = NULL;
            int told = units > MANY ? -1 : 1;
            if (told > 0 && doubt.lane[l])
                told = careful(room->tile, l, units, mask, least.positive[l], apart.lane[l], keys);
            if (told < 0)
                found = ordered(room->tile, l, units, low.lane[l], high.lane[l], apart.lane[l],
                                room->longer, room->longer + units);
            int close = told <= 0 && !found;
            for (int64_t u = 0; u < units; u++)
                own[u] = (uint16_t)(found ? found[u] : close ? u : keys[u].lane[l] & mask);
            asked->close[first + l] = (uint8_t)close;
            for (int64_t u = 0; u < asked->places; u++)
                asked->first[u * draws + first + l] = own[u];
            if (close)
                continue;
            memset(&live.lane[l], 255, sizeof live.lane[l]);
            for (int64_t u = 0; asked->counts && u < units; u++)
                asked->counts[own[u] * asked->width + u]++;
        }
        compared(room->tile, asked, &live, room->wins);
    }
    for (int64_t c = 0; c < asked->steps; c++) {
        asked->wins[c] = 0;
        for (int n = 0; n < PARTS; n++)
            for (int l = 0; l < EACH; l++)
                asked->wins[c] += room->wins[c].mask[n][l];
    }
    return 1;
}

#if BYTES == 16
typedef int32_t Count(const Tree *, const double *const *, const int64_t *, const double *, int64_t,
                      int64_t, double, double, double, const Room *, const Asked *);
Count softpower_count_32, softpower_count_64;

/* Which interface this is, so that a library of another is not called. */
int32_t softpower_interface(void) { return 3; }

/* The bytes of the longest vectors that this processor has. */
int32_t softpower_bytes(void)
{
#ifdef LONGER
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        return 64;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return 32;
#endif
    return 16;
}
#endif
