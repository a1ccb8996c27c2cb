#ifndef CSHA256_BLOCKS_H
#define CSHA256_BLOCKS_H

#include "CSHA256.h"

// Feeds `count` blocks into each of two states, in step.
void csha256_blocks_pair(
    uint32_t first[8], const uint8_t *first_bytes, uint32_t second[8],
    const uint8_t *second_bytes, size_t count);

#endif
