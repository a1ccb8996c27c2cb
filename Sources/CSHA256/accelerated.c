#include "CSHA256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#include "constants.h"

// Four rounds; `w` holds their message words.
#define ROUNDS(w, i)                                                                        \
  do {                                                                                      \
    __m128i k = _mm_add_epi32((w), _mm_loadu_si128((const __m128i *)&csha256_k[4 * (i)]));  \
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);                                            \
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0e));                   \
  } while (0)

// The next four message words from the last sixteen (w0 the oldest), left in w0.
#define SCHEDULE(w0, w1, w2, w3)                                                            \
  w0 = _mm_sha256msg2_epu32(                                                                \
      _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4)), w3)

__attribute__((target("sha,sse4.1,ssse3"))) static void blocks_sha(
    uint32_t state[8], const uint8_t *bytes, size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i dcba = _mm_loadu_si128((const __m128i *)&state[0]);
  __m128i hgfe = _mm_loadu_si128((const __m128i *)&state[4]);
  // The instructions want the words as (a, b, e, f) and (c, d, g, h).
  __m128i badc = _mm_shuffle_epi32(dcba, 0xb1);
  __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);
  __m128i abef = _mm_alignr_epi8(badc, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, badc, 0xf0);

  for (; count > 0; count--, bytes += 64) {
    const __m128i *m = (const __m128i *)bytes;
    __m128i w0 = _mm_shuffle_epi8(_mm_loadu_si128(m + 0), swap);
    __m128i w1 = _mm_shuffle_epi8(_mm_loadu_si128(m + 1), swap);
    __m128i w2 = _mm_shuffle_epi8(_mm_loadu_si128(m + 2), swap);
    __m128i w3 = _mm_shuffle_epi8(_mm_loadu_si128(m + 3), swap);
    const __m128i abef0 = abef, cdgh0 = cdgh;
    ROUNDS(w0, 0);
    ROUNDS(w1, 1);
    ROUNDS(w2, 2);
    ROUNDS(w3, 3);
    for (int i = 4; i < 16; i += 4) {
      SCHEDULE(w0, w1, w2, w3);
      ROUNDS(w0, i);
      SCHEDULE(w1, w2, w3, w0);
      ROUNDS(w1, i + 1);
      SCHEDULE(w2, w3, w0, w1);
      ROUNDS(w2, i + 2);
      SCHEDULE(w3, w0, w1, w2);
      ROUNDS(w3, i + 3);
    }
    abef = _mm_add_epi32(abef, abef0);
    cdgh = _mm_add_epi32(cdgh, cdgh0);
  }

  __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)&state[0], _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)&state[4], _mm_alignr_epi8(dchg, feba, 8));
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

#else

int csha256_accelerated(void) { return 0; }

void csha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t count) {
  csha256_blocks_portable(state, bytes, count);
}

#endif
