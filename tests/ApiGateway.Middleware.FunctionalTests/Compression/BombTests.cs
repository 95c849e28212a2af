using System.IO.Compression;
using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Compression;

/// <summary>A small body that would become a huge one is refused before it does.</summary>
[Collection(nameof(BombTests))]
[CollectionDefinition(nameof(BombTests), DisableParallelization = true)]
public sealed class BombTests
{
    private const long Zeros = 1L << 30;
    private const long AllowedBytes = 64L << 20;

    [Fact]
    public async Task Request_OneGigabyteOfZeros_Is413InBoundedMemory()
    {
        var bomb = Bomb();
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddHandler("x", static _ => throw new InvalidOperationException("Nobody may call this."))
            .AddRestApi("api", static api => api
                .Map("POST /x", static method => method.InProcess("x")).Stage("dev").Definition.MinimumCompressionSize = 0));
        using var content = new ByteArrayContent(bomb) { Headers = { { "Content-Encoding", "gzip" } } };
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var response = await host.Client.PostAsync("/dev/x", content);

        await Refusal.AssertAsync(
            response, HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLargeException", """{"message":"Request Too Long"}""");
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, AllowedBytes);
    }

    private static byte[] Bomb()
    {
        var coded = new MemoryStream();
        using (var encoder = new GZipStream(coded, CompressionLevel.SmallestSize))
        {
            var block = new byte[1 << 20];
            for (var written = 0L; written < Zeros; written += block.Length)
            {
                encoder.Write(block);
            }
        }

        return coded.ToArray();
    }
}
