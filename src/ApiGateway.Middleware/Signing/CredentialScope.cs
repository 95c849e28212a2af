using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Signing;

/// <summary>For which day, region and service a signature holds.</summary>
/// <param name="Date">The day: <c>yyyyMMdd</c>, UTC.</param>
/// <param name="Region">The region.</param>
/// <param name="Service">The service's name in signatures, such as <c>lambda</c>.</param>
internal readonly record struct CredentialScope(string Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    public void WriteTo(PooledBufferWriter target)
    {
        target.WriteText(Date);
        target.WriteByte((byte)'/');
        target.WriteText(Region);
        target.WriteByte((byte)'/');
        target.WriteText(Service);
        target.WriteByte((byte)'/');
        target.WriteText(Terminator);
    }
}
