#include "blocks.h"

#if defined(__aarch64__)

#include <arm_neon.h>
#include <sys/auxv.h>

#include "constants.h"

#if defined(__clang__)
#define SHA __attribute__((target("sha2")))
#else
#define SHA __attribute__((target("+crypto")))
#endif

// HWCAP_SHA2 of <asm/hwcap.h>.
#define HAS_SHA2 (1ul << 6)

// A state and sixteen message words.
typedef struct {
  uint32x4_t abcd, efgh, w0, w1, w2, w3;
} lane;

SHA static inline uint32x4_t load(const uint8_t *bytes, int i) {
  return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(bytes + 16 * i)));
}

// Four rounds; `w` holds their message words, `i` counts the fours.
#define ROUNDS(l, w, i)                                                                     \
  do {                                                                                      \
    uint32x4_t sum = vaddq_u32((w), vld1q_u32(&csha256_k[4 * (i)]));                        \
    uint32x4_t abcd = (l).abcd;                                                             \
    (l).abcd = vsha256hq_u32(abcd, (l).efgh, sum);                                          \
    (l).efgh = vsha256h2q_u32((l).efgh, abcd, sum);                                         \
  } while (0)

// The next four message words from the last sixteen (w0 the oldest), left in w0.
#define SCHEDULE(w0, w1, w2, w3) w0 = vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3)

SHA static inline void block(lane *l, const uint8_t *bytes) {
  const uint32x4_t abcd0 = l->abcd, efgh0 = l->efgh;
  l->w0 = load(bytes, 0);
  l->w1 = load(bytes, 1);
  l->w2 = load(bytes, 2);
  l->w3 = load(bytes, 3);
  ROUNDS(*l, l->w0, 0);
  ROUNDS(*l, l->w1, 1);
  ROUNDS(*l, l->w2, 2);
  ROUNDS(*l, l->w3, 3);
  for (int i = 4; i < 16; i += 4) {
    SCHEDULE(l->w0, l->w1, l->w2, l->w3);
    ROUNDS(*l, l->w0, i);
    SCHEDULE(l->w1, l->w2, l->w3, l->w0);
    ROUNDS(*l, l->w1, i + 1);
    SCHEDULE(l->w2, l->w3, l->w0, l->w1);
    ROUNDS(*l, l->w2, i + 2);
    SCHEDULE(l->w3, l->w0, l->w1, l->w2);
    ROUNDS(*l, l->w3, i + 3);
  }
  l->abcd = vaddq_u32(l->abcd, abcd0);
  l->efgh = vaddq_u32(l->efgh, efgh0);
}

SHA static void blocks_sha(uint32_t state[8], const uint8_t *bytes, size_t count) {
  lane l;
  l.abcd = vld1q_u32(&state[0]);
  l.efgh = vld1q_u32(&state[4]);
  for (; count > 0; count--, bytes += 64) block(&l, bytes);
  vst1q_u32(&state[0], l.abcd);
  vst1q_u32(&state[4], l.efgh);
}

// The two blocks of a step do not depend on each other: the processor, and the compiler before it,
// weave them into one another.
SHA static void blocks_pair_sha(
    uint32_t first[8], const uint8_t *first_bytes, uint32_t second[8],
    const uint8_t *second_bytes, size_t count) {
  lane a, b;
  a.abcd = vld1q_u32(&first[0]);
  a.efgh = vld1q_u32(&first[4]);
  b.abcd = vld1q_u32(&second[0]);
  b.efgh = vld1q_u32(&second[4]);
  for (; count > 0; count--, first_bytes += 64, second_bytes += 64) {
    block(&a, first_bytes);
    block(&b, second_bytes);
  }
  vst1q_u32(&first[0], a.abcd);
  vst1q_u32(&first[4], a.efgh);
  vst1q_u32(&second[0], b.abcd);
  vst1q_u32(&second[4], b.efgh);
}

int csha256_accelerated(void) { return (getauxval(AT_HWCAP) & HAS_SHA2) != 0; }

void csha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t count) {
  if (csha256_accelerated())
    blocks_sha(state, bytes, count);
  else
    csha256_blocks_portable(state, bytes, count);
}

void csha256_blocks_pair(
    uint32_t first[8], const uint8_t *first_bytes, uint32_t second[8],
    const uint8_t *second_bytes, size_t count) {
  if (csha256_accelerated()) {
    blocks_pair_sha(first, first_bytes, second, second_bytes, count);
  } else {
    csha256_blocks_portable(first, first_bytes, count);
    csha256_blocks_portable(second, second_bytes, count);
  }
}

#elif !defined(__x86_64__)

int csha256_accelerated(void) { return 0; }

void csha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t count) {
  csha256_blocks_portable(state, bytes, count);
}

void csha256_blocks_pair(
    uint32_t first[8], const uint8_t *first_bytes, uint32_t second[8],
    const uint8_t *second_bytes, size_t count) {
  csha256_blocks_portable(first, first_bytes, count);
  csha256_blocks_portable(second, second_bytes, count);
}

#endif
