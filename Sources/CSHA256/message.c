#include "message.h"

#include <string.h>

static const uint32_t start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

void csha256_begin(csha256_feed *feed, const uint8_t *bytes, size_t count, uint32_t state[8]) {
  memcpy(state, start, sizeof start);
  feed->state = state;
  feed->bytes = bytes;
  feed->blocks = count / 64;
  size_t rest = count % 64;
  feed->end_blocks = rest < 56 ? 1 : 2;
  size_t size = feed->end_blocks * 64;
  memset(feed->end, 0, sizeof feed->end);
  if (rest > 0) memcpy(feed->end, bytes + count - rest, rest);
  feed->end[rest] = 0x80;
  uint64_t bits = (uint64_t)count * 8;
  for (int i = 0; i < 8; i++) feed->end[size - 1 - i] = (uint8_t)(bits >> (8 * i));
  if (feed->blocks == 0) csha256_pass(feed, 0);
}

void csha256_digest(const uint8_t *bytes, size_t count, uint32_t digest[8]) {
  csha256_feed feed;
  csha256_begin(&feed, bytes, count, digest);
  do csha256_blocks(digest, feed.bytes, feed.blocks);
  while (csha256_pass(&feed, feed.blocks));
}
