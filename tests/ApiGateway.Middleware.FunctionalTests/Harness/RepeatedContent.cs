using System.Net;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>A long body made of one block, which calls back every 64 MB.</summary>
internal sealed class RepeatedContent(byte[] block, long length, Action sample) : HttpContent
{
    private const long Between = 64L << 20;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var sent = 0L; sent < length; sent += block.Length)
        {
            if (sent % Between == 0)
            {
                sample();
            }

            await stream.WriteAsync(block);
        }
    }

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = length;
        return true;
    }
}
