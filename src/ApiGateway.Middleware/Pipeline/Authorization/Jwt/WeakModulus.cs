using System.Numerics;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>
/// Knows the moduli of a family of chips whose primes are k * M + (65537^a mod M): each is a power of 65537 modulo every small prime.
/// Source: Nemec et al., "The Return of Coppersmith's Attack" (CVE-2017-15361).
/// </summary>
internal static class WeakModulus
{
    private static readonly int[] Primes =
        [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139,
            149, 151, 157, 163, 167];

    /// <summary>Tells whether the modulus has the mark. A good one has it once in about two hundred million times.</summary>
    /// <param name="modulus">The modulus, big-endian.</param>
    public static bool IsRoca(ReadOnlySpan<byte> modulus)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        foreach (var prime in Primes)
        {
            if (!IsPower((int)(n % prime), prime))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPower(int rest, int prime)
    {
        var generator = 65537 % prime;
        var power = 1;
        do
        {
            if (power == rest)
            {
                return true;
            }

            power = power * generator % prime;
        }
        while (power != 1);

        return false;
    }
}
