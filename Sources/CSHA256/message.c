#include <string.h>

#include "blocks.h"

static const uint32_t start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

// The end of a message: what does not fill a block, and the padding.
typedef struct {
  uint8_t bytes[128];
  size_t blocks;
} tail;

static void finish(tail *tail, const uint8_t *bytes, size_t count) {
  size_t rest = count % 64;
  tail->blocks = rest < 56 ? 1 : 2;
  size_t size = tail->blocks * 64;
  memset(tail->bytes, 0, size);
  if (rest > 0) memcpy(tail->bytes, bytes + count - rest, rest);
  tail->bytes[rest] = 0x80;
  uint64_t bits = (uint64_t)count * 8;
  for (int i = 0; i < 8; i++) tail->bytes[size - 1 - i] = (uint8_t)(bits >> (8 * i));
}

void csha256_digest(const uint8_t *bytes, size_t count, uint32_t digest[8]) {
  tail end;
  finish(&end, bytes, count);
  memcpy(digest, start, sizeof start);
  csha256_blocks(digest, bytes, count / 64);
  csha256_blocks(digest, end.bytes, end.blocks);
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

void csha256_digest_pair(
    const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    uint32_t first_digest[8], uint32_t second_digest[8]) {
  tail ends[2];
  finish(&ends[0], first, first_count);
  finish(&ends[1], second, second_count);
  memcpy(first_digest, start, sizeof start);
  memcpy(second_digest, start, sizeof start);

  // In step as far as both go; what one has more is fed alone.
  size_t both = least(first_count / 64, second_count / 64);
  csha256_blocks_pair(first_digest, first, second_digest, second, both);
  csha256_blocks(first_digest, first + both * 64, first_count / 64 - both);
  csha256_blocks(second_digest, second + both * 64, second_count / 64 - both);
  both = least(ends[0].blocks, ends[1].blocks);
  csha256_blocks_pair(first_digest, ends[0].bytes, second_digest, ends[1].bytes, both);
  csha256_blocks(first_digest, ends[0].bytes + both * 64, ends[0].blocks - both);
  csha256_blocks(second_digest, ends[1].bytes + both * 64, ends[1].blocks - both);
}
