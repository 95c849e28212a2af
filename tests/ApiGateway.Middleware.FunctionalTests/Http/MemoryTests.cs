using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Http;

/// <summary>What flows through is not kept.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    private const long Length = 256L << 20;
    private const long Allowed = 64L << 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_256MegabytesEachWay_MemoryStaysFlat(bool isUpload)
    {
        var block = new byte[64 * 1024];
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            var buffer = new byte[64 * 1024];
            var total = 0L;
            while (await http.Request.Body.ReadAsync(buffer) is > 0 and var read)
            {
                total += read;
            }

            if (isUpload)
            {
                await http.Response.WriteAsync($"{total}");
                return;
            }

            http.Response.ContentLength = Length;
            for (var sent = 0L; sent < Length; sent += block.Length)
            {
                await http.Response.Body.WriteAsync(block);
            }
        });
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("ANY /x", method => method.HttpProxy(backend.Url + "/x")).Stage("dev")));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        long received;
        if (isUpload)
        {
            using var response = await host.Client.PostAsync("/dev/x", new RepeatedContent(block, Length, Sample));
            received = long.Parse(await response.Content.ReadAsStringAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }
        else
        {
            using var response = await host.GetAsync("/dev/x");
            received = await CountAsync(await response.Content.ReadAsStreamAsync(), Sample);
        }

        Assert.Equal(Length, received);
        Assert.InRange(peak - before, long.MinValue, Allowed);

        // What a collection leaves is in use; garbage does not count.
        void Sample()
        {
            GC.Collect();
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    private static async Task<long> CountAsync(Stream stream, Action sample)
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        var nextSample = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            total += read;
            if (total >= nextSample)
            {
                sample();
                nextSample = total + (64 << 20);
            }
        }

        return total;
    }
}
