#include <string.h>

#include "blocks.h"
#include "message.h"

// Messages that wait, in their order.
typedef struct {
  const csha256_message *next;
  size_t count;
  uint32_t (*digests)[8];
} queue;

static int take(queue *queue, csha256_feed *feed) {
  if (queue->count == 0) return 0;
  csha256_begin(feed, queue->next->bytes, queue->next->count, *queue->digests);
  queue->next++, queue->digests++, queue->count--;
  return 1;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

// Goes on with messages that were begun, and takes what waits, two at a time: one that ends makes
// room for the next.
static void feed_pairs(csha256_feed **begun, size_t count, queue *queue) {
  csha256_feed fresh[2];
  csha256_feed *lanes[2] = {0, 0};
  for (;;) {
    for (int i = 0; i < 2; i++) {
      if (lanes[i]) continue;
      if (count > 0) {
        lanes[i] = begun[--count];
      } else if (take(queue, &fresh[i])) {
        lanes[i] = &fresh[i];
      }
    }
    csha256_feed *a = lanes[0], *b = lanes[1];
    if (!a || !b) break;
    size_t both = least(a->blocks, b->blocks);
    csha256_blocks_pair(a->state, a->bytes, b->state, b->bytes, both);
    if (!csha256_pass(a, both)) lanes[0] = 0;
    if (!csha256_pass(b, both)) lanes[1] = 0;
  }
  csha256_feed *last = lanes[0] ? lanes[0] : lanes[1];
  if (!last) return;
  do csha256_blocks(last->state, last->bytes, last->blocks);
  while (csha256_pass(last, last->blocks));
}

enum { LANES = 16, FEWEST = 10 };

// Sixteen at a time, as long as so many go on that it is worth it.
static void feed_wide(queue *queue) {
  static const uint8_t nothing[64];
  csha256_feed feeds[LANES];
  uint32_t state[8][LANES];
  const uint8_t *bytes[LANES];
  int goes_on[LANES];
  size_t active = 0;
  for (int i = 0; i < LANES; i++) {
    goes_on[i] = take(queue, &feeds[i]);
    active += (size_t)goes_on[i];
    bytes[i] = goes_on[i] ? feeds[i].bytes : nothing;
    for (int j = 0; j < 8; j++) state[j][i] = goes_on[i] ? feeds[i].state[j] : 0;
  }
  while (active >= FEWEST) {
    // Lanes with nothing to do look at the same bytes again and again.
    size_t all = active < LANES ? 1 : SIZE_MAX;
    for (int i = 0; i < LANES && all > 1; i++) all = least(all, feeds[i].blocks);
    csha256_blocks_wide(state, bytes, all);
    for (int i = 0; i < LANES; i++) {
      if (!goes_on[i]) continue;
      if (!csha256_pass(&feeds[i], all)) {
        for (int j = 0; j < 8; j++) feeds[i].state[j] = state[j][i];
        goes_on[i] = take(queue, &feeds[i]);
        if (goes_on[i]) {
          for (int j = 0; j < 8; j++) state[j][i] = feeds[i].state[j];
        } else {
          active--;
        }
      }
      bytes[i] = goes_on[i] ? feeds[i].bytes : nothing;
    }
  }
  csha256_feed *rest[LANES];
  size_t left = 0;
  for (int i = 0; i < LANES; i++) {
    if (!goes_on[i]) continue;
    for (int j = 0; j < 8; j++) feeds[i].state[j] = state[j][i];
    rest[left++] = &feeds[i];
  }
  feed_pairs(rest, left, queue);
}

void csha256_digest_many(
    const csha256_message *messages, size_t count, uint32_t (*digests)[8]) {
  queue queue = {messages, count, digests};
  if (count >= FEWEST && csha256_is_wide()) feed_wide(&queue);
  feed_pairs(0, 0, &queue);
}

void csha256_digest_many_by_twos(
    const csha256_message *messages, size_t count, uint32_t (*digests)[8]) {
  queue queue = {messages, count, digests};
  feed_pairs(0, 0, &queue);
}
