#ifndef CSHA256_MESSAGE_H
#define CSHA256_MESSAGE_H

#include "CSHA256.h"

// A message on its way: its whole blocks, then its end, which is what does not fill a block and the
// padding. What was fed so far is in `state`.
typedef struct {
  uint32_t *state;
  const uint8_t *bytes;  // of the next block
  size_t blocks;         // that lie there
  size_t end_blocks;     // that come then
  uint8_t end[128];
} csha256_feed;

void csha256_begin(csha256_feed *feed, const uint8_t *bytes, size_t count, uint32_t state[8]);

// Passes blocks that were fed; returns whether there are more.
static inline int csha256_pass(csha256_feed *feed, size_t count) {
  feed->bytes += 64 * count;
  feed->blocks -= count;
  if (feed->blocks > 0) return 1;
  feed->bytes = feed->end;
  feed->blocks = feed->end_blocks;
  feed->end_blocks = 0;
  return feed->blocks > 0;
}

#endif
