#include "blocks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "constants.h"

#define WIDE __attribute__((target("avx512f,avx512bw")))

// Each register holds one word of sixteen messages.

// The words of one block of each message: sixteen rows of sixteen words, turned over.
WIDE static inline void load(__m512i w[16], const uint8_t *const bytes[16]) {
  const __m512i swap = _mm512_broadcast_i32x4(
      _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL));
  __m512i a[16], b[16];
  for (int i = 0; i < 16; i++)
    a[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(bytes[i]), swap);
  for (int i = 0; i < 16; i += 2) {
    b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
    b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    a[i] = _mm512_unpacklo_epi64(b[i], b[i + 2]);
    a[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 2]);
    a[i + 2] = _mm512_unpacklo_epi64(b[i + 1], b[i + 3]);
    a[i + 3] = _mm512_unpackhi_epi64(b[i + 1], b[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    b[i] = _mm512_shuffle_i32x4(a[i], a[i + 4], 0x88);
    b[i + 4] = _mm512_shuffle_i32x4(a[i], a[i + 4], 0xdd);
    b[i + 8] = _mm512_shuffle_i32x4(a[i + 8], a[i + 12], 0x88);
    b[i + 12] = _mm512_shuffle_i32x4(a[i + 8], a[i + 12], 0xdd);
  }
  for (int i = 0; i < 4; i++) {
    w[i] = _mm512_shuffle_i32x4(b[i], b[i + 8], 0x88);
    w[i + 8] = _mm512_shuffle_i32x4(b[i], b[i + 8], 0xdd);
    w[i + 4] = _mm512_shuffle_i32x4(b[i + 4], b[i + 12], 0x88);
    w[i + 12] = _mm512_shuffle_i32x4(b[i + 4], b[i + 12], 0xdd);
  }
}

#define ADD _mm512_add_epi32
#define ROTATE _mm512_ror_epi32
#define XOR(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x96)

// The sums are in the order that makes the way from one round's `e` and `a` to the next's the shortest.
#define ROUND(a, b, c, d, e, f, g, h, i, j)                                                 \
  do {                                                                                      \
    __m512i x = ADD(h, ADD(w[j], _mm512_set1_epi32((int)csha256_k[(i) + (j)])));            \
    __m512i y = _mm512_ternarylogic_epi32(e, f, g, 0xca);                                   \
    __m512i s = XOR(ROTATE(e, 6), ROTATE(e, 11), ROTATE(e, 25));                            \
    d = ADD(ADD(ADD(d, x), y), s);                                                          \
    h = ADD(ADD(ADD(ADD(x, y), s), _mm512_ternarylogic_epi32(a, b, c, 0xe8)),               \
            XOR(ROTATE(a, 2), ROTATE(a, 13), ROTATE(a, 22)));                               \
  } while (0)

#define SCHEDULE(j)                                                                         \
  do {                                                                                      \
    __m512i x = w[((j) + 1) & 15], y = w[((j) + 14) & 15];                                  \
    w[j] = ADD(ADD(w[j], w[((j) + 9) & 15]),                                                \
               ADD(XOR(ROTATE(x, 7), ROTATE(x, 18), _mm512_srli_epi32(x, 3)),               \
                   XOR(ROTATE(y, 17), ROTATE(y, 19), _mm512_srli_epi32(y, 10))));           \
  } while (0)

#define NOTHING(j)

#define ROUNDS(i, then)                                                                     \
  do {                                                                                      \
    ROUND(a, b, c, d, e, f, g, h, i, 0);                                                    \
    then(0);                                                                                \
    ROUND(h, a, b, c, d, e, f, g, i, 1);                                                    \
    then(1);                                                                                \
    ROUND(g, h, a, b, c, d, e, f, i, 2);                                                    \
    then(2);                                                                                \
    ROUND(f, g, h, a, b, c, d, e, i, 3);                                                    \
    then(3);                                                                                \
    ROUND(e, f, g, h, a, b, c, d, i, 4);                                                    \
    then(4);                                                                                \
    ROUND(d, e, f, g, h, a, b, c, i, 5);                                                    \
    then(5);                                                                                \
    ROUND(c, d, e, f, g, h, a, b, i, 6);                                                    \
    then(6);                                                                                \
    ROUND(b, c, d, e, f, g, h, a, i, 7);                                                    \
    then(7);                                                                                \
    ROUND(a, b, c, d, e, f, g, h, i, 8);                                                    \
    then(8);                                                                                \
    ROUND(h, a, b, c, d, e, f, g, i, 9);                                                    \
    then(9);                                                                                \
    ROUND(g, h, a, b, c, d, e, f, i, 10);                                                   \
    then(10);                                                                               \
    ROUND(f, g, h, a, b, c, d, e, i, 11);                                                   \
    then(11);                                                                               \
    ROUND(e, f, g, h, a, b, c, d, i, 12);                                                   \
    then(12);                                                                               \
    ROUND(d, e, f, g, h, a, b, c, i, 13);                                                   \
    then(13);                                                                               \
    ROUND(c, d, e, f, g, h, a, b, i, 14);                                                   \
    then(14);                                                                               \
    ROUND(b, c, d, e, f, g, h, a, i, 15);                                                   \
    then(15);                                                                               \
  } while (0)

WIDE void csha256_blocks_wide(
    uint32_t state[8][16], const uint8_t *const bytes[16], size_t count) {
  const uint8_t *next[16];
  for (int i = 0; i < 16; i++) next[i] = bytes[i];
  __m512i a = _mm512_loadu_si512(state[0]), b = _mm512_loadu_si512(state[1]);
  __m512i c = _mm512_loadu_si512(state[2]), d = _mm512_loadu_si512(state[3]);
  __m512i e = _mm512_loadu_si512(state[4]), f = _mm512_loadu_si512(state[5]);
  __m512i g = _mm512_loadu_si512(state[6]), h = _mm512_loadu_si512(state[7]);
  for (; count > 0; count--) {
    __m512i w[16];
    load(w, next);
    for (int i = 0; i < 16; i++) next[i] += 64;
#pragma GCC unroll 1
    for (int i = 0; i < 48; i += 16) ROUNDS(i, SCHEDULE);
    ROUNDS(48, NOTHING);
    a = ADD(a, _mm512_loadu_si512(state[0])), b = ADD(b, _mm512_loadu_si512(state[1]));
    c = ADD(c, _mm512_loadu_si512(state[2])), d = ADD(d, _mm512_loadu_si512(state[3]));
    e = ADD(e, _mm512_loadu_si512(state[4])), f = ADD(f, _mm512_loadu_si512(state[5]));
    g = ADD(g, _mm512_loadu_si512(state[6])), h = ADD(h, _mm512_loadu_si512(state[7]));
    _mm512_storeu_si512(state[0], a), _mm512_storeu_si512(state[1], b);
    _mm512_storeu_si512(state[2], c), _mm512_storeu_si512(state[3], d);
    _mm512_storeu_si512(state[4], e), _mm512_storeu_si512(state[5], f);
    _mm512_storeu_si512(state[6], g), _mm512_storeu_si512(state[7], h);
  }
}

// Says no as well where the system does not keep the registers of a thread that is interrupted.
int csha256_is_wide(void) { return __builtin_cpu_supports("avx512bw") != 0; }

#else

int csha256_is_wide(void) { return 0; }

void csha256_blocks_wide(
    uint32_t state[8][16], const uint8_t *const bytes[16], size_t count) {
  (void)state, (void)bytes, (void)count;
}

#endif
