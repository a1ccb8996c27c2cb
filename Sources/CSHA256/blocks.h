#ifndef CSHA256_BLOCKS_H
#define CSHA256_BLOCKS_H

#include "CSHA256.h"

// Feeds `count` blocks into each of two states, in step.
void csha256_blocks_pair(
    uint32_t first[8], const uint8_t *first_bytes, uint32_t second[8],
    const uint8_t *second_bytes, size_t count);

// Feeds `count` blocks into each of sixteen states, in step: `state[i][j]` is word i of state j.
// Only where `csha256_is_wide`.
void csha256_blocks_wide(uint32_t state[8][16], const uint8_t *const bytes[16], size_t count);

// Whether this processor hashes sixteen messages at once.
int csha256_is_wide(void);

#endif
