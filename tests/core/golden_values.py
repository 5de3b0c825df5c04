#!/usr/bin/env python3
"""Prints the golden values in portable_math_test.cpp, normal_quantile_test.cpp and rng_test.cpp.

An independent second implementation in plain Python, whose floats are IEEE doubles rounded after each operation: what
src/core must reproduce to the last bit in every build. Run it again only when the promised bits are meant to change.
"""
import hashlib
import math
import struct

MASK32, MASK64 = 2**32 - 1, 2**64 - 1


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<Q", b & MASK64))[0]


def h(text):
    return float.fromhex(text)


def exp(x):
    x = min(max(x, -746.0), 710.0)
    rounded = x * h("0x1.71547652b82fep+0") + h("0x1.8p52")
    n = rounded - h("0x1.8p52")
    high, low = x - n * h("0x1.62e42fefp-1"), n * h("0x1.473de6af278edp-34")
    r = high - low
    c = [h(t) for t in ("0x1.000000000000ap-1", "0x1.55555555554fap-3", "0x1.555555555087dp-5", "0x1.1111111127befp-7",
                        "0x1.6c16c18429e42p-10", "0x1.a01a012a533edp-13", "0x1.a0199a0cdab44p-16",
                        "0x1.71df255ea59bep-19", "0x1.28ad7268ca8edp-22", "0x1.ad7f57fb72ecdp-26")]
    r2 = r * r
    r4 = r2 * r2
    pairs = [c[i] + r * c[i + 1] for i in range(0, 10, 2)]
    p = (pairs[0] + r2 * pairs[1]) + r4 * ((pairs[2] + r2 * pairs[3]) + r4 * pairs[4])
    y = 1.0 + (high + (r2 * p - low))
    first = int(n) // 2
    second = int(n) - first
    return y * from_bits((first + 1023) << 52) * from_bits((second + 1023) << 52)


def log(x):
    shift = 0
    if x < h("0x1p-1022"):
        x, shift = x * h("0x1p54"), 54
    mantissa, k = math.frexp(x)  # mantissa in [1/2, 1)
    if bits(mantissa) < 0x3FE6A09E667F3BCD:
        mantissa, k = mantissa * 2.0, k - 1
    k = float(k - shift)
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    q12 = h("0x1.999999997fd37p-2") + z * h("0x1.24924941f8c53p-2")
    q34 = h("0x1.c71c5202c2a74p-3") + z * h("0x1.746640576a9c4p-3")
    q56 = h("0x1.39a193c6db0a0p-3") + z * h("0x1.2f06fedf6e966p-3")
    q = h("0x1.5555555555592p-1") + z * (q12 + z2 * (q34 + z2 * q56))
    half_square = 0.5 * f * f
    tail = half_square - (s * (half_square + z * q) + k * h("0x1.473de6af278edp-34"))
    return k * h("0x1.62e42fefp-1") - (tail - f)


# Wichura (1988), AS 241: numerator and denominator, highest power first.
CENTRE = ((2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
           1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
          (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
           5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0))
TAIL = ((7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
         3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
        (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
         6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0))
FAR_TAIL = ((2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
             2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
            (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
             7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
             5.99832206555887937690e-1, 1.0))


def horner(coefficients, r):
    value = coefficients[0]
    for c in coefficients[1:]:
        value = value * r + c
    return value


def normal_quantile(p):
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * horner(CENTRE[0], r) / horner(CENTRE[1], r)
    root = math.sqrt(-log(p if p < 0.5 else 1.0 - p))
    table, r = (TAIL, root - 1.6) if root <= 5.0 else (FAR_TAIL, root - 5.0)
    return math.copysign(horner(table[0], r) / horner(table[1], r), q)


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k[0], p1 & MASK32, p0 >> 32 ^ c[3] ^ k[1], p0 & MASK32]
        k = [k[0] + 0x9E3779B9 & MASK32, k[1] + 0xBB67AE85 & MASK32]
    return c


class Stream:
    def __init__(self, seed, name, substream):
        digest = hashlib.sha256(b"regimetry stream\n" + struct.pack("<Q", seed) + name.encode()).digest()
        self.key, self.substream, self.at = struct.unpack("<II", digest[:8]), substream, 0

    def u32(self):
        block, word = divmod(self.at, 4)
        self.at += 1
        counter = (block & MASK32, block >> 32, self.substream & MASK32, self.substream >> 32)
        return philox(counter, self.key)[word]

    def u64(self):
        self.at += self.at % 2
        low = self.u32()
        return low | self.u32() << 32

    def uniform(self):
        return (2 * (self.u64() >> 12) + 1) * 2.0**-53

    def normal(self):
        return normal_quantile(self.uniform())

    def exponential(self):
        return -log(self.uniform())

    def below(self, bound):
        while True:
            product = self.u64() * bound
            if product & MASK64 >= 2**64 % bound:
                return product >> 64

    def gamma(self, shape):
        if shape < 1.0:
            larger = self.gamma(shape + 1.0)
            return larger * exp(log(self.uniform()) / shape)
        d = shape - 1.0 / 3.0
        c = 1.0 / math.sqrt(9.0 * d)
        while True:
            z = self.normal()
            root = 1.0 + c * z
            if root <= 0.0:
                continue
            v = root * root * root
            u = self.uniform()
            z2 = z * z
            if u < 1.0 - 0.0331 * z2 * z2 or log(u) < 0.5 * z2 + d * (1.0 - v + log(v)):
                return d * v

    def student_t(self, dof):
        z = self.normal()
        return z / math.sqrt(2.0 * self.gamma(0.5 * dof) / dof)

    def negative_binomial(self, r, p):
        total = 1.0 + -p
        log_failure = log(total) * -p / (total - 1.0)
        return int(sum(math.floor(log(self.uniform()) / log_failure) for _ in range(r)))

    def categorical(self, weights):
        target, reached = self.uniform() * sum(weights), 0.0
        for i, weight in enumerate(weights):
            reached += weight
            if weight > 0 and target < reached:
                return i
        raise AssertionError

    def permutation(self, count):
        order = list(range(count))
        for left in range(count, 1, -1):
            j = self.below(left)
            order[left - 1], order[j] = order[j], order[left - 1]
        return order


def powers():
    """1.07 multiplied up from 1e-300, which each implementation does with the same roundings."""
    x = 1e-300
    for _ in range(20000):
        yield x
        x *= 1.07


def show(title, values):
    print(title + ": " + ", ".join(v.hex() if isinstance(v, float) else str(v) for v in values))


def show_pairs(title, function, inputs):
    print(title)
    for x in inputs:
        print("  {%s, %s}," % (x.hex(), function(x).hex()))


def digest(values):
    """SHA-256 of the doubles' bits, least significant byte first: many values at the price of one line."""
    return hashlib.sha256(b"".join(struct.pack("<d", v) for v in values)).hexdigest()


def golden_stream():
    return Stream(20240102, "golden", 5)


if __name__ == "__main__":
    show_pairs("exp", exp, [0.0, 1.0, -1.0, 0.1, -0.3465, 3.75, 100.3, 709.78, -708.9, -744.9, 1e-9, -37.5])
    show_pairs("log", log, [1.0, 2.0, 0.5, 0.1, 1.4142, 0.70711, 3.75, 1e300, 1e-300, 5e-324, 1e-310, 0.999999])
    show_pairs("normal_quantile", normal_quantile,
               [0.5, 0.075, 0.0751, 0.975, 0.3, 0.001, 1e-11, 1e-12, 1e-300, 1.0 - 2.0**-53, 2.0**-53, 0.925])
    print("exp of -745 + i * 0.07275:", digest([exp(-745.0 + i * 0.07275) for i in range(20000)]))
    print("log of 1e-300 * 1.07^i:", digest([log(x) for x in powers()]))
    print("normal_quantile of (2i + 1) / 2^15:", digest([normal_quantile((2 * i + 1) * 2.0**-15) for i in range(2**14)]))
    stream = golden_stream()
    print("normal, 20000 draws:", digest([stream.normal() for _ in range(20000)]))
    show("u64", [hex(v) for v in (lambda s: [s.u64() for _ in range(5)])(golden_stream())])
    show("u32 u32 u32 then u64", [hex(v) for v in (lambda s: [s.u32(), s.u32(), s.u32(), s.u64()])(golden_stream())])
    for name, draw in (("uniform", lambda s: s.uniform()), ("normal", lambda s: s.normal()),
                       ("exponential", lambda s: s.exponential()), ("gamma(0.3)", lambda s: s.gamma(0.3)),
                       ("gamma(2.5)", lambda s: s.gamma(2.5)), ("student_t(5)", lambda s: s.student_t(5.0)),
                       ("below(1000)", lambda s: s.below(1000)),
                       ("negative_binomial(3, 0.05)", lambda s: s.negative_binomial(3, 0.05)),
                       ("categorical(1 0 2 3)", lambda s: s.categorical([1.0, 0.0, 2.0, 3.0]))):
        stream = golden_stream()
        show(name, [draw(stream) for _ in range(8)])
    show("permutation(10)", golden_stream().permutation(10))
