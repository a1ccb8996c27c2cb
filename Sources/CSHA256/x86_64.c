#include "blocks.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#include "constants.h"

#define SHA __attribute__((target("sha,sse4.1,ssse3")))

// A state and sixteen message words, as the instructions want them.
typedef struct {
  __m128i abef, cdgh, w0, w1, w2, w3;
} lane;

SHA static inline __m128i load(const uint8_t *bytes, int i) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)bytes + i), swap);
}

SHA static inline void open(lane *lane, const uint32_t state[8]) {
  __m128i dcba = _mm_loadu_si128((const __m128i *)&state[0]);
  __m128i hgfe = _mm_loadu_si128((const __m128i *)&state[4]);
  // The words as (a, b, e, f) and (c, d, g, h).
  __m128i badc = _mm_shuffle_epi32(dcba, 0xb1);
  __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);
  lane->abef = _mm_alignr_epi8(badc, efgh, 8);
  lane->cdgh = _mm_blend_epi16(efgh, badc, 0xf0);
}

SHA static inline void close(const lane *lane, uint32_t state[8]) {
  __m128i feba = _mm_shuffle_epi32(lane->abef, 0x1b);
  __m128i dchg = _mm_shuffle_epi32(lane->cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)&state[0], _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)&state[4], _mm_alignr_epi8(dchg, feba, 8));
}

// Four rounds; `w` holds their message words, `k` their constants.
#define ROUNDS(l, w, k)                                                                     \
  do {                                                                                      \
    __m128i sum = _mm_add_epi32((w), (k));                                                  \
    (l).cdgh = _mm_sha256rnds2_epu32((l).cdgh, (l).abef, sum);                              \
    (l).abef = _mm_sha256rnds2_epu32((l).abef, (l).cdgh, _mm_shuffle_epi32(sum, 0x0e));     \
  } while (0)

// The next four message words from the last sixteen (w0 the oldest), left in w0.
#define SCHEDULE(w0, w1, w2, w3)                                                            \
  w0 = _mm_sha256msg2_epu32(                                                                \
      _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4)), w3)

#define CONSTANTS(i) _mm_loadu_si128((const __m128i *)&csha256_k[4 * (i)])

SHA static void blocks_sha(uint32_t state[8], const uint8_t *bytes, size_t count) {
  lane l;
  open(&l, state);
  for (; count > 0; count--, bytes += 64) {
    const __m128i abef = l.abef, cdgh = l.cdgh;
    l.w0 = load(bytes, 0);
    l.w1 = load(bytes, 1);
    l.w2 = load(bytes, 2);
    l.w3 = load(bytes, 3);
    ROUNDS(l, l.w0, CONSTANTS(0));
    ROUNDS(l, l.w1, CONSTANTS(1));
    ROUNDS(l, l.w2, CONSTANTS(2));
    ROUNDS(l, l.w3, CONSTANTS(3));
    for (int i = 4; i < 16; i += 4) {
      SCHEDULE(l.w0, l.w1, l.w2, l.w3);
      ROUNDS(l, l.w0, CONSTANTS(i));
      SCHEDULE(l.w1, l.w2, l.w3, l.w0);
      ROUNDS(l, l.w1, CONSTANTS(i + 1));
      SCHEDULE(l.w2, l.w3, l.w0, l.w1);
      ROUNDS(l, l.w2, CONSTANTS(i + 2));
      SCHEDULE(l.w3, l.w0, l.w1, l.w2);
      ROUNDS(l, l.w3, CONSTANTS(i + 3));
    }
    l.abef = _mm_add_epi32(l.abef, abef);
    l.cdgh = _mm_add_epi32(l.cdgh, cdgh);
  }
  close(&l, state);
}

#define ROUNDS_PAIR(word, i)                                                                \
  do {                                                                                      \
    __m128i k = CONSTANTS(i);                                                               \
    ROUNDS(a, a.word, k);                                                                   \
    ROUNDS(b, b.word, k);                                                                   \
  } while (0)

#define SCHEDULE_PAIR(w0, w1, w2, w3)                                                       \
  do {                                                                                      \
    SCHEDULE(a.w0, a.w1, a.w2, a.w3);                                                       \
    SCHEDULE(b.w0, b.w1, b.w2, b.w3);                                                       \
  } while (0)

SHA static void blocks_pair_sha(
    uint32_t first[8], const uint8_t *first_bytes, uint32_t second[8],
    const uint8_t *second_bytes, size_t count) {
  lane a, b;
  open(&a, first);
  open(&b, second);
  for (; count > 0; count--, first_bytes += 64, second_bytes += 64) {
    const __m128i a_abef = a.abef, a_cdgh = a.cdgh, b_abef = b.abef, b_cdgh = b.cdgh;
    a.w0 = load(first_bytes, 0);
    b.w0 = load(second_bytes, 0);
    a.w1 = load(first_bytes, 1);
    b.w1 = load(second_bytes, 1);
    a.w2 = load(first_bytes, 2);
    b.w2 = load(second_bytes, 2);
    a.w3 = load(first_bytes, 3);
    b.w3 = load(second_bytes, 3);
    ROUNDS_PAIR(w0, 0);
    ROUNDS_PAIR(w1, 1);
    ROUNDS_PAIR(w2, 2);
    ROUNDS_PAIR(w3, 3);
    for (int i = 4; i < 16; i += 4) {
      SCHEDULE_PAIR(w0, w1, w2, w3);
      ROUNDS_PAIR(w0, i);
      SCHEDULE_PAIR(w1, w2, w3, w0);
      ROUNDS_PAIR(w1, i + 1);
      SCHEDULE_PAIR(w2, w3, w0, w1);
      ROUNDS_PAIR(w2, i + 2);
      SCHEDULE_PAIR(w3, w0, w1, w2);
      ROUNDS_PAIR(w3, i + 3);
    }
    a.abef = _mm_add_epi32(a.abef, a_abef);
    a.cdgh = _mm_add_epi32(a.cdgh, a_cdgh);
    b.abef = _mm_add_epi32(b.abef, b_abef);
    b.cdgh = _mm_add_epi32(b.cdgh, b_cdgh);
  }
  close(&a, first);
  close(&b, second);
}

int csha256_accelerated(void) {
  static int known = -1;  // the same value whoever writes it
  int value = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (value < 0) {
    unsigned a, b, c, d;
    int sse = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) && (c & bit_SSSE3);
    int sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
    value = sse && sha;
    __atomic_store_n(&known, value, __ATOMIC_RELAXED);
  }
  return value;
}

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

#endif
