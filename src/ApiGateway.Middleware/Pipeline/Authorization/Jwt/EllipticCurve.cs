using System.Globalization;
using System.Numerics;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The curves of JSON Web Keys: y² = x³ - 3x + b (SEC 2, version 2.0).</summary>
internal sealed class EllipticCurve
{
    private static readonly EllipticCurve P256 = new(
        "P-256", 32, JwtAlgorithms.ES256,
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    private static readonly EllipticCurve P384 = new(
        "P-384", 48, JwtAlgorithms.ES384,
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    private static readonly EllipticCurve P521 = new(
        "P-521", 66, JwtAlgorithms.ES512,
        "01ff" + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e1"
            + "56193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
            + "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409");

    private readonly int _size;
    private readonly BigInteger _prime;
    private readonly BigInteger _b;
    private readonly byte[] _order;

    private EllipticCurve(string name, int size, JwtAlgorithms algorithm, string prime, string b, string order)
    {
        Name = name;
        Algorithm = algorithm;
        _size = size;
        _prime = BigInteger.Parse("0" + prime, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _b = BigInteger.Parse("0" + b, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _order = Convert.FromHexString(order);
    }

    public string Name { get; }

    /// <summary>Gets the one algorithm that belongs to the curve.</summary>
    public JwtAlgorithms Algorithm { get; }

    public static EllipticCurve? Find(string? name) => name switch
    {
        "P-256" => P256,
        "P-384" => P384,
        "P-521" => P521,
        _ => null,
    };

    /// <summary>Tells whether the coordinates are a point of the curve; libraries differ in whether they look.</summary>
    public bool IsPoint(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != _size || y.Length != _size)
        {
            return false;
        }

        var (a, b) = (new BigInteger(x, isUnsigned: true, isBigEndian: true), new BigInteger(y, isUnsigned: true, isBigEndian: true));
        return a < _prime && b < _prime && ((b * b) - ((a * a * a) - (3 * a) + _b)) % _prime == 0;
    }

    /// <summary>Tells whether the bytes can be a signature: two numbers of fixed length, neither zero nor beyond the order (IEEE P1363).</summary>
    public bool IsSignature(ReadOnlySpan<byte> signature) =>
        signature.Length == 2 * _size && IsScalar(signature[.._size]) && IsScalar(signature[_size..]);

    // A signature is public: comparing it may take any time.
    private bool IsScalar(ReadOnlySpan<byte> number) => number.ContainsAnyExcept((byte)0) && number.SequenceCompareTo(_order) < 0;
}
