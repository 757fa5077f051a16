/* Places added to how often each unit has each: the strips of a histogram (see histogram.py). */

#include <stdint.h>

/* Add the units of some draws, from the first place on, and return how many were added: all, or
   those before a strip is needed for which there is no room.

   `order` is draws x units; `from` how many entries of it were added before. `row` says for each
   unit where its strips are in `at`, which says which strip that is, or is below zero. */
int64_t softpower_places(const uint16_t *order, int64_t draws, int64_t units, int64_t from,
                         const int64_t *row, int64_t *at, int64_t length, uint16_t *strips,
                         int64_t *used, int64_t room, int64_t times)
{
    for (int64_t draw = from / units, place = from % units; draw < draws; draw++, place = 0) {
        const uint16_t *own = order + draw * units;
        while (place < units) {
            int64_t strip = place / length, first = strip * length;
            int64_t end = first + length < units ? first + length : units;
            for (; place < end; place++) {
                int64_t *which = at + row[own[place]] + strip;
                if (*which < 0) {
                    if (*used == room)
                        return draw * units + place;
                    *which = (*used)++;
                }
                strips[*which * length + place - first] += (uint16_t)times;
            }
        }
    }
    return draws * units;
}
